"""/notify: being told when the answer changes by a rule or a date, and what is said then."""

from collections.abc import Iterator
from datetime import date

from flows.answer import Status
from flows.conversation.effect import Elsewhere
from flows.conversation.following import News, digest, followed, news_for, told_of
from flows.conversation.naming import Naming
from flows.conversation.reason_words import reason_words
from flows.conversation.route_words import way
from flows.conversation.routes_view import back, too_early
from flows.conversation.session import Session
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Lines, Link, Period, Words
from flows.message import Family, Message
from flows.timeline import Basis

ON = Message("notify.on")
OFF = Message("notify.off")
TITLE = Message("notify.title")
LINES = Message("notify.lines", "lines")
LINE = Message("notify.line", "what")
FROM_DAY = Message("notify.from_day", "what", "day")
SINCE_DAY = Message("notify.since_day", "what", "day")
STATUS = Family("notify.status", tuple(Status))
POOLS = Family("notify.pools", (Basis.ANNOUNCED, Basis.PATTERN), "period")
SOURCES = Message("notify.sources", "links")
SOURCE = Message("why.source", "link", "day")
BUTTON = Family("choice.notify", ("on", "off", "see"))
CHANGE = Family(
    "notify.change",
    ("best", "best_new", "best_gone", "status", "permit_months", "permit_months_unknown", "last_day", "last_day_new",
     "last_day_gone", "from", "from_new", "from_gone", "plan", "pools"),
    "who", "way", "before", "now",
)  # fmt: skip
REASON = Message("notify.change.reason", "who", "way", "reasons")
DATES = frozenset({"last_day", "from"})
OFF_NOW = "off"
MOST_NEWS = 8
MOST_SOURCES = 3


def show_following(turn: Turn, details: str = "") -> None:
    """Be told from now on; ``off`` ends it, in every session."""
    if details == OFF_NOW:
        turn.member["follows"] = None
        turn.shown.append(Elsewhere(turn.event.user, "notify", OFF_NOW))
        turn.show(OFF(), choices=((turn.choice(BUTTON("on"), "c", "notify"), back(turn)),))
        return
    if too_early(turn):
        return
    turn.member["follows"] = followed(turn, turn.user, turn.member.get("follows"))
    turn.show(ON(), choices=((_off(turn), back(turn)),))


def follow_choice(turn: Turn) -> tuple[Choice, ...]:
    """The button to be told of changes, for those who are not."""
    return () if turn.member.get("follows") else (turn.choice(BUTTON("on"), "c", "notify"),)


def tell_news(turn: Turn, user: str, before: Session | None = None) -> None:
    """Tell a member what the content changed for them, if anything; what is kept to compare with is then of today.

    ``before`` is the session as it was told, where this event changed answers as well.
    """
    known = turn.session["members"][user].get("follows")
    if not known:
        return
    same_content = known["content"] == turn.content.facts.version
    news = news_for(turn, user, before) if before is None or not same_content else []
    if news and digest(news) != known["said"]:
        _tell(turn, user, news)
    if news or not same_content or before is not None:
        turn.session["members"][user]["follows"] = told_of(turn, user, news)


def keep_following(turn: Turn, before: Session) -> None:
    """After answers changed, the new answer is what later ones are compared with; news from before are told first."""
    if _what_counts(turn.session) == _what_counts(before):
        return
    for user in list(turn.session["members"]):
        if user in before["members"] and before["members"][user].get("follows"):
            tell_news(turn, user, before)


def _what_counts(session: Session) -> object:
    """What somebody's answer is worked out from, beside the content."""
    seen = {user: (member["person"], member["shows"]) for user, member in session["members"].items()}
    return session["answers"], session["people"], seen


def _tell(turn: Turn, user: str, news: list[News]) -> None:
    naming = Naming(turn, turn.session["members"][user]["person"])
    lines = [LINE(what=_dated(turn, each, _words(naming, each))) for each in news[:MOST_NEWS]]
    sources = list(_sources(turn, news))
    said = [TITLE(), LINES(lines=Lines(tuple(lines)))]
    said += [SOURCES(links=Lines(tuple(sources)))] if sources else []
    see = turn.choice(BUTTON("see"), "c", "start")
    turn.show(*said, choices=((see,), (_off(turn),)), user=user)


def _words(naming: Naming, news: News) -> Words:
    if news.kind == "reason" and news.person and news.route:
        said = (reason_words(naming.turn, naming, reason) for reason in news.reasons)
        route = way(naming, news.person, news.route)
        return REASON(who=naming.start(news.person), way=route, reasons=[words for words in said if words is not None])
    kind, before, now = news.kind, _said(naming, news, news.before), _said(naming, news, news.now)
    if kind == "best" or kind in DATES:
        kind += "_new" if news.before is None else "_gone" if news.now is None else ""
    elif kind == "permit_months" and None in (news.before, news.now):
        kind = "permit_months_unknown"
    who = naming.start(news.person) if news.person else ""
    of = way(naming, news.person, news.route) if news.person and news.route else ""
    return CHANGE(kind, who=who, way=of, before=before, now=now)


def _said(naming: Naming, news: News, told: object) -> object:
    """A value as it was told, in words."""
    if told is None:
        return ""
    match news.kind:
        case "best":
            people = {person.id: person for person in naming.turn.answer.people}
            routes = people[news.person].routes if news.person in people else ()
            route = next((each for each in routes if each.id == told), None)
            return way(naming, str(news.person), route) if route else ""
        case "status":
            return STATUS(str(told))
        case "last_day" | "from":
            return date.fromisoformat(str(told))
        case "pools" if isinstance(told, list):
            first, last, basis = told
            return POOLS(basis, period=Period(date.fromisoformat(first), date.fromisoformat(last)))
        case _:
            return told


def _dated(turn: Turn, news: News, what: Words) -> Words:
    if news.on is None:
        return what
    return (FROM_DAY if news.on > turn.today else SINCE_DAY)(what=what, day=news.on)


def _sources(turn: Turn, news: list[News]) -> Iterator[Words]:
    titles = {source.url: source.title for source in turn.content.facts.sources.values()}
    checked = {reason.source: reason.checked_on for each in news for reason in each.reasons}
    if any(each.kind == "pools" for each in news):
        pattern = turn.content.facts.seasons.pattern
        checked.setdefault(turn.content.facts.url(pattern), pattern.checked_on)
    for url, day in list(checked.items())[:MOST_SOURCES]:
        yield SOURCE(link=Link(titles.get(url, url), url), day=day)


def _off(turn: Turn) -> Choice:
    return turn.choice(BUTTON("off"), "c", "notify", OFF_NOW)
