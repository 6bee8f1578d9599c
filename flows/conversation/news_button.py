"""When "I was invited" and "There is news" are offered, and whom they can be about."""

from flows.answer import Status
from flows.conversation.turn import Turn
from flows.conversation.view import Choice
from flows.interview.questions import stage_of
from flows.message import Message
from flows.party import Stage
from flows.plans.together import POOLS

BUTTON = Message("choice.command.invited")
BUTTON_ON = Message("choice.command.news")
RANK = {stage: rank for rank, stage in enumerate(Stage)}


def news_button(turn: Turn) -> tuple[Choice, ...]:
    """The button for news: there as soon as somebody whom the user answers for waits in a pool or has been drawn."""
    stages = [stage_told(turn, person) for person in may_have_news(turn)]
    if any(stage in (Stage.INVITED, Stage.APPLIED, Stage.APPROVED) for stage in stages):
        return (turn.choice(BUTTON_ON(), "c", "invited"),)
    if Stage.IN_POOL in stages or (stages and turn.answer.season.state == "open"):
        return (turn.choice(BUTTON(), "c", "invited"),)
    return ()


def may_have_news(turn: Turn) -> list[str]:
    """Those the user answers for who can be drawn, or were."""
    alive = {
        person.id
        for person in turn.answer.people
        if any(route.route in POOLS and route.status is not Status.NO for route in person.routes)
    }
    return [
        person
        for person in turn.answered_by(turn.user)
        if stage_told(turn, person) is not Stage.IN_CANADA
        and (person in alive or RANK[stage_told(turn, person)] >= RANK[Stage.INVITED])
    ]


def stage_told(turn: Turn, person: str) -> Stage:
    """How far a person's application was said to be; nothing said counts as not begun."""
    return Stage(stage_of(turn.answers, person) or Stage.NONE)
