"""The board of a group: a row for each member, who is missing, and the plan, from nothing but what each one shares."""

from collections.abc import Iterator
from datetime import date

from flows.answer import Answer, PersonAnswer, Route, RouteAnswer, Status
from flows.content import Content
from flows.conversation.seeing import Shows
from flows.conversation.session import Session
from flows.conversation.view import Choice, Country, Lines, Slot, View, Words
from flows.interview.answers import open_keys, party_of
from flows.interview.questions import key_of
from flows.interview.walk import Walk, couples_of
from flows.message import Family, Message
from flows.party import Stage
from flows.plans.together import POOLS
from flows.routes.evaluate import evaluate

TITLE = Message("group.board.title")
NOBODY = Message("group.board.nobody")
ROWS = Message("group.board.rows", "rows")
ROW = Message("group.board.row", "who", "how")
ROW_MORE = Message("group.board.row_more", "who", "how", "more")
PLAIN = Family("group.board", ("joined", "answering", "done", "all_in", "private"))
MISSING = Message("group.board.missing", "names")
THROUGH = (Route.PARTNER_OPEN_PERMIT, Route.CANADIAN_PARTNER, Route.STUDENT_PARTNER)
WAY = Family("group.way", [route for route in Route if route not in THROUGH])
WAY_THROUGH = Family("group.way", THROUGH, "other")
NO_WAY = Message("group.way.none")
PASSPORT = Message("group.more.passport", "country")
PASSPORT_MONTHS = Message("group.more.passport_months", "country", "months")
BY_DAY = Message("group.more.by_day", "day")
AT_LEAST = Message("group.more.at_least", "day")
PARTNER_BY = Message("group.more.partner_by", "day")
FIRST = Message("group.more.first", "what")
FIRST_FROM = Message("group.more.first_from", "day")
OPEN = Message("group.more.open")
NEED_CODES = ("job_offer", "student_enrolled", "waiting_period_over", "age_in_range", "adult")
NEEDS = Family("group.needs", (*NEED_CODES, "other"))
LIVES_IN = Message("group.needs.lives_in_required_country", "countries")
IM_IN = Message("group.choice.im_in")
HERE = Message("group.choice.here")

PRESS_IM_IN = "0:in"
PRESS_HERE = "0:here"
DRAWN = (Stage.INVITED, Stage.APPLIED, Stage.APPROVED, Stage.IN_CANADA)


class Board:
    """What a group may know: everything here is about members who are done, and as much as each of them shares."""

    def __init__(self, session: Session, content: Content, today: date) -> None:
        """Judge the members' answers of ``session`` on ``today``; what somebody only tries out does not count."""
        self.session = session
        self.content = content
        self.answers = session["answers"]
        self.people = session["people"]
        self.party = party_of(self.answers, self.people, today)
        self.answer: Answer = evaluate(self.party, content.facts)
        self._open = open_keys(self.answer, self.answers, self.people)
        self._members = {member["person"]: member for member in session["members"].values()}
        self._how = {person: self._state(person) for person in self.people}
        self.couples = [pair.split("+") for pair in couples_of(self.answers, self.people)]

    def state(self, person: str) -> str:
        """How far a member is: ``joined``, ``answering`` or ``done``."""
        return self._how[person]

    def shows(self, person: str) -> Shows:
        """What a member shows; nothing before they are done and have chosen."""
        return Shows(self._members[person]["shows"]) if self._how[person] == "done" else Shows.DONE

    def name(self, person: str) -> str:
        """The name on the board, unlike every other one on it."""
        return str(self.answers.get(key_of("name", person)) or person)

    def shown(self) -> list[PersonAnswer]:
        """The answers of those who share at least their route."""
        return [person for person in self.answer.people if self.shows(person.id) is not Shows.DONE]

    def in_full(self, person: str) -> bool:
        """Whether a member shares passport and last day too."""
        return self.shows(person) is Shows.REASON

    def best(self, person: PersonAnswer) -> RouteAnswer | None:
        """The best way that is not closed and leads through nobody whose part is private."""
        return next(
            (
                route
                for route in person.routes
                if route.status is not Status.NO
                and (route.through is None or self.shows(route.through) is not Shows.DONE)
            ),
            None,
        )

    def last_day(self, person: PersonAnswer) -> date | None:
        """The last day for the invitation into the best pool, where one is waited for and the member shares it."""
        route = self.best(person)
        if route is None or route.route not in POOLS or not self.in_full(person.id):
            return None
        return None if self.party.person(person.id).stage in DRAWN else route.last_day

    def _state(self, person: str) -> str:
        member = self._members[person]
        own = [key for key in self.answers if key.endswith(f":{person}") and not key.startswith("name:")]
        if not own:
            return "joined"
        waits = Walk(self.answers, self.people, self._open, [person]).go().present is not None
        return "answering" if waits or not member.get("chose") else "done"


