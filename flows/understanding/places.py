"""Countries in people's words: names, words for their people, codes, flags and towns, in the partner countries' languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from babel import Locale
from babel.core import get_global

from flows.understanding.lexicon import CityWords, CountryWords, people_words, read_words
from flows.understanding.phrases import LOOSE, Phrases
from flows.understanding.spelling import Spelling
from flows.understanding.tokens import Kind, Token, words_of

# The languages of the countries with an agreement, as Babel names them. Plain "zh" is the simplified script.
LANGUAGES = (
    "en", "fr", "de", "es", "pt", "it", "nl", "da", "sv", "nb", "fi", "et", "lv", "lt", "pl", "cs", "sk", "sl", "hr",
    "el", "ja", "ko", "zh_Hant", "zh", "is", "ca", "ga",
)  # fmt: skip
_SHORT = 4  # a word for people of so few letters is often another word in another language (dan, fin, est, let)
_NATIONS_OF_GB = {"eng": "GB", "sct": "GB", "wls": "GB", "nir": "GB"}
_ZONES_WITHOUT_TOWNS = ("Etc", "Antarctica")


class PlaceKind(StrEnum):
    """How a country was named."""

    NAME = "name"
    PEOPLE = "people"
    CODE = "code"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Place:
    """A country as named: ``code`` where it lies, ``citizens_of`` the citizenships that its people can hold.

    ``language`` is that of a word from a language's own list ("" for names that Babel knows); a ``short`` one counts only
    among words of that language.
    """

    kind: PlaceKind
    code: str
    citizens_of: tuple[str, ...]
    language: str = ""
    short: bool = False


def country_words() -> CountryWords:
    """The English words for countries, and what holds in every language."""
    return read_words("countries", CountryWords)


@cache
def known_codes() -> frozenset[str]:
    """The two-letter codes of all countries and territories."""
    return frozenset(country_words().countries)


def citizens_of_code(code: str) -> tuple[str, ...]:
    """The citizenships that people of this country or territory hold: its own, or those of the country it belongs to."""
    return country_words().countries[code].citizens_of or (code,)


def _with_endings(words: str) -> Iterator[str]:
    """``irlandais/e/es`` as irlandais, irlandaise, irlandaises."""
    stem, *endings = words.split("/")
    yield stem
    for ending in endings:
        yield stem + ending


def _babel_names() -> Iterator[tuple[str, Place]]:
    known = known_codes()
    places = {code: Place(PlaceKind.NAME, code, citizens_of_code(code)) for code in known}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in known:
                yield name, places[code]
                if "&" in name:
                    yield name.replace("&", "and"), places[code]
                if "(" in name:
                    yield name[: name.index("(")], places[code]


def _own_names() -> Iterator[tuple[str, Place]]:
    words = country_words()
    for code, entry in words.countries.items():
        for name in entry.also:
            yield name, Place(PlaceKind.NAME, code, citizens_of_code(code))
        for people in entry.people:
            yield people, Place(PlaceKind.PEOPLE, code, citizens_of_code(code), "en")
    for several in words.several:
        for word in several.words:
            for code in several.means:
                yield word, Place(PlaceKind.PEOPLE, code, (code,))
    for part in words.parts:
        for name in part.names:
            yield name, Place(PlaceKind.NAME, part.lies_in, part.citizens_of)
        for people in part.people:
            yield people, Place(PlaceKind.PEOPLE, part.lies_in, part.citizens_of)
    for language, table in people_words().items():
        for ending in table.behind_names:
            for code, name in Locale.parse(language).territories.items():
                if code in words.countries and " " not in name:
                    yield name + ending, Place(PlaceKind.PEOPLE, code, citizens_of_code(code), language)
        for code, names in table.names.items():
            for name in names:
                yield (
                    name,
                    Place(PlaceKind.NAME, code, citizens_of_code(code), language, name.isascii() and len(name) <= 2),
                )
        for code, all_people in table.people.items():
            for people in all_people:
                for form in _with_endings(people):
                    short = len(form) <= _SHORT and language not in ("ja", "ko", "zh")
                    yield form, Place(PlaceKind.PEOPLE, code, citizens_of_code(code), language, short)


@cache
def _all_names() -> tuple[tuple[tuple[str, ...], Place], ...]:
    """Every name once, as its words."""
    return tuple(dict.fromkeys((words_of(name), place) for name, place in (*_babel_names(), *_own_names())))


@cache
def country_phrases() -> Phrases[Place]:
    """All names of countries and words for their people."""
    table: Phrases[Place] = Phrases(joining=LOOSE)
    for words, place in _all_names():
        table.add_plain(words, place)
    return table


@cache
def town_phrases() -> Phrases[Place]:
    """Towns, from Babel's time zones in every language and from the content."""
    table: Phrases[Place] = Phrases()
    territories = get_global("zone_territories")
    for language in LANGUAGES:
        zones = Locale.parse(language).time_zones
        for zone, code in territories.items():
            if code in known_codes() and "/" in zone and not zone.startswith(_ZONES_WITHOUT_TOWNS):
                name = zones.get(zone, {}).get("city") or (
                    zone.split("/")[-1].replace("_", " ") if language == "en" else ""
                )
                if name:
                    table.add_plain(words_of(name), Place(PlaceKind.TOWN, code, citizens_of_code(code)))
    for code, towns in read_words("cities", CityWords).cities.items():
        for town in towns:
            table.add_plain(words_of(town), Place(PlaceKind.TOWN, code, citizens_of_code(code)))
    return table


@cache
def region_phrases() -> Phrases[str]:
    """Words for more than one country at once, such as Europe, with their language."""
    return Phrases((word, language) for language, words in country_words().regions.items() for word in words)


@cache
def country_spelling() -> Spelling[str]:
    """Misspelt names: what country (or group of countries) a word was probably meant to be."""
    return Spelling((" ".join(words), code) for words, code in _spellable())


def _spellable() -> Iterator[tuple[tuple[str, ...], str]]:
    for words, place in _all_names():
        if len(words) <= 2 and not place.short and all(word.isalpha() and len(word) > 2 for word in words):
            yield words, place.code


@cache
def _by_iso3() -> dict[str, str]:
    return {entry.iso3: code for code, entry in country_words().countries.items()}


def code_of(token: Token) -> str | None:
    """The country whose two- or three-letter code this word is, whatever its capitals; None if it is none."""
    code = token.raw.upper()
    return code if code in known_codes() else _by_iso3().get(code)


def flag_of(token: Token) -> str | None:
    """The country of a flag; None if it is the flag of no country."""
    if token.kind is not Kind.FLAG:
        return None
    if len(token.raw) == 2:
        code = "".join(chr(ord(sign) - 0x1F1E6 + ord("A")) for sign in token.raw)
        return code if code in known_codes() else None
    tag = "".join(chr(ord(sign) - 0xE0000) for sign in token.raw[1:-1])
    return _NATIONS_OF_GB.get(tag[2:]) if tag.startswith("gb") else None
