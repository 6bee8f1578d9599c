"""The draws that a party faces, laid side by side: every pool in use, every round to come, in three ways."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.answer import SeasonState
from flows.odds.draw import Draw, Member, Rounds, Slot
from flows.odds.forecast import Forecast, PastRounds, forecast, past_course, past_rounds
from flows.odds.place import Place
from flows.odds.round import Pool, RoundFigures
from flows.odds.scenario import Course

WORKDAYS = timedelta(days=4)
"""From the Monday to the Friday that names a round."""


@dataclass(frozen=True, slots=True)
class Table:
    """``ends`` are the Fridays of the rounds to come. ``season``, ``next_round`` and ``past_round`` hold the draws by pool
    once for the lean, once for the usual, once for the rich way; the latter two one draw a pool."""

    ends: tuple[date, ...]
    forecasts: Mapping[Pool, Forecast]
    past: Mapping[Pool, PastRounds]
    season: tuple[Rounds, Rounds, Rounds]
    next_round: tuple[Rounds, Rounds, Rounds]
    past_round: tuple[Rounds, Rounds, Rounds]

    def in_season(self, places: Iterable[Place]) -> Member:
        """The person in these places over the rounds to come, from the first week they are in to the last."""
        slots = set()
        for place in places:
            if place.pool in self.forecasts:
                inside = [index for index, friday in enumerate(self.ends) if _covers(place, friday)]
                if inside:
                    slots.add(Slot(place.pool, inside[0], inside[-1]))
        return Member(frozenset(slots))

    def in_next_round(self, places: Iterable[Place]) -> Member:
        """The person in the next round of each of these places."""
        return Member(
            frozenset(
                Slot(place.pool, 0, 0)
                for place in places
                if place.pool in self.forecasts
                and (ends := self.forecasts[place.pool].ends)
                and _covers(place, ends[0])
            )
        )

    def in_past_round(self, places: Iterable[Place]) -> Member:
        """The person in a round as those of the past, in each of these places of which one is known."""
        return Member(frozenset(Slot(place.pool, 0, 0) for place in places if place.pool in self.past))


def lay_table(pools: Mapping[Pool, int], figures: RoundFigures, season: SeasonState, today: date) -> Table:
    """The table for these pools; each is given with how many of the party may be in it."""
    forecasts: dict[Pool, Forecast] = {}
    past: dict[Pool, PastRounds] = {}
    for pool, members in pools.items():
        coming = forecast(pool, figures, season, today, members=members)
        if coming is not None and coming.ends:
            forecasts[pool] = coming
        gone = past_rounds(pool, figures, season)
        if gone is not None:
            past[pool] = gone
    ends = tuple(sorted({friday for coming in forecasts.values() for friday in coming.ends}))
    courses = {pool: past_course(gone) for pool, gone in past.items()}
    return Table(
        ends,
        forecasts,
        past,
        _three_ways({pool: coming.course for pool, coming in forecasts.items()}, forecasts, ends),
        _three_ways({pool: _first(coming.course) for pool, coming in forecasts.items()}),
        _three_ways({pool: _large_enough(course, pools[pool]) for pool, course in courses.items()}),
    )


def _three_ways(
    courses: Mapping[Pool, Course], forecasts: Mapping[Pool, Forecast] | None = None, ends: Sequence[date] = ()
) -> tuple[Rounds, Rounds, Rounds]:
    def aligned(pool: Pool, draws: Sequence[Draw]) -> Sequence[Draw | None]:
        if forecasts is None:
            return draws
        by_day = dict(zip(forecasts[pool].ends, draws, strict=True))
        return [by_day.get(day) for day in ends]

    return (
        {pool: aligned(pool, course.low) for pool, course in courses.items()},
        {pool: aligned(pool, course.likely) for pool, course in courses.items()},
        {pool: aligned(pool, course.high) for pool, course in courses.items()},
    )


def _first(course: Course) -> Course:
    return Course(course.low[:1], course.likely[:1], course.high[:1])


def _large_enough(course: Course, members: int) -> Course:
    """A past round of a pool so small that the party alone would fill it is drawn with the chance it had."""

    def fitting(draws: Sequence[Draw]) -> tuple[Draw, ...]:
        return tuple(
            Draw(None, chance_known=draw.chance) if draw.size is not None and draw.size < members else draw
            for draw in draws
        )

    return Course(fitting(course.low), fitting(course.likely), fitting(course.high))


def _covers(place: Place, friday: date) -> bool:
    """Whether the place is held in the whole working week that ends on ``friday``."""
    after_start = place.from_ is None or place.from_ <= friday - WORKDAYS
    return after_start and (place.last_day is None or friday <= place.last_day)
