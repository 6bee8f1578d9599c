"""From stored answers to the party: only what still fits counts, so that an edit un-does what depended on it, no more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from flows.answer import Answer, Status
from flows.dates import ONE_DAY, add_months
from flows.interview.questions import JOBS_TOLD, PATH, UNKNOWN, WITH_JOB, About, key_of, stage_of
from flows.interview.walk import couples_of, pair_of, stays_told, subjects_of
from flows.party import (
    Category,
    Job,
    Party,
    Permit,
    PermitKind,
    Person,
    Relationship,
    RelationshipKind,
    Stage,
    Stay,
)

# What must be known where something is under way: the days in which an invitation must be answered are counted from the
# day on which it came; a letter is good until its last day; a permit that runs is a stay that is used, and what one can do
# next hangs on its end.
OF_STAGE: Mapping[str, tuple[str, ...]] = {
    Stage.INVITED: ("invited_on",),
    Stage.APPROVED: ("letter_valid_until",),
    Stage.IN_CANADA: ("permit_kind", "permit_dates"),
}
AFTER_INVITATION = (Stage.INVITED, Stage.APPLIED, Stage.APPROVED, Stage.IN_CANADA)
NO_DATES_NEEDED = (PermitKind.STUDY, UNKNOWN)


def party_of(answers: Mapping[str, Any], people: Sequence[str], today: date) -> Party:
    """The party as far as it is known; unanswered and "unknown" alike are None."""
    return Party(
        as_of=today,
        people=tuple(_person(answers, person) for person in people),
        relationships=tuple(_relationships(answers, people)),
    )


def open_keys(answer: Answer, answers: Mapping[str, Any], people: Sequence[str]) -> frozenset[str]:
    """The keys of those answers that the evaluation says can still change a route of somebody."""
    wanted = {(q.question, "+".join(sorted(q.pair)) if q.pair else q.person or "") for q in answer.next_questions}
    found = set()
    for question in PATH:
        if question.basic:
            continue
        for subject in subjects_of(question, answers, people):
            about = subject.split(".")[0] if question.about is About.STAY else subject
            if any((name, about) in wanted for name in question.opens_for):
                found.add(key_of(question.id, subject))
    found |= {key_of("occupation", person) for person in _with_unnamed_offer(answer)}
    for person in people:
        found |= {key_of(question, person) for question in OF_STAGE.get(stage_of(answers, person) or "", ())}
        if answers.get(key_of("permit_kind", person)) in NO_DATES_NEEDED:
            found.discard(key_of("permit_dates", person))
    return frozenset(found)


def _with_unnamed_offer(answer: Answer) -> Iterator[str]:
    """Those whose job offer is taken to fit a pool as long as nobody has said which job it is."""
    for person in answer.people:
        for route in person.routes:
            if route.status is not Status.NO and any(
                reason.code == "job_offer" and reason.holds and reason.values.get("teer", 0) is None
                for reason in route.reasons
            ):
                yield person.id


def _person(answers: Mapping[str, Any], person: str) -> Person:
    said = _Said(answers, person)
    age = said("age_or_birth_date") or {}
    born = said("birth_date") or age.get("born")
    stage = stage_of(answers, person)
    citizenships = said("citizenships")
    return Person(
        id=person,
        name=said("name"),
        born=_day(born),
        age=None if born else age.get("age"),
        citizenships=None if citizenships is None else tuple(citizenships),
        lives_in=said("lives_in"),
        student=_student(said),
        participations=_stays(answers, person, citizenships),
        stage=Stage(stage) if stage is not None else None,
        invited_on=_day(said("invited_on")) if stage in AFTER_INVITATION else None,
        accepted_on=_day(said("accepted_on")) if stage in AFTER_INVITATION else None,
        applied_on=_day(said("applied_on")) if stage in AFTER_INVITATION else None,
        letter_valid_until=_day(said("letter_valid_until")) if stage == Stage.APPROVED else None,
        permit=_permit(said, stage),
        job=_job(said),
        permanent_resident=_yes(said("permanent_resident")),
        passport_expires=_day(said("passport_expires")),
        insurance_ends=_day(said("insurance_ends")),
        arrive_by=_day(said("arrive_by")),
        children=said("children"),
    )


class _Said:
    """What was answered of one person; None where nothing or "unknown" was."""

    def __init__(self, answers: Mapping[str, Any], person: str) -> None:
        self.answers = answers
        self.person = person

    def __call__(self, question: str) -> Any:
        value = self.answers.get(key_of(question, self.person))
        return None if value == UNKNOWN else value


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _yes(value: Any) -> bool | None:
    return {"yes": True, "no": False, True: True, False: False}.get(value) if value is not None else None


def _student(said: _Said) -> bool | None:
    by_work = {"studying": True, "none": False}.get(said("work"))
    return by_work if by_work is not None else _yes(said("student"))


def _job(said: _Said) -> Job | None:
    work, noc = said("work"), said("occupation")
    if work is None:
        return None
    return Job(JOBS_TOLD[work], noc[0] if work in WITH_JOB and isinstance(noc, list) and noc else None)


def _permit(said: _Said, stage: str | None) -> Permit | None:
    kind = said("permit_kind")
    if kind is None or stage not in (Stage.APPROVED, Stage.IN_CANADA):
        return None
    dates = said("permit_dates") or {}
    return Permit(PermitKind(kind), _day(dates.get("starts")), _day(dates.get("ends")))


def _stays(answers: Mapping[str, Any], person: str, citizenships: Sequence[str] | None) -> tuple[Stay, ...] | None:
    so_far = answers.get(key_of("iec_so_far", person))
    if so_far == "new" or answers.get(key_of("stay_count", person)) == 0:
        return ()
    stays = []
    for number in range(1, stays_told(answers, person) + 1):
        said = _Said(answers, f"{person}.{number}")
        category = said("stay_category")
        citizenship = said("stay_citizenship") or (citizenships[0] if citizenships and len(citizenships) == 1 else None)
        if category is None or citizenship is None:
            return None
        dates = said("stay_dates") or {}
        stays.append(Stay(citizenship, Category(category), _day(dates.get("starts")), _day(dates.get("ends"))))
    return tuple(stays) or None


def _relationships(answers: Mapping[str, Any], people: Sequence[str]) -> list[Relationship]:
    couples = set(couples_of(answers, people))
    found = []
    for one, other in combinations(people, 2):
        pair = pair_of(one, other)
        if pair not in couples:
            found.append(Relationship((one, other), RelationshipKind.FRIENDS))
            continue
        said = _Said(answers, pair)
        kind = said("relationship_kind")
        since = said("living_together_since")
        found.append(
            Relationship(
                (one, other),
                RelationshipKind(kind) if kind else None,
                living_together_since=_since(since) if kind not in ("dating", "married") else None,
                wedding_on=_day(said("wedding_on")) if kind == "engaged" else None,
            )
        )
    return found


def _since(value: Any) -> date | None:
    """The day itself, the last day of a month, or the last day on which "for a year or longer" can have begun."""
    if isinstance(value, dict):
        if "month" in value:
            return add_months(date.fromisoformat(f"{value['month']}-01"), 1) - ONE_DAY
        return _day(value.get("before"))
    return None if value == "not_yet" else _day(value)
