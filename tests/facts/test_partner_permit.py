"""The rule on the partner's permit on the days when it changed, and which jobs counted."""

from datetime import date

import pytest

from flows.facts.content import Facts
from flows.facts.partner_exception import Waived
from flows.facts.record import Confidence

NOW = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "months_left", "no_swapping"),
    [
        (date(2016, 1, 15), 6, False),
        (date(2021, 9, 26), 6, False),
        (date(2021, 9, 27), 6, True),
        (date(2022, 11, 16), 6, True),
        (date(2025, 1, 20), 6, True),
        (date(2025, 1, 21), 16, True),
        (NOW, 16, True),
    ],
)
def test_months_and_who_may_lead(facts: Facts, day: date, months_left: int, no_swapping: bool) -> None:
    rule = facts.partner_permit.rule_on(day)
    assert (rule.months_left, rule.months_together, rule.no_swapping) == (months_left, 12, no_swapping)


# A software engineer (TEER 1), a chef (2), a cook (3), a shop assistant (4), a server (5)
JOBS = ("21231", "62200", "63200", "64100", "65200")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 9, 26), (True, None, None, None, None)),
        (date(2022, 11, 15), (True, None, None, None, None)),
        (date(2022, 11, 16), (True, True, True, False, False)),
        (date(2023, 1, 29), (True, True, True, False, False)),
        (date(2023, 1, 30), (True, True, True, True, True)),
        (date(2025, 1, 20), (True, True, True, True, True)),
        (date(2025, 1, 21), (True, False, False, False, False)),
        (NOW, (True, False, False, False, False)),
    ],
)
def test_jobs_that_counted(facts: Facts, day: date, expected: tuple[bool | None, ...]) -> None:
    occupations = facts.partner_permit.rule_on(day).occupations
    assert tuple(occupations.counts(noc) for noc in JOBS) == expected


def test_what_counts_today_group_by_group(facts: Facts) -> None:
    """137 codes below TEER 0 and 1: all of seven groups, and six single ones."""
    occupations = facts.partner_permit.rule_on(NOW).occupations
    counting = {entry.noc for entry in facts.occupations.occupations if occupations.counts(entry.noc)}
    below = {noc for noc in counting if noc[1] not in "01"}
    single = {"42102", "42202", "43100", "43204", "53200", "53201"}
    groups = ("22", "32", "33", "72", "73", "82", "83")
    assert below == {e.noc for e in facts.occupations.occupations if e.noc.startswith(groups)} | single
    assert len(below) == 137
    assert counting - below == {e.noc for e in facts.occupations.occupations if e.noc[1] in "01"}


@pytest.mark.parametrize(
    ("noc", "confidence", "doubt"),
    [
        ("32101", Confidence.HIGH, False),
        ("42102", Confidence.HIGH, False),
        ("42202", Confidence.MEDIUM, True),
        ("43100", Confidence.MEDIUM, True),
        ("53200", Confidence.LOW, True),
        ("53201", Confidence.LOW, True),
    ],
)
def test_how_sure_a_listed_job_is(facts: Facts, noc: str, confidence: Confidence, doubt: bool) -> None:
    entry = facts.partner_permit.rule_on(NOW).occupations.listing(noc)
    assert entry is not None
    assert (entry.confidence, entry.doubt is not None) == (confidence, doubt)


@pytest.mark.parametrize("noc", ["21231", "00010", "62200", "42201", "52120", "13110"])
def test_jobs_that_are_not_on_the_list(facts: Facts, noc: str) -> None:
    assert facts.partner_permit.rule_on(NOW).occupations.listing(noc) is None


def test_exceptions_waive_something_and_none_rests_on_an_iec_permit(facts: Facts) -> None:
    exceptions = {exception.id: exception for exception in facts.partner_exceptions.exceptions}
    assert all(exception.waives and exception.told.startswith("told.") for exception in exceptions.values())
    assert exceptions["quebec_health"].waives == (Waived.MONTHS_LEFT,)
    assert exceptions["quebec_selected_workers"].effective_to == date(2026, 12, 31)
    assert len(exceptions) == len(facts.partner_exceptions.exceptions) == 6
