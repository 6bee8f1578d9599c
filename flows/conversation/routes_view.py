"""All routes of everybody with where each stands, and the reasons in full: /routes and /why."""

from flows.answer import PersonAnswer, RouteAnswer, Status
from flows.conversation.naming import Naming
from flows.conversation.people_words import best_of, details
from flows.conversation.reason_words import closing_reason, reason_words
from flows.conversation.route_words import way
from flows.conversation.seeing import Shows, hidden_people, seen_answer, shown_of
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Lines, Words
from flows.conversation.why_words import why_words
from flows.message import Family, Message

TITLE = Message("routes.title")
PERSON = Message("routes.person", "who", "lines")
LINE = Family("routes.line", tuple(Status), "way")
LINE_MORE = Family("routes.line_more", tuple(Status), "way", "more")
HIDDEN = Message("routes.hidden", "names")
OF_WHOM = Message("why.of_whom")
NOT_YET = Message("routes.not_yet")
BACK = Message("choice.back_to_answer")
ONE = Message("choice.person", "who")
MANY = 3


def show_routes(turn: Turn, details: str = "") -> None:
    """Every route of everybody whom the reader may see, best first, each with the first thing to know."""
    naming = Naming(turn)
    if too_early(turn):
        return
    words: list[Words] = [TITLE()]
    hidden = [naming.inside(person) for person in hidden_people(turn)]
    for person in seen_answer(turn).people:
        shows = shown_of(turn, person.id)
        if shows is not Shows.REASON:
            hidden.append(naming.inside(person.id))
            continue
        lines = Lines(tuple(_line(turn, naming, person, route) for route in person.routes))
        words.append(PERSON(who=naming.start(person.id), lines=lines))
    if hidden:
        words.append(HIDDEN(names=hidden))
    turn.show(*words, choices=((back(turn),),))


def show_why(turn: Turn, details: str = "") -> None:
    """The reasons in full; with many people, of one at a time."""
    naming = Naming(turn)
    if too_early(turn):
        return
    told = [person for person in seen_answer(turn).people if shown_of(turn, person.id) is Shows.REASON]
    if details:
        told = [person for person in told if person.id == details]
    elif len(told) > MANY:
        buttons = [turn.choice(ONE(who=naming.start(person.id)), "c", "why", person.id) for person in told]
        rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
        turn.show(OF_WHOM(), choices=(*rows, (back(turn),)))
        return
    words = [Words(paragraph.key, paragraph.values) for paragraph in why_words(turn, naming, told, in_full=True)]
    turn.show(*words or [NOT_YET()], choices=((back(turn),),))


def too_early(turn: Turn) -> bool:
    """Whether nothing is known yet that routes could be told from; then that is said."""
    if something_known(turn):
        return False
    turn.show(NOT_YET(), choices=((back(turn),),))
    return True


def something_known(turn: Turn) -> bool:
    """Whether routes can be told of somebody whose part the reader may see."""
    return any(best_of(person) for person in seen_answer(turn).people) and bool(turn.said("who"))


def _line(turn: Turn, naming: Naming, person: PersonAnswer, route: RouteAnswer) -> Words:
    more: Words | None
    if route.status is Status.NO:
        against = closing_reason(route)
        more = reason_words(turn, naming, against) if against else None
    else:
        more = next(iter(details(turn, naming, person.id, route)), None)
    name = way(naming, person.id, route)
    return LINE_MORE(route.status, way=name, more=more) if more else LINE(route.status, way=name)


def back(turn: Turn) -> Choice:
    """The button back to the answer."""
    return turn.choice(BACK(), "c", "start")
