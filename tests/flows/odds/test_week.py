"""Weeks of drawing out of published states, against figures worked by hand from real ones."""

from datetime import date

import pytest

from flows.odds.figures import round_figures, season_of_data
from flows.odds.round import PoolFigures
from flows.odds.week import Week, weeks_of
from tests.flows.odds.known import FACTS, WH, YP, pool

KNOWN = round_figures(FACTS, (), date(2026, 11, 22))


def weeks(citizenship: str, season: int) -> dict[date, Week]:
    states = [state for state in KNOWN.series[pool(citizenship)] if state.season == season]
    return {week.ends: week for week in weeks_of(states)}


def test_the_british_summer_of_2026() -> None:
    found = weeks("GB", 2026)
    told = {
        date(2026, 7, 24): (50, 316, "1.6"),
        date(2026, 7, 31): (24, 323, "0.7"),
        date(2026, 8, 7): (24, 273, "0.7"),
        date(2026, 8, 14): (24, 299, "0.6"),
        date(2026, 8, 21): (24, 357, "0.6"),
    }
    for day, (invited, arrivals, percent) in told.items():
        week = found[day]
        assert week.late is not None
        assert (week.invited, week.arrivals, f"{100 * week.late:.1f}") == (invited, arrivals, percent)


def test_the_first_british_rounds_of_2026() -> None:
    first, second = list(weeks("GB", 2026).values())[:2]
    assert (first.invited, first.before, first.after) == (3129, None, 2671)
    assert second.arrivals == 729
    assert f"{second.late:.3f}" == "0.843"


@pytest.mark.parametrize(
    ("citizenship", "invited", "before", "early", "late"),
    [
        ("FR", 3125, 5257, "0.59", "0.42"),
        ("KR", 766, 1342, "0.57", "0.47"),
        ("TW", 404, 1318, "0.31", "0.28"),
        ("CL", 618, 5655, "0.11", "0.10"),
        ("CR", 5, 963, "0.01", "0.005"),
        ("GB", 513, 420, "1.22", "0.73"),
    ],
)
def test_the_week_to_17_february_2023(citizenship: str, invited: int, before: int, early: str, late: str) -> None:
    week = weeks(citizenship, 2023)[date(2023, 2, 17)]
    assert (week.invited, week.before) == (invited, before)
    assert f"{invited / before:.{len(early) - 2}f}" == early
    assert week.early == pytest.approx(min(1.0, invited / before))
    assert f"{week.late:.{len(late) - 2}f}" == late


def test_a_gap_of_two_weeks_whose_last_is_known() -> None:
    found = weeks("DE", 2023)
    assert [(day, week.invited) for day, week in found.items()][1:] == [
        (date(2023, 2, 24), 2203 - 1899 - 165),
        (date(2023, 3, 3), 165),
    ]


def test_a_gap_of_months_tells_nothing() -> None:
    assert [day for day in weeks("GB", 2026) if date(2026, 2, 1) < day < date(2026, 7, 20)] == []


def state(day: int, invited: int | None, candidates: int | None, last: int | None = None) -> PoolFigures:
    return PoolFigures(
        pool("IE"), date(2026, 3, day), 2026, "https://x", invited=invited, candidates=candidates, invited_last=last
    )


def test_a_gap_is_spread_evenly_and_says_so() -> None:
    found = weeks_of([state(6, 100, 50), state(27, 110, 80)])
    assert [(week.ends.day, week.invited, week.spread) for week in found] == [
        (13, 3, True),
        (20, 3, True),
        (27, 4, True),
    ]
    assert sum(week.arrivals or 0 for week in found) == 40


@pytest.mark.parametrize(
    "states",
    [
        [],
        [state(6, 100, 50)],
        [state(6, 100, 50), state(13, 90, 60)],
        [state(6, None, 50), state(13, 90, 60)],
        [state(6, 100, 50), state(13, None, None)],
    ],
    ids=["nothing", "one state", "a count that falls", "no count before", "no count after"],
)
def test_no_week_is_made_up(states: list[PoolFigures]) -> None:
    assert weeks_of(states) == ()


def test_an_empty_pool_that_nobody_is_drawn_from_has_no_chance_to_tell() -> None:
    (week,) = weeks_of([state(6, 100, 0), state(13, 100, 0)])
    assert (week.early, week.late, week.arrivals) == (None, None, 0)


@pytest.mark.parametrize(
    ("day", "first_round", "season"),
    [
        (date(2023, 2, 10), None, 2023),
        (date(2025, 12, 20), None, 2026),
        (date(2026, 8, 21), None, 2026),
        (date(2026, 11, 22), None, 2026),
        (date(2027, 1, 22), None, 2027),
        (date(2026, 12, 18), date(2027, 1, 11), 2027),
        (date(2018, 12, 21), date(2018, 12, 17), 2019),
        (date(2026, 12, 18), date(2026, 1, 19), 2026),
    ],
)
def test_the_season_that_figures_belong_to(day: date, first_round: date | None, season: int) -> None:
    assert season_of_data(day, first_round, FACTS) == season


def test_what_lies_ahead_of_the_day_is_not_known_yet() -> None:
    then = round_figures(FACTS, (), date(2023, 2, 11))
    assert {state.data_of for states in then.series.values() for state in states} == {date(2023, 2, 10)}
    assert pool("FR", YP) in then.series
    assert then.series[pool("FR", WH)][-1].candidates == 5257
