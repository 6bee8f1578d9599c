"""What then: the job falls away, none is found, two people part, a permit nears its end. Plans for when a plan breaks.

A branch is listed only once it can matter to somebody: when one of a couple works or looks for work in Canada, when a permit
rests on the other's, when a permit ends within a year. Rules: the job must last until the partner's permit is decided; a
permit given stays good to its printed day as a rule; whoever applies for another permit before the old one ends may work on.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from flows.answer import PersonAnswer, Plan, RouteAnswer, SeasonState, Status, Step
from flows.dates import add_months
from flows.facts.content import Facts
from flows.party import JobState, Party, PermitKind, Person, Relationship, RelationshipKind, Stage
from flows.plans.couple import job_counts, partner_route_of
from flows.plans.together import best_pool, pool_steps
from flows.routes.residents import works_without_permit
from flows.routes.worker import EMPLOYER_SPECIFIC

AT_WORK = frozenset({JobState.WORKING, JobState.SELF_EMPLOYED})
SEARCH_MONTHS = 6
"""After so many months without a counting job a couple should look again at the whole plan; no rule, a mark to stop at."""
NEAR_END_MONTHS = 12
RESTS_ON = {
    "job_lost": ("partner_permit.judged_at_decision", "visitor.extend_days_before"),
    "no_job_found": ("partner_permit.judged_at_decision", "visitor.extend_days_before"),
    "separation": ("partner_permit.stays_after_separation", "permit.change_inside_canada"),
    "renewal": ("permit.change_inside_canada", "visitor.extend_days_before"),
}
"""The values that each kind of branch rests on."""


def branches_of(party: Party, people: Sequence[PersonAnswer], season: SeasonState, facts: Facts) -> tuple[Plan, ...]:
    """Every branch that matters now: first those of couples, then each person's own permit that nears its end."""
    answers = {answer.id: answer for answer in people}
    found: list[Plan] = []
    for relationship in party.relationships:
        if relationship.kind in (None, RelationshipKind.FRIENDS):
            continue
        one, other = relationship.between
        for leader, follower in ((one, other), (other, one)):
            found += _of_couple(party.person(leader), party.person(follower), relationship, answers, season, facts)
    for person in party.people:
        found += _renewal(person, answers[person.id], party, season, facts)
    return tuple(found)


def _of_couple(
    leader: Person,
    follower: Person,
    relationship: Relationship,
    answers: dict[str, PersonAnswer],
    season: SeasonState,
    facts: Facts,
) -> Iterator[Plan]:
    route = partner_route_of(answers[follower.id], leader.id)
    granted = _rests_on_partner(follower)
    alive = route is not None and route.status in (Status.YES, Status.LATER)
    if not (granted or (alive and leader.stage is Stage.IN_CANADA)):
        return
    own = list(_own_profile(follower, answers[follower.id], season))
    last = route.last_day if route is not None else None
    carries = not (_studies(leader) or works_without_permit(leader))
    working = leader.job is not None and leader.job.state in AT_WORK
    if not granted and route is not None and not job_counts(route):
        working = False  # at work, but not in a job that could carry anybody: the search goes on
    if working and carries:
        yield _plan("job_lost", leader, follower, _after_the_job(leader, follower, last, granted, own))
    elif not working and carries and leader.job is not None and not granted and leader.stage is Stage.IN_CANADA:
        yield _plan("no_job_found", leader, follower, _after_the_search(leader, follower, route, own))
    yield _plan("separation", leader, follower, _after_parting(leader, follower, granted, own))


def _plan(kind: str, leader: Person, follower: Person, steps: Iterator[Step]) -> Plan:
    return Plan(f"{kind}:{leader.id}:{follower.id}", Status.LATER, (leader.id, follower.id), tuple(steps))


