"""Answers to questions with fixed choices, told in a person's own words: which choice, several possible ones, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from flows.understanding.lexicon import ChoiceTable, read_words
from flows.understanding.phrases import Found, Phrases
from flows.understanding.result import Understood
from flows.understanding.spelling import Spelling
from flows.understanding.terms import (
    NO,
    YES,
    denies,
    doubts,
    fillers,
    fitting,
    languages_of,
    leading,
    negations,
    terms_of,
    turns,
)
from flows.understanding.tokens import Kind, Token, tokens_of

_NEAR = 4  # so many words before a phrase can deny it or put it into the future
_AFTER = 6  # Japanese and Korean deny behind the word, sign by sign
_STOPS = frozenset(",;.!?()")
_STORY = 9  # words of no known use in a text that is a story rather than an answer: its finding is asked back
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Meaning:
    """The choices that a phrase can mean, in one language."""

    choices: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text says: choices it names for certain, sets it can mean, choices it denies or puts into doubt."""

    named: tuple[str, ...]
    several: tuple[tuple[str, ...], ...]
    denied: frozenset[str]
    doubted: frozenset[str]
    unknown_words: int


@cache
def _phrases(name: str) -> Phrases[Meaning]:
    table = read_words(name, ChoiceTable)
    found: Phrases[Meaning] = Phrases()
    for choice, words in table.choices.items():
        for language, phrases in words.items():
            for phrase in phrases:
                found.add(phrase, Meaning((choice,), language))
    for several in table.several:
        for language, phrases in several.words.items():
            for phrase in phrases:
                found.add(phrase, Meaning(several.means, language))
    return found


@cache
def _spelling(name: str) -> Spelling[str]:
    return Spelling((word, word) for word in _phrases(name).vocabulary)


def understand_choice(name: str, text: str) -> Understood:
    """The choice of ``content/understanding/<name>.yaml`` that the text means.

    Error ``understand.<name>.not_understood`` where it names none.
    """
    tokens = tokens_of(text)
    table = read_words(name, ChoiceTable)
    evidence = read_evidence(name, tokens)
    return weigh(name, table, evidence, leading(tokens))


def weigh(name: str, table: ChoiceTable, evidence: Evidence, plain: str | None) -> Understood:
    """The verdict on a text's evidence and on the yes or no that it begins with."""
    possible = _possible(table, evidence)
    yes_or_no = _of_yes_or_no(table, plain)
    if yes_or_no:
        agreed = [choice for choice in possible if choice in yes_or_no]
        possible = agreed or list(dict.fromkeys([*possible, *yes_or_no]))
    if not possible and (evidence.denied or evidence.doubted):
        rest = [choice for choice in table.choices if choice not in evidence.denied | evidence.doubted]
        possible = [*rest, *(choice for choice in table.choices if choice in evidence.doubted)]
        if possible:
            return Understood(ask_back=tuple(possible[:_SHOWN]))
    if not possible:
        return Understood(error=f"understand.{name}.not_understood")
    if len(possible) == 1 and evidence.unknown_words < _STORY:
        return Understood(value=possible[0])
    return Understood(ask_back=tuple(possible[:_SHOWN]))


def _of_yes_or_no(table: ChoiceTable, plain: str | None) -> tuple[str, ...]:
    if plain == YES:
        return table.plain_yes
    return (table.plain_no,) if plain == NO and table.plain_no else ()


def _possible(table: ChoiceTable, evidence: Evidence) -> list[str]:
    named = [choice for choice in evidence.named if choice not in evidence.denied]
    named = [choice for choice in named if not any((other, choice) in table.stronger for other in named)]
    sets = [[choice for choice in choices if choice not in evidence.denied] for choices in evidence.several]
    for choices in sets:
        if not named:
            break
        if not set(choices) & set(named):
            # "my partner and our friends": the words do not go together, all of them are possible.
            named = list(dict.fromkeys([*named, *choices]))
    if named or not sets:
        return named
    common = [choice for choice in sets[0] if all(choice in choices for choices in sets)]
    return common or list(dict.fromkeys(choice for choices in sets for choice in choices))


