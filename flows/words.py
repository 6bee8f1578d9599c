"""What is said: the messages of ``content/<language>/*.yaml``, checked when they are loaded.

A file holds nested mappings of texts; the key of a message is the file's name and the path to it, joined by dots.
``{name}`` stands for a value. A text that depends on a number is a mapping ``plural: n`` with one text for each plural
form of the language (``one``, ``other`` ...). Lists are the words by which people may answer (``heard``). Markup is
``<b>`` and ``<i>`` only. ``language.yaml`` gives the language's name and its locale for dates, numbers and countries.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from flows.facts.yaml_file import ContentError, YamlFile
from flows.message import declared

REFERENCE = "en"
LONGEST_TEXT = 2000
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NAME = re.compile(r"[a-z][a-z0-9_]*")
TAG = re.compile(r"<(/?)(b|i)>")
KEY_PART = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Text:
    """One message: literals and placeholders in turn. ``pieces`` alternates text (even places) and value names (odd)."""

    pieces: tuple[str, ...]

    @property
    def placeholders(self) -> frozenset[str]:
        """The values that the text uses."""
        return frozenset(self.pieces[1::2])


@dataclass(frozen=True, slots=True)
class Plural:
    """One message in the plural forms of its language, chosen by the value ``number``."""

    number: str
    forms: Mapping[str, Text]

    @property
    def placeholders(self) -> frozenset[str]:
        """The values that any of the forms uses, and the number."""
        return frozenset((self.number,)).union(*(text.placeholders for text in self.forms.values()))


Entry = Text | Plural


@dataclass(frozen=True)
class Language:
    """All messages of one language. ``heard`` maps a key to the words by which people give that answer."""

    code: str
    name: str
    locale: str
    messages: Mapping[str, Entry]
    heard: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class WordBook:
    """The messages of every language; what a language lacks is said in the reference language."""

    languages: Mapping[str, Language]

    def language(self, code: str) -> Language:
        """The language for a messenger's language code such as ``pt-br``, else the reference language."""
        return self.languages.get(code.lower().split("-")[0], self.languages[REFERENCE])

    def message(self, key: str, language: str = REFERENCE) -> tuple[Entry, Language]:
        """A message and the language it is in; KeyError where no language has it."""
        spoken = self.language(language)
        if key not in spoken.messages:
            spoken = self.languages[REFERENCE]
        return spoken.messages[key], spoken

    def __contains__(self, key: str) -> bool:
        return key in self.languages[REFERENCE].messages

    def heard(self, key: str, language: str = REFERENCE) -> tuple[str, ...]:
        """The words by which people give an answer, in their language and in the reference language."""
        own = self.language(language).heard.get(key, ())
        return own if language == REFERENCE else own + self.languages[REFERENCE].heard.get(key, ())


def load_words(root: Path, fact_keys: Mapping[str, str] | None = None) -> WordBook:
    """Read and check every language below ``root``; ContentError names all problems at once.

    ``fact_keys`` are message keys that facts refer to, with the name of the fact that does.
    """
    problems: list[str] = []
    languages: dict[str, Language] = {}
    for path in sorted(root.glob("*/language.yaml")):
        language = _load_language(path.parent, problems)
        if language is not None:
            languages[language.code] = language
    if REFERENCE not in languages and not problems:
        problems.append(f"{root / REFERENCE / 'language.yaml'}:1: is missing; it names the language and its locale")
    if not problems:
        problems += _missing(root, languages[REFERENCE], fact_keys or {})
        for language in languages.values():
            problems += _strange_placeholders(root, language, languages[REFERENCE])
    if problems:
        raise ContentError(problems)
    return WordBook(languages)


def _load_language(folder: Path, problems: list[str]) -> Language | None:
    found = _Reader(folder, problems)
    for path in sorted(folder.glob("*.yaml")):
        found.read(path)
    about = found.about
    locale = str(about.get("locale", ""))
    try:
        plurals = set(Locale.parse(locale, sep="-").plural_form.tags) | {"other"}
    except (ValueError, UnknownLocaleError):
        problems.append(
            f"{folder / 'language.yaml'}:1: locale: {locale!r} is not a locale; expected something like en-GB"
        )
        return None
    for where, key, entry in found.plurals:
        if set(entry.forms) != plurals:
            problems.append(
                f"{where}: {key}: has the plural forms {sorted(entry.forms)}; {locale} needs {sorted(plurals)}"
            )
    return Language(folder.name, str(about.get("name", folder.name)), locale, found.messages, found.heard)


