"""Whether all files of words below ``content/understanding/`` can be read: none missing, none in the wrong form."""

from collections.abc import Mapping
from pathlib import Path

from flows.facts.record import Strict
from flows.facts.yaml_file import ContentError
from flows.understanding.ideas import AskingWords
from flows.understanding.lexicon import (
    ROOT,
    ChoiceTable,
    CityWords,
    Common,
    CountryWords,
    MonthForms,
    NumberWords,
    PeopleWords,
    Terms,
    read_words,
)
from flows.understanding.topics import ELSEWHERE, TopicWords

_CHOICES = ("job_state", "permanent_resident", "permit_kind", "relationship_kind", "stage", "student", "who")
_TERMS = ("age_or_birth_date", "arriving", "citizenships", "clock", "dates", "lives_in", "participations", "sentence")
_FILES: Mapping[str, type[Strict]] = {
    "asking": AskingWords, "cities": CityWords, "common": Common, "countries": CountryWords, "months": MonthForms,
    "numbers": NumberWords, ELSEWHERE: TopicWords,
    **dict.fromkeys(_CHOICES, ChoiceTable), **dict.fromkeys(_TERMS, Terms),
}  # fmt: skip


def word_problems(root: Path = ROOT) -> list[str]:
    """What is wrong with any of the files of words, each problem with file and line; empty if all is well."""
    files: dict[str, type[Strict]] = {
        **_FILES,
        **{f"people/{path.stem}": PeopleWords for path in sorted((root / "people").glob("*.yaml"))},
    }
    problems: list[str] = []
    for name, model in files.items():
        try:
            read_words(name, model, root)
        except ContentError as error:
            problems += error.problems
    problems += [
        f"{path}:1: nothing reads this file; expected one of {', '.join(sorted(_FILES))}: correct its name or take it out"
        for path in sorted(root.glob("*.yaml"))
        if path.stem not in _FILES
    ]
    return problems