def read_evidence(name: str, tokens: Sequence[Token]) -> Evidence:
    """All that a text says of a question's choices, misspelt words read as what they were meant to be."""
    phrases = _phrases(name)
    plain_no = read_words(name, ChoiceTable).plain_no  # a choice that is a no by itself cannot be denied once more
    tokens = _corrected(tokens, phrases, name)
    languages = languages_of(tokens)
    named: list[str] = []
    several: list[tuple[str, ...]] = []
    denied: set[str] = set()
    doubted: set[str] = set()
    matches = [match for match in phrases.find(tokens) if not _small_word(tokens, match, languages)]
    covered = {place for match in matches for place in range(match.start, match.end)}
    for match in matches:
        choices = _choices(match, languages)
        if choices != (plain_no,) and _denied(tokens, match, covered, languages):
            (denied if len(choices) == 1 else doubted).update(choices)
        elif _doubted(tokens, match, covered, languages):
            doubted.update(choices)
        elif len(choices) == 1:
            named += [choice for choice in choices if choice not in named]
        else:
            several.append(choices)
    return Evidence(
        tuple(named), tuple(several), frozenset(denied - set(named)), frozenset(doubted), _unknown(tokens, covered)
    )


def named_places(name: str, tokens: Sequence[Token]) -> list[int]:
    """Where in the tokens words for any of the choices begin."""
    return [match.start for match in _phrases(name).find(tokens)]


def _choices(match: Found[Meaning], languages: frozenset[str]) -> tuple[str, ...]:
    own = [meaning for meaning in match.meanings if meaning.language in languages] or list(match.meanings)
    certain = [meaning for meaning in own if len(meaning.choices) == 1]
    return tuple(dict.fromkeys(choice for meaning in certain or own for choice in meaning.choices))


def _corrected(tokens: Sequence[Token], phrases: Phrases[Meaning], name: str) -> list[Token]:
    found = list(tokens)
    if len(tokens) > 60:
        return found
    for place, token in enumerate(tokens):
        if token.kind is Kind.WORD and len(token.text) > 4 and token.text.isalpha():
            known = token.text in phrases.vocabulary or phrases.at(tokens, place) or fillers().at(tokens, place)
            guess = None if known else _spelling(name).guess(token.text)
            if guess is not None and guess.sure:
                found[place] = replace(token, text=guess.word)
    return found


def _small_word(tokens: Sequence[Token], match: Found[Meaning], languages: frozenset[str]) -> bool:
    """Whether a phrase of some other language is a "not" in that of the text, as the Dutch "nicht" (niece) is in German."""
    if not languages or any(meaning.language in languages for meaning in match.meanings):
        return False
    same = negations().at(tokens, match.start)
    return same is not None and same.end == match.end and bool(fitting(same.meanings, languages))


def _before(
    tokens: Sequence[Token], match: Found[Meaning], covered: set[int], languages: frozenset[str]
) -> list[Token]:
    """The words just before a phrase, back to a mark, another phrase or a new thought."""
    found: list[Token] = []
    for place in range(match.start - 1, -1, -1):
        token = tokens[place]
        if token.text in _STOPS or place in covered or len(found) == _NEAR or _turns(token, languages):
            break
        if token.kind is not Kind.MARK:
            found.insert(0, token)
    return found


def _turns(token: Token, languages: frozenset[str]) -> bool:
    found = turns().at([token], 0)
    return found is not None and bool(not languages or fitting(found.meanings, languages))


def _denied(tokens: Sequence[Token], match: Found[Meaning], covered: set[int], languages: frozenset[str]) -> bool:
    if denies(_before(tokens, match, covered, languages), languages):
        return True
    behind = []
    for place in range(match.end, min(match.end + _AFTER, len(tokens))):
        if tokens[place].kind is Kind.MARK or place in covered or _turns(tokens[place], languages):
            break
        behind.append(tokens[place])
    found = negations().find(behind)
    if any(fitting(each.meanings, frozenset({"ja", "ko"})) for each in found):
        return True
    if found and _only_small(behind[found[0].end :]) and denies(behind, languages):
        return True  # "married we are not", "zusammen wohnen wir noch nicht"
    rest = tokens[match.end :]
    return bool(rest) and rest[0].kind is Kind.MARK and _only_small(rest) and denies(rest, languages)  # "wed? not yet"


def _only_small(tokens: Sequence[Token]) -> bool:
    """Whether nothing but small words, each a "not" or a filler, and marks stand here."""
    known = {
        place
        for table in (fillers(), negations(), terms_of("dates"))
        for found in table.find(tokens)
        for place in range(found.start, found.end)
    }
    return all(token.kind is Kind.MARK or place in known for place, token in enumerate(tokens))


def _doubted(tokens: Sequence[Token], match: Found[Meaning], covered: set[int], languages: frozenset[str]) -> bool:
    before = doubts().find(_before(tokens, match, covered, languages))
    return any(not languages or fitting(found.meanings, languages) for found in before)


def _unknown(tokens: Sequence[Token], covered: set[int]) -> int:
    known = set(covered)
    for table in (fillers(), negations(), doubts(), terms_of("dates")):
        for found in table.find(tokens):
            known.update(range(found.start, found.end))
    return sum(token.kind is Kind.WORD and place not in known for place, token in enumerate(tokens))
