"""What must be true of every answer, whatever the party."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flows.answer import Answer, Route, RouteAnswer, Status
from flows.dates import add_months
from flows.party import Job, JobState, Party, Permit, PermitKind, Person, RelationshipKind, Stage
from flows.routes.evaluate import evaluate
from tests.routes.parties import FACTS, couples

POOLS = {Route.WORKING_HOLIDAY, Route.YOUNG_PROFESSIONALS, Route.INTERNATIONAL_COOP}
CHECKED_HERE = POOLS | {Route.PARTNER_OPEN_PERMIT}
many = settings(max_examples=300, deadline=None)


@many
@given(couples())
def test_the_shape_of_every_answer(party: Party) -> None:
    answer = evaluate(party, FACTS)
    assert answer == evaluate(party, FACTS)
    for person in answer.people:
        ids = [route.id for route in person.routes]
        assert len(ids) == len(set(ids))
        open_routes = [route for route in person.routes if route.status is not Status.NO]
        assert person.best == (open_routes[0].id if open_routes else None)
        for route in person.routes:
            _check_route(route, party.as_of)
    for plan in answer.plans:
        assert plan.status is not Status.NO
        assert plan.steps
    assert len({plan.id for plan in answer.plans}) == len(answer.plans)


def _check_route(route: RouteAnswer, as_of: date) -> None:
    holds = [reason.holds for reason in route.reasons]
    assert route.reasons
    assert all(reason.source.startswith("http") for reason in route.reasons)
    if route.status is Status.YES:
        assert all(holds)
        assert not route.needs
        assert route.last_day is None or route.last_day >= as_of
    if route.status is Status.NO:
        assert False in holds
    if route.status is Status.UNKNOWN:
        assert None in holds
        assert route.needs
    if route.status is Status.LATER:
        assert None not in holds
        assert route.needs
        assert route.from_ is None or route.from_ > as_of
        assert route.from_ is None or route.last_day is None or route.from_ <= route.last_day
    for need in route.needs:
        assert need.by is None or need.by >= as_of
        assert need.from_ is None or need.from_ > as_of


def _fulfilled(party: Party, person_id: str, route: RouteAnswer) -> Party | None:
    """The party after everything that the route needs has come about, on the day that was promised."""
    day = route.from_ or max((need.from_ for need in route.needs if need.from_), default=party.as_of)
    changed = replace(party, as_of=day, people=tuple(_invited_by(person, party.as_of) for person in party.people))
    for need in sorted(route.needs, key=lambda n: n.code == "partner_has_permit"):
        actor = changed.person(need.person or person_id)
        if need.from_ is not None:
            continue
        if need.code in ("age_in_range", "adult", "one_per_season"):
            return None  # waiting whose day is not known: only an age was given, or the next season
        if need.code == "relationship_qualifies":
            married = replace(changed.relationships[0], kind=RelationshipKind.MARRIED)
            changed = replace(changed, relationships=(married,))
            continue
        changed = _with(changed, _act(need.code, actor, party, changed, route))
    return changed


def _act(code: str, actor: Person, start: Party, party: Party, route: RouteAnswer) -> Person:
    match code:
        case "job_offer":
            return replace(actor, job=Job(JobState.OFFER, "21231"))
        case "student_enrolled":
            return replace(actor, student=True)
        case "lives_in_required_country":
            required = next(r for r in route.reasons if r.code == code).values["required"]
            return replace(actor, lives_in=required[0])
        case "partner_occupation" | "partner_working":
            return replace(actor, job=Job(JobState.WORKING, "21231"))
        case "passport_long_enough":
            return replace(actor, passport_expires=None)
        case "insurance_long_enough":
            return replace(actor, insurance_ends=None)
        case "partner_has_permit" | "partner_permit_months":
            return _with_new_permit(actor, start, party.as_of)
        case _:
            raise AssertionError(f"nobody knows how to do {code}")


def _with_new_permit(actor: Person, start: Party, day: date) -> Person:
    """The longest permit that was within reach at the start, taken up as late as the letter allows, at most on ``day``."""
    own = next(person for person in evaluate(start, FACTS).people if person.id == actor.id)
    months = max(r.permit_months or 0 for r in own.routes if r.route in POOLS and r.status is not Status.NO)
    ends = add_months(day, months) - timedelta(days=1)
    has_offer = actor.job is not None and actor.job.state is JobState.OFFER
    kind = PermitKind.YOUNG_PROFESSIONALS if has_offer else PermitKind.WORKING_HOLIDAY
    return replace(actor, stage=Stage.IN_CANADA, permit=Permit(kind, day, ends))


def _invited_by(person: Person, day: date) -> Person:
    """Whoever has been invited was so by ``day``, which counts on every later day."""
    invited = person.stage in (Stage.INVITED, Stage.APPLIED, Stage.APPROVED) and person.invited_on is None
    return replace(person, invited_on=day) if invited else person


def _permit_starts_between(party: Party, day: date) -> bool:
    """A permit that starts after the party's day and by ``day`` uses up a stay in between."""
    starts = [person.permit.starts for person in party.people if person.permit is not None and person.permit.starts]
    return any(party.as_of < start <= day for start in starts)


