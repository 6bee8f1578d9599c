"""Months, weekdays and numbers in words, in the partner countries' languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from flows.understanding.lexicon import MonthForms, NumberWords, read_words
from flows.understanding.phrases import Phrases
from flows.understanding.places import LANGUAGES
from flows.understanding.spelling import Spelling
from flows.understanding.tokens import Kind, Token, fold, words_of

# Short forms that are everyday words or numbers of another language: ago (es), out (pt), set (it, pt), uno (cs), pro (cs).
_OTHER_WORDS = frozenset(
    {"ago", "out", "set", "des", "uno", "pro", "led", "lie", "bal", "spa", "lap", "tra", "kol", "dub"}
)
_SHORTEST_GUESSED = 5


@dataclass(frozen=True, slots=True)
class Named:
    """The number that a word stands for (a month 1-12, a weekday 0-6 from Monday, or a number) in one language."""

    number: int
    language: str


@cache
def month_phrases() -> Phrases[Named]:
    """Names of months, full and shortened, in every form that Babel knows."""
    table: Phrases[Named] = Phrases()
    for locale in LANGUAGES:
        language = locale.split("_")[0]
        months = Locale.parse(locale).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    words = words_of(name)
                    if words and words[0].isalpha() and len("".join(words)) > 2 and " ".join(words) not in _OTHER_WORDS:
                        table.add_plain(words, Named(number, language))
    table.add_plain(("sept",), Named(9, "en"))
    for language, forms in read_words("months", MonthForms).months.items():
        for number, names in enumerate(forms, start=1):
            for name in names:
                table.add(name, Named(number, language))
    return table


@cache
def _month_spelling() -> Spelling[int]:
    found: list[tuple[str, int]] = []
    for locale in LANGUAGES:
        for number, name in Locale.parse(locale).months["format"]["wide"].items():
            word = fold(name)
            if word.isalpha() and len(word) >= _SHORTEST_GUESSED:
                found.append((word, number))
    return Spelling(found)


@cache
def weekday_phrases() -> Phrases[Named]:
    """Names of weekdays, full and shortened where a short form has three letters or more."""
    table: Phrases[Named] = Phrases()
    for locale in LANGUAGES:
        language = locale.split("_")[0]
        days = Locale.parse(locale).days
        for width in ("wide", "abbreviated"):
            for number, name in days["format"][width].items():
                words = words_of(name)
                if words and (len("".join(words)) > 4 or width == "wide" or (language == "en" and len(words[0]) > 2)):
                    table.add_plain(words, Named(number, language))
    return table


@cache
def number_phrases() -> Phrases[Named]:
    """The numbers 0 to 99 in words."""
    table: Phrases[Named] = Phrases()
    words = read_words("numbers", NumberWords)
    for language, names in words.numbers.items():
        for number, name in enumerate(names):
            table.add_plain(words_of(name), Named(number, language))
            table.add_plain(("".join(words_of(name)),), Named(number, language))  # twentynine
    for language, forms in words.also.items():
        for number, names in forms.items():
            for name in names:
                table.add_plain(words_of(name), Named(number, language))
    return table


@cache
def ordinal_phrases() -> Phrases[Named]:
    """The days of a month in words: first, premier."""
    table: Phrases[Named] = Phrases()
    for language, names in read_words("numbers", NumberWords).ordinals.items():
        for number, name in enumerate(names, start=1):
            table.add(name, Named(number, language))
    return table


def month_at(tokens: Sequence[Token], place: int) -> tuple[frozenset[int], int] | None:
    """The months that the words from ``place`` on can name, and the place after them; a misspelt one where it is sure.

    Some names differ between languages (listopad is October or November), hence a set.
    """
    found = month_phrases().at(tokens, place)
    if found is not None:
        return frozenset(named.number for named in found.meanings), found.end
    token = tokens[place]
    if token.kind is Kind.WORD and len(token.text) >= _SHORTEST_GUESSED and token.text.isascii():
        guess = _month_spelling().guess(token.text)
        if guess is not None and guess.sure:
            return frozenset(guess.meanings), place + 1
    return None


def number_at(tokens: Sequence[Token], place: int, languages: frozenset[str]) -> tuple[int, int] | None:
    """The number in digits or words at ``place``, and the place after it; words only of the text's languages."""
    if place >= len(tokens):
        return None
    if tokens[place].kind is Kind.NUMBER:
        return (int(tokens[place].text), place + 1) if len(tokens[place].text) <= 9 else None
    found = number_phrases().at(tokens, place)
    if found is None:
        return None
    fitting = {named.number for named in found.meanings if not languages or named.language in languages}
    return (fitting.pop(), found.end) if len(fitting) == 1 else None
