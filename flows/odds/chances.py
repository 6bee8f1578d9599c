"""Puts the odds of a party together: each person's, a couple's, everybody's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from flows.answer import Answer, SeasonState, Status
from flows.odds.draw import Member, waits
from flows.odds.odds import Odds, PersonOdds, PoolOdds, Range
from flows.odds.place import ORDER, Place, already_invited, places_of
from flows.odds.round import Pool, RoundFigures
from flows.odds.table import Table, lay_table
from flows.odds.together import Waiting, pair_odds, together
from flows.party import Category, Party, Person, RelationshipKind


def odds_for(party: Party, answer: Answer, figures: RoundFigures, today: date) -> Odds:
    """The odds of everyone in the party on ``today``, from the figures known by then. Pure; invents nothing."""
    waiting = [person for person in party.people if not already_invited(person)]
    places = {person.id: places_of(person.id, answer) for person in waiting}
    pools = Counter(place.pool for held in places.values() for chosen in held.values() for place in chosen)
    season = answer.season
    table = lay_table(pools, figures, season, today)
    people = {
        person.id: _person_odds(person, answer, places.get(person.id, {}), table, figures) for person in party.people
    }
    lots = {
        person.id: Waiting(
            person.id,
            people[person.id].missing,
            places.get(person.id, {}).get(people[person.id].citizenship or "", ()),
        )
        for person in party.people
    }
    everyone = tuple(lots.values())
    return Odds(
        as_of=today,
        season=season.year,
        season_state=season.state,
        closes=figures.closes.get(season.year),
        closes_basis=figures.closes_basis.get(season.year, "pattern"),
        newest=max((coming.basis.data_of for coming in table.forecasts.values()), default=None),
        rounds=table.ends,
        people=tuple(people.values()),
        together=together(everyone, table) if len(everyone) > 1 else None,
        pairs=tuple(pair_odds((lots[one], lots[other]), table) for one, other in _couples(party)),
    )


def chance_within(
    pool: Pool, start: date, until: date, figures: RoundFigures, season: SeasonState, today: date
) -> Range | None:
    """The chance that someone waiting in ``pool`` is invited after ``start`` and by ``until``, in the running season.

    Rounds of the next season are not counted, so the true chance can only be higher. None without recent figures."""
    table = lay_table({pool: 1}, figures, season, today)
    if pool not in table.forecasts:
        return None
    return _drawn(table, table.in_season([Place(pool, start, until)]))


def pool_chances(
    pool: Pool, start: date | None, until: date | None, figures: RoundFigures, season: SeasonState, today: date
) -> PoolOdds:
    """One pool alone, for somebody who waits there between two days (None: no bound), whatever else they could do."""
    return _pool_odds(Place(pool, start, until), lay_table({pool: 1}, figures, season, today), figures)


def _couples(party: Party) -> list[tuple[str, str]]:
    """Pairs that are more than friends, and the two of a party of two."""
    if len(party.people) == 2:
        return [(party.people[0].id, party.people[1].id)]
    return [
        relationship.between
        for relationship in party.relationships
        if relationship.kind is not None and relationship.kind is not RelationshipKind.FRIENDS
    ]


def _person_odds(
    person: Person, answer: Answer, places: Mapping[str, Sequence[Place]], table: Table, figures: RoundFigures
) -> PersonOdds:
    if already_invited(person):
        return PersonOdds(person.id, "already_invited")
    if not places:
        return PersonOdds(person.id, _why_no_pool(person.id, answer))
    by_passport = {
        citizenship: tuple(_pool_odds(place, table, figures) for place in held) for citizenship, held in places.items()
    }
    citizenship, compared = _better(places, table)
    pools = by_passport.pop(citizenship)
    others = tuple(odds for held in by_passport.values() for odds in held)
    held = places[citizenship]
    coming, past = table.in_season(held), table.in_past_round(held)
    if not coming.slots and not past.slots:
        return PersonOdds(person.id, "no_figures", citizenship, pools, others)
    return PersonOdds(
        id=person.id,
        missing=None,
        citizenship=citizenship,
        pools=pools,
        other_pools=others,
        compared=compared,
        next_round=_next(table, held),
        season=_drawn(table, coming) if coming.slots else None,
        past_round=_past(table, held),
        by_round=_by_round(table, coming) if coming.slots else (),
        by_category=_by_category(table, coming) if coming.slots else None,
    )


def _why_no_pool(person_id: str, answer: Answer) -> str:
    """Nothing that waiting alone opens: because something was not answered, something must be done, or there is none."""
    routes = next(person.routes for person in answer.people if person.id == person_id)
    own = [route.status for route in routes if route.route.value in {category.value for category in Category}]
    if Status.LATER in own:
        return "needs_act"
    return "unanswered" if Status.UNKNOWN in own else "no_pool"


def _better(places: Mapping[str, Sequence[Place]], table: Table) -> tuple[str, bool]:
    """The passport with the better chance, and whether the figures of all were there to compare.

    The running season decides where it has figures, else a past round; without any, the first passport stands."""
    for chance_of in (_season_chance, _past_chance):
        known = {citizenship: chance_of(table, held) for citizenship, held in places.items()}
        known = {citizenship: chance for citizenship, chance in known.items() if chance is not None}
        if known:
            best = max(known, key=lambda citizenship: known[citizenship] or 0.0)
            return best, len(places) > 1 and len(known) == len(places)
    return next(iter(places)), False


def _season_chance(table: Table, places: Sequence[Place]) -> float | None:
    member = table.in_season(places)
    return _drawn(table, member).likely if member.slots else None


def _past_chance(table: Table, places: Sequence[Place]) -> float | None:
    found = _past(table, places)
    return found.likely if found else None


def _pool_odds(place: Place, table: Table, figures: RoundFigures) -> PoolOdds:
    pool = place.pool
    coming = table.forecasts.get(pool)
    member = table.in_season([place])
    shares = figures.shares.get(pool, ())
    return PoolOdds(
        pool=pool,
        forecast=coming,
        label=figures.label_of(coming.basis) if coming else None,
        next_round=_next(table, [place]),
        season=_drawn(table, member) if member.slots else None,
        past=table.past.get(pool),
        past_round=_past(table, [place]),
        share=shares[-1] if shares else None,
    )


def _drawn(table: Table, member: Member) -> Range:
    return Range.over([1.0 - waits(rounds, member)[-1] for rounds in table.season])


def _next(table: Table, places: Sequence[Place]) -> Range | None:
    member = table.in_next_round(places)
    if not member.slots:
        return None
    return Range.over([1.0 - waits(rounds, member)[0] for rounds in table.next_round])


def _past(table: Table, places: Sequence[Place]) -> Range | None:
    member = table.in_past_round(places)
    if not member.slots:
        return None
    return Range.over([1.0 - waits(rounds, member)[0] for rounds in table.past_round])


def _by_round(table: Table, member: Member) -> tuple[Range, ...]:
    ways = [waits(rounds, member) for rounds in table.season]
    return tuple(Range.over([1.0 - chance for chance in chances]) for chances in zip(*ways, strict=True))


def _by_category(table: Table, member: Member) -> dict[Category, Range]:
    """The season's chance by category: someone in several pools is drawn from the first in order that draws them."""
    pools = {slot.pool: slot for slot in member.slots if isinstance(slot.pool, Pool)}
    ways: list[dict[Category, float]] = []
    for rounds in table.season:
        left, found = 1.0, dict.fromkeys(ORDER, 0.0)
        for index in range(len(table.ends)):
            for pool in sorted(pools, key=lambda pool: ORDER.index(pool.category)):
                draw = rounds[pool][index] if pools[pool].open_in(index) else None
                if draw is not None:
                    found[pool.category] += left * draw.chance
                    left *= 1.0 - draw.chance
        ways.append(found)
    return {
        category: Range.over([way[category] for way in ways])
        for category in ORDER
        if any(pool.category is category for pool in pools)
    }
