"""Which questions can still change a route of somebody: those of unknown conditions in routes that are not ``no``."""

from collections.abc import Iterator, Sequence

from flows.answer import OpenQuestion, PersonAnswer, Route, Status
from flows.party import Party, Person, Relationship, RelationshipKind, Stage
from flows.routes.residents import works_without_permit

OF_A_PAIR = frozenset({"relationship_kind", "living_together_since", "wedding_on"})
ORDER = (
    "relationship_kind",
    "living_together_since",
    "wedding_on",
    "citizenships",
    "age_or_birth_date",
    "birth_date",
    "participations",
    "stage",
    "permit_kind",
    "permit_dates",
    "invited_on",
    "job_state",
    "occupation",
    "student",
    "lives_in",
    "passport_expires",
    "insurance_ends",
)
CATEGORY_ROUTES = frozenset({Route.WORKING_HOLIDAY, Route.YOUNG_PROFESSIONALS, Route.INTERNATIONAL_COOP})


def open_questions(party: Party, people: Sequence[PersonAnswer]) -> tuple[OpenQuestion, ...]:
    """The open questions in the order in which a person would ask them, each once."""
    found: dict[OpenQuestion, None] = {}
    for answer in people:
        for route in answer.routes:
            if route.status is not Status.UNKNOWN:
                continue
            for need in route.needs:
                if need.question is None:
                    continue
                if need.question in OF_A_PAIR and route.through is not None:
                    pair = tuple(sorted((answer.id, route.through)))
                    found[OpenQuestion(need.question, None, (pair[0], pair[1]))] = None
                else:
                    found[OpenQuestion(need.question, need.person or answer.id)] = None
        for question in _of_dates(party, party.person(answer.id), answer):
            found[question] = None
    for question in _of_papers(party, people):
        found[question] = None
    for relationship in party.relationships:
        for question in _of_wedding(relationship, people):
            found[question] = None
    places = {person.id: place for place, person in enumerate(party.people)}
    return tuple(
        sorted(found, key=lambda q: (ORDER.index(q.question), places.get(q.person or (q.pair or ("",))[0], -1)))
    )


def _of_dates(party: Party, person: Person, answer: PersonAnswer) -> Iterator[OpenQuestion]:
    """What decides a date or the next step rather than a yes or no: where things stand, and the birthday at a limit."""
    if works_without_permit(person):
        return
    pools = [route for route in answer.routes if route.route in CATEGORY_ROUTES and route.status is not Status.NO]
    if pools and person.stage is None:
        yield OpenQuestion("stage", person.id)
    if person.born is None and person.age is not None:
        limits = {
            reason.values.get(limit)
            for route in pools
            for reason in route.reasons
            if reason.code == "age_in_range"
            for limit in ("max", "min")
        }
        if person.age in limits or person.age + 1 in {18}:
            yield OpenQuestion("birth_date", person.id)


def _of_papers(party: Party, people: Sequence[PersonAnswer]) -> Iterator[OpenQuestion]:
    """A letter that is in hand becomes a permit as long as passport and insurance allow, and the partner's route hangs on
    that length: only then do their ends decide. Everybody else is told to mind them, and not asked."""
    for answer in people:
        for route in answer.routes:
            if route.route is not Route.PARTNER_OPEN_PERMIT or route.through is None or route.last_day is None:
                continue
            worker = party.person(route.through)
            if worker.stage is not Stage.APPROVED or route.status not in (Status.YES, Status.LATER):
                continue
            if worker.letter_valid_until is None or (worker.permit is not None and worker.permit.ends is not None):
                continue
            for question, told in (
                ("passport_expires", worker.passport_expires),
                ("insurance_ends", worker.insurance_ends),
            ):
                if told is None:
                    yield OpenQuestion(question, worker.id)


def _of_wedding(relationship: Relationship, people: Sequence[PersonAnswer]) -> Iterator[OpenQuestion]:
    """An engaged couple's wedding day is the first day of the partner's route, as long as that can be one."""
    if relationship.kind is not RelationshipKind.ENGAGED:
        return
    alive = any(
        route.through in relationship.between and answer.id in relationship.between and route.status is not Status.NO
        for answer in people
        for route in answer.routes
        if route.through is not None
    )
    one, other = sorted(relationship.between)
    if alive and relationship.wedding_on is None:
        yield OpenQuestion("wedding_on", None, (one, other))
    if alive and relationship.living_together_since is None:
        yield OpenQuestion("living_together_since", None, (one, other))
