"""Plans for two people who are a couple: one leads and the other follows, landing together, holding a letter."""

from collections.abc import Iterator

from flows.answer import Need, PersonAnswer, Plan, Reason, Route, RouteAnswer, SeasonState, Status, Step
from flows.party import JobState, Party, PermitKind, Person, Stage
from flows.plans.becoming import couple_need
from flows.plans.together import ALREADY, PAST_THE_POOL, best_pool, pool_steps

NO_PERMIT_MENDS = frozenset({"partner_not_dependent", "needs_a_permit", "relationship_qualifies", "adult"})
IN_HAND = frozenset({Stage.INVITED, Stage.APPLIED, Stage.APPROVED})


def partner_route_of(follower: PersonAnswer, leader: str) -> RouteAnswer | None:
    """The follower's open permit through this leader, whatever its status."""
    return next(
        (route for route in follower.routes if route.route is Route.PARTNER_OPEN_PERMIT and route.through == leader),
        None,
    )


def reason_of(route: RouteAnswer, code: str) -> Reason | None:
    """The reason with this code, if the route has one."""
    return next((reason for reason in route.reasons if reason.code == code), None)


def job_counts(route: RouteAnswer) -> bool:
    """Whether the job of the one who leads is not known to be one that carries nobody."""
    found = reason_of(route, "partner_occupation")
    return found is None or found.holds is not False


def couple_plans(party: Party, leader: PersonAnswer, follower: PersonAnswer, season: SeasonState) -> Iterator[Plan]:
    """The plans in which ``leader`` goes first, or both go at once."""
    one, other = party.person(leader.id), party.person(follower.id)
    route = partner_route_of(follower, leader.id)
    if route is not None and route.status is not Status.NO:
        yield _lead_and_follow(one, leader, other, route, season)
        if _may_land_together(one, other, follower, route):
            yield _land_together(one, leader, other, route, season)
    elif route is not None and _can_lead(one, leader) and not _studies(one) and _only_months_missing(route):
        yield Plan(
            f"switch_permit:{one.id}:{other.id}",
            Status.LATER,
            (one.id, other.id),
            (Step(one.id, "get_longer_permit"), Step(other.id, "apply_partner_permit")),
            (Need("longer_permit", person=one.id),),
        )
    student = next((r for r in follower.routes if r.route is Route.STUDENT_PARTNER and r.through == one.id), None)
    if student is not None and student.status is not Status.NO:
        yield _study_and_follow(one, other, student)
    pool = best_pool(follower)
    if one.stage in IN_HAND and pool is not None and other.stage not in PAST_THE_POOL:
        yield _hold_letter(one, other, pool, season)
    visit = next((r for r in follower.routes if r.route is Route.VISITOR and r.status is not Status.NO), None)
    stays_already = any(r.route in (*ALREADY, Route.STUDY_PERMIT_HELD) for r in follower.routes)
    needs_a_way = not stays_already and (route is None or route.status is not Status.YES)
    if visit is not None and needs_a_way and _can_lead(one, leader):
        yield Plan(
            f"visit_meanwhile:{one.id}:{other.id}",
            visit.status,
            (one.id, other.id),
            (Step(other.id, "visit"),),
            visit.needs,
        )


def _studies(person: Person) -> bool:
    """A study permit is no work permit that could be exchanged for a longer one."""
    return person.permit is not None and person.permit.kind is PermitKind.STUDY


def _can_lead(person: Person, answer: PersonAnswer) -> bool:
    return person.permit is not None or best_pool(answer) is not None


def _leader_steps(one: Person, leader: PersonAnswer, route: RouteAnswer, season: SeasonState) -> Iterator[Step]:
    pool = best_pool(leader)
    if one.permit is None and pool is not None:
        yield from pool_steps(one, pool, season)
    at_work = one.job is not None and one.job.state in (JobState.WORKING, JobState.SELF_EMPLOYED)
    if not at_work or not job_counts(route):
        yield Step(one.id, "start_listed_job")


def _become_a_couple(other: Person, route: RouteAnswer) -> Iterator[Step]:
    """Where waiting alone makes nobody a couple: living together long enough, or marrying, by the day it must be so."""
    need = couple_need(route)
    if need is not None and need.from_ is None:
        yield Step(other.id, "become_a_couple", None, need.by)


def _lead_and_follow(one: Person, leader: PersonAnswer, other: Person, route: RouteAnswer, season: SeasonState) -> Plan:
    steps = [
        *_become_a_couple(other, route),
        *_leader_steps(one, leader, route, season),
        Step(other.id, "collect_proof_of_relationship"),
        Step(other.id, "apply_partner_permit", route.from_, route.last_day),
    ]
    return Plan(f"lead_and_follow:{one.id}:{other.id}", route.status, (one.id, other.id), tuple(steps), route.needs)


def _study_and_follow(one: Person, other: Person, route: RouteAnswer) -> Plan:
    """The one who studies carries the other, if the course is one of those that count."""
    steps = (
        Step(one.id, "check_course"),
        Step(other.id, "collect_proof_of_relationship"),
        Step(other.id, "apply_as_students_partner", route.from_, route.last_day),
    )
    return Plan(f"study_and_follow:{one.id}:{other.id}", route.status, (one.id, other.id), steps, route.needs)


def _may_land_together(one: Person, other: Person, follower: PersonAnswer, route: RouteAnswer) -> bool:
    """Before either is in Canada, and only for someone who may apply on arrival, that is without needing a visa."""
    if Stage.IN_CANADA in (one.stage, other.stage) or route.status is Status.YES:
        return False
    return any(r.route is Route.VISITOR and r.status is Status.YES for r in follower.routes)


def _land_together(one: Person, leader: PersonAnswer, other: Person, route: RouteAnswer, season: SeasonState) -> Plan:
    """Both land on the same day, the leader with a letter and proof of a listed job: the officer decides."""
    has_offer = one.job is not None and one.job.state in (JobState.OFFER, JobState.WORKING)
    pool = best_pool(leader)
    steps = list(_become_a_couple(other, route))
    if one.permit is None and pool is not None:
        steps += pool_steps(one, pool, season)
    if not has_offer:
        steps.append(Step(one.id, "get_job_offer"))
    steps += [Step(one.id, "land_with_proof_of_job"), Step(other.id, "apply_on_arrival", route.from_, route.last_day)]
    needs = tuple(need for need in route.needs if need.code != "partner_working")
    if not has_offer and all(need.code != "job_offer" for need in needs):
        needs = (*needs, Need("job_offer", person=one.id))
    status = Status.UNKNOWN if route.status is Status.UNKNOWN else Status.LATER
    return Plan(
        f"land_together:{one.id}:{other.id}",
        status,
        (one.id, other.id),
        tuple(steps),
        needs,
        ("caveats.officer_decides_on_arrival",),
    )


def _only_months_missing(route: RouteAnswer) -> bool:
    """Whether a longer permit of the leader would mend the route: nothing that no act can change stands in the way."""
    failing = {reason.code for reason in route.reasons if reason.holds is False}
    return "partner_permit_months" in failing and not failing & NO_PERMIT_MENDS


def _hold_letter(one: Person, other: Person, pool: RouteAnswer, season: SeasonState) -> Plan:
    """The first waits with the invitation or letter in hand, for as long as it lasts, while the other is in the pool."""
    steps = [Step(one.id, "arrive", None, one.letter_valid_until), *pool_steps(other, pool, season)]
    return Plan(f"hold_letter:{one.id}:{other.id}", pool.status, (one.id, other.id), tuple(steps), pool.needs)
