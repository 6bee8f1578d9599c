"""Answers that somebody in this situation will want to read, as buttons: the visit, a Canadian partner, studies, children."""

from collections.abc import Iterator

from flows.answer import Route, Status
from flows.conversation.free_answer import title
from flows.conversation.seeing import seen_answer
from flows.conversation.turn import Turn
from flows.conversation.view import Choice

VISITOR = "visitor.come_along"
MOST = 2
OF_ROUTE = {Route.CANADIAN_PARTNER: "canadian.work_while_sponsored", Route.STUDENT_PARTNER: "other.student_leads"}
CHILDREN = "children.come"
TOPICS = (*OF_ROUTE.values(), CHILDREN, VISITOR)


def topic_buttons(turn: Turn) -> Iterator[tuple[Choice, ...]]:
    """At most two answers, a row each: those that the party's ways lead to."""
    found = dict.fromkeys(topic for topic in _topics(turn) if topic in turn.content.answers)
    for topic in list(found)[:MOST]:
        yield (turn.choice(title(turn.content.answers[topic]), "c", "ask", topic),)


def _topics(turn: Turn) -> Iterator[str]:
    answer = seen_answer(turn)
    for person in answer.people:
        for route in person.routes:
            if route.route in OF_ROUTE and route.status is not Status.NO:
                yield OF_ROUTE[route.route]
    if any(turn.party.person(person.id).children for person in answer.people):
        yield CHILDREN
    if any(plan.id.startswith("visit_meanwhile:") for plan in answer.plans):
        yield VISITOR
