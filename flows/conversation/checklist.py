"""/checklist: what each person prepares for their best way, now, for the application and for the journey."""

from collections.abc import Iterator
from typing import Any

from flows.answer import PersonAnswer, Route, RouteAnswer, Status
from flows.conversation.naming import Naming
from flows.conversation.people_words import best_of
from flows.conversation.route_words import way
from flows.conversation.seeing import seen_answer
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Lines, Words
from flows.facts.checklist import ChecklistItem, Moment, Only
from flows.message import Family, Message
from flows.party import RelationshipKind

TITLE = Message("checklist.title")
NOT_YET = Message("checklist.not_yet")
PERSON = Message("checklist.person", "who", "way")
MOMENT = Family("checklist.moment", tuple(Moment), "items")
POINT = Message("checklist.point", "item")
CHECKED = Message("checklist.checked", "day")
OF_WHOM = Message("checklist.of_whom")
ONE = Message("choice.person", "who")
BACK = Message("choice.back_to_answer")
AT_ONCE = 2


def show_checklist(turn: Turn, details: str = "") -> None:
    """The lists of those whose route the reader may see; with several people, of one at a time."""
    naming = Naming(turn)
    back = (turn.choice(BACK(), "c", "start"),)
    people = [person for person in seen_answer(turn).people if details in ("", person.id)]
    ways = [(person, best) for person in people if (best := best_of(person)) is not None]
    if not ways or not turn.said("who"):
        turn.show(NOT_YET(), choices=(back,))
        return
    if len(ways) > AT_ONCE:
        buttons = [turn.choice(ONE(who=naming.start(person.id)), "c", "checklist", person.id) for person, _ in ways]
        rows: list[tuple[Choice, ...]] = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
        turn.show(OF_WHOM(), choices=(*rows, back))
        return
    words: list[Words] = [TITLE()]
    for person, best in ways:
        words.append(PERSON(who=naming.start(person.id), way=way(naming, person.id, best)))
        words += _moments(turn, person, best)
    turn.show(*words, CHECKED(day=turn.answer.oldest_check), choices=(back,))


def _moments(turn: Turn, person: PersonAnswer, best: RouteAnswer) -> Iterator[Words]:
    for moment in Moment:
        items = [
            item for item in turn.content.checklists if item.moment is moment and _is_for(turn, person, best, item)
        ]
        if items:
            lines = tuple(POINT(item=Words(item.key, _values(turn, item))) for item in items)
            yield MOMENT(moment, items=Lines(lines))


def _is_for(turn: Turn, person: PersonAnswer, best: RouteAnswer, item: ChecklistItem) -> bool:
    if best.route not in item.routes:
        return False
    match item.only:
        case Only.MARRIED | Only.UNMARRIED:
            kinds = {relationship.kind for _, relationship in turn.party.partners_of(person.id)}
            return (RelationshipKind.MARRIED in kinds) == (item.only is Only.MARRIED)
        case Only.VISA | Only.NO_VISA:
            visit = next((route for route in person.routes if route.route is Route.VISITOR), None)
            free = visit is not None and visit.status is Status.YES
            return free == (item.only is Only.NO_VISA)
        case Only.CHILDREN:
            return any(one.children for one in turn.party.people)
        case None:
            return True


def _values(turn: Turn, item: ChecklistItem) -> dict[str, Any]:
    return {name: turn.content.facts.value(value_id, turn.today).value for name, value_id in item.values.items()}
