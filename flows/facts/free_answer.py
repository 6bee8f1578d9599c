"""Dated, sourced answers to the questions that people bring before any form, and how they ask them."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, model_validator

from flows.facts.record import Fact, Source
from flows.facts.yaml_file import ContentError, YamlFile


class QuestionKind(StrEnum):
    """What lies behind a question, as people's real questions fall into kinds."""

    PARTNER_PERMIT = "partner_permit"
    TOO_OLD = "too_old"
    UNMARRIED_PROOF = "unmarried_proof"
    TOGETHER = "together"
    ONE_NOT_INVITED = "one_not_invited"
    OTHER_STATUS = "other_status"
    CANADIAN_PARTNER = "canadian_partner"
    EXTEND_MISMATCH = "extend_mismatch"
    VISITOR_BORDER = "visitor_border"
    ODDS_DATES = "odds_dates"
    REPEAT_UNUSED = "repeat_unused"
    DIFFERENT_NATIONALITIES = "different_nationalities"
    INSURANCE_MONEY_DOCS = "insurance_money_docs"
    BREAKUP_DISTANCE = "breakup_distance"
    JOB_COUNTS = "job_counts"
    FRIENDS = "friends"
    DECLINE_WAIT = "decline_wait"
    STALE_INFO = "stale_info"
    CHILDREN = "children"
    DUAL_CITIZENSHIP = "dual_citizenship"
    SAME_SEX = "same_sex"
    WAITING_WITHOUT_INCOME = "waiting_without_income"
    RESIDENCE_ABROAD = "residence_abroad"


class Personal(StrEnum):
    """What of a party makes an answer personal: each is a line that can be added where its dates are known."""

    PARTNER_WINDOW = "partner_window"
    AGE_LAST_DAY = "age_last_day"
    WAIT_END = "wait_end"
    TOGETHER_COMPLETE = "together_complete"
    ANSWER_BY = "answer_by"
    APPLY_BY = "apply_by"
    ENTER_BY = "enter_by"
    PASSPORT_CUT = "passport_cut"
    INSURANCE_CUT = "insurance_cut"


def _lines(text: object) -> object:
    return tuple(line.strip() for line in text.splitlines() if line.strip()) if isinstance(text, str) else text


AnswerId = Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z0-9_]+$")]
LeadsTo = Annotated[str, Field(pattern=r"^/?[a-z_]+$")]
Phrasings = Annotated[tuple[str, ...], BeforeValidator(_lines), Field(min_length=1)]


class FreeAnswer(Fact):
    """One answer. Its words are messages: ``words("title")``, ``short``, ``more``, ``next``; ``was`` with ``was_true``.

    ``was_true`` is the last day on which the opposite held. ``uses`` says what would make it personal. ``leads_to`` are
    questions of the interview and commands that help further. ``phrasings`` are ways of asking it, by language.
    """

    id: AnswerId
    kind: QuestionKind
    was_true: date | None = None
    uses: tuple[Personal, ...] = ()
    leads_to: tuple[LeadsTo, ...] = ()
    phrasings: dict[Annotated[str, Field(pattern=r"^[a-z]{2}$")], Phrasings]

    @model_validator(mode="after")
    def _ended_when_this_began(self) -> "FreeAnswer":
        if "en" not in self.phrasings:
            raise ValueError("phrasings: give at least some in English (en)")
        if self.was_true and self.effective_from and self.was_true != self.effective_from - timedelta(days=1):
            raise ValueError(
                f"was_true {self.was_true} must be the day before effective_from {self.effective_from}; correct one of them"
            )
        return self

    def words(self, part: str) -> str:
        """The message key of a part: ``title``, ``short``, ``more``, ``next`` or ``was``."""
        theme, name = self.id.split(".")
        return f"answers_{theme}.{name}.{part}"

    def message_keys(self) -> tuple[str, ...]:
        """The keys of all messages that this answer needs."""
        parts = ("title", "short", "more", "next") + (("was",) if self.was_true else ())
        return tuple(self.words(part) for part in parts)


FreeAnswers = Mapping[str, FreeAnswer]


def load_free_answers(root: Path, sources: Mapping[str, Source]) -> FreeAnswers:
    """Every answer of ``root/answers/`` by its id; raises ContentError naming all problems with file and line.

    ``sources`` are the listed sources: an answer may rest on no other.
    """
    problems: list[str] = []
    found: dict[str, FreeAnswer] = {}
    asked: dict[str, str] = {}
    for path in sorted((root / "answers").glob("*.yaml")):
        try:
            file = YamlFile(path)
            answers = TypeAdapter(list[FreeAnswer]).validate_python(file.data)
        except ContentError as error:
            problems += error.problems
            continue
        except ValidationError as error:
            problems += file.problems_of(error)
            continue
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{path}:1: cannot be read: {error}; expected a YAML file in UTF-8")
            continue
        for place, answer in enumerate(answers):
            problems += _problems(file, place, answer, found, asked, sources)
            found[answer.id] = answer
    if problems:
        raise ContentError(problems)
    return found


def _problems(
    file: YamlFile,
    place: int,
    answer: FreeAnswer,
    found: Mapping[str, FreeAnswer],
    asked: dict[str, str],
    sources: Mapping[str, Source],
) -> list[str]:
    where = f"{file.path}:{file.line_of((place,))}: {answer.id}"
    problems = []
    if answer.id.split(".")[0] != file.path.stem:
        problems.append(f"{where}: stands in {file.path.name}; expected {answer.id.split('.')[0]}.yaml or another id")
    if answer.id in found:
        problems.append(f"{where}: stands twice; keep one")
    problems += [
        f"{where}: rests on the source {name!r}, which is not listed; add it or correct the id"
        for name in (answer.source, *answer.also)
        if name not in sources
    ]
    for language, phrasings in answer.phrasings.items():
        for phrasing in phrasings:
            said = phrasing.casefold()
            if asked.setdefault(said, answer.id) != answer.id:
                line = file.line_of((place, "phrasings", language))
                problems.append(
                    f"{file.path}:{line}: {answer.id}: {phrasing!r} is a phrasing of {asked[said]} as well; "
                    "leave it to the one that answers it"
                )
    return problems
