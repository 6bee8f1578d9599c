"""The questions, in the order in which a person would ask them.

A question is about the party, a person, a pair, or one earlier stay of a person. It is asked where its ``only_if`` holds
and either it is basic or the evaluation still names one of ``opens_for`` for the same people. ``choices`` are its buttons.
``bundle`` is the answer that may be given for several people at once. ``extra`` questions are offered for adding,
and asked only where they have an ``opens_for`` that the evaluation names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flows.party import Category, JobState, PermitKind, RelationshipKind, Stage

UNKNOWN = "unknown"
Answers = Mapping[str, Any]
Rule = Callable[[Answers, str], bool]


class About(StrEnum):
    """Whom a question is about. Subjects are written ``""``, ``p1``, ``p1+p2`` and ``p1.2`` (the second stay of p1)."""

    PARTY = "party"
    PERSON = "person"
    PAIR = "pair"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; see the module for its fields. ``fills`` names the fields of the party it gives."""

    id: str
    about: About
    fills: tuple[str, ...]
    choices: tuple[str, ...] = ()
    opens_for: tuple[str, ...] = ()
    only_if: Rule | None = None
    bundle: str | None = None
    extra: bool = False

    @property
    def basic(self) -> bool:
        """Asked of everybody whom it fits, whatever the evaluation says."""
        return not self.opens_for and not self.extra


def key_of(question: str, subject: str) -> str:
    """The key of an answer, such as ``citizenships:p1``; a party's question has no subject."""
    return f"{question}:{subject}" if subject else question


def several(answers: Answers, subject: str) -> bool:
    """More than one person goes."""
    return answers.get("who") in ("couple", "friends")


def friends(answers: Answers, subject: str) -> bool:
    """A group of friends goes."""
    return answers.get("who") == "friends"


def engaged(answers: Answers, subject: str) -> bool:
    """The pair is engaged."""
    return bool(_kind(answers, subject) == RelationshipKind.ENGAGED)


def may_live_together(answers: Answers, subject: str) -> bool:
    """The pair's time under one roof may be what makes them a couple."""
    return _kind(answers, subject) in (
        RelationshipKind.LIVING_TOGETHER,
        RelationshipKind.ENGAGED,
        RelationshipKind.CIVIL_UNION,
    )


def only_age_told(answers: Answers, subject: str) -> bool:
    """An age was told, and no birth date."""
    told = answers.get(key_of("age_or_birth_date", subject))
    return isinstance(told, dict) and "age" in told


def been_before(answers: Answers, subject: str) -> bool:
    """The person has been to Canada with the programme, and what is under way now was not said with it."""
    return bool(_so_far(answers, subject) == "before")


def not_new(answers: Answers, subject: str) -> bool:
    """The person is not new to the programme, so that earlier stays are possible."""
    return _so_far(answers, subject) not in (None, "new", UNKNOWN)


def was_invited(answers: Answers, subject: str) -> bool:
    """An invitation has come."""
    return stage_of(answers, subject) in (Stage.INVITED, Stage.APPLIED, Stage.APPROVED)


def is_approved(answers: Answers, subject: str) -> bool:
    """The letter of introduction is there, and the permit is not yet."""
    return stage_of(answers, subject) == Stage.APPROVED


def has_permit(answers: Answers, subject: str) -> bool:
    """A permit is approved or in hand."""
    return stage_of(answers, subject) in (Stage.APPROVED, Stage.IN_CANADA)


def several_passports(answers: Answers, subject: str) -> bool:
    """The person of a stay has more than one citizenship, so that the stay's must be asked."""
    found = answers.get(key_of("citizenships", subject.split(".")[0]))
    person, _, number = subject.partition(".")
    unknown_before = any(
        answers.get(key_of("stay_citizenship", f"{person}.{before}")) == UNKNOWN for before in range(1, int(number))
    )
    return isinstance(found, list) and len(found) != 1 and not unknown_before


def earlier_stays(answers: Answers, subject: str) -> bool:
    """There are earlier stays, and whose passport and kind are known so far: one unknown leaves them all uncertain."""
    person, _, number = subject.partition(".")
    return not any(
        answers.get(key_of(question, f"{person}.{before}")) == UNKNOWN
        for question, last in (("stay_citizenship", MOST_STAYS), ("stay_category", int(number) - 1))
        for before in range(1, last + 1)
    )


def stays_known(answers: Answers, subject: str) -> bool:
    """Every earlier stay has a passport and a kind, so that its days can count."""
    person = subject.partition(".")[0]
    return earlier_stays(answers, f"{person}.{MOST_STAYS + 1}")


def has_job(answers: Answers, subject: str) -> bool:
    """The person has a job in Canada or the offer of one; whether they study as well was not said with it."""
    return answers.get(key_of("work", subject)) in WITH_JOB


def _kind(answers: Answers, subject: str) -> Any:
    return answers.get(key_of("relationship_kind", subject))


def _so_far(answers: Answers, subject: str) -> Any:
    return answers.get(key_of("iec_so_far", subject))


