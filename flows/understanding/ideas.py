"""A typed question as ideas: what it is about, in whatever language, and the rare words that are left over.

An idea is a concept of ``content/understanding/asking.yaml``; its words are looked for at each place, the longest first.
What no concept knows is kept by its stem, so that a question can still meet a phrasing that uses the same word.
"""

import re
from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Annotated

import snowballstemmer
from pydantic import BeforeValidator, Field, model_validator
from rapidfuzz import process
from rapidfuzz.distance import OSA

from flows.facts.record import Strict
from flows.understanding.lexicon import Language, read_words
from flows.understanding.tokens import fold

# How much a meeting in each counts: an idea, the narrower idea inside a wider one, a word's stem, two signs in a row.
IDEA, NARROWER, STEM, SIGNS = 1.0, 0.35, 0.6, 0.3

_STEMMERS = {"en": "english", "fr": "french", "de": "german", "es": "spanish", "it": "italian", "pt": "portuguese"}
# Numbers that can be ages: no length, day, amount or year stands behind them.
_AGES = re.compile(
    r"\b(1[89]|[2-5]\d)\b(?! (?:mo|da|we|ho|mi|jo|ta|di|se|st|dol|cad|per|euro)| ?(?:か月|ヶ月|개월|個月|個|月|日|天|週|주|일|%))"
)
_LIMITS = (30, 35)  # ages on both sides of one of the limits are two people's, and the question is about that
_GROUPED_DIGITS = re.compile(r"(?<=\d)[.,' ](?=\d{3}\b)")
_SIGN_GAP = re.compile(
    "(?<=[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]) +(?=[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3])"
)
_PARTS = re.compile(r"[a-z0-9]+|[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_HANGUL, _KANA = re.compile("[\uac00-\ud7a3]"), re.compile("[\u3041-\u30ff]")
_ONLY_HIRAGANA = re.compile("[\u3041-\u309f]+")


def _terms(text: object) -> object:
    return tuple(term for term in (part.strip() for part in text.split(",")) if term) if isinstance(text, str) else text


Terms = Annotated[tuple[str, ...], BeforeValidator(_terms), Field(min_length=1)]
StopWords = Annotated[frozenset[str], BeforeValidator(lambda text: frozenset(str(text).split()))]


class Concept(Strict):
    """One idea: its words by language (a star stands for any ending), and the wider idea it is a case of.

    ``everywhere`` marks ideas whose single English words are used in other languages as they are, such as "pool".
    """

    is_a: str | None = None
    everywhere: bool = False
    words: dict[Language, Terms]


class AskingWords(Strict):
    """All ideas, and the words that say nothing about what a question is about."""

    question_words: dict[Language, Terms]
    stop_words: dict[Language, StopWords]
    concepts: dict[str, Concept]

    @model_validator(mode="after")
    def _wider_ideas_exist(self) -> "AskingWords":
        strange = {concept.is_a for concept in self.concepts.values() if concept.is_a} - self.concepts.keys()
        if strange:
            raise ValueError(f"is_a names {', '.join(sorted(strange))}, which is no concept; correct the name")
        return self


def plain(text: str) -> str:
    """The text folded, without marks: words and signs parted by single blanks."""
    return " ".join(_PARTS.findall(_SIGN_GAP.sub("", _GROUPED_DIGITS.sub("", fold(text)))))


class _Table:
    """The words of one language: whole words, beginnings, and longer phrases by their first two words."""

    def __init__(self) -> None:
        self.phrases: dict[str, list[tuple[tuple[str, ...], bool]]] = defaultdict(list)
        self.pairs: dict[tuple[str, str], list[tuple[tuple[str, ...], bool]]] = defaultdict(list)
        self.meant: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self.beginnings: dict[str, list[str]] = defaultdict(list)
        self.signs: dict[str, list[str]] = defaultdict(list)
        self.sign_pattern: re.Pattern[str] | None = None
        self._shortest = 0
        self._begun = cache(self._beginning)

    def add(self, term: str, concept: str) -> None:
        """Enter one term of a concept."""
        words = plain(term).split()
        if not words:
            return
        if _is_signs(words[0]):
            self.signs["".join(words)].append(concept)
        elif len(words) == 1 and term.endswith("*"):
            self.beginnings[words[0]].append(concept)
        else:
            phrase, open_end = tuple(words), term.endswith("*")
            self.meant[phrase].append(concept)
            if len(phrase) > 2 or (len(phrase) == 2 and not open_end):
                self.pairs[phrase[0], phrase[1]].append((phrase, open_end))
            else:
                self.phrases[phrase[0]].append((phrase, open_end))

    def close(self) -> None:
        """Make ready for use: the longest phrases first."""
        for found in (*self.phrases.values(), *self.pairs.values()):
            found.sort(key=lambda entry: -len(entry[0]))
        self._shortest = min(map(len, self.beginnings), default=0)
        if self.signs:
            longest_first = sorted(self.signs, key=len, reverse=True)
            self.sign_pattern = re.compile("|".join(map(re.escape, longest_first)))

    def at(self, words: list[str], place: int) -> tuple[int, list[str]]:
        """How many words from ``place`` on are a term, and the concepts it stands for; 0 where none is."""
        first = words[place]
        following = self.pairs.get((first, words[place + 1]), ()) if place + 1 < len(words) else ()
        for phrase, open_end in (*following, *self.phrases.get(first, ())):
            end = place + len(phrase)
            if end > len(words) or tuple(words[place : end - 1]) != phrase[:-1]:
                continue
            if words[end - 1] == phrase[-1] or (open_end and words[end - 1].startswith(phrase[-1])):
                return len(phrase), self.meant[phrase]
        begun = self._begun(words[place])
        return (1, begun) if begun else (0, [])

    def _beginning(self, word: str) -> list[str]:
        """The concepts of the longest beginning that the word has."""
        for length in range(len(word), self._shortest - 1 if self._shortest else len(word), -1):
            if word[:length] in self.beginnings:
                return self.beginnings[word[:length]]
        return []


def _is_signs(word: str) -> bool:
    return ord(word[0]) > 0x3000


class Ideas:
    """Turns texts into ideas and stems with their weights."""

    def __init__(self, words: AskingWords) -> None:
        self._stop = words.stop_words
        self._wider = {name: concept.is_a for name, concept in words.concepts.items() if concept.is_a}
        self._everywhere = {name for name, concept in words.concepts.items() if concept.everywhere}
        self._tables: dict[str, _Table] = defaultdict(_Table)
        for name, concept in words.concepts.items():
            for language, terms in concept.words.items():
                for term in terms:
                    self._tables[language].add(term, name)
        for table in self._tables.values():
            table.close()
        self._known = sorted(
            {word for table in self._tables.values() for phrase in table.meant for word in phrase if len(word) > 4}
        )
        self._openers = {tuple(plain(term).split()) for terms in words.question_words.values() for term in terms}
        self._stem = cache(self._stemmed)
        self._spelled = cache(self._spelling)

    def of(self, text: str, languages: Collection[str] = (), *, typed: bool = False) -> dict[str, float]:
        """The ideas (``@name``) and stems of a text with their weights. ``languages`` where they are known, else they are
        told by the words; ``typed`` texts may be misspelt."""
        words = plain(text).split()
        spoken = list(languages) or self.languages(words)
        found: dict[str, float] = {}
        place = 0
        while place < len(words):
            if _is_signs(words[place]):
                self._signs(words[place], spoken, found)
                place += 1
                continue
            place += self._word(words, place, spoken, found, typed)
        ages = [int(age) for age in _AGES.findall(" ".join(words))]
        if any(min(ages) <= limit < max(ages) for limit in _LIMITS if ages):
            found["@two_ages"] = IDEA
        return found

    def opens_question(self, text: str) -> bool:
        """Whether a text, or what follows a comma or colon in it, begins as questions do."""
        for part in re.split(r"[,:;.!\n]", text):
            words = plain(part).split()
            if any(tuple(words[: len(opener)]) == opener for opener in self._openers):
                return True
        return False

    def languages(self, words: list[str]) -> list[str]:
        """The languages that a text may be in, English always among those of the Latin letters."""
        if any(_is_signs(word) for word in words):
            text = "".join(words)
            east = ["ko"] if _HANGUL.search(text) else ["ja"] if _KANA.search(text) else ["zh", "ja"]
            return [*east, "en"]
        hits = {code: sum(word in stop for word in words) for code, stop in self._stop.items()}
        most = max(hits.values(), default=0)
        if most == 0:
            return list(_STEMMERS)
        return [code for code in _STEMMERS if hits.get(code, 0) == most or (code == "en" and most < 3)]

    def _word(self, words: list[str], place: int, spoken: list[str], found: dict[str, float], typed: bool) -> int:
        """Take in the term at ``place``; how many words it takes up."""
        best, names = 0, []
        for language in dict.fromkeys([*spoken, "en"]):
            length, concepts = self._tables[language].at(words, place)
            if length == 1 and language not in spoken:
                concepts = [name for name in concepts if name in self._everywhere]
                length = 1 if concepts else 0
            if length > best:
                best, names = length, concepts
            elif length == best:
                names = [*names, *concepts]
        if best:
            self._note(names, found)
            return best
        word = words[place]
        if any(word in self._stop.get(language, ()) for language in spoken):
            return 1
        if typed and len(word) > 6 and not word.isdigit():
            meant = self._spelled(word)
            if meant is not None:
                return self._word([meant], 0, spoken, found, False)
        if len(word) > 2 or word.isdigit():
            found.setdefault(self._stem(word, spoken[0]), STEM)
        return 1

    def _note(self, names: list[str], found: dict[str, float]) -> None:
        for name in names:
            wider = self._wider.get(name)
            found[f"@{name}"] = max(found.get(f"@{name}", 0), NARROWER if wider else IDEA)
            if wider:
                found[f"@{wider}"] = IDEA

    def _signs(self, run: str, spoken: list[str], found: dict[str, float]) -> None:
        rest = run
        for language in spoken:
            pattern = self._tables[language].sign_pattern
            if pattern is None:
                continue
            for match in pattern.finditer(rest):
                self._note(self._tables[language].signs[match.group()], found)
            rest = pattern.sub(" ", rest)
        for piece in rest.split():
            for start in range(len(piece) - 1):
                pair = piece[start : start + 2]
                if not _ONLY_HIRAGANA.fullmatch(pair):
                    found.setdefault(pair, SIGNS)

    def _stemmed(self, word: str, language: str) -> str:
        stemmer = _stemmer(_STEMMERS.get(language, "english"))
        return str(stemmer.stemWord(word))

    def _spelling(self, word: str) -> str | None:
        near = process.extractOne(word, self._known, scorer=OSA.distance, score_cutoff=1 if len(word) < 9 else 2)
        return str(near[0]) if near and near[0][0] == word[0] else None


@cache
def _stemmer(name: str) -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer(name)


@cache
def known_ideas() -> Ideas:
    """The ideas of the content, read once."""
    return Ideas(read_words("asking", AskingWords))
