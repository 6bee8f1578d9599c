"""A second passport: which would open a pool for somebody who has none. A thing to find out, never a promise.

Whether a parent or grandparent passes a citizenship on is that country's law; nothing of it is judged here.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flows.answer import Answer, Route, RouteAnswer, SeasonState, Status
from flows.facts.content import Facts
from flows.facts.country import CountryStatus
from flows.party import Party, Person, Stage
from flows.plans.together import ALREADY, POOLS
from flows.routes.own_route import own_routes

OPEN = (Status.YES, Status.LATER, Status.UNKNOWN)
SETTLED_LATER = frozenset({"lives_in_required_country", "job_offer", "student_enrolled"})
"""What is not asked of somebody without a pool, and would decide only once there is a passport."""
REAL = (
    POOLS
    | ALREADY
    | {Route.PARTNER_OPEN_PERMIT, Route.CANADIAN_PARTNER, Route.STUDENT_PARTNER, Route.STUDY_PERMIT_HELD}
)


def pools_by_passport(
    person: Person, codes: Sequence[str], as_of: date, facts: Facts, season: SeasonState
) -> tuple[RouteAnswer, ...]:
    """The best pool that each further citizenship of ``codes`` would open, best first; those that open none are left out.

    Whoever had no pool was not asked about earlier stays or where things stand: taken to be none.
    """
    found = []
    for code in codes:
        if code in (person.citizenships or ()):
            continue
        as_citizen = replace(
            person, citizenships=(code,), participations=person.participations or (), stage=person.stage or Stage.NONE
        )
        routes = [route for route in own_routes(as_citizen, as_of, facts, season) if _is_possible(route)]
        if routes:
            found.append(min(routes, key=_worth))
    return tuple(sorted(found, key=_worth))


def partner_countries(facts: Facts) -> tuple[str, ...]:
    """Every country whose citizens have pools."""
    return tuple(code for code, country in facts.countries.items() if country.status is CountryStatus.ACTIVE)


def worth_finding_out(person_id: str, party: Party, answer: Answer, facts: Facts) -> tuple[RouteAnswer, ...]:
    """What a second passport would open for somebody who has no way but the fallbacks; empty where it would change nothing,
    or where nothing is known yet of passports."""
    person = party.person(person_id)
    routes = next(found for found in answer.people if found.id == person_id).routes
    if person.citizenships is None or any(r.route in REAL and r.status is not Status.NO for r in routes):
        return ()
    return pools_by_passport(person, partner_countries(facts), answer.as_of, facts, answer.season)


def _is_possible(route: RouteAnswer) -> bool:
    unknown = {reason.code for reason in route.reasons if reason.holds is None}
    return route.status in OPEN and unknown <= SETTLED_LATER


def _worth(route: RouteAnswer) -> tuple[int, int, int]:
    """Better first: what is open before what is only possible, free choice of work before one employer, longer before shorter."""
    return (OPEN.index(route.status), 0 if route.route is Route.WORKING_HOLIDAY else 1, -(route.permit_months or 0))
