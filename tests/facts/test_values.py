"""Single figures on their days, the seasons, and the days of the checks."""

import ast
from datetime import date

import pytest

from flows.facts.content import CONTENT_ROOT, Facts

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("value_id", "value", "unit"),
    [
        ("invitation.answer_days", 10, "days"),
        ("invitation.submit_days", 20, "days"),
        ("invitation.biometrics_days", 30, "days"),
        ("letter.valid_months", 12, "months"),
        ("processing.iec_days", 56, "days"),
        ("profile.days_in_pool", 365, "days"),
        ("participation.counts_since", "2023-01-09", "date"),
        ("fees.iec", 184.75, "cad"),
        ("fees.open_permit_holder", 100, "cad"),
        ("fees.work_permit", 155, "cad"),
        ("fees.biometrics", 85, "cad"),
        ("fees.eta", 7, "cad"),
        ("fees.restoration", 246.25, "cad"),
        ("fees.employer_compliance", 230, "cad"),
        ("funds.arrival_cad", 2500, "cad"),
        ("funds.study_cad", 22895, "cad"),
        ("visitor.stay_months", 6, "months"),
        ("visitor.restoration_days", 90, "days"),
        ("recognized_organization.max_stays", 2, "stays"),
        ("recognized_organization.max_age", 35, "years"),
        ("processing.partner_permit_days", 186, "days"),
        ("eta.valid_years", 5, "years"),
    ],
)
def test_figures_of_today(facts: Facts, value_id: str, value: object, unit: str) -> None:
    found = facts.value(value_id, TODAY)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("value_id", "day", "value"),
    [
        ("fees.iec", date(2024, 11, 30), 172),
        ("fees.iec", date(2024, 12, 1), 179.75),
        ("fees.iec", date(2025, 11, 30), 179.75),
        ("fees.iec", date(2025, 12, 1), 184.75),
        ("funds.study_cad", date(2025, 8, 31), 20635),
        ("funds.study_cad", date(2025, 9, 1), 22895),
    ],
)
def test_figures_of_other_days(facts: Facts, value_id: str, day: date, value: float) -> None:
    assert facts.value(value_id, day).value == value


def test_what_a_person_pays(facts: Facts) -> None:
    def total(*names: str) -> float:
        return sum(float(str(facts.value(f"fees.{name}", TODAY).value)) for name in names)

    assert total("iec", "open_permit_holder", "biometrics") == 369.75
    assert total("iec", "biometrics") == 269.75
    assert total("work_permit", "open_permit_holder", "biometrics") == 340


def test_fees_that_rise_in_december_are_due_for_a_look_then(facts: Facts) -> None:
    for name in ("fees.iec", "fees.restoration"):
        version = facts.value(name, TODAY)
        assert version.doubts
        assert version.review_by == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("year", "opened", "closed"),
    [
        (2019, date(2018, 12, 4), date(2019, 10, 4)),
        (2023, date(2022, 12, 19), date(2023, 10, 13)),
        (2024, date(2023, 12, 11), date(2024, 10, 21)),
        (2025, date(2024, 12, 16), date(2025, 10, 20)),
        (2026, date(2025, 12, 19), None),
    ],
)
def test_seasons(facts: Facts, year: int, opened: date, closed: date | None) -> None:
    season = next(season for season in facts.seasons.seasons if season.year == year)
    assert (season.opened, season.closed) == (opened, closed)


def test_nothing_is_said_of_a_season_that_nobody_announced(facts: Facts) -> None:
    assert max(season.year for season in facts.seasons.seasons) == 2026
    assert facts.seasons.pattern.doubts


def test_nothing_was_checked_in_the_future_or_before_it_was_published(facts: Facts) -> None:
    for name, fact in facts.every_fact():
        published = facts.sources[fact.source].published
        assert fact.checked_on <= TODAY, name
        assert published is None or published <= fact.checked_on, name


def test_oldest_check_is_that_of_the_officers_pages(facts: Facts) -> None:
    assert facts.oldest_check == date(2026, 2, 12)


def test_every_value_that_the_code_asks_for_exists(facts: Facts) -> None:
    """A name that is misspelt would fail only when somebody comes by."""
    asked = {
        node.args[0].value
        for room in ("flows", "bot")
        for path in (CONTENT_ROOT.parent / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "value"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert asked
    assert asked <= facts.values.keys()
