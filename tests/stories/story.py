"""A story: a party and what must come out, readable by someone who knows immigration and not Python.

Strict: an unknown key, a person or route that does not exist, or an expectation that is never looked at is an error.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from flows.answer import Answer, RouteAnswer
from flows.facts.content import Facts
from flows.facts.yaml_file import ContentError, YamlFile
from flows.odds.figures import round_figures
from flows.party import Party
from flows.plans.arrival import arrival_by
from flows.plans.moves import moves_of
from flows.plans.weighing import weigh


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ExpectedRoute(_Strict):
    """What one route must come to. ``because`` are codes that must not hold, ``told`` caveats that must be given."""

    status: Annotated[str, Field(pattern="^(yes|later|unknown|no)$")]
    permit_months: int | None = None
    from_: Annotated[date | None, Field(alias="from")] = None
    last_day: date | None = None
    because: list[str] | None = None
    needs: list[str] | None = None
    need_from: dict[str, date] = {}
    need_by: dict[str, date] = {}
    ask: list[str] | None = None
    told: list[str] = []
    not_told: list[str] = []


class ExpectedPerson(_Strict):
    """What must come out for one person. ``best: none`` means that nothing is open; ``order`` are the first routes."""

    best: str | None = None
    order: list[str] = []
    routes: dict[str, ExpectedRoute] = {}
    absent: list[str] = []


class ExpectedStep(_Strict):
    """One step of a plan: who does what, not before and not after which day."""

    who: str
    do: str
    not_before: date | None = None
    not_after: date | None = None


class ExpectedMove(_Strict):
    """What one person does now: the move's code, by which day, not before which day, whom they follow."""

    do: str
    by: date | None = None
    from_: Annotated[date | None, Field(alias="from")] = None
    through: str | None = None


class ExpectedWeighing(_Strict):
    """Yes, no or wait: the verdict; until when the letter lasts, by when the other should be drawn, until when again."""

    verdict: str
    letter_until: date | None = None
    drawn_by: date | None = None
    again_until: date | None = None
    never_again: bool = False
    birthday_passed: date | None = None


class ExpectedArrival(_Strict):
    """Whether the wished day can be made by a route, and the days it hangs on."""

    reach: str
    soonest: date | None = None
    drawn_by: date | None = None


class Expected(_Strict):
    """What must come out. ``plans`` maps plan ids to their status; ``no_plans`` must not be listed.

    ``first_plans`` are the first plans in order, ``steps`` all steps of a plan or branch, ``branches`` all branches,
    ``plan_needs`` the codes of all needs of a plan.
    ``asked`` are all open questions, as ``question:person`` or ``question:person+person``. ``moves`` is everything a person
    does now, ``weighed`` maps ``drawn:partner`` (or the drawn alone) to yes, no or wait, ``arrivals`` has a person's routes.
    """

    people: dict[str, ExpectedPerson] = {}
    plans: dict[str, str] = {}
    no_plans: list[str] = []
    first_plans: list[str] = []
    steps: dict[str, list[ExpectedStep]] = {}
    plan_needs: dict[str, list[str]] = {}
    branches: list[str] | None = None
    asked: list[str] | None = None
    season: dict[str, Any] = {}
    moves: dict[str, list[ExpectedMove]] = {}
    weighed: dict[str, ExpectedWeighing] = {}
    arrivals: dict[str, dict[str, ExpectedArrival]] = {}


class Story(_Strict):
    """One story; ``party`` is a party file."""

    story: str
    party: dict[str, Any]
    expect: Expected


def read_stories(root: Path) -> list[tuple[str, Story]]:
    """All stories below ``root`` with the file and line each stands on."""
    found = []
    for path in sorted(root.glob("*.yaml")):
        file = YamlFile(path)
        try:
            stories = TypeAdapter(list[Story]).validate_python(file.data)
        except ValidationError as error:
            raise ContentError(file.problems_of(error)) from error
        found += [(f"{path.name}:{file.line_of((place,))}", story) for place, story in enumerate(stories)]
    return found


def differences(story: Story, answer: Answer) -> list[str]:
    """Where ``answer`` differs from what the story expects, one line each."""
    wrong: list[str] = []
    answers = {person.id: person for person in answer.people}
    for person_id, expected in story.expect.people.items():
        person = answers[person_id]
        routes = {route.id: route for route in person.routes}
        if expected.best is not None and (person.best or "none") != expected.best:
            wrong.append(f"{person_id}: best is {person.best}, expected {expected.best}")
        if expected.order and list(routes)[: len(expected.order)] != expected.order:
            wrong.append(f"{person_id}: routes are in the order {list(routes)}, expected {expected.order} first")
        wrong += [f"{person_id}: {route} is listed" for route in expected.absent if route in routes]
        for route_id, expected_route in expected.routes.items():
            if route_id not in routes:
                wrong.append(f"{person_id}: no route {route_id}; there are {', '.join(routes)}")
                continue
            wrong += [f"{person_id} {route_id}: {line}" for line in _of_route(expected_route, routes[route_id])]
    plans = {plan.id: plan.status.value for plan in answer.plans}
    for plan, status in story.expect.plans.items():
        if plans.get(plan) != status:
            wrong.append(f"plan {plan} is {plans.get(plan, 'not listed')}, expected {status}; there are {plans}")
    wrong += [f"plan {plan} is listed" for plan in story.expect.no_plans if plan in plans]
    wrong += _of_plans(story.expect, answer)
    if story.expect.asked is not None:
        asked = [f"{q.question}:{'+'.join(q.pair or (q.person or '',))}" for q in answer.next_questions]
        if asked != story.expect.asked:
            wrong.append(f"asked is {asked}, expected {story.expect.asked}")
    for name, value in story.expect.season.items():
        if getattr(answer.season, name) != value:
            wrong.append(f"season {name} is {getattr(answer.season, name)}, expected {value}")
    return wrong