def _with(party: Party, person: Person) -> Party:
    return replace(party, people=tuple(person if p.id == person.id else p for p in party.people))


@many
@given(couples(answered=True))
def test_later_comes_true_by_waiting_and_by_what_is_named(party: Party) -> None:
    assume(FACTS.partner_permit.rule_on(party.as_of).effective_to is None)
    answer = evaluate(party, FACTS)
    for person in answer.people:
        for route in person.routes:
            if route.route not in CHECKED_HERE or route.status is not Status.LATER:
                continue
            after = _fulfilled(party, person.id, route)
            if after is not None and not _permit_starts_between(party, after.as_of):
                then = evaluate(after, FACTS).route(person.id, route.id)
                assert then.status is Status.YES, (route, then)


@many
@given(couples(), st.integers(1, 900))
def test_more_time_together_never_closes_the_partner_route(party: Party, days: int) -> None:
    since = party.relationships[0].living_together_since
    assume(since is not None)
    longer = replace(party.relationships[0], living_together_since=since - timedelta(days=days))
    before, after = evaluate(party, FACTS), evaluate(replace(party, relationships=(longer,)), FACTS)
    rank = [Status.NO, Status.UNKNOWN, Status.LATER, Status.YES]
    for one, other in zip(before.people, after.people, strict=True):
        for route in one.routes:
            if route.route is Route.PARTNER_OPEN_PERMIT:
                then = after.route(other.id, route.id).status
                assert rank.index(then) >= rank.index(route.status)


@many
@given(couples(answered=True))
def test_a_last_day_is_the_last_day(party: Party) -> None:
    """On the last day a ``yes`` still holds; the day after it does not."""
    answer = evaluate(party, FACTS)
    for person in answer.people:
        for route in person.routes:
            if route.status is not Status.YES or route.last_day is None or route.route not in CHECKED_HERE:
                continue
            if _permit_starts_between(party, date.max):
                continue
            on_last = evaluate(replace(party, as_of=route.last_day), FACTS).route(person.id, route.id)
            after = evaluate(replace(party, as_of=route.last_day + timedelta(days=1)), FACTS).route(person.id, route.id)
            if "one_per_season" not in {reason.code for reason in route.reasons}:
                assert on_last.status is Status.YES
            rule_ends = FACTS.partner_permit.rule_on(party.as_of).effective_to
            if route.route is not Route.PARTNER_OPEN_PERMIT or route.last_day != rule_ends:
                assert after.status is not Status.YES


def _routes(answer: Answer) -> list[tuple[str, str, Status, tuple[str, ...], str]]:
    return sorted(
        (person.id, route.id, route.status, tuple(need.code for need in route.needs), str(route.from_))
        for person in answer.people
        for route in person.routes
    )


@many
@given(couples(), couples(answered=True))
def test_an_answer_that_is_not_asked_for_changes_no_route(party: Party, donor: Party) -> None:
    """Filling in facts that no open question asks about leaves every route as it is."""
    answer = evaluate(party, FACTS)
    asked = {(question.person, question.question) for question in answer.next_questions}
    filled = party
    for person, other in zip(party.people, donor.people, strict=True):
        for field, question in (("student", "student"), ("lives_in", "lives_in"), ("job", "job_state")):
            if getattr(person, field) is None and (person.id, question) not in asked:
                filled = _with(filled, replace(filled.person(person.id), **{field: getattr(other, field)}))
        if person.participations is None and (person.id, "participations") not in asked:
            filled = _with(filled, replace(filled.person(person.id), participations=other.participations))
    assert _routes(evaluate(filled, FACTS)) == _routes(answer)
