"""The words by which people answer, from ``content/understanding/``: checked when read, each file read once when needed."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from flows.facts.content import CONTENT_ROOT
from flows.facts.record import CountryCode, Strict
from flows.facts.yaml_file import ContentError, YamlFile

Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Words = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field()]
ByLanguage = dict[Language, Words]
M = TypeVar("M", bound=Strict)

ROOT = CONTENT_ROOT / "understanding"


class Common(Strict):
    """Words that mean the same whatever the question was."""

    fillers: ByLanguage
    negations: ByLanguage
    hopes: ByLanguage
    over: ByLanguage
    turns: ByLanguage
    dont_know: ByLanguage
    yes: ByLanguage
    no: ByLanguage


class CountryEntry(Strict):
    """One country in English: its three-letter code, further names, words for its people, and for a territory the
    citizenship that its people hold."""

    iso3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    also: Words = ()
    people: Words = ()
    citizens_of: tuple[CountryCode, ...] = ()


class SeveralCountries(Strict):
    """Words that can mean several countries."""

    words: Words
    means: Annotated[tuple[CountryCode, ...], Field(min_length=2)]


class PartOfCountry(Strict):
    """Parts of a country: where they lie, and which citizenships the words for their people can mean."""

    names: Words = ()
    people: Words = ()
    lies_in: CountryCode
    citizens_of: Annotated[tuple[CountryCode, ...], Field(min_length=1)]


class CountryWords(Strict):
    """All countries and territories, what can mean several, citizenships that are seldom both held, parts of countries,
    and words for whole regions."""

    countries: dict[CountryCode, CountryEntry]
    several: tuple[SeveralCountries, ...]
    seldom_both: tuple[tuple[CountryCode, CountryCode], ...]
    parts: tuple[PartOfCountry, ...]
    regions: ByLanguage


class PeopleWords(Strict):
    """One language's words for the people of countries, further names of countries, and what makes a word for people of
    any country's name (``behind_names``)."""

    people: dict[CountryCode, Words]
    names: dict[CountryCode, Words]
    behind_names: Words = ()


class CityWords(Strict):
    """Towns by country; one that stands under several countries is asked back."""

    cities: dict[CountryCode, Words]


class SeveralChoices(Strict):
    """Words that can mean several of a question's choices."""

    means: Annotated[tuple[str, ...], Field(min_length=2)]
    words: ByLanguage


class ChoiceTable(Strict):
    """A question with fixed choices: the words for each, words that can mean several, which of two choices named
    together is the one that counts (the first), and what a bare yes or no means."""

    choices: dict[str, ByLanguage]
    several: tuple[SeveralChoices, ...] = ()
    stronger: tuple[tuple[str, str], ...] = ()
    plain_yes: tuple[str, ...] = ()
    plain_no: str | None = None

    @model_validator(mode="after")
    def _only_choices(self) -> "ChoiceTable":
        used = {name for item in self.several for name in item.means} | {
            name for pair in self.stronger for name in pair
        }
        used |= {*self.plain_yes, *([self.plain_no] if self.plain_no else [])}
        unknown = used - set(self.choices)
        if unknown:
            raise ValueError(f"{', '.join(sorted(unknown))}: not among the choices {', '.join(self.choices)}")
        return self


class MonthForms(Strict):
    """Further forms of the names of months by language, January first."""

    months: dict[Language, Annotated[tuple[Words, ...], Field(min_length=12, max_length=12)]]


class NumberWords(Strict):
    """The numbers 0 to 99 in words by language, further forms of some, and the days of a month in words."""

    numbers: dict[Language, Annotated[Words, Field(min_length=100, max_length=100)]]
    also: dict[Language, dict[int, Words]]
    ordinals: dict[Language, Words]


class Terms(Strict):
    """Groups of words by what they are for, each by language."""

    terms: dict[str, ByLanguage]


def read_words(name: str, model: type[M], root: Path = ROOT) -> M:
    """One file of words, checked; ``name`` is its path below ``root`` without ending. Raises ContentError."""
    found: M = _read(name, model, root)
    return found


@cache
def _read(name: str, model: type[Strict], root: Path) -> Any:
    path = root / f"{name}.yaml"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ContentError([f"{path}: cannot be read: {error.strerror}; expected a file of words here"]) from error
    file = YamlFile(path, text)
    try:
        return TypeAdapter(model).validate_python(file.data)
    except ValidationError as error:
        raise ContentError(file.problems_of(error)) from error


@cache
def people_words(root: Path = ROOT) -> dict[str, PeopleWords]:
    """The words for people by language."""
    return {
        path.stem: read_words(f"people/{path.stem}", PeopleWords, root) for path in sorted((root / "people").glob("*"))
    }
