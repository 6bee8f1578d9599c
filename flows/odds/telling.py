"""The odds in words: what they are, for whom, what they rest on. Every chance with its spread, date and source."""

from collections.abc import Callable, Iterator
from math import ceil, floor

from flows.conversation.view import Country, Link, Words
from flows.message import Family, Message
from flows.odds.odds import Chances, Odds, PairOdds, PersonOdds, PoolOdds, Range, Together
from flows.odds.round import Pool
from flows.odds.week import Week
from flows.party import Category

Name = Callable[[str], str | Words]
"""How a person is called at the start of a line, by their id."""

PERCENT = Message("odds.percent", "n")
UNDER_ONE = Message("odds.under_one")
OVER_99 = Message("odds.over_99")
RANGE = Message("odds.range", "likely", "low", "high")
ABOUT = Message("odds.about", "likely")
AT_MOST = Message("odds.at_most", "likely", "high")
AT_LEAST = Message("odds.at_least", "likely", "low")
BETWEEN = Message("odds.between", "low", "high")
POOL = Family("odds.pool", tuple(Category), "country")
LABEL = Family("odds.label", ("excellent", "very_good", "fair", "low", "very_low"), "low", "high")

LIVE = Message("odds.live", "season", "day", "closes", "rounds")
LIVE_PATTERN = Message("odds.live_pattern", "season", "day", "closes", "rounds")
NO_FIGURES = Message("odds.no_figures", "season")
PERSON = Message("odds.person", "who", "pool", "next", "season")
PERSON_ENDING = Message("odds.person_ending", "who", "pool")
PAST = Message("odds.past", "who", "pool", "season", "first", "last", "chance")
PAST_ONE = Message("odds.past_one", "who", "pool", "season", "first", "chance")
PAST_LATE = Message("odds.past_late", "day", "chance")
SHARE = Message("odds.share", "season", "share")
MISSING = Family("odds.missing", ("already_invited", "no_pool", "needs_act", "unanswered", "no_figures"), "who")
BETTER = Message("odds.better_passport", "who", "country")
NOT_COMPARED = Message("odds.not_compared", "who", "country")
PAIR = Message("odds.pair", "people")
BOTH = Family("odds.both", ("next_round", "season", "past_round"), "both", "one", "either", "neither")
ALL = Family("odds.all", ("next_round", "season", "past_round"), "people", "all", "either", "expected")
EXPECTED = Message("odds.expected", "likely", "low", "high")
ALL_BY = Message("odds.all_by", "day")
GAP = Message("odds.gap", "few", "few_chance", "many", "many_chance")
TOGETHER_MISSING = Message("odds.together_missing")
BASIS = Message("odds.basis", "pool", "day", "candidates", "invited", "source")
BASIS_LABEL = Message("odds.basis_label", "label")
BASIS_UNSURE = Message("odds.basis_unsure")
BASIS_PAST = Message("odds.basis_past", "pool", "season", "source")
HOW = Message("odds.how", "weeks")
HOW_PAST = Message("odds.how_past")
SOURCE = Message("odds.source")

TOLD_GAPS = (4, 8)
ONE_FIGURE = 0.005
"""A spread narrower than this is told as one figure."""
PAST_ROUND = "past_round"


def tell_odds(odds: Odds, who: Name) -> list[Words]:
    """The odds of a party as paragraphs; what they rest on comes last and folded."""
    live = any(person.season for person in odds.people)
    found = [_opening(odds)] if live else [NO_FIGURES(season=str(odds.season))]
    for person in odds.people:
        found += _person(person, who)
    pairs = {frozenset(pair.together.people): pair for pair in odds.pairs}
    if odds.together is not None and len(odds.together.people) > 2:
        found += _everyone(odds.together)
    for pair in pairs.values():
        found += _pair(pair, named=len(odds.people) > 2, who=who)
    return found + [Words(words.key, words.values, folded=True) for words in _basis(odds)]


def range_words(found: Range) -> Words:
    """A chance with its spread: about 31% (between 20% and 54%); one figure where all three read the same."""
    low, likely, high = percent(found.low, floor), percent(found.likely, round), percent(found.high, ceil)
    if low == likely == high or found.high - found.low < ONE_FIGURE:
        return likely if likely.key != PERCENT.key else ABOUT(likely=likely)
    if likely == low == UNDER_ONE():
        return AT_MOST(likely=likely, high=high)
    if likely == high == OVER_99():
        return AT_LEAST(likely=likely, low=low)
    return RANGE(likely=likely, low=low, high=high)


def percent(chance: float, rounded: Callable[[float], int] = round) -> Words:
    """A chance as a percentage; never nought and never a hundred."""
    if chance < 0.01:
        return UNDER_ONE()
    if chance > 0.99:
        return OVER_99()
    return PERCENT(n=rounded(round(chance * 100, 6)))


def pool_words(pool: Pool) -> Words:
    """The pool by its category and country."""
    return POOL(pool.category, country=Country(pool.citizenship))


def _between(found: Range) -> Words:
    low, high = percent(found.low, floor), percent(found.high, ceil)
    return range_words(found) if low == high else BETWEEN(low=low, high=high)


