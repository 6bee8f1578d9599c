"""Several people who wait at the same time: what may come out for all of them, and how far apart a couple is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from flows.odds.draw import Member, Rounds, still_waiting
from flows.odds.gap import both_within
from flows.odds.odds import Chances, Gap, PairOdds, Range, Together
from flows.odds.place import Place
from flows.odds.table import Table

GAPS = (0, 2, 4, 8, 26)
"""Weeks between the two invitations of a couple that are told."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person with the places they wait in, or why there is nothing to tell of them (as in ``PersonOdds.missing``)."""

    id: str
    missing: str | None
    places: Sequence[Place]


Ways = tuple[Rounds, Rounds, Rounds]


def together(people: Sequence[Waiting], table: Table) -> Together:
    """What may come out for these people. Those already invited are not waited for."""
    ids = tuple(person.id for person in people)
    already = tuple(person.id for person in people if person.missing == "already_invited")
    missing = {person.id: person.missing for person in people if person.missing not in (None, "already_invited")}
    waiting = [person for person in people if person.missing is None]
    if missing or not waiting:
        return Together(ids, already, {key: reason for key, reason in missing.items() if reason})
    season = [table.in_season(person.places) for person in waiting]
    if all(member.slots for member in season):
        by_round = [
            Range.over(chances)
            for chances in zip(*(_all_drawn(rounds, season) for rounds in table.season), strict=True)
        ]
        return Together(
            ids,
            already,
            {},
            next_round=_chances(table.next_round, [table.in_next_round(person.places) for person in waiting]),
            season=_chances(table.season, season),
            everyone_by_round=tuple(by_round),
            all_likely_by=next(
                (day for day, chance in zip(table.ends, by_round, strict=True) if chance.likely >= 0.5), None
            ),
        )
    past = [table.in_past_round(person.places) for person in waiting]
    if all(member.slots for member in past):
        return Together(ids, already, {}, past_round=_chances(table.past_round, past))
    unlike = {person.id: "no_figures" for person, member in zip(waiting, past, strict=True) if not member.slots}
    return Together(ids, already, unlike)


def pair_odds(people: tuple[Waiting, Waiting], table: Table) -> PairOdds:
    """A couple together, and the weeks between their invitations where both wait in the running season."""
    found = together(people, table)
    if found.season is None or found.already:
        return PairOdds(found)
    one, other = (table.in_season(person.places) for person in people)
    ways = [both_within(rounds, one, other, GAPS) for rounds in table.season]
    return PairOdds(
        found,
        tuple(Gap(weeks, Range.over(chances)) for weeks, chances in zip(GAPS, zip(*ways, strict=True), strict=True)),
    )


def _all_drawn(rounds: Rounds, members: Sequence[Member]) -> list[float]:
    return [chances[0] for chances in still_waiting(rounds, members)]


def _chances(ways: Ways, members: Sequence[Member]) -> Chances:
    waiting = [still_waiting(rounds, members)[-1] for rounds in ways]
    people = len(members)
    return Chances(
        everyone=Range.over([chances[0] for chances in waiting]),
        nobody=Range.over([chances[people] for chances in waiting]),
        at_least_one=Range.over([1.0 - chances[people] for chances in waiting]),
        exactly_one=_exactly_one(ways, members, [chances[people - 1] for chances in waiting]),
        expected=Range.over(
            [sum((people - left) * chance for left, chance in enumerate(chances)) for chances in waiting]
        ),
    )


def _exactly_one(ways: Ways, members: Sequence[Member], alike: Sequence[float]) -> Range:
    """Exactly one is not likeliest where each is: so for two people in different pools all mixtures of ways are looked
    at, and for two whose chance passes one half on the way, one half itself."""
    if len(members) != 2:
        return Range.over(alike)
    one, other = ([1.0 - still_waiting(rounds, [member])[-1][1] for rounds in ways] for member in members)
    if {slot.pool for slot in members[0].slots} & {slot.pool for slot in members[1].slots}:
        passes = min(one) < 0.5 < max(one) and min(other) < 0.5 < max(other)
        return Range.over(alike, also=[0.5] if passes else [])
    mixed = [a * (1.0 - b) + b * (1.0 - a) for a, b in product(one, other)]
    return Range.over(alike, also=mixed)
