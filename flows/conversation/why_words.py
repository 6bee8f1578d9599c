"""Why: for each person the reasons of the way that was chosen and of those that are closed, with sources and doubts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from flows.answer import PersonAnswer, Reason, RouteAnswer, Status
from flows.conversation.naming import Naming
from flows.conversation.people_words import best_of
from flows.conversation.reason_words import closing_reason, reason_words
from flows.conversation.route_words import CATEGORY_ROUTES, way
from flows.conversation.seeing import Shows, shown_of
from flows.conversation.turn import Turn
from flows.conversation.view import Lines, Link, Words
from flows.message import Message

TITLE = Message("why.title", "day")
ROUTE = Message("why.route", "who", "way", "lines")
CLOSED = Message("why.closed", "who", "lines")
LINE = Message("why.line", "reason")
CLOSED_LINE = Message("why.closed_line", "way", "reason")
SOURCES = Message("why.sources", "links")
SOURCE = Message("why.source", "link", "day")
AGED = Message("why.aged", "day")
DOUBTS = Message("why.doubts", "lines")

MOST_SOURCES = 4
MATTER_OF_COURSE = frozenset({"adult", "one_per_season", "partner_not_dependent", "partner_working"})


def why_words(turn: Turn, naming: Naming, seen: Sequence[PersonAnswer], *, in_full: bool) -> list[Words]:
    """Reasons, doubts and sources, folded. Not ``in_full``: what holds as a matter of course, and what is closed and told
    already, is left out."""
    told = [person for person in seen if shown_of(turn, person.id) is Shows.REASON]
    used: list[Reason] = []
    words: list[Words] = []
    doubts: list[str] = []
    for person in told:
        best = best_of(person)
        if best is not None:
            reasons = [each for each in _told_reasons(turn, best) if in_full or not _goes_without_saying(each)]
            lines = _lines(turn, naming, reasons)
            used += reasons
            doubts += best.caveats
            if lines:
                words.append(
                    _folded(ROUTE(who=naming.start(person.id), way=way(naming, person.id, best), lines=Lines(lines)))
                )
        closed, reasons = closed_ways(turn, naming, person)
        used += reasons
        if closed and in_full:
            words.append(_folded(CLOSED(who=naming.start(person.id), lines=Lines(tuple(closed)))))
    if not words:
        return []
    oldest = min((reason.checked_on for reason in used), default=turn.answer.oldest_check)
    known = doubt_lines(turn, doubts)
    if known:
        words.append(_folded(DOUBTS(lines=Lines(tuple(known)))))
    words.append(_folded(SOURCES(links=Lines(tuple(_sources(turn, used))))))
    if _is_aged(used):
        words.append(_folded(AGED(day=oldest)))
    return [_folded(TITLE(day=oldest)), *words]


def _goes_without_saying(reason: Reason) -> bool:
    return bool(reason.holds) and reason.code in MATTER_OF_COURSE


def _told_reasons(turn: Turn, route: RouteAnswer) -> list[Reason]:
    """The reasons of a way, less those about a partner who does not show why."""
    in_full = route.through is None or shown_of(turn, route.through) is Shows.REASON
    return [reason for reason in route.reasons if in_full or not reason.code.startswith("partner_")]


def closed_ways(turn: Turn, naming: Naming, person: PersonAnswer) -> tuple[list[Words], list[Reason]]:
    """The closed ways with what closes them, each reason once; with an own pool, only closed pools are told."""
    has_pool = any(r.route in CATEGORY_ROUTES and r.status is not Status.NO for r in person.routes)
    lines: list[Words] = []
    used: list[Reason] = []
    seen: set[object] = set()
    for route in person.routes:
        if route.status is not Status.NO or (route.through and shown_of(turn, route.through) is not Shows.REASON):
            continue
        if has_pool and route.route not in CATEGORY_ROUTES:
            continue
        against = closing_reason(route)
        said = reason_words(turn, naming, against) if against else None
        if against is None or said is None:
            continue
        key = (against.code, repr(said)) if route.route not in CATEGORY_ROUTES else (against.code, route.citizenship)
        if key in seen:
            continue
        seen.add(key)
        used.append(against)
        lines.append(CLOSED_LINE(way=way(naming, person.id, route), reason=said))
    return lines, used


def doubt_lines(turn: Turn, keys: Iterable[str]) -> list[Words]:
    """The doubts among a route's caveats, each once."""
    found = dict.fromkeys(key for key in keys if key.startswith("doubts."))
    return [LINE(reason=Words(key)) for key in found if key in turn.content.words]


def _lines(turn: Turn, naming: Naming, reasons: Iterable[Reason]) -> tuple[Words, ...]:
    said = (reason_words(turn, naming, reason) for reason in reasons)
    return tuple(LINE(reason=words) for words in said if words is not None)


def _sources(turn: Turn, reasons: Iterable[Reason]) -> Iterator[Words]:
    """Each source once, with the day on which it was last checked for these reasons."""
    days: dict[str, date] = {}
    for reason in reasons:
        days[reason.source] = min(days.get(reason.source, reason.checked_on), reason.checked_on)
    titles = {source.url: source.title for source in turn.content.facts.sources.values()}
    for url, day in list(days.items())[:MOST_SOURCES]:
        yield SOURCE(link=Link(titles.get(url, url), url), day=day)


def _is_aged(reasons: Iterable[Reason]) -> bool:
    return any(reason.confidence == "low" for reason in reasons)


def _folded(words: Words) -> Words:
    return Words(words.key, words.values, folded=True)
