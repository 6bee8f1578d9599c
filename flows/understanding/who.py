"""Who travels: alone, as a couple, or with friends; told in words or by a number of people."""

from flows.understanding.calendar_words import number_at
from flows.understanding.choice import read_evidence, weigh
from flows.understanding.lexicon import ChoiceTable, read_words
from flows.understanding.moment import text_languages
from flows.understanding.result import Understood
from flows.understanding.tokens import Kind, tokens_of

_MOST = 15  # people who go together; a larger number is somebody's age


def understand_who(text: str) -> Understood:
    """``single``, ``couple`` or ``friends``. Two people who do not say what they are to each other are asked back."""
    tokens = tokens_of(text)
    table = read_words("who", ChoiceTable)
    evidence = read_evidence("who", tokens)
    count = _count(text)
    if not evidence.named and count is not None:
        if count == 1:
            return Understood(value="single")
        return Understood(ask_back=("couple", "friends")) if count == 2 else Understood(value="friends")
    if evidence.named == ("couple",) and count is not None and count > 2:
        return Understood(ask_back=("friends", "couple"))
    if evidence.named == ("single",) and count is not None and count > 1:
        return Understood(ask_back=("couple", "friends") if count == 2 else ("friends", "single"))
    return weigh("who", table, evidence, None)


def _count(text: str) -> int | None:
    """The one number of people told; None without one."""
    tokens = tokens_of(text)
    languages = text_languages(tokens)
    found: set[int] = set()
    place = 0
    while place < len(tokens):
        number = None if tokens[place].kind is Kind.MARK else number_at(tokens, place, languages)
        if number is not None and (tokens[place].kind is Kind.NUMBER or number[0] > 1):
            found.add(number[0])
        place = number[1] if number else place + 1
    return found.pop() if len(found) == 1 and max(found) <= _MOST and min(found) > 0 else None