def _after_the_job(
    leader: Person, follower: Person, last: date | None, granted: bool, own: Sequence[Step]
) -> Iterator[Step]:
    if leader.permit is not None and leader.permit.kind in EMPLOYER_SPECIFIC:
        yield Step(leader.id, "new_permit_for_employer")
    if granted:
        yield Step(follower.id, "work_on", None, _ends(follower))
        yield Step(leader.id, "find_job_for_renewal")
    else:
        yield Step(leader.id, "find_job_before_decision", None, last)
        yield Step(follower.id, "extend_visit")
        yield Step(follower.id, "apply_again", None, last)
    yield from own


def _after_the_search(
    leader: Person, follower: Person, route: RouteAnswer | None, own: Sequence[Step]
) -> Iterator[Step]:
    last = route.last_day if route is not None else None
    starts = leader.permit.starts if leader.permit is not None else None
    mark = add_months(starts, SEARCH_MONTHS) if starts is not None else None
    if mark is not None and last is not None and mark > last:
        mark = None
    yield Step(leader.id, "widen_search", mark, last)
    yield Step(follower.id, "extend_visit")
    yield from own
    yield Step(leader.id, "get_longer_permit", last + timedelta(1) if last is not None else None)


def _after_parting(leader: Person, follower: Person, granted: bool, own: Sequence[Step]) -> Iterator[Step]:
    if granted:
        yield Step(follower.id, "work_on", None, _ends(follower))
        yield Step(follower.id, "own_status_before_end", None, _ends(follower))
    else:
        yield Step(follower.id, "partner_application_falls")
        yield Step(follower.id, "extend_visit")
    yield from own
    if works_without_permit(leader):
        yield Step(leader.id, "work")
    else:
        yield Step(leader.id, "nothing_changes", None, _ends(leader))


def _renewal(person: Person, answer: PersonAnswer, party: Party, season: SeasonState, facts: Facts) -> Iterator[Plan]:
    ends = _ends(person)
    if person.stage is not Stage.IN_CANADA or ends is None:
        return
    if not party.as_of <= ends <= add_months(party.as_of, NEAR_END_MONTHS):
        return
    days = int(str(facts.value("visitor.extend_days_before", party.as_of).value))
    steps = []
    if _rests_on_partner(person) and _on_a_worker(person, party):
        steps.append(Step(person.id, "renew_as_partner", None, ends))
    pool = best_pool(answer)
    if pool is not None and pool.citizenship is not None:
        steps += [step for step in pool_steps(person, pool, season) if step.code == "enter_pool"]
    steps += [
        Step(person.id, "other_permit_before_end", None, ends),
        Step(person.id, "visitor_record", None, max(party.as_of, ends - timedelta(days))),
    ]
    yield Plan(f"renewal:{person.id}", Status.LATER, (person.id,), tuple(steps))


def _rests_on_partner(person: Person) -> bool:
    return person.permit is not None and person.permit.kind is PermitKind.PARTNER_OPEN_PERMIT


def _on_a_worker(person: Person, party: Party) -> bool:
    """Whether the partner's permit rests on a worker's: not on studies, nor on somebody who is at home in Canada."""
    partners = [
        partner
        for partner, tie in party.partners_of(person.id)
        if tie.kind is not None and tie.kind is not RelationshipKind.FRIENDS
    ]
    return not partners or any(not (_studies(partner) or works_without_permit(partner)) for partner in partners)


def _studies(person: Person) -> bool:
    return person.permit is not None and person.permit.kind is PermitKind.STUDY


def _ends(person: Person) -> date | None:
    return person.permit.ends if person.permit is not None else None


def _own_profile(person: Person, answer: PersonAnswer, season: SeasonState) -> Iterator[Step]:
    """The follower's own place in the draw, where they have one: kept, or taken."""
    pool = best_pool(answer)
    if pool is not None and pool.citizenship is not None:
        yield from (step for step in pool_steps(person, pool, season) if step.code in ("enter_pool", "stay_in_pool"))
