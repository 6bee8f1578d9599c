"""From published states to weeks of drawing: how many were invited, how many came, how large the pool was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from flows.odds.round import PoolFigures

WEEK = timedelta(days=7)
LONGEST_GAP = 5
"""Weeks without a published state over which invitations may still be spread evenly; longer gaps tell nothing."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a pool, ending with the figures of ``ends``.

    ``before`` and ``after`` are the candidates in the pool at both ends, None where not known. ``spread`` says that the
    week is a part of a longer gap whose invitations were spread evenly; ``sure`` is False where its figures are not.
    """

    ends: date
    invited: int
    before: int | None
    after: int | None
    spread: bool = False
    sure: bool = True

    @property
    def arrivals(self) -> int | None:
        """How many more people came than left other than by invitation; never below zero."""
        if self.before is None or self.after is None:
            return None
        return max(0, self.after - self.before + self.invited)

    @property
    def early(self) -> float | None:
        """The chance of one person if the draw came before the week's newcomers."""
        if self.before is None or (self.before == 0 and self.invited == 0):
            return None
        return min(1.0, self.invited / self.before) if self.before else 1.0

    @property
    def late(self) -> float | None:
        """The chance of one person if the draw came after the week's newcomers."""
        if self.after is None or self.after + self.invited == 0:
            return None
        return self.invited / (self.after + self.invited)


def weeks_of(states: Sequence[PoolFigures]) -> tuple[Week, ...]:
    """The weeks that the published states of one pool and one season tell of, oldest first.

    The first state makes a week only where its invitations are those of one round. A week whose cumulative count falls
    was corrected by hand and is left out.
    """
    states = [state for state in states if state.invited is not None or state.invited_last is not None]
    found = [
        Week(state.data_of, state.invited, None, state.candidates, sure=state.sure)
        for state in states[:1]
        if state.invited is not None and state.invited_last == state.invited
    ]
    for earlier, later in pairwise(states):
        found.extend(replace(week, sure=earlier.sure and later.sure) for week in _between(earlier, later))
    return tuple(found)


def _between(earlier: PoolFigures, later: PoolFigures) -> list[Week]:
    count = max(1, round((later.data_of - earlier.data_of) / WEEK))
    if earlier.invited is None or later.invited is None:
        if count > 1 or later.invited_last is None:
            return []
        return [Week(later.data_of, later.invited_last, earlier.candidates, later.candidates)]
    invited = later.invited - earlier.invited
    if invited < 0 or count > LONGEST_GAP:
        return []
    if count == 1:
        return [Week(later.data_of, invited, earlier.candidates, later.candidates)]
    last = later.invited_last
    if last is not None and last <= invited:
        before_last = _evenly(earlier, later.data_of - WEEK, invited - last, count - 1, after=None)
        return [*before_last, Week(later.data_of, last, None, later.candidates)]
    return _evenly(earlier, later.data_of, invited, count, after=later.candidates)


def _evenly(earlier: PoolFigures, ends: date, invited: int, count: int, after: int | None) -> list[Week]:
    """``count`` weeks up to ``ends`` that share the invitations; the pool is taken to move in equal steps."""
    weeks = []
    for index in range(count):
        share = invited * (index + 1) // count - invited * index // count
        start = _step(earlier.candidates, after, index, count)
        end = _step(earlier.candidates, after, index + 1, count)
        weeks.append(Week(ends - WEEK * (count - 1 - index), share, start, end, spread=count > 1))
    return weeks


def _step(first: int | None, last: int | None, index: int, count: int) -> int | None:
    if index == 0:
        return first
    if index == count:
        return last
    return None if first is None or last is None else first + (last - first) * index // count
