"""Whose answer changed, though nobody changed anything they said: because a rule or a date is another now.

Kept is what was last told, for the day on which it was told. The same answers on the same day then give the same, unless
the content changed: so neither a birthday nor the passing of time is ever news. For a rule that is known to begin on a day
that day is compared with the one before it, once with everything that was told moved on by a day as well: what is then
still different is the rule's doing, and not that of a birthday on the same day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from flows.answer import PersonAnswer, Reason, RouteAnswer
from flows.conversation.event import Event, EventKind
from flows.conversation.reminding import own_dates
from flows.conversation.seeing import Shows, seen_answer, shown_of
from flows.conversation.session import Followed, Member, Session
from flows.conversation.turn import Turn
from flows.dates import ONE_DAY

AHEAD = timedelta(days=365)
"""So far ahead a rule that is known to begin is told."""
FEW_DAYS = timedelta(days=3)
"""So much a day may move where months of different lengths are counted from a day later."""
FIELDS = ("best", "status", "permit_months", "last_day", "from")
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is different: of a person, or (None) of all. ``now`` and ``before`` are as in what was told;
    ``route`` is whose it is. ``on`` is the day from which it holds where that is to come or known; ``reasons`` are those
    that are others than before, with their sources."""

    kind: str
    person: str | None
    before: Any
    now: Any
    route: RouteAnswer | None = None
    on: date | None = None
    reasons: tuple[Reason, ...] = ()


def as_of(turn: Turn, user: str, day: date, session: Session | None = None) -> Turn:
    """The party as this member sees it on another day, without what they are only trying out."""
    given = session or turn.session
    member: Member = {**given["members"][user], "trial": None}
    event = Event(EventKind.RECHECKED, int(user), int(user), at=turn.event.at)
    return Turn({**given, "members": {**given["members"], user: member}}, event, turn.content, day)


def followed(turn: Turn, user: str, known: Followed | None = None) -> Followed:
    """What there is to compare with later: the answer today, and on the days to come that were told of already."""
    days = [turn.today, *(date.fromisoformat(day) for day in (known["days"] if known else ()))]
    told = {day.isoformat(): told_on(as_of(turn, user, day)) for day in sorted(set(days)) if day >= turn.today}
    return {"content": turn.content.facts.version, "days": told, "said": known["said"] if known else ""}


def told_on(turn: Turn) -> dict[str, Any]:
    """What is told on the day of the turn, in short: plain data that equal answers make equal."""
    answer = seen_answer(turn)
    pools = next((dated for dated in own_dates(turn, turn.user) if dated.code == "pool_opens"), None)
    return {
        "people": {person.id: _person(turn, person) for person in answer.people},
        "plan": answer.plans[0].id if answer.plans else None,
        "pools": [str(pools.first), str(pools.last), pools.basis.value] if pools else None,
    }


def news_for(turn: Turn, user: str, session: Session | None = None) -> list[News]:
    """What is other than this member was told, because of the content alone; each thing once."""
    given = session or turn.session
    known = given["members"][user].get("follows")
    if not known:
        return []
    found: dict[str, News] = {}
    days = sorted(date.fromisoformat(day) for day in known["days"])
    for day in days:
        now = as_of(turn, user, day, given)
        for news in _different(now, known["days"][day.isoformat()], day if day > turn.today else None):
            found.setdefault(_key(news), news)
    for day in beginnings(turn, days[0], turn.today + AHEAD):
        if day not in days:
            for news in _begun(turn, user, given, day):
                found.setdefault(_key(news), news)
    return list(found.values())


def beginnings(turn: Turn, after: date, until: date) -> list[date]:
    """The days, after one and until another, on which a fact begins to hold, or another one in its place."""
    days: set[date] = set()
    for _, fact in turn.content.facts.every_fact():
        days |= {fact.effective_from} if fact.effective_from else set()
        days |= {fact.effective_to + ONE_DAY} if fact.effective_to else set()
    return sorted(day for day in days if after < day <= until)


def told_of(turn: Turn, user: str, news: list[News]) -> Followed | None:
    """What is known after this was told: days to come that made news are remembered with what holds then."""
    known = turn.session["members"][user].get("follows")
    if not known:
        return None
    ahead = {each.on.isoformat() for each in news if each.on is not None and each.on > turn.today}
    extended: Followed = {**known, "days": {**known["days"], **{day: {} for day in ahead}}}
    return {**followed(turn, user, extended), "said": digest(news) if news else known["said"]}


