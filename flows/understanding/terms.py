"""Tables of surrounding words, built from the content: cues, negations, fillers, yes and no, "I don't know"."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from flows.understanding.lexicon import ByLanguage, Common, Terms, read_words
from flows.understanding.phrases import Phrases
from flows.understanding.tokens import Kind, Token

UNKNOWN = "unknown"  # the value of "I don't know"
YES = "yes"
NO = "no"


@dataclass(frozen=True, slots=True)
class Term:
    """A word's use and its language."""

    group: str
    language: str


def entries(group: str, words: ByLanguage) -> Iterator[tuple[str, Term]]:
    """One group of words, as entries of a table of phrases."""
    for language, phrases in words.items():
        for phrase in phrases:
            yield phrase, Term(group, language)


def common() -> Common:
    """The words that mean the same whatever the question was."""
    return read_words("common", Common)


@cache
def terms_of(*files: str) -> Phrases[Term]:
    """The groups of words of these files as one table."""
    table: Phrases[Term] = Phrases()
    for file in files:
        for group, words in read_words(file, Terms).terms.items():
            for phrase, term in entries(group, words):
                table.add(phrase, term)
    return table


@cache
def _common_table(group: str) -> Phrases[Term]:
    return Phrases(entries(group, getattr(common(), group)))


def fillers() -> Phrases[Term]:
    """Words that add nothing; they tell the language of a sentence."""
    return _common_table("fillers")


def negations() -> Phrases[Term]:
    """Words that turn what follows into its opposite."""
    return _common_table("negations")


def turns() -> Phrases[Term]:
    """Words behind which a new thought begins: a "not" before them denies nothing after them."""
    return _common_table("turns")


def denies(tokens: Sequence[Token], languages: frozenset[str], *tables: Phrases[Term]) -> bool:
    """Whether a "not" stands in the tokens. A word that is a small word of another likely language (en, sem) is none;
    ``tables`` hold further such words."""
    for found in negations().find(tokens):
        own = {term.language for term in fitting(found.meanings, languages)}
        others: set[str] = set()
        for table in (fillers(), *tables):
            same = table.at(tokens, found.start)
            if same is not None and same.end == found.end:
                others |= {term.language for term in fitting(same.meanings, languages)}
        if not languages or (own and not others - own):
            return True
    return False


def doubts() -> Phrases[Term]:
    """Words that put what follows into the future, into the past or into doubt."""
    return _doubts()


@cache
def _doubts() -> Phrases[Term]:
    table: Phrases[Term] = Phrases(entries("hopes", common().hopes))
    for phrase, term in entries("over", common().over):
        table.add(phrase, term)
    return table


def says_dont_know(tokens: Sequence[Token]) -> bool:
    """Whether the whole answer is "I don't know", small words aside."""
    known = {place for found in _common_table("dont_know").find(tokens) for place in range(found.start, found.end)}
    if not known:
        return False
    rest = [token for place, token in enumerate(tokens) if place not in known and token.kind is not Kind.MARK]
    return sum(found.end - found.start for found in fillers().find(rest)) == len(rest)


def says_yes(tokens: Sequence[Token]) -> bool:
    """Whether the whole answer is a yes."""
    return bool(_common_table("yes").whole(tokens))


def says_no(tokens: Sequence[Token]) -> bool:
    """Whether the whole answer is a no."""
    return bool(_common_table("no").whole(tokens))


def leading(tokens: Sequence[Token]) -> str | None:
    """``YES`` or ``NO`` where the answer is or begins with one ("no, I work in a bar"); None where it does not."""
    if not tokens or tokens[0].kind is Kind.MARK:
        return None
    for answer in (YES, NO):
        found = _common_table(answer).at(tokens, 0)
        if found and (found.end == len(tokens) or tokens[found.end].kind is Kind.MARK):
            return answer
    return None


class Spoken(Protocol):
    """Anything that belongs to a language."""

    @property
    def language(self) -> str:
        """Its language."""
        ...


def languages_of(tokens: Sequence[Token], *tables: Phrases[Any]) -> frozenset[str]:
    """The languages that fit most of the small words of a text, those of ``tables`` among them; empty if it has none."""
    placed: set[tuple[int, str]] = set()  # a word counts once for a language, in however many tables it stands
    for table in (fillers(), negations(), *tables):
        for found in table.find(tokens):
            meanings: Sequence[Spoken] = found.meanings
            placed.update((found.start, meaning.language) for meaning in meanings)
    counted = Counter(language for _, language in placed if language)
    most = max(counted.values(), default=0)
    return frozenset(language for language, count in counted.items() if count == most)


def fitting(meanings: Sequence[Term], languages: frozenset[str]) -> tuple[Term, ...]:
    """Those meanings that belong to the languages of the text."""
    return tuple(term for term in meanings if term.language in languages)