def stage_of(answers: Answers, person: str) -> str | None:
    """Where the person's application stands, as far as it was said: by itself or with what came before."""
    so_far = _so_far(answers, person)
    if so_far == "before":
        stage = answers.get(key_of("stage", person))
        return None if stage == UNKNOWN else stage
    if so_far in (None, UNKNOWN):
        return None
    return Stage.NONE if so_far == "new" else str(so_far)


WITH_JOB = ("offer", "working", "self_employed", "remote")
UNDER_WAY = (Stage.IN_POOL, Stage.INVITED, Stage.APPLIED, Stage.APPROVED, Stage.IN_CANADA)
MOST_STAYS = 4

QUESTIONS: tuple[Question, ...] = (
    Question("who", About.PARTY, ("people",), choices=("single", "couple", "friends")),
    Question("companions", About.PARTY, ("people", "name"), only_if=several),
    Question("couples", About.PARTY, ("kind",), only_if=friends),
    Question(
        "relationship_kind",
        About.PAIR,
        ("kind",),
        choices=tuple(kind for kind in RelationshipKind if kind is not RelationshipKind.FRIENDS),
    ),
    Question("age_or_birth_date", About.PERSON, ("age", "born")),
    Question("citizenships", About.PERSON, ("citizenships",)),
    Question("birth_date", About.PERSON, ("born",), opens_for=("birth_date",), only_if=only_age_told),
    Question("wedding_on", About.PAIR, ("wedding_on",), opens_for=("wedding_on",), only_if=engaged),
    Question(
        "living_together_since",
        About.PAIR,
        ("living_together_since",),
        opens_for=("living_together_since",),
        only_if=may_live_together,
    ),
    Question(
        "iec_so_far",
        About.PERSON,
        ("stage", "participations"),
        choices=("new", "before", *UNDER_WAY),
        opens_for=("participations", "stage"),
        bundle="new",
    ),
    Question(
        "stage",
        About.PERSON,
        ("stage",),
        choices=(Stage.NONE, *UNDER_WAY),
        opens_for=("stage",),
        only_if=been_before,
    ),
    Question(
        "invited_on",
        About.PERSON,
        ("invited_on",),
        opens_for=("invited_on",),
        only_if=was_invited,
    ),
    Question(
        "letter_valid_until",
        About.PERSON,
        ("letter_valid_until",),
        opens_for=("letter_valid_until",),
        only_if=is_approved,
    ),
    Question(
        "stay_count",
        About.PERSON,
        ("participations",),
        choices=("0", "1", "2", "3"),
        opens_for=("participations",),
        only_if=not_new,
    ),
    Question(
        "stay_citizenship",
        About.STAY,
        ("participations",),
        opens_for=("participations",),
        only_if=several_passports,
    ),
    Question(
        "stay_category",
        About.STAY,
        ("participations",),
        choices=tuple(Category),
        opens_for=("participations",),
        only_if=earlier_stays,
    ),
    Question(
        "stay_dates",
        About.STAY,
        ("participations",),
        opens_for=("participations",),
        only_if=stays_known,
    ),
    Question(
        "permit_kind",
        About.PERSON,
        ("permit",),
        choices=tuple(PermitKind),
        opens_for=("permit_kind", "permit_dates"),
        only_if=has_permit,
    ),
    Question(
        "permit_dates",
        About.PERSON,
        ("permit",),
        opens_for=("permit_dates",),
        only_if=has_permit,
    ),
    Question(
        "work",
        About.PERSON,
        ("job", "student"),
        choices=("none", "offer", "studying", "working"),
        opens_for=("job_state", "student"),
        bundle="none",
    ),
    Question("occupation", About.PERSON, ("job",), opens_for=("occupation",), only_if=has_job),
    Question(
        "student",
        About.PERSON,
        ("student",),
        choices=("yes", "no"),
        opens_for=("student",),
        only_if=has_job,
    ),
    Question("lives_in", About.PERSON, ("lives_in",), opens_for=("lives_in",)),
    Question("accepted_on", About.PERSON, ("accepted_on",), extra=True),
    Question("applied_on", About.PERSON, ("applied_on",), extra=True),
    Question("passport_expires", About.PERSON, ("passport_expires",), opens_for=("passport_expires",), extra=True),
    Question("insurance_ends", About.PERSON, ("insurance_ends",), opens_for=("insurance_ends",), extra=True),
    Question("arrive_by", About.PERSON, ("arrive_by",), extra=True),
    Question("children", About.PERSON, ("children",), choices=("0", "1", "2", "3"), extra=True),
    Question("roots", About.PERSON, (), extra=True),
    Question(
        "permanent_resident",
        About.PERSON,
        ("permanent_resident",),
        choices=("yes", "no"),
        extra=True,
    ),
)
BY_ID: Mapping[str, Question] = {question.id: question for question in QUESTIONS}
PATH: tuple[Question, ...] = tuple(question for question in QUESTIONS if not question.extra or question.opens_for)
JOBS_TOLD: Mapping[str, JobState] = {
    "none": JobState.NONE,
    "studying": JobState.NONE,
    "offer": JobState.OFFER,
    "working": JobState.WORKING,
    "self_employed": JobState.SELF_EMPLOYED,
    "remote": JobState.REMOTE,
}