def board_view(board: Board, plan: tuple[Words, ...]) -> View:
    """The board as a view for its group, with ``plan`` below the rows."""
    session = board.session
    buttons = ((Choice(PRESS_IM_IN, IM_IN()),), (Choice(PRESS_HERE, HERE()),))
    words: tuple[Words, ...] = (TITLE(), NOBODY())
    if board.people:
        rows = ROWS(rows=Lines(tuple(_row(board, person) for person in board.answer.people)))
        words = (TITLE(), rows, *_missing(board), *plan, PLAIN("private"))
    group = session.get("group")
    assert group is not None, "a board belongs to a group"
    return View(group, Slot.BOARD, words, buttons, language=session.get("language", "en"))


def _row(board: Board, person: PersonAnswer) -> Words:
    who, shows = board.name(person.id), board.shows(person.id)
    if shows is Shows.DONE:
        return ROW(who=who, how=PLAIN(board.state(person.id)))
    route = board.best(person)
    how = way_words(board, route)
    more = tuple(card_lines(board, person, route)) if route is not None and shows is Shows.REASON else ()
    return ROW_MORE(who=who, how=how, more=Lines(more)) if more else ROW(who=who, how=how)


def way_words(board: Board, route: RouteAnswer | None) -> Words:
    """The way in a few words."""
    if route is None:
        return NO_WAY()
    if route.route in THROUGH and route.through is not None:
        return WAY_THROUGH(route.route, other=board.name(route.through))
    return WAY(route.route)


def card_lines(board: Board, person: PersonAnswer, route: RouteAnswer) -> Iterator[Words]:
    """The passport, what comes first, and the last day, of somebody who shares them."""
    if route.route in POOLS and route.citizenship is not None:
        country = Country(route.citizenship)
        months = route.permit_months
        yield PASSPORT_MONTHS(country=country, months=months) if months else PASSPORT(country=country)
    if route.status is Status.UNKNOWN:
        yield OPEN()
    if route.status is Status.LATER and route.route in POOLS:
        yield FIRST_FROM(day=route.from_) if route.from_ is not None else FIRST(what=list(_needs(route)))
    last = board.last_day(person)
    if last is not None:
        yield BY_DAY(day=last)
    elif route.route in POOLS and board.party.person(person.id).stage not in DRAWN:
        age = next((reason for reason in route.reasons if reason.code == "age_in_range"), None)
        if age is not None and age.values.get("until_at_least"):
            yield AT_LEAST(day=date.fromisoformat(age.values["until_at_least"]))
    if route.route is Route.PARTNER_OPEN_PERMIT and route.last_day is not None and board.in_full(route.through or ""):
        yield PARTNER_BY(day=route.last_day)


def _needs(route: RouteAnswer) -> Iterator[Words]:
    said: set[str] = set()
    for need in route.needs:
        code = need.code if need.code in (*NEED_CODES, "lives_in_required_country") else "other"
        if code in said:
            continue
        said.add(code)
        required = next((r.values.get("required") for r in route.reasons if r.code == code), None)
        if code == "lives_in_required_country" and isinstance(required, list | tuple):
            yield LIVES_IN(countries=[Country(country) for country in required])
        else:
            yield NEEDS(code if code != "lives_in_required_country" else "other")


def _missing(board: Board) -> Iterator[Words]:
    """Who is waited for; while nobody is done the rows say it all."""
    names = [board.name(person) for person in board.people if board.state(person) != "done"]
    if not names:
        yield PLAIN("all_in")
    elif len(names) < len(board.people):
        yield MISSING(names=names)