class _Reader:
    """Turns the files of one language into messages, collecting problems with file and line."""

    def __init__(self, folder: Path, problems: list[str]) -> None:
        self.folder = folder
        self.problems = problems
        self.messages: dict[str, Entry] = {}
        self.heard: dict[str, tuple[str, ...]] = {}
        self.plurals: list[tuple[str, str, Plural]] = []
        self.about: Mapping[str, Any] = {}

    def read(self, path: Path) -> None:
        """Take in one file."""
        try:
            file = YamlFile(path)
        except ContentError as error:
            self.problems += error.problems
            return
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(f"{path}:1: cannot be read: {error}; save it as UTF-8 text")
            return
        if path.name == "language.yaml":
            self.about = file.data if isinstance(file.data, dict) else {}
            return
        for where, key, value in self._leaves(file, (), file.data):
            self._take(where, key, value)

    def _leaves(self, file: YamlFile, path: tuple[str | int, ...], value: Any) -> Iterator[tuple[str, str, Any]]:
        where = f"{file.path}:{file.line_of(path)}"
        key = ".".join([file.path.stem, *map(str, path)])
        if isinstance(value, dict) and "plural" not in value:
            for part, inner in value.items():
                if not KEY_PART.fullmatch(str(part)):
                    line = file.line_of((*path, part))
                    self.problems.append(f"{file.path}:{line}: {key}: the key {part!r} may only have a-z, 0-9 and _")
                yield from self._leaves(file, (*path, part), inner)
        elif isinstance(value, str | dict | list):
            yield where, key, value
        else:
            self.problems.append(f"{where}: {key}: expected a text, found {value!r}; put it in quotes")

    def _take(self, where: str, key: str, value: Any) -> None:
        if isinstance(value, list):
            self.heard[key] = tuple(str(word).casefold() for word in value)
        elif isinstance(value, str):
            self.messages[key] = self._text(where, key, value)
        else:
            forms = {str(form): text for form, text in value.items() if form != "plural"}
            wrong = [form for form, text in forms.items() if not isinstance(text, str)]
            if wrong:
                self.problems.append(f"{where}: {key}: the plural forms {wrong} are not texts")
                return
            plural = Plural(str(value["plural"]), {form: self._text(where, key, text) for form, text in forms.items()})
            self.messages[key] = plural
            self.plurals.append((where, key, plural))

    def _text(self, where: str, key: str, text: str) -> Text:
        text = text.strip().replace("'", "’")  # the apostrophe of print, whichever was typed
        if not text:
            self.problems.append(f"{where}: {key}: is empty")
        if len(text) > LONGEST_TEXT:
            self.problems.append(f"{where}: {key}: has {len(text)} characters; split it, at most {LONGEST_TEXT}")
        pieces = PLACEHOLDER.split(text)
        for name in pieces[1::2]:
            if not NAME.fullmatch(name):
                self.problems.append(
                    f"{where}: {key}: {{{name}}} is not a placeholder; expected a name such as {{day}}"
                )
        if any(brace in literal for literal in pieces[::2] for brace in "{}"):
            self.problems.append(f"{where}: {key}: a brace without its partner; write placeholders as {{name}}")
        opened: list[str] = []
        for closing, tag in TAG.findall(text):
            if not closing:
                opened.append(tag)
            elif not opened or opened.pop() != tag:
                self.problems.append(f"{where}: {key}: </{tag}> closes nothing")
        if opened:
            self.problems.append(f"{where}: {key}: <{opened[-1]}> is not closed")
        if re.search(r"<[a-z/]", TAG.sub("", text)):
            self.problems.append(f"{where}: {key}: markup other than <b> and <i>; take it out")
        return Text(tuple(pieces))


def _missing(root: Path, reference: Language, fact_keys: Mapping[str, str]) -> Iterator[str]:
    for key in sorted(declared().keys() - reference.messages.keys()):
        yield f"{root / REFERENCE}: the message {key} is said by the code and missing; add it to {key.split('.')[0]}.yaml"
    for key in sorted(fact_keys.keys() - reference.messages.keys()):
        yield (
            f"{root / REFERENCE}: the message {key} is named by {fact_keys[key]} and missing; "
            f"add it to {key.split('.')[0]}.yaml or correct the name"
        )


def _strange_placeholders(root: Path, language: Language, reference: Language) -> Iterator[str]:
    for key, entry in language.messages.items():
        given = declared().get(key)
        if given is None:
            given = reference.messages[key].placeholders if key in reference.messages else frozenset()
        strange = entry.placeholders - given
        if strange:
            known = ", ".join(sorted(given)) or "none"
            yield (
                f"{root / language.code / (key.split('.')[0] + '.yaml')}: {key}: nobody fills {sorted(strange)}; "
                f"its values are: {known}"
            )
