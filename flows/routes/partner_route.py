"""The open work permit through a partner who works in Canada on a permit of their own.

Rules by date: ``content/partner_permit.yaml``. The follower's own age, citizenship and participations do not matter.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from flows.answer import Route, RouteAnswer
from flows.dates import add_months, last_day_leaving_months
from flows.facts.content import Facts
from flows.facts.partner_permit import PartnerPermitRule
from flows.party import JobState, PermitKind, Person, Relationship, RelationshipKind
from flows.routes.condition import Condition
from flows.routes.own_route import missed_reason
from flows.routes.relationship import adult_condition, relationship_condition
from flows.routes.residents import permit_conditions
from flows.routes.windows import combine
from flows.routes.worker import WorkerPermit, worker_permit

AT_WORK = frozenset({JobState.WORKING, JobState.SELF_EMPLOYED})


def partner_route(
    follower: Person,
    worker: Person,
    relationship: Relationship,
    worker_own: Sequence[RouteAnswer],
    as_of: date,
    facts: Facts,
) -> RouteAnswer:
    """The open permit of ``follower`` through ``worker``, whose own category routes are ``worker_own``."""
    rule = facts.partner_permit.rule_on(as_of)
    permit = worker_permit(worker, worker_own, as_of, rule)
    conditions = [
        relationship_condition(relationship, follower.id, as_of, rule, facts),
        adult_condition(follower, worker, as_of, rule),
        _has_permit(worker, permit, rule),
        _permit_months(worker, permit, rule, as_of),
        *_long_enough(worker, permit, rule, as_of),
        _occupation(worker, rule),
        _working(worker, permit, rule),
        _not_dependent(worker, rule),
        *permit_conditions(follower, as_of, facts),
    ]
    outcome = combine(conditions)
    reasons = [condition.reason(facts, as_of) for condition in conditions]
    if outcome.missed:
        reasons.append(missed_reason(outcome.missed, facts, as_of))
    return RouteAnswer(
        id=f"partner_open_permit:{worker.id}",
        route=Route.PARTNER_OPEN_PERMIT,
        citizenship=None,
        through=worker.id,
        status=outcome.status,
        permit_months=None,
        from_=outcome.from_,
        last_day=outcome.last_day,
        reasons=tuple(reasons),
        needs=outcome.needs,
        caveats=tuple(_caveats(follower, worker, relationship, rule, permit, as_of)),
    )


def _has_permit(worker: Person, permit: WorkerPermit, rule: PartnerPermitRule) -> Condition:
    """A work permit in hand (or approved), or one that the worker can still get."""
    never = permit.held is False and not permit.may_get_any
    holds = permit.held
    question = permit.question if holds is None else None
    if holds is False and not never and not permit.can_get_any:
        holds, question = None, permit.question
    if worker.permit is not None and worker.permit.kind is PermitKind.PARTNER_OPEN_PERMIT and rule.no_swapping:
        holds, question = False, None
    return Condition(
        "partner_has_permit",
        holds,
        rule,
        {"held": permit.held, "kind": worker.permit.kind.value if worker.permit else None},
        act=True,
        never=never,
        person=worker.id,
        question=question,
        by=permit.get_by if holds is False and question is None else None,
    )


def _permit_months(worker: Person, permit: WorkerPermit, rule: PartnerPermitRule, as_of: date) -> Condition:
    """Enough months left on the day the application is received, while the rule of the day lasts.

    Without a permit in hand, the longest one that the worker can still get decides.
    """
    values: dict[str, object] = {"needed": rule.months_left, "months": permit.months, "ends": permit.permit_ends}

    def condition(holds: bool | None, **more: object) -> Condition:
        return Condition("partner_permit_months", holds, rule, values, person=worker.id, **more)  # type: ignore[arg-type]

    if permit.held is None or (permit.held and permit.question == "permit_dates"):
        return condition(None, question=permit.question)
    if permit.held and permit.last_day is not None:
        values["last_day"] = last_day = min(permit.last_day, rule.effective_to or permit.last_day)
        if as_of <= permit.last_day:
            return condition(True, until=last_day, act=permit.can_get)
    elif permit.held:
        values["months"] = permit.held_months
        if permit.held_months is None or permit.held_months > rule.months_left:
            return condition(True)
    elif permit.months is not None and permit.months > rule.months_left:
        values["window_months"] = permit.months - rule.months_left
        values["together_before_start"] = max(0, rule.months_together - (permit.months - rule.months_left))
        return condition(True)
    if permit.can_get:
        return condition(False, act=True, by=permit.get_by)
    return condition(None, question=permit.question) if permit.may_get else condition(False, never=True)


def _long_enough(worker: Person, permit: WorkerPermit, rule: PartnerPermitRule, as_of: date) -> Iterator[Condition]:
    """Passport and insurance cut a permit not yet issued; both can still be renewed before it is."""
    if permit.permit_ends is not None or permit.held:
        return
    for code, ends in (
        ("passport_long_enough", worker.passport_expires),
        ("insurance_long_enough", worker.insurance_ends),
    ):
        if ends is None:
            continue
        last = last_day_leaving_months(ends, rule.months_left)
        yield Condition(
            code,
            as_of <= last,
            rule,
            {"ends": ends, "needed": rule.months_left, "last_day": last},
            until=last if as_of <= last else None,
            act=True,
            person=worker.id,
        )


def _occupation(worker: Person, rule: PartnerPermitRule) -> Condition:
    """The worker's occupation counts on the day: by TEER level or by being listed."""
    job = worker.job
    noc = job.noc if job is not None else None
    values = {"noc": noc, "job": job.state.value if job else None}

    def condition(holds: bool | None, question: str | None = None) -> Condition:
        return Condition("partner_occupation", holds, rule, values, act=True, person=worker.id, question=question)

    if job is None:
        return condition(None, "job_state")
    if job.state is JobState.NONE and noc is None:
        return condition(False)
    if noc is None:
        return condition(None, "occupation")
    return condition(rule.occupations.counts(noc))


