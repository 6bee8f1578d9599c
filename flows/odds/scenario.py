"""How the coming rounds of a pool may go, from its own past rounds: a lean, a usual and a rich course.

The spread of the past rounds is the uncertainty shown. The first round to come is as the leanest (richest) of the recent
ones, the later ones as the lean (rich) half of them on average; people keep arriving as they did in those weeks. A draw
may come before or after a week's newcomers: the lean and the usual course take it after, the rich one before. In the lean
and the usual course no larger share of a pool is invited than was seen, since a pool that everybody is drawn from has
fewer invitations, not more, once fewer wait.
Invitations shrink as places run out: what is left of them, over the letters one invitation leads to, is what can still be
invited, but never less than one more usual round, since quotas grow and places come back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from flows.odds.draw import Draw
from flows.odds.round import Label
from flows.odds.week import Week

STEPS = 20
"""Halvings in the search for how fast invitations must shrink."""
RECENT = 6
"""How many past weeks the spread is taken from."""


@dataclass(frozen=True, slots=True)
class Course:
    """Draws of one pool, round by round, one list for each way the rounds may go."""

    low: tuple[Draw, ...]
    likely: tuple[Draw, ...]
    high: tuple[Draw, ...]


@dataclass(frozen=True, slots=True)
class _Pace:
    """People invited and people arriving, in one week or a week on average, and the share of the pool that was drawn."""

    invited: float
    arrivals: float
    share: float

    def chance(self, candidates: int) -> float:
        size = candidates + self.arrivals
        return min(self.share, self.invited / size) if size else 0.0


def course_of(
    weeks: Sequence[Week],
    candidates: int,
    spots: int | None,
    letters_per_invitation: float,
    label: Label | None,
    rounds: int,
    members: int = 1,
) -> Course | None:
    """The ways the next ``rounds`` may go for a pool that holds ``candidates`` now; None where nothing can be said.

    ``spots`` are the letters left (None: no limit known). ``members`` is how many people of the party are in the pool: it
    holds at least them. Where no round tells anything (nobody was there to be drawn), the label alone speaks.
    """
    paces = [_pace(week) for week in weeks[-RECENT:]]
    if not any(pace.invited or candidates + pace.arrivals for pace in paces):
        return _by_label(label, rounds) if label is not None else None
    paces.sort(key=lambda pace: (pace.chance(candidates), pace.invited))
    half = (len(paces) + 1) // 2
    usual = _mean(paces)
    left = None if spots is None else spots / letters_per_invitation
    low = _Course(paces[0], _mean(paces[:half]), None if spots is None else float(spots), early=False)
    likely = _Course(usual, usual, None if left is None else max(left, usual.invited), early=False)
    high = _Course(paces[-1], _mean(paces[-half:]), None, early=True)
    drawn = [plan.draws(candidates, rounds, members) for plan in (low, likely, high)]
    if label is not None and rounds:
        drawn[0][0] = _reach(drawn[0][0], label, down=True)
        drawn[2][0] = _reach(drawn[2][0], label, down=False)
    return Course(tuple(drawn[0]), tuple(drawn[1]), tuple(drawn[2]))


@dataclass(frozen=True, slots=True)
class _Course:
    """One way: the first round, the pace afterwards, how many can still be invited, and when in the week is drawn."""

    first: _Pace
    then: _Pace
    left: float | None
    early: bool

    def draws(self, candidates: int, rounds: int, members: int) -> list[Draw]:
        """The draws, each round inviting so much less than the one before that all keep to what is left."""
        found = list(self._rounds(1.0, candidates, rounds, members))
        if self.left is not None and sum(invited for _, invited in found) > self.left:
            low, high = 0.0, 1.0
            for _ in range(STEPS):
                middle = (low + high) / 2
                if sum(invited for _, invited in self._rounds(middle, candidates, rounds, members)) > self.left:
                    high = middle
                else:
                    low = middle
            found = list(self._rounds(low, candidates, rounds, members))
        return [Draw(size, invited) for size, invited in found]

    def _rounds(self, factor: float, candidates: int, rounds: int, members: int) -> Iterator[tuple[int, float]]:
        """The pool's size and the invitations of each round, each inviting ``factor`` of the one before if it can."""
        size, shrunk = float(candidates), 1.0
        for index in range(rounds):
            pace = self.first if index == 0 else self.then
            inside = round(size if self.early else size + pace.arrivals)
            inside = members if inside < members else inside
            invited = min(inside if self.early else inside * pace.share, pace.invited * shrunk)
            yield inside, invited
            size += pace.arrivals - invited
            size = 0.0 if size < 0.0 else size
            shrunk *= factor


def _pace(week: Week) -> _Pace:
    """A week's pace; where the arrivals are not known, the pool is taken to have been refilled by as many."""
    share = week.late if week.late is not None else week.early
    return _Pace(
        week.invited, week.invited if week.arrivals is None else week.arrivals, 1.0 if share is None else share
    )


def _mean(paces: Sequence[_Pace]) -> _Pace:
    return _Pace(
        fmean(pace.invited for pace in paces),
        fmean(pace.arrivals for pace in paces),
        fmean(pace.share for pace in paces),
    )


def _reach(draw: Draw, label: Label, *, down: bool) -> Draw:
    """The draw moved so far that the range of the next round touches the label's, where the two do not meet."""
    assert draw.size is not None
    if down and draw.chance > label.high:
        return Draw(draw.size, label.high * draw.size)
    if not down and draw.chance < label.low:
        return Draw(draw.size, label.low * draw.size)
    return draw


def _by_label(label: Label, rounds: int) -> Course:
    """The label alone: it speaks of the next round; after that the lean course counts on nothing."""
    least, most = Draw(None, chance_known=label.low), Draw(None, chance_known=label.high)
    nothing = Draw(None, chance_known=0.0)
    return Course(
        tuple([least, *[nothing] * (rounds - 1)][:rounds]),
        tuple([least] * rounds),
        tuple([most] * rounds),
    )
