"""All plans for a party, best first. A plan is listed only if it can work."""

from collections.abc import Sequence

from flows.answer import PersonAnswer, Plan, Route, SeasonState, Status
from flows.party import Party
from flows.plans.couple import couple_plans
from flows.plans.together import WORST_LAST, best_pool, each_in_own_pool, separate_routes, waiting

KIND_ORDER = (
    "each_in_own_pool",
    "lead_and_follow",
    "study_and_follow",
    "hold_letter",
    "land_together",
    "separate_routes",
    "switch_permit",
    "visit_meanwhile",
    "wait",
)


def plans_of(party: Party, people: Sequence[PersonAnswer], season: SeasonState) -> tuple[Plan, ...]:
    """Plans with status ``yes``, ``later`` or ``unknown``; for a couple, the better leader comes first."""
    answers = {answer.id: answer for answer in people}
    plans: list[Plan] = []
    in_pools = each_in_own_pool(party, people, season)
    if in_pools is not None:
        plans.append(in_pools)
    elif len(people) > 1:
        apart = separate_routes(party, people, season)
        if apart is not None:
            plans.append(apart)
    for relationship in party.relationships:
        if relationship.kind is not None and relationship.kind.value == "friends":
            continue
        one, other = relationship.between
        for leader, follower in ((one, other), (other, one)):
            plans += couple_plans(party, answers[leader], answers[follower], season)
    plans += waiting(people)
    return tuple(sorted(plans, key=lambda plan: _preference(plan, answers)))


def _preference(plan: Plan, answers: dict[str, PersonAnswer]) -> tuple[int, ...]:
    """By kind; then the leader whose own permit would be longer, then the one whose route is surer."""
    kind = KIND_ORDER.index(plan.id.split(":")[0])
    leader = best_pool(answers[plan.people[0]])
    months = leader.permit_months or 0 if leader is not None else 0
    surer = WORST_LAST.index(leader.status if leader is not None else Status.NO)
    working_holiday = 0 if leader is not None and leader.route is Route.WORKING_HOLIDAY else 1
    return (kind, WORST_LAST.index(plan.status), -months, surer, working_holiday)
