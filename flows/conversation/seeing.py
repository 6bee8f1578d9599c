"""What a reader may see of the others: nothing but that they are done, their route, or the route and why."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from flows.answer import Answer, PersonAnswer, RouteAnswer
from flows.conversation.turn import Turn
from flows.interview.walk import couples_of, pair_of
from flows.party import Party


class Shows(StrEnum):
    """How much somebody shows to the others."""

    DONE = "done"
    ROUTE = "route"
    REASON = "reason"


def shown_of(turn: Turn, person: str) -> Shows:
    """What the user of the turn may see of ``person``: everything of themself and of those they answer for."""
    if is_alone(turn):
        return Shows.REASON
    if person in turn.answered_by(turn.user):
        return Shows.REASON
    user = turn.user_of(person)
    shows = Shows(turn.session["members"][user]["shows"]) if user else Shows.DONE
    if turn.session.get("group") is None:
        return shows
    return _shown_in_group(turn, person, shows)


def _shown_in_group(turn: Turn, person: str, shows: Shows) -> Shows:
    """In a group the bare route stands on the board and no more of it is told; two who are a couple see each other's."""
    if pair_of(turn.me, person) in couples_of(turn.answers, turn.people):
        return Shows.ROUTE if shows is Shows.DONE else shows
    return Shows.DONE if shows is Shows.ROUTE else shows


def is_alone(turn: Turn) -> bool:
    """Whether the user answers for everybody, so that nothing is hidden from them."""
    return len(turn.session["members"]) == 1 and turn.session.get("group") is None


def own_people(turn: Turn) -> list[str]:
    """The reader, then their partner where they are part of a couple."""
    pair = next((pair.split("+") for pair in couples_of(turn.answers, turn.people) if turn.me in pair.split("+")), ())
    return [turn.me, *(person for person in pair if person != turn.me)]


def seen_answer(turn: Turn) -> Answer:
    """The answer without the people whose part is private, and without every way and plan that leads through them."""
    if is_alone(turn):
        return turn.answer
    return _limited(turn.answer, lambda person: shown_of(turn, person) is not Shows.DONE)


def seen_in_full(turn: Turn) -> tuple[Party, Answer]:
    """The party and its answer, only with the people who show everything to the user."""

    def in_full(person: str) -> bool:
        return shown_of(turn, person) is Shows.REASON

    party = turn.party
    people = tuple(person for person in party.people if in_full(person.id))
    relationships = tuple(each for each in party.relationships if all(in_full(person) for person in each.between))
    return replace(party, people=people, relationships=relationships), _limited(turn.answer, in_full)


def may_see(turn: Turn, route: RouteAnswer) -> bool:
    """Whether a way leads through nobody whose part is private."""
    return route.through is None or shown_of(turn, route.through) is not Shows.DONE


def hidden_people(turn: Turn) -> list[str]:
    """The people whose part is private."""
    return [person for person in turn.people if shown_of(turn, person) is Shows.DONE]


def _limited(answer: Answer, seen: Callable[[str], bool]) -> Answer:
    people = tuple(_routes_limited(person, seen) for person in answer.people if seen(person.id))
    plans = tuple(plan for plan in answer.plans if all(seen(person) for person in plan.people))
    branches = tuple(branch for branch in answer.branches if all(seen(person) for person in branch.people))
    return replace(answer, people=people, plans=plans, branches=branches)


def _routes_limited(person: PersonAnswer, seen: Callable[[str], bool]) -> PersonAnswer:
    routes = tuple(route for route in person.routes if route.through is None or seen(route.through))
    return person if len(routes) == len(person.routes) else replace(person, routes=routes)
