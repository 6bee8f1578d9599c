"""Of whom each part of a message speaks: of the writer, of the partner, of both, of someone named, or of nobody we ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flows.understanding.births import BREAKS
from flows.understanding.calendar_words import number_at
from flows.understanding.lexicon import Terms, read_words
from flows.understanding.moment import text_languages
from flows.understanding.places import PlaceKind, country_phrases
from flows.understanding.terms import Term, fitting, languages_of, terms_of
from flows.understanding.tokens import Kind, Token, words_of

SELF = "self"
PARTNER = "partner"
BOTH = "both"
PARTY = "party"
NOBODY = ""
_OLD_ENOUGH = 14
_BEFORE_NOUN = 7  # so many tokens can stand between "my" and the noun
_OF = 2  # so many tokens can stand between a friend and the friend's husband


@dataclass(frozen=True, slots=True)
class Part:
    """A run of tokens that speaks of ``role``. ``subject`` are the words that say so (my girlfriend, she), none where
    nobody is named; ``by_noun`` where the partner was called so."""

    role: str
    tokens: tuple[Token, ...]
    subject: tuple[Token, ...] = ()
    by_noun: bool = False


@dataclass(frozen=True, slots=True)
class _Subject:
    start: int
    word: int  # where the word for the person itself begins: behind an adjective (my Chilean girlfriend)
    end: int
    role: str
    by_noun: bool = False


def parts_of(tokens: Sequence[Token], people: Sequence[str] = ()) -> list[Part]:
    """The parts of a message. The role ``NOBODY`` is that of people we do not ask about; of nobody clear, where no subject
    stands either."""
    subjects = _subjects(tokens, people)
    if not subjects:
        return [Part(NOBODY if _two_ages(tokens) else SELF, tuple(tokens))] if tokens else []
    parts: list[Part] = []
    if subjects[0].start > 0:
        before = tokens[: subjects[0].start]
        mine = all(subject.role != SELF for subject in subjects) and not _two_ages(before)
        parts.append(Part(SELF if mine else NOBODY, tuple(before)))  # Irish, 31; she's from Chile
    for place, subject in enumerate(subjects):
        end = subjects[place + 1].start if place + 1 < len(subjects) else len(tokens)
        role = NOBODY if _two_ages(tokens[subject.start : end]) else subject.role
        said = (*tokens[subject.start : subject.word], *tokens[subject.end : end])
        parts.append(Part(role, said, tuple(tokens[subject.word : subject.end]), subject.by_noun))
    return _joined(parts)


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Parts of the same person that follow each other as one, so that "I'm Irish, I'm 31" stays together."""
    joined: list[Part] = []
    for part in parts:
        if joined and joined[-1].role == part.role != NOBODY:
            last = joined.pop()
            subject = (*last.subject, *part.subject)
            joined.append(Part(part.role, (*last.tokens, *part.tokens), subject, last.by_noun or part.by_noun))
        else:
            joined.append(part)
    return joined


def _two_ages(tokens: Sequence[Token]) -> bool:
    """Whether two numbers that can be ages stand there, so that it is not clear whose is which."""
    languages = text_languages(tokens)
    ages = 0
    place = 0
    while place < len(tokens):
        number = None if tokens[place].kind is Kind.MARK else number_at(tokens, place, languages)
        ages += number is not None and _OLD_ENOUGH <= number[0] <= 80
        place = number[1] if number else place + 1
    return ages > 1 and not any(token.text in ("/", "-", ".") for token in tokens)


def _subjects(tokens: Sequence[Token], people: Sequence[str]) -> list[_Subject]:
    """The words that say of whom it is, in their order."""
    languages = languages_of(tokens, terms_of("citizenships"), terms_of("sentence"))
    names = {words_of(name): name for name in people if words_of(name)}
    found: list[_Subject] = []
    last_named = ""
    place = 0
    while place < len(tokens):
        named = next(
            (words for words in names if tuple(t.text for t in tokens[place : place + len(words)]) == words), None
        )
        if named is not None:
            last_named = names[named] if len(people) > 1 else PARTNER
            found.append(_Subject(place, place, place + len(named), last_named))
            place += len(named)
            continue
        groups, end = _groups(tokens, place, languages)
        subject = _role(groups, people, last_named)
        if subject is not None:
            role, noun = subject
            start = _opening(tokens, place, languages) if noun else place
            if role == PARTNER and noun and found and found[-1].role == NOBODY and start - found[-1].end <= _OF:
                role = NOBODY  # my friend's husband
            found.append(_Subject(start, place, end, role, by_noun=noun and role == PARTNER))
        place = max(end, place + 1)
    return found


def _groups(tokens: Sequence[Token], place: int, languages: frozenset[str]) -> tuple[frozenset[str], int]:
    if tokens[place].kind is Kind.MARK:
        return frozenset(), place + 1
    if tokens[place].raw.casefold() in _accented():
        return frozenset({"third_person"}), place + 1
    best: tuple[int, list[Term]] = (place, [])
    for table in (terms_of("sentence"), terms_of("citizenships")):
        found = table.at(tokens, place)
        if found is not None and found.end > best[0]:
            best = (found.end, list(found.meanings))
        elif found is not None and found.end == best[0]:
            best[1].extend(found.meanings)
    own = fitting(best[1], languages)
    return frozenset(term.group for term in own), best[0]


@cache
def _accented() -> frozenset[str]:
    words = read_words("sentence", Terms).terms["accented"]
    return frozenset(word.casefold() for forms in words.values() for word in forms)


def _role(groups: frozenset[str], people: Sequence[str], last_named: str) -> tuple[str, bool] | None:
    """Who is meant by words of these groups, and whether they are nouns; None if they mean nobody."""
    couple = len(people) <= 1
    if "partner" in groups:
        return (PARTNER if couple else NOBODY), True
    if "both" in groups:
        return (BOTH if couple else NOBODY), False
    if "third_person" in groups:
        return (PARTNER if couple else last_named or NOBODY), False
    if "kin" in groups or "others" in groups:
        return NOBODY, True
    return (SELF, False) if "first_person" in groups else None


def _opening(tokens: Sequence[Token], place: int, languages: frozenset[str]) -> int:
    """The place where what is said of a noun opens: my 28 year old Chilean girlfriend."""
    for start in range(place - 1, max(-1, place - 1 - _BEFORE_NOUN), -1):
        if tokens[start].text in BREAKS:
            break
        found = terms_of("sentence").at(tokens, start)
        if found and any(term.group == "determiner" for term in fitting(found.meanings, languages)):
            return start
    for length in (3, 2, 1):
        start = place - length
        named = country_phrases().at(tokens, start) if start >= 0 else None
        if named and named.end == place and any(meaning.kind is PlaceKind.PEOPLE for meaning in named.meanings):
            return start
    return place
