"""An invitation is here: accept at once, hold the letter, or let the place go? Weighed for the whole party, with dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.answer import Answer, PersonAnswer, Route, RouteAnswer, Status
from flows.dates import ONE_DAY, add_months, birthday
from flows.facts.content import Facts
from flows.odds.round import RoundFigures
from flows.party import Party, Person, Relationship, RelationshipKind, Stage
from flows.plans.arrival import first_draw
from flows.plans.clocks import is_over
from flows.plans.holding import Holding, holding_of, letter_until
from flows.plans.moves import IN_HAND
from flows.plans.together import POOLS, may_work_already


class Verdict(StrEnum):
    """What is wise for somebody with an invitation, an application or a letter in hand."""

    ACCEPT = "accept"  # nobody has to be waited for
    ACCEPT_AND_BE_FOLLOWED = "accept_and_be_followed"  # the other's permit comes through this one
    ACCEPT_AND_HOLD = "accept_and_hold"  # the other is in a pool; the letter lasts
    ACCEPT_BOTH_WAYS = "accept_both_ways"  # the other may follow, and may be drawn as well
    ACCEPT_OTHER_STAYS = "accept_other_stays"  # nothing here opens a way for the other
    BOTH_UNDER_WAY = "both_under_way"  # the other has been drawn too: two letters, two clocks
    LETTER_TOO_EARLY = "letter_too_early"  # they wish to go after the letter ends: a no keeps everything open


@dataclass(frozen=True, slots=True)
class Weighing:
    """The verdict for ``who`` (drawn) and ``other`` (who is waited for; None alone), with what it rests on.

    ``open`` says that the invitation is not accepted yet, so that a no is still possible. ``again_until`` is the last day on
    which they can be drawn again after a no; None without an end, ``never_again`` where this is the only chance left.
    ``next_season`` says that the pools are closed, so that a new draw takes a new profile; ``age_ends`` that only the age is
    known, and the next birthday ends it. ``until`` is the last day of the letter, as far as it can be known.
    ``birthday_passed`` is a birthday that would have ended it, had the invitation not come before.
    """

    who: str
    verdict: Verdict
    open: bool
    other: str | None = None
    holding: Holding | None = None
    follows: RouteAnswer | None = None
    again_until: date | None = None
    never_again: bool = False
    next_season: bool = False
    age_ends: bool = False
    until: date | None = None
    birthday_passed: date | None = None


def weigh(party: Party, answer: Answer, figures: RoundFigures, facts: Facts) -> tuple[Weighing, ...]:
    """One weighing for everybody who has something in hand and for each partner they go with; alone, one without a partner.
    Whose day to answer, to apply or to enter is over has nothing to weigh."""
    found: list[Weighing] = []
    for person in party.people:
        if person.stage in IN_HAND and not is_over(person, answer.as_of, facts):
            found += _of(person, party, answer, figures, facts)
    return tuple(found)


def _of(person: Person, party: Party, answer: Answer, figures: RoundFigures, facts: Facts) -> Iterator[Weighing]:
    partners = [
        (partner, tie)
        for partner, tie in party.partners_of(person.id)
        if tie.kind is not None and tie.kind is not RelationshipKind.FRIENDS
    ]
    for partner, tie in partners:
        yield _with_partner(person, partner, tie, party, answer, figures, facts)
    if not partners:
        early = _is_too_early(person, answer, facts)
        yield _weighing(person, Verdict.LETTER_TOO_EARLY if early else Verdict.ACCEPT, answer, facts)


def _with_partner(
    person: Person,
    partner: Person,
    tie: Relationship,
    party: Party,
    answer: Answer,
    figures: RoundFigures,
    facts: Facts,
) -> Weighing:
    theirs = _answer_of(partner, answer)
    if partner.stage in IN_HAND and not is_over(partner, answer.as_of, facts):
        return _weighing(
            person,
            Verdict.BOTH_UNDER_WAY,
            answer,
            facts,
            partner,
            _holding(person, partner, party, answer, figures, facts),
        )
    if may_work_already(theirs):
        return _weighing(person, Verdict.ACCEPT, answer, facts, partner)
    holding = _holding(person, partner, party, answer, figures, facts)
    if _is_too_early(person, answer, facts):
        return _weighing(person, Verdict.LETTER_TOO_EARLY, answer, facts, partner, holding)
    follows = _follows(theirs, person)
    if holding.pool is not None and partner.stage is not Stage.IN_CANADA:
        verdict = Verdict.ACCEPT_BOTH_WAYS if follows is not None else Verdict.ACCEPT_AND_HOLD
    else:
        verdict = Verdict.ACCEPT_AND_BE_FOLLOWED if follows is not None else Verdict.ACCEPT_OTHER_STAYS
    return _weighing(person, verdict, answer, facts, partner, holding, follows)


def _is_too_early(person: Person, answer: Answer, facts: Facts) -> bool:
    """Whether the letter would end before the day they wish for, while a no still leaves them another draw."""
    until, _ = letter_until(person, answer.as_of, facts)
    wished = person.arrive_by
    if not _is_open(person) or wished is None or until is None or wished <= until:
        return False
    return not _again(person, answer, facts)[1]


def _holding(
    person: Person, partner: Person, party: Party, answer: Answer, figures: RoundFigures, facts: Facts
) -> Holding:
    return holding_of(person.id, partner.id, party, answer, figures, facts)


def _weighing(
    person: Person,
    verdict: Verdict,
    answer: Answer,
    facts: Facts,
    partner: Person | None = None,
    holding: Holding | None = None,
    follows: RouteAnswer | None = None,
) -> Weighing:
    again_until, never = _again(person, answer, facts)
    limit = _age_limit(person, answer)
    return Weighing(
        who=person.id,
        verdict=verdict,
        open=_is_open(person),
        other=partner.id if partner is not None else None,
        holding=holding,
        follows=follows,
        again_until=again_until,
        never_again=never,
        next_season=answer.season.state == "closed",
        age_ends=person.born is None and person.age is not None and limit is not None and person.age >= limit,
        until=letter_until(person, answer.as_of, facts)[0],
        birthday_passed=_birthday_passed(person, answer),
    )


def _is_open(person: Person) -> bool:
    return person.stage is Stage.INVITED and person.accepted_on is None


def _age_limit(person: Person, answer: Answer) -> int | None:
    """The highest age of the pools that are open to the person; None where none is."""
    limits = [
        reason.values["max"]
        for route in _answer_of(person, answer).routes
        if route.route in POOLS and route.status is not Status.NO
        for reason in route.reasons
        if reason.code == "age_in_range"
    ]
    return max(limits, default=None)


def _again(person: Person, answer: Answer, facts: Facts) -> tuple[date | None, bool]:
    """The last day to be drawn again after a no, and whether the first draw that can be is later: then there is no again."""
    limit = _age_limit(person, answer)
    if person.born is None or limit is None:
        return None, False
    ends = birthday(person.born, limit + 1)
    return ends - ONE_DAY, ends <= (first_draw(answer, facts)[0] or answer.as_of)


def _birthday_passed(person: Person, answer: Answer) -> date | None:
    """The birthday that would have ended it, where it falls after the invitation and within the year to come."""
    limit = _age_limit(person, answer)
    if person.born is None or limit is None or person.invited_on is None:
        return None
    ends = birthday(person.born, limit + 1)
    return ends if person.invited_on < ends <= add_months(answer.as_of, 12) else None


def _follows(theirs: PersonAnswer, person: Person) -> RouteAnswer | None:
    """The partner's way through this person, where it is open or an act of theirs opens it."""
    return next(
        (
            route
            for route in theirs.routes
            if route.route is Route.PARTNER_OPEN_PERMIT
            and route.through == person.id
            and route.status in (Status.YES, Status.LATER)
        ),
        None,
    )


def _answer_of(person: Person, answer: Answer) -> PersonAnswer:
    return next(found for found in answer.people if found.id == person.id)