def _working(worker: Person, permit: WorkerPermit, rule: PartnerPermitRule) -> Condition:
    """At work already. An employer-specific permit may rest on the job offer; an open one may not."""
    job = worker.job
    values = {"job": job.state.value if job else None, "employer_specific": permit.employer_specific}
    holds = None
    if job is not None:
        offer_is_enough = permit.employer_specific or not rule.open_permit_must_work
        holds = job.state in AT_WORK or (job.state is JobState.OFFER and offer_is_enough)
    return Condition(
        "partner_working",
        holds,
        rule,
        values,
        act=True,
        person=worker.id,
        question="job_state" if job is None else None,
    )


def _not_dependent(worker: Person, rule: PartnerPermitRule) -> Condition:
    """Someone on a partner's permit cannot carry the other: the first permit holder of a couple stays the principal."""
    dependent = worker.permit is not None and worker.permit.kind is PermitKind.PARTNER_OPEN_PERMIT
    counts = dependent and rule.no_swapping
    return Condition(
        "partner_not_dependent", not counts, rule, {"dependent": dependent}, never=counts, person=worker.id
    )


def _year_not_full(relationship: Relationship, rule: PartnerPermitRule, as_of: date) -> bool:
    """Living together already, but not yet as long as the rule asks, and not married."""
    since = relationship.living_together_since
    counted = relationship.kind in (
        RelationshipKind.LIVING_TOGETHER,
        RelationshipKind.CIVIL_UNION,
        RelationshipKind.ENGAGED,
    )
    return counted and since is not None and add_months(since, rule.months_together) > as_of


def _caveats(
    follower: Person,
    worker: Person,
    relationship: Relationship,
    rule: PartnerPermitRule,
    permit: WorkerPermit,
    as_of: date,
) -> Iterator[str]:
    yield from rule.doubts
    listing = (
        rule.occupations.listing(worker.job.noc) if worker.job is not None and worker.job.noc is not None else None
    )
    if listing is not None and listing.doubt is not None:
        yield listing.doubt
    if relationship.kind is RelationshipKind.CIVIL_UNION:
        yield "caveats.civil_union"
    if relationship.longest_apart_days is not None:
        yield "caveats.time_apart"
    if worker.job is not None and worker.job.state is JobState.SELF_EMPLOYED:
        yield "caveats.self_employed"
    if worker.job is not None and worker.job.state is JobState.REMOTE:
        yield "caveats.remote_job"
    if _year_not_full(relationship, rule, as_of) and permit.held is False:
        yield "caveats.leaving_first"
    if permit.held is False and permit.months is not None and permit.months > rule.months_left:
        yield "caveats.insure_whole_permit"
        if relationship.kind in (RelationshipKind.DATING, RelationshipKind.ENGAGED) and relationship.wedding_on is None:
            yield "caveats.live_together_before_arrival"
