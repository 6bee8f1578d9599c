"""The parts of a sentence in which nothing stands that is not known: only there a fact is certain to be one.

"I'm 31 and Irish" is known throughout. In "I met a Canadian" and "an Irish pub" a word of no known use decides.
"""

from collections.abc import Sequence

from flows.understanding.calendar_words import month_at, number_at
from flows.understanding.mentions import Item, items_of
from flows.understanding.moment import text_languages
from flows.understanding.places import PlaceKind
from flows.understanding.terms import fillers, fitting, terms_of
from flows.understanding.tokens import Kind, Token

_TABLES = ("sentence", "age_or_birth_date", "dates", "lives_in")
_OF_COUPLES = frozenset({"couple", "living", "not_yet"})  # verbs, that say whom somebody met
_BREAKS = frozenset(",;.!?:()/")


def safe_runs(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of each clause up to its first unknown word; of the words just before that, what it may change is left
    out: a nationality (of a pub) or a number (of months)."""
    languages = text_languages(tokens)
    kept: list[Token] = []
    cut = False
    place = 0
    for item in items_of(tokens, "citizenships", "lives_in", towns=True):
        if item.start < place:
            continue  # already part of a longer phrase
        place = item.end
        if item.mark and item.mark in _BREAKS:
            cut = False
            kept.append(tokens[item.start])
        elif cut:
            continue
        elif not item.unknown and not _foreign(tokens, item, languages):
            kept += tokens[item.start : item.end]
        elif (end := _known(tokens, item, languages)) is not None:
            kept += tokens[item.start : end]
            place = end
        else:
            cut = True
            _drop_adjective(kept, tokens, item)
    return kept


def _foreign(tokens: Sequence[Token], item: Item, languages: frozenset[str]) -> bool:
    """Whether a small word is one only in another language: met is Dutch for with, and English for having got to know."""
    found = fillers().at(tokens, item.start) if item.plain and tokens[item.start].kind is Kind.WORD else None
    return found is not None and bool(languages) and not fitting(found.meanings, languages)


def _known(tokens: Sequence[Token], item: Item, languages: frozenset[str]) -> int | None:
    """The place after a word that other questions know; None if none does."""
    for name in _TABLES:
        found = terms_of(name).at(tokens, item.start)
        meanings = () if found is None else fitting(found.meanings, languages) if languages else found.meanings
        if found is not None and any(term.group not in _OF_COUPLES for term in meanings):
            return found.end
    number = number_at(tokens, item.start, languages) or month_at(tokens, item.start)
    return number[1] if number is not None else None


def _drop_adjective(kept: list[Token], tokens: Sequence[Token], item: Item) -> None:
    """Take away a nationality or a number right before an unknown word."""
    if item.start == 0 or not kept or kept[-1] is not tokens[item.start - 1]:
        return
    before = tokens[: item.start]
    if kept[-1].kind is Kind.NUMBER:
        kept.pop()
        return
    for found in items_of(before, "citizenships"):
        if found.mention and found.end == len(before) and found.mention.kind is PlaceKind.PEOPLE:
            del kept[-(found.end - found.start) :]
