"""Evaluates a party: every route of every person on a day, best first, the plans for all, and what is still open."""

from dataclasses import replace
from datetime import date

from flows.answer import Answer, PersonAnswer, Route, RouteAnswer, Status
from flows.facts.content import Facts
from flows.party import Party, Person
from flows.plans.branches import branches_of
from flows.plans.plans import plans_of
from flows.routes.fallback import (
    canadian_partner,
    is_student_in_canada,
    other_permit,
    permit_held,
    recognized_organization,
    right_to_work,
    student_partner,
    study_permit_held,
    visitor,
)
from flows.routes.lapsed import without_lapsed_letter
from flows.routes.open_questions import open_questions
from flows.routes.own_route import own_routes
from flows.routes.partner_route import partner_route
from flows.routes.residents import works_without_permit
from flows.routes.season import season_of

STATUS_ORDER = {Status.YES: 0, Status.LATER: 1, Status.UNKNOWN: 2, Status.NO: 3}
ROUTE_ORDER = {
    Route.RIGHT_TO_WORK: 0,
    Route.PERMIT_HELD: 0,
    Route.WORKING_HOLIDAY: 1,
    Route.YOUNG_PROFESSIONALS: 2,
    Route.INTERNATIONAL_COOP: 3,
    Route.PARTNER_OPEN_PERMIT: 4,
    Route.CANADIAN_PARTNER: 5,
    Route.STUDENT_PARTNER: 6,
    Route.STUDY_PERMIT_HELD: 7,
    Route.RECOGNIZED_ORGANIZATION: 8,
    Route.OTHER_PERMIT: 9,
    Route.VISITOR: 10,
}
EFFORT = {"student_enrolled": 6, "job_offer": 4, "lives_in_required_country": 3}
TIER = {Route.RECOGNIZED_ORGANIZATION: 1, Route.OTHER_PERMIT: 1, Route.VISITOR: 2}


def evaluate(party: Party, facts: Facts) -> Answer:
    """The whole answer for ``party`` on ``party.as_of``. Pure: the same party and facts give the same answer."""
    as_of = party.as_of
    party = replace(party, people=tuple(without_lapsed_letter(person, as_of) for person in party.people))
    season = season_of(as_of, facts)
    own = {person.id: own_routes(person, as_of, facts, season) for person in party.people}
    people = tuple(_person_answer(party, person, own, as_of, facts) for person in party.people)
    return Answer(
        as_of=as_of,
        facts_version=facts.version,
        oldest_check=facts.oldest_check,
        season=season,
        people=people,
        plans=plans_of(party, people, season),
        next_questions=open_questions(party, people),
        branches=branches_of(party, people, season, facts),
    )


def _person_answer(
    party: Party, person: Person, own: dict[str, list[RouteAnswer]], as_of: date, facts: Facts
) -> PersonAnswer:
    routes = list(own[person.id])
    if works_without_permit(person):
        routes.append(right_to_work(person, as_of, facts))
    else:
        held = permit_held(person, as_of, facts)
        study = study_permit_held(person, as_of, facts)
        routes += [route for route in (held, study) if route is not None]
        routes += _through_partners(party, person, own, as_of, facts)
        routes += [
            recognized_organization(person, as_of, facts),
            other_permit(person, as_of, facts),
            visitor(person, as_of, facts),
        ]
    routes.sort(key=_preference)
    best = routes[0] if routes and routes[0].status is not Status.NO else None
    return PersonAnswer(person.id, best.id if best else None, tuple(routes))


def _through_partners(
    party: Party, person: Person, own: dict[str, list[RouteAnswer]], as_of: date, facts: Facts
) -> list[RouteAnswer]:
    found = []
    for partner, relationship in party.partners_of(person.id):
        if works_without_permit(partner):
            found.append(canadian_partner(person, partner, relationship, as_of, facts))
            continue
        found.append(partner_route(person, partner, relationship, own[partner.id], as_of, facts))
        if is_student_in_canada(partner):
            found.append(student_partner(person, partner, relationship, as_of, facts))
    return found


def _preference(route: RouteAnswer) -> tuple[int, ...]:
    """Best first: real routes before fallbacks, work before a visit, then by status, effort, length, kind and last day."""
    impossible = route.status is Status.NO
    return (
        1 if impossible else 0,
        TIER.get(route.route, 0),
        0 if route.route is Route.PERMIT_HELD else 1,
        STATUS_ORDER[route.status],
        sum(EFFORT.get(need.code, 1) for need in route.needs) if route.status is Status.LATER else 0,
        -(route.permit_months or 0) if route.citizenship else 0,
        ROUTE_ORDER[route.route],
        -(route.last_day.toordinal() if route.last_day else 0),
    )
