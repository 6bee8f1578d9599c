"""The odds of a party as data: what ``odds --json`` prints, the conversation tells and the pictures show.

Every chance is a ``Range``; nothing here is a bare number. A field is None where no figures exist, with ``missing``
saying why; nothing is ever filled in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flows.odds.forecast import Forecast, PastRounds
from flows.odds.round import Label, Pool, SeasonShare
from flows.party import Category


@dataclass(frozen=True, slots=True)
class Range:
    """A chance (0 to 1), or an expected number of people: if rounds go leanly, as usual, richly."""

    low: float
    likely: float
    high: float

    @classmethod
    def over(cls, ways: Iterable[float], also: Iterable[float] = ()) -> "Range":
        """The range that spans the figures of the lean, usual and rich way (``ways``), and any others."""
        low, likely, high = ways
        every = (low, likely, high, *also)
        return cls(min(every), likely, max(every))


@dataclass(frozen=True, slots=True)
class PoolOdds:
    """One pool for one person. ``next_round`` and ``season`` are of the running season (None without recent figures);
    ``past`` the rounds of an earlier one, with ``past_round`` the chance in a round like those, and ``share`` the share
    invited of those who waited a whole past season, where known."""

    pool: Pool
    forecast: Forecast | None
    label: Label | None
    next_round: Range | None
    season: Range | None
    past: PastRounds | None
    past_round: Range | None
    share: SeasonShare | None


@dataclass(frozen=True, slots=True)
class PersonOdds:
    """One person. ``missing`` is None, or why there is no chance to tell: ``already_invited``, ``no_pool`` (no own pool
    that waiting alone opens), ``no_figures``.

    ``citizenship`` is the passport the chances are for: one profile, so with several passports the better one;
    ``other_pools`` are those of the others. ``compared`` says that figures of both were there to compare.
    ``by_round`` is the chance to have been invited by each of the party's rounds, ``by_category`` the season's chance by the
    category the invitation would come from.
    """

    id: str
    missing: str | None
    citizenship: str | None = None
    pools: tuple[PoolOdds, ...] = ()
    other_pools: tuple[PoolOdds, ...] = ()
    compared: bool = False
    next_round: Range | None = None
    season: Range | None = None
    past_round: Range | None = None
    by_round: tuple[Range, ...] = ()
    by_category: Mapping[Category, Range] | None = None


@dataclass(frozen=True, slots=True)
class Chances:
    """What may come out for several people who still wait. ``expected`` is a number of people."""

    everyone: Range
    nobody: Range
    at_least_one: Range
    exactly_one: Range
    expected: Range


@dataclass(frozen=True, slots=True)
class Together:
    """Several people who wait at the same time: in one round, over the season, and in a round as in a past season.

    ``already`` are those of them who have been invited and are not waited for; ``missing`` names who keeps the whole from
    being told and why. ``everyone_by_round`` is the chance that all have been invited by each round; ``all_likely_by`` the
    first round by which that is more likely than not, as rounds usually go.
    """

    people: tuple[str, ...]
    already: tuple[str, ...]
    missing: Mapping[str, str]
    next_round: Chances | None = None
    season: Chances | None = None
    past_round: Chances | None = None
    everyone_by_round: tuple[Range, ...] = ()
    all_likely_by: date | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """The chance that both of a couple are invited this season, at most ``weeks`` apart."""

    weeks: int
    both: Range


@dataclass(frozen=True, slots=True)
class PairOdds:
    """A couple: their chances together, and how far apart the two invitations may come."""

    together: Together
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Odds:
    """The odds of a party on ``as_of``.

    ``rounds`` are the Fridays of the coming rounds until ``closes`` (``closes_basis``: announced or pattern).
    ``season_state`` is that of the answer. ``together`` is None for one person alone. ``newest`` is the day of the newest
    figures used for the running season, None if there are none.
    """

    as_of: date
    season: int
    season_state: str
    closes: date | None
    closes_basis: str
    newest: date | None
    rounds: tuple[date, ...]
    people: tuple[PersonOdds, ...]
    together: Together | None
    pairs: tuple[PairOdds, ...]

    def person(self, person_id: str) -> PersonOdds:
        """The odds of one person; KeyError if there is none of that id."""
        for person in self.people:
            if person.id == person_id:
                return person
        raise KeyError(person_id)
