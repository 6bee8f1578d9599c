"""Plans that need no tie between people: everyone in their own pool, everyone by their own route, waiting for a day."""

from collections.abc import Iterator, Sequence

from flows.answer import Need, PersonAnswer, Plan, Route, RouteAnswer, SeasonState, Status, Step
from flows.party import Party, Person, Stage

POOLS = frozenset({Route.WORKING_HOLIDAY, Route.YOUNG_PROFESSIONALS, Route.INTERNATIONAL_COOP})
ALREADY = frozenset({Route.RIGHT_TO_WORK, Route.PERMIT_HELD})
WORST_LAST = (Status.YES, Status.LATER, Status.UNKNOWN, Status.NO)
NOT_IN_POOL = (None, Stage.NONE, Stage.IN_CANADA)
PAST_THE_POOL = frozenset({Stage.INVITED, Stage.APPLIED, Stage.APPROVED, Stage.IN_CANADA})


def best_pool(answer: PersonAnswer) -> RouteAnswer | None:
    """The person's best own pool that is not ``no``."""
    return next((route for route in answer.routes if route.route in POOLS and route.status is not Status.NO), None)


def worst(statuses: Sequence[Status]) -> Status:
    """The status of a plan that needs all of these."""
    return max(statuses, key=WORST_LAST.index)


def may_work_already(answer: PersonAnswer) -> bool:
    """Whether the person needs no permit, or works on one already."""
    return any(route.route in ALREADY for route in answer.routes)


def pool_steps(person: Person, route: RouteAnswer, season: SeasonState) -> Iterator[Step]:
    """What someone does in their own pool from where they stand: enter, accept, apply, arrive."""
    if person.stage in NOT_IN_POOL:
        opens = season.opens_from if season.state == "closed" else None
        first = max((day for day in (opens, route.from_) if day is not None), default=None)
        yield Step(person.id, "enter_pool", first, route.last_day)
    elif person.stage is Stage.IN_POOL:
        yield Step(person.id, "stay_in_pool", None, route.last_day)
    if person.stage is Stage.APPLIED:
        yield Step(person.id, "await_decision")
    elif person.stage is not Stage.APPROVED:
        yield Step(person.id, "answer_invitation")
    if person.stage is Stage.APPROVED:
        yield Step(person.id, "arrive", None, person.letter_valid_until)


def each_in_own_pool(party: Party, people: Sequence[PersonAnswer], season: SeasonState) -> Plan | None:
    """Everyone who needs a permit enters their own pool on its first day; None if somebody has no pool."""
    routes = [(answer.id, best_pool(answer)) for answer in people if not may_work_already(answer)]
    found = [(person_id, route) for person_id, route in routes if route is not None]
    if not found or len(found) < len(routes):
        return None
    steps = [step for person_id, route in found for step in pool_steps(party.person(person_id), route, season)]
    return Plan(
        "each_in_own_pool",
        worst([route.status for _, route in found]),
        tuple(person_id for person_id, _ in found),
        tuple(steps),
        tuple(need for _, route in found for need in route.needs),
    )


def separate_routes(party: Party, people: Sequence[PersonAnswer], season: SeasonState) -> Plan | None:
    """Each by the best way to work that does not lead through another of the party; None if somebody has none."""
    chosen = []
    for answer in people:
        route = next(
            (
                r
                for r in answer.routes
                if r.through is None and r.status is not Status.NO and r.route is not Route.VISITOR
            ),
            None,
        )
        if route is None:
            return None
        chosen.append((answer.id, route))
    steps: list[Step] = []
    needs: list[Need] = []
    for person_id, route in chosen:
        needs += route.needs
        if route.route in POOLS:
            steps += pool_steps(party.person(person_id), route, season)
        elif route.route in ALREADY:
            steps.append(Step(person_id, "work", None, route.last_day))
        else:
            steps.append(Step(person_id, f"look_into_{route.route.value}"))
    return Plan(
        "separate_routes",
        worst([route.status for _, route in chosen]),
        tuple(person_id for person_id, _ in chosen),
        tuple(steps),
        tuple(needs),
    )


def waiting(people: Sequence[PersonAnswer]) -> Iterator[Plan]:
    """A plan for each day that opens a route by waiting alone; one for each person and thing waited for."""
    seen: set[str] = set()
    for answer in people:
        for route in answer.routes:
            if route.status is not Status.LATER:
                continue
            for need in route.needs:
                plan_id = f"wait:{need.code}:{answer.id}"
                if need.from_ is None or plan_id in seen:
                    continue
                seen.add(plan_id)
                step = Step(answer.id, "wait", need.from_, need.by or route.last_day)
                yield Plan(plan_id, Status.LATER, (answer.id,), (step,), (need,))
