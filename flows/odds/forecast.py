"""What can be said of one pool today: the coming rounds of the running season, or the rounds of a past one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.answer import SeasonState
from flows.odds.draw import Draw
from flows.odds.round import Pool, PoolFigures, RoundFigures
from flows.odds.scenario import Course, course_of
from flows.odds.week import WEEK, Week, weeks_of

FRIDAY = 4
"""IRCC's figures are of a Friday; a round is named by the Friday that ends its week."""
RECENT_WEEKS = timedelta(weeks=10)
"""Rounds longer ago than this tell nothing of the rounds to come: seasons start rich and end lean."""
STALE_AFTER = timedelta(days=45)
"""Figures older than this say nothing of the rounds to come."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The coming rounds of a pool in the running season. ``course`` holds one draw for each day of ``ends``.

    ``basis`` are the newest figures, ``weeks`` the past rounds that the spread is taken from.
    """

    pool: Pool
    basis: PoolFigures
    weeks: tuple[Week, ...]
    ends: tuple[date, ...]
    course: Course


@dataclass(frozen=True, slots=True)
class PastRounds:
    """The earliest run of weekly rounds known of the newest past season, and the last round known of it."""

    pool: Pool
    season: int
    basis: PoolFigures
    first: tuple[Week, ...]
    last: Week


def friday_of(day: date) -> date:
    """The Friday that ends the week of ``day``; a Saturday or Sunday belongs to the week to come."""
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def forecast(
    pool: Pool, figures: RoundFigures, season: SeasonState, today: date, until: date | None = None, members: int = 1
) -> Forecast | None:
    """The rounds from today to the end of the season (or ``until``, if earlier); None without recent figures of it."""
    if season.state == "closed":
        return None
    states = _of_season(figures, pool, season.year)
    basis = next((state for state in reversed(states) if state.candidates is not None), None)
    if basis is None or not basis.accepting or today - basis.data_of > STALE_AFTER:
        return None
    ends = _fridays(basis, figures, today, until)
    weeks = tuple(week for week in weeks_of(states) if basis.data_of - RECENT_WEEKS < week.ends <= basis.data_of)
    course = course_of(
        weeks,
        basis.candidates or 0,
        _spots_left(states, basis),
        figures.letters_per_invitation,
        figures.label_of(basis),
        len(ends),
        members,
    )
    return None if course is None else Forecast(pool, basis, weeks, ends, course)


def past_rounds(pool: Pool, figures: RoundFigures, season: SeasonState) -> PastRounds | None:
    """The newest season before ``season`` with rounds that tell a chance; None where none is known."""
    years = sorted({state.season for state in figures.series.get(pool, ()) if state.season < season.year}, reverse=True)
    for year in years:
        states = _of_season(figures, pool, year)
        weeks = [week for week in weeks_of(states) if week.late is not None or week.early is not None]
        if weeks:
            run = [weeks[0]]
            for week in weeks[1:]:
                if week.ends - run[-1].ends > WEEK + timedelta(days=3):
                    break
                run.append(week)
            return PastRounds(pool, year, states[-1], tuple(run), weeks[-1])
    return None


def past_course(past: PastRounds) -> Course:
    """One round as those of the past: as the leanest, as the middle one, as the richest of them."""
    draws = sorted((draw for week in past.first for draw in _draws(week)), key=lambda draw: draw.chance)
    careful = sorted((_draws(week)[0] for week in past.first), key=lambda draw: draw.chance)
    return Course((draws[0],), (careful[(len(careful) - 1) // 2],), (draws[-1],))


def _draws(week: Week) -> list[Draw]:
    """The week's draw as taken after the newcomers and as taken before them, as far as known."""
    found = []
    if week.after is not None and week.after + week.invited > 0:
        found.append(Draw(week.after + week.invited, week.invited))
    if week.before:
        found.append(Draw(week.before, min(week.before, week.invited)))
    return found or [Draw(None, chance_known=week.early or 0.0)]


def _of_season(figures: RoundFigures, pool: Pool, season: int) -> Sequence[PoolFigures]:
    return [state for state in figures.series.get(pool, ()) if state.season == season]


def _spots_left(states: Sequence[PoolFigures], basis: PoolFigures) -> int | None:
    """The letters left on the day of ``basis``; where that was not published, those last known less all invitations
    since. None: no limit is known."""
    invited_since = 0
    for state in reversed([state for state in states if state.data_of <= basis.data_of]):
        if state.unlimited:
            return None
        if state.spots is not None:
            return max(0, state.spots - invited_since)
        if state.invited_last is None:
            return None
        invited_since += state.invited_last
    return None


def _fridays(basis: PoolFigures, figures: RoundFigures, today: date, until: date | None) -> tuple[date, ...]:
    last = figures.closes.get(basis.season, today)
    if basis.final_round is not None:
        last = friday_of(basis.final_round)
    if until is not None:
        last = min(last, until)
    day = max(friday_of(basis.data_of) + WEEK, friday_of(today))
    found = []
    while day <= last:
        found.append(day)
        day += WEEK
    return tuple(found)