def _opening(odds: Odds) -> Words:
    message = LIVE if odds.closes_basis == "announced" else LIVE_PATTERN
    return message(season=str(odds.season), day=odds.newest, closes=odds.closes, rounds=len(odds.rounds))


def _person(person: PersonOdds, who: Name) -> Iterator[Words]:
    name = who(person.id)
    if person.missing is not None:
        yield MISSING(person.missing, who=name)
        return
    pools = [pool for pool in person.pools if pool.next_round or pool.season or pool.past]
    first = pools[-1]
    if person.season is not None and person.next_round is not None:
        yield PERSON(
            who=name,
            pool=[pool_words(pool.pool) for pool in pools],
            next=range_words(person.next_round),
            season=range_words(person.season),
        )
    elif person.season is not None:
        yield PERSON_ENDING(who=name, pool=pool_words(first.pool))
    else:
        yield from _past(first, name)
    if first.share is not None:
        yield SHARE(season=str(first.share.season), share=percent(first.share.share))
    if person.other_pools and person.citizenship is not None:
        message = BETTER if person.compared else NOT_COMPARED
        yield message(who=name, country=Country(person.citizenship))


def _past(pool: PoolOdds, name: str | Words) -> Iterator[Words]:
    past = pool.past
    if past is None or pool.past_round is None:
        return
    first, last, chance = past.first[0].ends, past.first[-1].ends, _between(pool.past_round)
    if first == last:
        yield PAST_ONE(who=name, pool=pool_words(pool.pool), season=str(past.season), first=first, chance=chance)
    else:
        yield PAST(who=name, pool=pool_words(pool.pool), season=str(past.season), first=first, last=last, chance=chance)
    late = past.last.late if past.last.late is not None else past.last.early
    if past.last not in past.first and late is not None:
        yield PAST_LATE(day=past.last.ends, chance=range_words(Range(late, late, late)))


def _pair(pair: PairOdds, *, named: bool, who: Name) -> Iterator[Words]:
    found = pair.together
    horizons = list(_horizons(found))
    if named and horizons:
        yield PAIR(people=[who(person) for person in found.people])
    for horizon, chances in horizons:
        phrase = _between if horizon == PAST_ROUND else range_words
        yield BOTH(
            horizon,
            both=phrase(chances.everyone),
            one=phrase(chances.exactly_one),
            either=phrase(chances.at_least_one),
            neither=phrase(chances.nobody),
        )
    gaps = {gap.weeks: gap for gap in pair.gaps}
    if horizons and gaps:
        few, many = (gaps[weeks] for weeks in TOLD_GAPS)
        yield GAP(few=few.weeks, few_chance=range_words(few.both), many=many.weeks, many_chance=range_words(many.both))
    if found.missing and not named and len(found.missing) < len(found.people):
        yield TOGETHER_MISSING()


def _everyone(found: Together) -> Iterator[Words]:
    for horizon, chances in _horizons(found):
        expected = chances.expected
        phrase = _between if horizon == PAST_ROUND else range_words
        yield ALL(
            horizon,
            people=len(found.people) - len(found.already),
            all=phrase(chances.everyone),
            either=phrase(chances.at_least_one),
            expected=EXPECTED(
                likely=round(expected.likely, 1), low=round(expected.low, 1), high=round(expected.high, 1)
            ),
        )
    if found.all_likely_by is not None:
        yield ALL_BY(day=found.all_likely_by)
    if found.missing:
        yield TOGETHER_MISSING()


def _horizons(found: Together) -> Iterator[tuple[str, Chances]]:
    if len(found.people) - len(found.already) < 2:
        return
    for horizon, chances in (
        ("next_round", found.next_round),
        ("season", found.season),
        (PAST_ROUND, found.past_round),
    ):
        if chances is not None:
            yield horizon, chances


def _basis(odds: Odds) -> Iterator[Words]:
    pools = {pool.pool: pool for person in odds.people for pool in (*person.pools, *person.other_pools)}
    weeks = [len(pool.forecast.weeks) for pool in pools.values() if pool.forecast]
    if weeks:
        yield HOW(weeks=max(weeks))
    elif any(pool.past for pool in pools.values()):
        yield HOW_PAST()
    told = (pool for person in odds.people for pool in person.pools)
    used = [week for pool in told for week in (pool.forecast.weeks if pool.forecast else _past_weeks(pool))]
    if not all(week.sure for week in used):
        yield BASIS_UNSURE()
    for pool in pools.values():
        if pool.forecast is not None:
            basis, week = pool.forecast.basis, pool.forecast.weeks[-1:]
            yield BASIS(
                pool=pool_words(pool.pool),
                day=basis.data_of,
                candidates=basis.candidates,
                invited=week[0].invited if week else 0,
                source=Link(SOURCE(), basis.source),
            )
            if pool.label is not None and pool.label.name in LABEL:
                low, high = percent(pool.label.low), percent(pool.label.high)
                yield BASIS_LABEL(label=LABEL(pool.label.name, low=low, high=high))
        elif pool.past is not None:
            source = Link(SOURCE(), pool.past.basis.source)
            yield BASIS_PAST(pool=pool_words(pool.pool), season=str(pool.past.season), source=source)


def _past_weeks(pool: PoolOdds) -> tuple[Week, ...]:
    return pool.past.first if pool.past is not None else ()
