"""The steps of a plan in words: what to do, by whom, from when, until when."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from flows.answer import Plan, Route, RouteAnswer, Step
from flows.conversation.naming import Naming
from flows.conversation.route_words import CATEGORY_ROUTES, POOL, comes_too_late, reason
from flows.conversation.turn import Turn
from flows.conversation.view import Country, Lines, Period, Words
from flows.facts.content import Facts
from flows.message import Family, Message
from flows.party import RelationshipKind

FOR_ALL = ("enter_pool", "stay_in_pool", "answer_invitation")
NUMBERED = Message("step.numbered", "number", "what")
NUMBERED_FOR = Message("step.numbered_for", "number", "who", "what")
WATCH_POOL = Message("step.watch_pool", "pools", "day")
ENTER_POOL_NOW = Message("step.enter_pool_now", "pools")
ENTER_POOL_ON = Message("step.enter_pool_on", "pools", "period")
ENTER_POOL_ANNOUNCED = Message("step.enter_pool_announced", "pools", "opens")
ENTER_POOL_FROM = Message("step.enter_pool_from", "pools", "day")
ANSWER_INVITATION = Message("step.answer_invitation", "answer_days", "submit_days")
ANSWER_INVITATION_BY = Message("step.answer_invitation_by", "day", "submit_days")
APPLY_INVITATION_BY = Message("step.apply_after_invitation_by", "day")
INVITATION_LAPSED = Message("step.invitation_lapsed", "day")
ARRIVE = Message("step.arrive")
ARRIVE_BY = Message("step.arrive_by", "day")
START_JOB = Message("step.start_listed_job")
PROOF = Family("step.collect_proof", ("married", "wedding", "together", "to_be"))
BECOME = Message("step.become_a_couple")
BECOME_BY = Message("step.become_a_couple_by", "day")
BECOME_BEFORE = Message("step.become_a_couple_before", "months", "whose")
APPLY = Message("step.apply_partner_permit")
APPLY_BY = Message("step.apply_partner_permit_by", "day")
APPLY_FROM = Message("step.apply_partner_permit_from", "day")
APPLY_BETWEEN = Message("step.apply_partner_permit_between", "first", "last")
APPLY_WITHIN = Message("step.apply_partner_permit_within", "window", "months", "whose")
APPLY_ON_ARRIVAL = Message("step.apply_on_arrival")
WORK_UNTIL = Message("step.work_until", "day")
WAIT = Message("step.wait", "day")
WAIT_AND_MORE = Message("step.wait_not_known")
PLAIN = Family(
    "step.plain",
    (
        "apply_as_students_partner", "await_decision", "check_course",
        "get_job_offer", "get_longer_permit", "land_with_proof_of_job", "look_into_other_permit",
        "look_into_permit_held", "look_into_recognized_organization", "look_into_right_to_work",
        "look_into_study_permit_held", "stay_in_pool", "visit",
        "work",
    ),
)  # fmt: skip


def steps_of(turn: Turn, naming: Naming, plan: Plan) -> Lines:
    """The plan's steps, numbered; with several people each step says whose it is, and the same step is told once."""
    told: list[tuple[list[str], Words]] = []
    for steps in _alike(plan.steps, lambda person: turn.party.person(person).invited_on is not None):
        words = step_words(turn, naming, plan, steps)
        if words is not None:
            together = plan.people if steps[0].code == "become_a_couple" else [step.who for step in steps]
            told.append((list(dict.fromkeys(together)), words))
    lines = []
    for number, (people, words) in enumerate(told, start=1):
        if len(turn.people) == 1:
            lines.append(NUMBERED(number=number, what=words))
        else:
            who: Any = [naming.start(people[0]), *(naming.inside(person) for person in people[1:])]
            lines.append(NUMBERED_FOR(number=number, who=who, what=words))
    return Lines(tuple(lines))


def _alike(steps: Sequence[Step], has_clock: Callable[[str], bool]) -> list[list[Step]]:
    """The same step of several people together, the pools first: they come first for everybody."""
    groups: dict[object, list[Step]] = {}
    for step in sorted(steps, key=lambda step: step.code not in FOR_ALL):
        when = step.not_before if step.code == "enter_pool" else None
        told_apart = step.who if step.code == "answer_invitation" and has_clock(step.who) else when
        key = (step.code, told_apart) if step.code in FOR_ALL else step
        groups.setdefault(key, []).append(step)
    return list(groups.values())


def step_words(turn: Turn, naming: Naming, plan: Plan, steps: Sequence[Step]) -> Words | None:
    """One step, of one or several people, as an instruction; None for a step that there are no words for."""
    step = steps[0]
    match step.code:
        case "enter_pool":
            return _enter_pool(turn, steps)
        case "answer_invitation":
            return _answer_invitation(turn, step.who)
        case "arrive":
            return ARRIVE_BY(day=step.not_after) if step.not_after else ARRIVE()
        case "start_listed_job":
            return START_JOB()
        case "become_a_couple":
            return _become_a_couple(turn, naming, plan, step)
        case "collect_proof_of_relationship":
            return PROOF(_proof(turn, plan))
        case "apply_partner_permit":
            return _apply(turn, naming, plan, step)
        case "apply_on_arrival":
            return APPLY_ON_ARRIVAL()
        case "work":
            return WORK_UNTIL(day=step.not_after) if step.not_after else PLAIN("work")
        case "wait":
            return WAIT(day=step.not_before) if step.not_before else WAIT_AND_MORE()
        case _:
            return PLAIN(step.code) if step.code in PLAIN else None


