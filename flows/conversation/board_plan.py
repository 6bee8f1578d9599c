"""The plan on a group's board: pools and their first day, couples, who has no pool, who must move first, who waits."""

from collections.abc import Iterator, Sequence
from datetime import date

from flows.answer import PersonAnswer, Route, RouteAnswer, SeasonState, Status
from flows.conversation.board import DRAWN, THROUGH, Board
from flows.conversation.view import Country, Lines, Period, Words
from flows.message import Family, Message
from flows.plans.together import ALREADY, POOLS

TITLE = Message("group.plan.title")
SO_FAR = Message("group.plan.title_so_far")
POINT = Message("group.plan.point", "what")
LINES = Message("group.plan.lines", "lines")
POOLS_ON = Message("group.plan.pools_on", "period", "names")
POOLS_ANNOUNCED = Message("group.plan.pools_announced", "opens", "names")
POOLS_AT = Family("group.plan", ("pools_now", "pools_soon"), "names")
ALONE = Message("group.plan.alone")
PASSPORT = Message("group.plan.passport", "who", "country")
FIRST_TO_MOVE = Message("group.plan.first_to_move", "who", "day")
NO_POOL = Message("group.plan.no_pool", "names")
COUPLE = Family("group.plan", ("couple_follow", "couple_both"), "one", "other")
LEFT_WAITING = Message("group.plan.left_waiting")

ENOUGH = 2  # people who share a route: below that there is nothing to plan together


def plan_words(board: Board) -> tuple[Words, ...]:
    """The plan's paragraphs; none while fewer than two people share a route."""
    shown = board.shown()
    if len(shown) < ENOUGH:
        return ()
    lines = Lines(tuple(POINT(what=what) for what in _points(board, shown)))
    complete = all(board.state(person) == "done" for person in board.people)
    return (TITLE() if complete else SO_FAR(), LINES(lines=lines)) if lines.lines else ()


def _points(board: Board, shown: Sequence[PersonAnswer]) -> Iterator[Words]:
    entering = [person for person in shown if _enters_pool(board, person)]
    if entering:
        yield _when(board.answer.season, [board.name(person.id) for person in entering])
    if len(entering) > 1:
        yield ALONE()
    yield from _passports(board, entering)
    yield from _first_to_move(board, entering)
    yield from _couples(board, shown)
    without = [board.name(person.id) for person in shown if _has_no_pool(board, person)]
    if without:
        yield NO_POOL(names=without)
    if len(entering) > 1:
        yield LEFT_WAITING()


def _pool(board: Board, person: PersonAnswer) -> RouteAnswer | None:
    """The best own pool, whatever other ways there are."""
    return next((r for r in person.routes if r.route in POOLS and r.status is not Status.NO), None)


def _enters_pool(board: Board, person: PersonAnswer) -> bool:
    """Whether the member has a pool and is not past it; a permit in hand comes first."""
    best = board.best(person)
    stage = board.party.person(person.id).stage
    return (best is None or best.route not in ALREADY) and _pool(board, person) is not None and stage not in DRAWN


def _has_no_pool(board: Board, person: PersonAnswer) -> bool:
    best = board.best(person)
    closed = best is None or best.route not in (*ALREADY, *THROUGH)
    return closed and _pool(board, person) is None


def _when(season: SeasonState, names: list[str]) -> Words:
    if season.state == "open":
        return POOLS_AT("pools_now", names=names)
    if season.state == "closed" and season.opens_from is not None and season.opens_to is not None:
        if season.basis == "announced":
            return POOLS_ANNOUNCED(opens=season.opens_from, names=names)
        return POOLS_ON(period=Period(season.opens_from, season.opens_to), names=names)
    return POOLS_AT("pools_soon", names=names)


def _passports(board: Board, entering: Sequence[PersonAnswer]) -> Iterator[Words]:
    """Which of several passports is the better one, for those who share them."""
    for person in entering:
        pool = _pool(board, person)
        several = len(board.party.person(person.id).citizenships or ()) > 1
        if several and board.in_full(person.id) and pool is not None and pool.citizenship is not None:
            yield PASSPORT(who=board.name(person.id), country=Country(pool.citizenship))


def _first_to_move(board: Board, entering: Sequence[PersonAnswer]) -> Iterator[Words]:
    """Whose last day comes first, among those who share theirs; of one alone nothing can be compared."""
    days: list[tuple[date, str]] = []
    for person in entering:
        day = board.last_day(person)
        if day is not None:
            days.append((day, person.id))
    if len(days) > 1:
        day, person_id = min(days)
        yield FIRST_TO_MOVE(who=board.name(person_id), day=day)


def _couples(board: Board, shown: Sequence[PersonAnswer]) -> Iterator[Words]:
    """The couples of whom both share their route: who goes first, and who may follow."""
    answers = {person.id: person for person in shown}
    for one, other in board.couples:
        if one not in answers or other not in answers:
            continue
        plan = next(
            (
                p
                for p in board.answer.plans
                if p.id in (f"lead_and_follow:{one}:{other}", f"lead_and_follow:{other}:{one}")
            ),
            None,
        )
        if plan is None:
            continue
        leader, follower = plan.people
        best = board.best(answers[follower])
        code = "couple_follow" if best is not None and best.route is Route.PARTNER_OPEN_PERMIT else "couple_both"
        yield COUPLE(code, one=board.name(leader), other=board.name(follower))
