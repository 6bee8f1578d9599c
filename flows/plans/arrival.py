"""When a route can lead to work in Canada, and whether a wished day can still be made.

Counted from dated facts: the first rounds of recent seasons after the pools opened, the days to answer and to apply, Canada's
own time for a decision, the time a partner's permit took inside Canada. Nothing is a promise; what is not on record is None.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flows.answer import Answer, PersonAnswer, Route, RouteAnswer, Status
from flows.facts.content import Facts
from flows.party import Party, Person, Stage
from flows.plans.becoming import couple_from, must_become_a_couple
from flows.plans.clocks import is_over, runs_until
from flows.plans.together import ALREADY, PAST_THE_POOL, POOLS

PERMIT_WANTING = frozenset({"partner_has_permit", "partner_permit_months"})
"""Where one of these is wanting, the permit that the other holds carries nobody: another one has to come first."""

OFFER_OR_STUDIES = frozenset({"job_offer", "student_enrolled"})


class Reach(StrEnum):
    """Whether a wished day can still be made by a route."""

    IN_TIME = "in_time"
    IF_DRAWN = "if_drawn"  # in time if the lot falls by a day that can be named
    TIGHT = "tight"  # only if everything goes without a day lost
    TOO_LATE = "too_late"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Arrival:
    """When one route can lead to work in Canada.

    ``soonest``: with no day lost, at the usual times; ``unhurried``: with every clock used to its end, or the slow end of what
    is on record. ``drawn_by`` and ``drawn_by_unhurried``: the last days to be invited for the ``wished`` day, by the same two
    measures; None where no lot is waited for. ``reach`` is None without a wished day. ``couple_first`` says that no day can be
    given since the two must first come to count as a couple, and waiting alone never brings that.
    """

    soonest: date | None
    unhurried: date | None
    wished: date | None = None
    drawn_by: date | None = None
    drawn_by_unhurried: date | None = None
    reach: Reach | None = None
    couple_first: bool = False


def arrival_by(route: RouteAnswer, person_id: str, party: Party, answer: Answer, facts: Facts) -> Arrival:
    """When ``route`` lets the person work in Canada, measured against their own ``arrive_by`` where they gave one."""
    person = party.person(person_id)
    wished = person.arrive_by if person.arrive_by is not None and person.arrive_by >= party.as_of else None
    if route.route in POOLS:
        return _by_pool(route, person, wished, answer, facts)
    soonest, unhurried = _without_lot(route, party, answer, facts)
    reach = _reach(soonest, unhurried, wished)
    return Arrival(soonest, unhurried, wished, reach=reach, couple_first=must_become_a_couple(route))


def first_round_days(facts: Facts) -> tuple[int, int]:
    """The fewest and the most days from the opening of the pools to the first round, of the seasons on record."""
    days = [
        (season.first_rounds - season.opened).days
        for season in facts.seasons.seasons
        if season.opened is not None and season.first_rounds is not None
    ]
    return min(days), max(days)


def _by_pool(route: RouteAnswer, person: Person, wished: date | None, answer: Answer, facts: Facts) -> Arrival:
    as_of = answer.as_of
    decision = _days(facts, "processing.iec_days", as_of)
    clocks = _days(facts, "invitation.answer_days", as_of) + _days(facts, "invitation.submit_days", as_of)
    if takes_another_draw(route, person):
        return Arrival(None, None, wished, reach=Reach.UNKNOWN if wished else None)
    if person.stage in PAST_THE_POOL and person.stage is not Stage.IN_CANADA:
        soonest, unhurried = _after_invitation(person, as_of, facts)
        return Arrival(soonest, unhurried, wished, reach=_reach(soonest, unhurried, wished))
    first, last = first_draw(answer, facts)
    if first is not None and last is not None and route.from_ is not None:
        first, last = max(first, route.from_), max(last, route.from_)
    never = route.last_day is not None and first is not None and first > route.last_day
    if route.status is Status.UNKNOWN or first is None or last is None or never:
        return Arrival(None, None, wished, reach=Reach.UNKNOWN if wished else None)
    soonest, unhurried = first + decision, last + clocks + decision
    if wished is None:
        return Arrival(soonest, unhurried)
    drawn_by, calm = wished - decision, wished - decision - clocks
    if route.last_day is not None:
        drawn_by, calm = min(drawn_by, route.last_day), min(calm, route.last_day)
    reach = Reach.TOO_LATE if drawn_by < first else Reach.TIGHT if calm < first else Reach.IF_DRAWN
    return Arrival(soonest, unhurried, wished, drawn_by, calm, reach)


def _after_invitation(person: Person, as_of: date, facts: Facts) -> tuple[date | None, date | None]:
    """From the clock that runs: answering, applying, the decision. What is overdue has no day any more."""
    if is_over(person, as_of, facts):
        return None, None
    decision = _days(facts, "processing.iec_days", as_of)
    if person.stage is Stage.APPROVED:
        return as_of, as_of
    if person.stage is Stage.APPLIED:
        due = person.applied_on + decision if person.applied_on is not None else None
        return (due, due) if due is not None and due >= as_of else (None, None)
    last = runs_until(person, as_of, facts)
    if person.accepted_on is not None and last is not None:
        return as_of + decision, last + decision
    answer, submit = _days(facts, "invitation.answer_days", as_of), _days(facts, "invitation.submit_days", as_of)
    return as_of + decision, (last or as_of + answer) + submit + decision


def takes_another_draw(route: RouteAnswer, person: Person) -> bool:
    """Whether somebody with an invitation or a letter would have to be drawn again for this pool: an invitation is for one
    pool, and that is not one that wants an offer or studies which are not there."""
    in_hand = person.stage in PAST_THE_POOL and person.stage is not Stage.IN_CANADA
    return in_hand and any(need.code in OFFER_OR_STUDIES and need.question is None for need in route.needs)


def first_draw(answer: Answer, facts: Facts) -> tuple[date | None, date | None]:
    """The first day on which somebody who enters the pool at once can be drawn: at the earliest, and going by slow seasons."""
    season = answer.season
    if season.opens_from is None or season.opens_to is None:
        return None, None
    fewest, most = first_round_days(facts)
    early, late = season.opens_from + timedelta(fewest), season.opens_to + timedelta(most)
    return max(answer.as_of, early), max(answer.as_of, late)


def _without_lot(route: RouteAnswer, party: Party, answer: Answer, facts: Facts) -> tuple[date | None, date | None]:
    """Routes with no lot of their own. A partner's permit comes after the one who leads has arrived and the two count as a
    couple, and no day can be given for how long finding the job takes: then there is no unhurried day."""
    if route.status is Status.NO:
        return None, None
    as_of = answer.as_of
    if route.route in ALREADY:
        return as_of, as_of
    if route.route is not Route.PARTNER_OPEN_PERMIT or route.through is None or route.status is Status.UNKNOWN:
        return None, None
    usual = _days(facts, "processing.partner_permit_days", as_of)
    slow = _days(facts, "processing.partner_permit_slowest_days", as_of)
    if route.status is Status.YES:
        return as_of + usual, as_of + slow
    if must_become_a_couple(route):
        return None, None
    leads = next(person for person in answer.people if person.id == route.through)
    wanting = {need.code for need in route.needs}
    if not wanting & PERMIT_WANTING and any(found.route in ALREADY for found in leads.routes):
        begins: date | None = as_of
    else:
        begins = _earliest(
            _by_pool(r, party.person(leads.id), None, answer, facts).soonest for r in _pools_that_carry(route, leads)
        )
    if begins is None:
        return None, None
    return max(begins, couple_from(route) or begins, route.from_ or begins) + usual, None


def _pools_that_carry(route: RouteAnswer, leads: PersonAnswer) -> Iterator[RouteAnswer]:
    """The open pools of the one who leads whose permit is long enough for the other to follow."""
    needed = next(
        (reason.values["needed"] for reason in route.reasons if reason.code == "partner_permit_months"),
        0,
    )
    for pool in leads.routes:
        if pool.route in POOLS and pool.status is not Status.NO and (pool.permit_months or 0) > needed:
            yield pool


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _reach(soonest: date | None, unhurried: date | None, wished: date | None) -> Reach | None:
    if wished is None:
        return None
    if soonest is None:
        return Reach.UNKNOWN
    if soonest > wished:
        return Reach.TOO_LATE
    return Reach.IN_TIME if unhurried is not None and unhurried <= wished else Reach.TIGHT


def _days(facts: Facts, value_id: str, day: date) -> timedelta:
    return timedelta(int(str(facts.value(value_id, day).value)))
