"""What each does now, from where they stand: the next deadline of everybody once one of them has been drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flows.answer import Answer, PersonAnswer, Route, RouteAnswer, Status
from flows.facts.content import Facts
from flows.party import Party, Person, Stage
from flows.plans.becoming import couple_from, must_become_a_couple
from flows.plans.clocks import is_over, runs_until
from flows.plans.together import best_pool, may_work_already

IN_HAND = frozenset({Stage.INVITED, Stage.APPLIED, Stage.APPROVED})


class MoveCode(StrEnum):
    """The things to do, and to know, by stage."""

    ANSWER = "answer"  # the invitation, by its last day
    ANSWER_TODAY = "answer_today"  # the last day is today
    ANSWER_LAPSED = "answer_lapsed"
    SUBMIT = "submit"
    SUBMIT_LAPSED = "submit_lapsed"
    AWAIT = "await"  # a decision, usually by that day
    AWAIT_OVERDUE = "await_overdue"
    AWAIT_SOME_TIME = "await_some_time"  # the day of applying is not known
    ENTER = "enter"  # Canada, by the letter's day
    LETTER_LAPSED = "letter_lapsed"
    WORK = "work"  # in Canada on a permit
    ENTER_POOL = "enter_pool"
    ENTER_POOL_ON = "enter_pool_on"  # the day it opens
    STAY_IN_POOL = "stay_in_pool"
    BECOME_A_COUPLE = (
        "become_a_couple"  # by an act: a year of living together, or marrying, by the last day where there is one
    )
    FOLLOW = "follow"  # as the partner, once the other works; by the last day where it is known
    PROVE = "prove"  # collect proof, since the partner's permit can come
    LOOK = "look"  # no own pool and nobody to follow: the other ways


@dataclass(frozen=True, slots=True)
class Move:
    """One thing for one person now: not before ``from_``, not after ``by``; ``through`` whom they follow."""

    who: str
    code: MoveCode
    by: date | None = None
    from_: date | None = None
    through: str | None = None


def somebody_was_drawn(party: Party) -> bool:
    """Whether somebody has an invitation, an application or a letter in hand."""
    return any(person.stage in IN_HAND for person in party.people)


def moves_of(party: Party, answer: Answer, facts: Facts) -> tuple[Move, ...]:
    """What everybody does now, in the order of the party; nobody is left without."""
    return tuple(move for person in party.people for move in _of_person(person, party, answer, facts))


def _of_person(person: Person, party: Party, answer: Answer, facts: Facts) -> Iterator[Move]:
    routes = next(found for found in answer.people if found.id == person.id)
    if person.stage in IN_HAND:
        move = _by_the_clock(person, answer.as_of, facts)
        yield move
        if move.code is not MoveCode.LETTER_LAPSED:
            return
    if may_work_already(routes):
        yield Move(person.id, MoveCode.WORK)
        return
    own = _in_own_pool(person, routes, answer)
    follow = _partner_route(routes)
    if own is not None:
        yield own
    if follow is not None:
        if must_become_a_couple(follow):
            yield Move(person.id, MoveCode.BECOME_A_COUPLE, follow.last_day, through=follow.through)
        yield Move(person.id, MoveCode.PROVE, through=follow.through)
        first = max((day for day in (follow.from_, couple_from(follow)) if day is not None), default=None)
        yield Move(person.id, MoveCode.FOLLOW, follow.last_day, first, follow.through)
    if own is None and follow is None:
        yield Move(person.id, MoveCode.LOOK)


def _by_the_clock(person: Person, as_of: date, facts: Facts) -> Move:
    last, over = runs_until(person, as_of, facts), is_over(person, as_of, facts)
    if person.stage is Stage.INVITED:
        if person.accepted_on is not None:
            return Move(person.id, MoveCode.SUBMIT_LAPSED if over else MoveCode.SUBMIT, last)
        if last == as_of:
            return Move(person.id, MoveCode.ANSWER_TODAY, last)
        return Move(person.id, MoveCode.ANSWER_LAPSED if over else MoveCode.ANSWER, last)
    if person.stage is Stage.APPLIED:
        if person.applied_on is None:
            return Move(person.id, MoveCode.AWAIT_SOME_TIME)
        usual = person.applied_on + timedelta(int(str(facts.value("processing.iec_days", as_of).value)))
        return Move(person.id, MoveCode.AWAIT if usual >= as_of else MoveCode.AWAIT_OVERDUE, usual)
    return Move(person.id, MoveCode.LETTER_LAPSED if over else MoveCode.ENTER, last)


def _in_own_pool(person: Person, routes: PersonAnswer, answer: Answer) -> Move | None:
    pool = best_pool(routes)
    if pool is None or person.stage is Stage.IN_CANADA:
        return None
    if person.stage is Stage.IN_POOL:
        return Move(person.id, MoveCode.STAY_IN_POOL, pool.last_day)
    opens = answer.season.opens_from if answer.season.state == "closed" else None
    first = max((day for day in (opens, pool.from_) if day is not None), default=None)
    return Move(person.id, MoveCode.ENTER_POOL_ON if first else MoveCode.ENTER_POOL, pool.last_day, first)


def _partner_route(routes: PersonAnswer) -> RouteAnswer | None:
    return next(
        (
            route
            for route in routes.routes
            if route.route is Route.PARTNER_OPEN_PERMIT and route.status in (Status.YES, Status.LATER)
        ),
        None,
    )
