"""What is written in and under the pictures. A caption tells all that its picture shows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from flows.conversation.view import Period, Words
from flows.message import Message
from flows.odds.odds import Odds, Range
from flows.odds.round import Pool
from flows.odds.telling import ONE_FIGURE, pool_words, range_words
from flows.odds.week import Week
from flows.timeline import Dated
from flows.timeline_words import title

Name = Callable[[str], str | Words]

PERCENT = Message("pictures.percent", "n")
UNDER_ONE = Message("pictures.under_one")
OVER_99 = Message("pictures.over_99")
SPREAD = Message("pictures.spread", "likely", "low", "high")
CHANCE_TITLE = Message("pictures.chance.title")
CHANCE_SUBTITLE = Message("pictures.chance.subtitle", "season", "day")
CHANCE_BOTH = Message("pictures.chance.both")
CHANCE_EACH = Message("pictures.chance.each", "names")
CHANCE_EVERYONE = Message("pictures.chance.everyone")
CHANCE_FOOT = Message("pictures.chance.foot")
CHANCE_CAPTION = Message("pictures.chance.caption", "season", "day", "days")
CHANCE_ROW = Message("pictures.chance.row", "who", "chances")
PAST_TITLE = Message("pictures.past.title")
PAST_SUBTITLE = Message("pictures.past.subtitle", "season")
PAST_WEEK = Message("pictures.past.week", "day")
PAST_FOOT = Message("pictures.past.foot")
PAST_CAPTION = Message("pictures.past.caption", "season")
PAST_ROW = Message("pictures.past.row", "pool", "day", "chance")
TIMELINE_TITLE = Message("pictures.timeline.title")
TIMELINE_FOOT = Message("pictures.timeline.foot", "day")
TIMELINE_CAPTION = Message("pictures.timeline.caption")
TIMELINE_ROW = Message("pictures.timeline.row", "day", "what")
MORE = Message("pictures.more", "count")
UNNAMED = Message("pictures.unnamed", "number")
MOST_PAST_ROWS = 10
"""With more rounds than these, a caption tells the first one of each pool only."""
TWO = 2
FEW = 4
"""So many lines can be told at three days each without their caption becoming too long."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of the chance picture: the people it stands for (none: all ``together`` of them) and their chance by each
    round."""

    people: tuple[str, ...]
    chances: tuple[Range, ...]
    together: int = 0


def curves(odds: Odds) -> list[Curve]:
    """The lines to draw: one for everybody whose chances are the same, and one for all together where that is another."""
    by_chances: dict[tuple[Range, ...], list[str]] = {}
    for person in odds.people:
        if person.by_round:
            by_chances.setdefault(person.by_round, []).append(person.id)
    found = [Curve(tuple(people), chances) for chances, people in by_chances.items()]
    if odds.together is not None and odds.together.everyone_by_round and not odds.together.already:
        found.append(Curve((), odds.together.everyone_by_round, len(odds.together.people)))
    return found


def curve_name(curve: Curve, name: Name) -> Words | str:
    """How a line is labelled: the name, each of several whose chances are the same, both, or all."""
    match [name(person) for person in curve.people]:
        case []:
            return CHANCE_BOTH() if curve.together == TWO else CHANCE_EVERYONE()
        case [one]:
            return one
        case several:
            return CHANCE_EACH(names=several)


def short_range(found: Range) -> Words:
    """A chance and its spread in as few letters as can be: 63% (49% to 80%)."""
    low, likely, high = _percent(found.low, floor), _percent(found.likely, round), _percent(found.high, ceil)
    return likely if low == high or found.high - found.low < ONE_FIGURE else SPREAD(likely=likely, low=low, high=high)


def _percent(chance: float, rounded: Callable[[float], int]) -> Words:
    if chance < 0.01:
        return UNDER_ONE()
    return OVER_99() if chance > 0.99 else PERCENT(n=rounded(round(chance * 100, 6)))


def chance_caption(odds: Odds, name: Name) -> list[Words]:
    """The chance picture in words: each line at the next round, half-way, and at the season's end."""
    drawn = curves(odds)
    if odds.newest is None or not drawn:
        return []
    places = _told_places(len(odds.rounds), len(drawn))
    days = [odds.rounds[place] for place in places]
    found = [CHANCE_CAPTION(season=str(odds.season), day=odds.newest, days=days)]
    for curve in drawn:
        chances = [short_range(curve.chances[place]) for place in places]
        found.append(CHANCE_ROW(who=curve_name(curve, name), chances=chances))
    return found


def _told_places(rounds: int, lines: int) -> list[int]:
    """Which rounds are told: the first and the last, and for few people one half-way too."""
    half_way = {(rounds - 1) // 2} if lines <= FEW else set()
    return sorted({0, rounds - 1} | half_way)


def past_weeks(odds: Odds) -> list[tuple[Pool, Week, Range]]:
    """The past rounds to show, one row each: the first ones known of a pool's season and the last one."""
    found: dict[tuple[Pool, date], tuple[Pool, Week, Range]] = {}
    for person in odds.people:
        for pool in person.pools:
            if pool.past is not None:
                for week in (*pool.past.first, pool.past.last):
                    chances = [chance for chance in (week.late, week.early) if chance is not None]
                    if chances:
                        spread = Range(min(chances), chances[0], max(chances))
                        found[pool.pool, week.ends] = (pool.pool, week, spread)
    return [found[key] for key in sorted(found)]


def past_caption(odds: Odds) -> list[Words]:
    """The picture of past rounds in words."""
    rows = past_weeks(odds)
    if not rows:
        return []
    if len(rows) > MOST_PAST_ROWS:
        rows = [row for place, row in enumerate(rows) if place == 0 or rows[place - 1][0] != row[0]]
    told = [PAST_ROW(pool=pool_words(pool), day=week.ends, chance=range_words(chance)) for pool, week, chance in rows]
    return [PAST_CAPTION(season=str(odds.season)), *told]


def timeline_caption(dates: Sequence[Dated], name: Name) -> list[Words]:
    """The picture of the dates in words, a line each."""
    return [TIMELINE_CAPTION(), *timeline_rows(dates, name)] if dates else []


def timeline_rows(dates: Sequence[Dated], name: Name) -> Iterator[Words]:
    """Each date with what it is, in a line."""
    for dated in dates:
        day = dated.first if dated.first == dated.last else Period(dated.first, dated.last)
        yield TIMELINE_ROW(day=day, what=title(dated, name))
