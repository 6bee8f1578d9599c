"""Short answers: yes or no, a number, a name."""

from flows.understanding.calendar_words import number_at
from flows.understanding.moment import text_languages
from flows.understanding.result import Understood
from flows.understanding.terms import (
    NO,
    YES,
    fillers,
    leading,
    negations,
    says_no,
    says_yes,
)
from flows.understanding.tokens import Kind, tokens_of

_LONGEST_NAME = 40
_MOST_WORDS = 4
_MOST_CHILDREN = 15


def understand_yes_no(text: str) -> Understood:
    """True for yes, False for no; error ``understand.yes_no.not_understood`` for anything else."""
    tokens = tokens_of(text)
    said = leading(tokens)
    if says_yes(tokens) or said == YES:
        return Understood(value=True)
    if says_no(tokens) or said == NO:
        return Understood(value=False)
    return Understood(error="understand.yes_no.not_understood")


def understand_number(text: str) -> Understood:
    """How many children come along, 0 to 15; error ``understand.children.not_understood``."""
    tokens = tokens_of(text)
    languages = text_languages(tokens)
    found: list[int] = []
    words = 0
    place = 0
    while place < len(tokens):
        number = None if tokens[place].kind is Kind.MARK else number_at(tokens, place, languages)
        if number is not None:
            found.append(number[0])
        elif tokens[place].kind is Kind.WORD:
            words += 1
        place = number[1] if number else place + 1
    if not found:
        none = says_no(tokens) or (words <= _MOST_WORDS + 1 and bool(negations().find(tokens)))
        return Understood(value=0) if none else Understood(error="understand.children.not_understood")
    counted = list(dict.fromkeys(number for number in found if number <= _MOST_CHILDREN))
    if len(found) == 1 and counted and words <= _MOST_WORDS:
        return Understood(value=counted[0])
    if counted:
        return Understood(ask_back=tuple(counted[:3]))
    return Understood(error="understand.children.not_understood")


def understand_name(text: str) -> Understood:
    """A name to be called by, as it was typed without what introduces it ("I'm Maya" is Maya).

    Error ``understand.name.not_understood`` for what is too long, a question, a date or no word at all.
    """
    line = " ".join("".join(sign for sign in text[:400] if sign.isprintable() or sign.isspace()).split())
    tokens = tokens_of(line)
    start = 0
    for found in fillers().find(tokens):
        if found.start > start + 1 or found.end >= len(tokens):
            break
        start = found.end
    name = line[tokens[start].start :].strip(" .,!;:\"'()") if tokens else ""
    rest = [token for token in tokens[start:] if token.kind is Kind.WORD]
    numbers = any(word.isdecimal() for word in name.split())
    if not rest or numbers or "?" in line or len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS:
        return Understood(error="understand.name.not_understood")
    return Understood(value=name)