def _answer_invitation(turn: Turn, person: str) -> Words:
    """The clock after an invitation: in days before it has come, as days of the calendar once it has."""
    answer_days = _number(turn.content.facts, "invitation.answer_days", turn.today)
    submit_days = _number(turn.content.facts, "invitation.submit_days", turn.today)
    one = turn.party.person(person)
    if one.accepted_on is not None:
        return APPLY_INVITATION_BY(day=one.accepted_on + timedelta(days=submit_days))
    if one.invited_on is None:
        return ANSWER_INVITATION(answer_days=answer_days, submit_days=submit_days)
    last = one.invited_on + timedelta(days=answer_days)
    return (
        ANSWER_INVITATION_BY(day=last, submit_days=submit_days) if last >= turn.today else INVITATION_LAPSED(day=last)
    )


def _enter_pool(turn: Turn, steps: Sequence[Step]) -> Words | None:
    routes = [route for step in steps if (route := pool_of(turn, step.who)) is not None]
    pools = [POOL(route.route, country=Country(route.citizenship)) for route in routes if route.citizenship]
    pools = list({repr(pool): pool for pool in pools}.values())
    if not pools:
        return None
    late = [route.last_day for route in routes if comes_too_late(route) and route.last_day is not None]
    if late and len(late) == len(routes):
        return WATCH_POOL(pools=pools, day=min(late))
    first, season = steps[0].not_before, turn.answer.season
    if first is None or season.opens_from is None or season.state == "open":
        return ENTER_POOL_FROM(pools=pools, day=first) if first else ENTER_POOL_NOW(pools=pools)
    if first > season.opens_from:
        return ENTER_POOL_FROM(pools=pools, day=first)
    if season.basis == "announced" or season.opens_to is None:
        return ENTER_POOL_ANNOUNCED(pools=pools, opens=season.opens_from)
    return ENTER_POOL_ON(pools=pools, period=Period(season.opens_from, season.opens_to))


def pool_of(turn: Turn, person: str) -> RouteAnswer | None:
    """The person's best own pool that is not closed to them."""
    found = next(answer for answer in turn.answer.people if answer.id == person)
    return next((r for r in found.routes if r.route in CATEGORY_ROUTES and r.status != "no"), None)


def _become_a_couple(turn: Turn, naming: Naming, plan: Plan, step: Step) -> Words:
    """How much of the year together must lie before the permit starts, as far as that is known; else by which day."""
    if step.not_after is not None:
        return BECOME_BY(day=step.not_after)
    route = _partner_route(turn, plan)
    months = reason(route, "partner_permit_months") if route else None
    before = months.values.get("together_before_start") if months is not None else None
    return BECOME_BEFORE(months=before, whose=naming.whose(plan.people[0])) if before else BECOME()


def _proof(turn: Turn, plan: Plan) -> str:
    one, other = plan.people[0], plan.people[1]
    relationship = turn.party.relationship(one, other)
    if relationship is not None and relationship.kind is RelationshipKind.MARRIED:
        return "married"
    if relationship is not None and relationship.wedding_on is not None and relationship.living_together_since is None:
        return "wedding"
    route = _partner_route(turn, plan)
    holds = reason(route, "relationship_qualifies") if route else None
    return "together" if holds is not None and holds.holds else "to_be"


def _apply(turn: Turn, naming: Naming, plan: Plan, step: Step) -> Words:
    if step.not_after is not None:
        if step.not_before is not None and step.not_before > turn.today:
            return APPLY_BETWEEN(first=step.not_before, last=step.not_after)
        return APPLY_BY(day=step.not_after)
    if step.not_before is not None:
        return APPLY_FROM(day=step.not_before)
    route = _partner_route(turn, plan)
    months = reason(route, "partner_permit_months") if route else None
    if months is not None and months.values.get("window_months"):
        return APPLY_WITHIN(
            window=months.values["window_months"],
            months=months.values["months"],
            whose=naming.whose(plan.people[0]),
        )
    return APPLY()


def _partner_route(turn: Turn, plan: Plan) -> RouteAnswer | None:
    leader, follower = plan.people[0], plan.people[1]
    found = next(answer for answer in turn.answer.people if answer.id == follower)
    return next(
        (r for r in found.routes if r.route is Route.PARTNER_OPEN_PERMIT and r.through == leader),
        None,
    )


def _number(facts: Facts, value_id: str, today: Any) -> int:
    return int(str(facts.value(value_id, today).value))