def differences_of_what_follows(story: Story, party: Party, answer: Answer, facts: Facts) -> list[str]:
    """The same for what is worked out from the answer: what each does now, yes or no, and the wished days."""
    return [*_of_moves(story.expect, party, answer, facts), *_of_arrivals(story.expect, party, answer, facts)]


def _of_moves(expected: Expected, party: Party, answer: Answer, facts: Facts) -> Iterator[str]:
    moves = moves_of(party, answer, facts)
    for person_id, wanted in expected.moves.items():
        found = [
            ExpectedMove(do=move.code, by=move.by, **{"from": move.from_}, through=move.through)
            for move in moves
            if move.who == person_id
        ]
        if found != wanted:
            yield f"moves of {person_id} are {found}, expected {wanted}"
    weighed = {
        f"{each.who}:{each.other}" if each.other else each.who: each
        for each in weigh(party, answer, round_figures(facts, (), party.as_of), facts)
    }
    for pair, verdict in expected.weighed.items():
        each = weighed.get(pair)
        holding = each.holding if each is not None else None
        found_verdict = each and ExpectedWeighing(
            verdict=each.verdict,
            letter_until=holding.until if holding is not None else None,
            drawn_by=holding.drawn_by if holding is not None else None,
            again_until=each.again_until,
            never_again=each.never_again,
            birthday_passed=each.birthday_passed,
        )
        if found_verdict != verdict:
            yield f"weighed for {pair}: {found_verdict}, expected {verdict}; there are {sorted(weighed)}"


def _of_arrivals(expected: Expected, party: Party, answer: Answer, facts: Facts) -> Iterator[str]:
    for person_id, routes in expected.arrivals.items():
        for route_id, wanted in routes.items():
            found = arrival_by(answer.route(person_id, route_id), person_id, party, answer, facts)
            came = ExpectedArrival(reach=str(found.reach), soonest=found.soonest, drawn_by=found.drawn_by)
            if came != wanted:
                yield f"{person_id} {route_id}: arrival is {came}, expected {wanted}"


def _of_plans(expected: Expected, answer: Answer) -> list[str]:
    plans = {plan.id: plan for plan in answer.plans}
    wrong = []
    if list(plans)[: len(expected.first_plans)] != expected.first_plans:
        wrong.append(f"plans are in the order {list(plans)}, expected {expected.first_plans} first")
    plans |= {branch.id: branch for branch in answer.branches}
    if expected.branches is not None and [branch.id for branch in answer.branches] != expected.branches:
        wrong.append(f"branches are {[branch.id for branch in answer.branches]}, expected {expected.branches}")
    for plan_id, steps in expected.steps.items():
        found = [
            ExpectedStep(who=step.who, do=step.code, not_before=step.not_before, not_after=step.not_after)
            for step in (plans[plan_id].steps if plan_id in plans else ())
        ]
        if found != steps:
            wrong.append(f"steps of {plan_id} are {found}, expected {steps}")
    for plan_id, codes in expected.plan_needs.items():
        needs = [need.code for need in plans[plan_id].needs] if plan_id in plans else []
        if needs != codes:
            wrong.append(f"needs of {plan_id} are {needs}, expected {codes}")
    return wrong


def _of_route(expected: ExpectedRoute, route: RouteAnswer) -> list[str]:
    wrong = []
    if route.status.value != expected.status:
        wrong.append(f"status is {route.status.value}, expected {expected.status} {[n.code for n in route.needs]}")
    given = expected.model_fields_set
    wrong += [
        f"{name} is {getattr(route, name)}, expected {getattr(expected, name)}"
        for name in ("permit_months", "from_", "last_day")
        if name in given and getattr(route, name) != getattr(expected, name)
    ]
    if expected.because is not None:
        failing = {reason.code for reason in route.reasons if reason.holds is False}
        missing = set(expected.because) - failing
        if missing:
            wrong.append(f"{', '.join(sorted(missing))} should fail; failing are {sorted(failing)}")
    needs = {need.code: need for need in route.needs}
    if expected.needs is not None and sorted(needs) != sorted(expected.needs):
        wrong.append(f"needs are {sorted(needs)}, expected {sorted(expected.needs)}")
    for code, day in expected.need_from.items():
        if code not in needs or needs[code].from_ != day:
            wrong.append(f"need {code} from {needs[code].from_ if code in needs else 'nothing'}, expected {day}")
    for code, day in expected.need_by.items():
        if code not in needs or needs[code].by != day:
            wrong.append(f"need {code} by {needs[code].by if code in needs else 'nothing'}, expected {day}")
    if expected.ask is not None:
        asked = sorted({need.question for need in route.needs if need.question})
        if asked != sorted(expected.ask):
            wrong.append(f"asks {asked}, expected {sorted(expected.ask)}")
    wrong += [f"{caveat} is not told" for caveat in expected.told if caveat not in route.caveats]
    wrong += [f"{caveat} is told" for caveat in expected.not_told if caveat in route.caveats]
    return wrong