def digest(news: list[News]) -> str:
    """The same for the same news, so that it is not told twice whatever happens in between."""
    return _short([(each.kind, each.person, each.before, each.now, str(each.on)) for each in news])


def _begun(turn: Turn, user: str, given: Session, day: date) -> Iterator[News]:
    """What begins on this day by a rule."""
    before = told_on(as_of(turn, user, day - ONE_DAY, given))
    found = list(_different(as_of(turn, user, day, given), before, day))
    if found:
        moved: Session = {**given, "answers": _a_day_later(given["answers"])}
        by_rule = _different(as_of(turn, user, day, moved), before, day)
        kinds = {(each.kind, each.person) for each in by_rule if not _same_but_for_days(each)}
        yield from (each for each in found if (each.kind, each.person) in kinds)


def _a_day_later(told: Any) -> Any:
    """Answers with every day in them moved on by one."""
    if isinstance(told, dict):
        return {key: _a_day_later(value) for key, value in told.items()}
    if isinstance(told, list):
        return [_a_day_later(value) for value in told]
    day = _day(told)
    return (day + ONE_DAY).isoformat() if day else told


def _same_but_for_days(news: News) -> bool:
    before, now = _day(news.before), _day(news.now)
    return before is not None and now is not None and abs(now - before) <= FEW_DAYS


def _day(told: Any) -> date | None:
    try:
        return date.fromisoformat(told) if isinstance(told, str) and len(told) == len("2026-11-22") else None
    except ValueError:
        return None


def _person(turn: Turn, person: PersonAnswer) -> dict[str, Any]:
    best = next((route for route in person.routes if route.id == person.best), None)
    told: dict[str, Any] = {"best": person.best, "status": best.status.value if best else None}
    if shown_of(turn, person.id) is not Shows.REASON:
        return told
    told |= {
        "permit_months": best.permit_months if best else None,
        "last_day": str(best.last_day) if best and best.last_day else None,
        "from": str(best.from_) if best and best.from_ else None,
    }
    return told | {"why": {route.id: {each.code: _mark(each) for each in route.reasons} for route in person.routes}}


def _different(turn: Turn, before: Told, on: date | None) -> Iterator[News]:
    now = told_on(turn)
    people = {person.id: person for person in seen_answer(turn).people}
    found = False
    for person, told in now["people"].items():
        was = before["people"].get(person)
        kind = next((field for field in FIELDS if was is not None and was.get(field) != told.get(field)), None)
        if was is None:
            continue
        of = told["best"] or was["best"]
        route = next((route for route in people[person].routes if route.id == of), None)
        reasons = _changed_reasons(people[person], route, was)
        if kind is not None:
            found = True
            yield News(kind, person, was.get(kind), told.get(kind), route, on, reasons)
        elif route is not None and _why(was, route.id) not in (None, _why(told, route.id)):
            yield News("reason", person, _why(was, route.id), _why(told, route.id), route, on, reasons)
    if not found and now["plan"] != before["plan"]:
        yield News("plan", None, before["plan"], now["plan"], on=on)
    if now["pools"] != before["pools"] and now["pools"] and before["pools"]:
        yield News("pools", None, before["pools"], now["pools"], on=on)


def _changed_reasons(person: PersonAnswer, route: RouteAnswer | None, was: Told) -> tuple[Reason, ...]:
    """The reasons that are others than before: of the way that is told, else of any; else all of that way."""

    def changed(of: RouteAnswer) -> list[Reason]:
        marks = _why(was, of.id) or {}
        return [each for each in of.reasons if marks.get(each.code) != _mark(each)]

    ways = ([route] if route else []) + [each for each in person.routes if each is not route]
    found = next((some for each in ways if (some := changed(each))), [])
    return tuple(found or (route.reasons if route else ()))


def _why(told: Told, route: str) -> Mapping[str, str] | None:
    """The marks of a way's reasons, by their codes; None where they are not told."""
    marks: Mapping[str, str] | None = told.get("why", {}).get(route)
    return marks


def _mark(reason: Reason) -> str:
    """What a reason compares, but for days: those move with the day on which somebody asks."""
    return _short((reason.holds, sorted((name, value) for name, value in reason.values.items() if not _day(value))))


def _short(data: object) -> str:
    return blake2b(repr(data).encode(), digest_size=6).hexdigest()


def _key(news: News) -> str:
    return _short((news.kind, news.person, news.before, news.now))
