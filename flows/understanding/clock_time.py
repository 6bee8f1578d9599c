"""A time of day in somebody's own words: 9:30, half past nine, 21 h 15, halb zehn, ten to eight in the evening."""

from functools import cache

from flows.understanding.calendar_words import number_phrases
from flows.understanding.phrases import Phrases
from flows.understanding.terms import Term, fillers, terms_of
from flows.understanding.tokens import Kind, Token, tokens_of

HALF_DAY, DAY = 12 * 60, 24 * 60
_PARTS = {"half": 30, "quarter": 15}
_HALVES = {"morning": 0, "evening": HALF_DAY}
_BETWEEN = frozenset({":", ".", "hour"})
_LATEST_HOUR, _LATEST_MINUTE = 23, 59
Sign = int | str
"""A number, or what a word or mark is for."""


def understand_clock(text: str) -> tuple[int, ...]:
    """The minutes after midnight that the text can mean: one, two where it may be morning or evening, none."""
    signs = _signs(text)
    if signs is None:
        return ()
    halves = {_HALVES[str(sign)] for sign in signs if sign in _HALVES}
    told = [sign for sign in signs if sign not in _HALVES]
    if told in (["noon"], ["midnight"]):
        return (HALF_DAY if told == ["noon"] else 0,)
    minutes = _minutes(told)
    if minutes is None or len(halves) > 1:
        return ()
    if minutes >= 13 * 60 or (not halves and _says_so_itself(text, minutes)):
        return (minutes,)
    first = minutes % HALF_DAY
    return tuple(first + half for half in sorted(halves)) or (first, first + HALF_DAY)


def _says_so_itself(text: str, minutes: int) -> bool:
    """Whether it is written as on a clock of 24 hours: 09:30, 0:15."""
    return minutes < 60 or text.lstrip().startswith("0")


def _signs(text: str) -> list[Sign] | None:
    """What is told, without what adds nothing; None where a word is no part of a time of day."""
    tokens = tokens_of(text)
    signs: list[Sign] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind is Kind.NUMBER:
            signs.append(int(token.text))
            place += 1
        elif token.kind is Kind.MARK:
            signs += [token.text] if token.text in _BETWEEN else []
            place += 1
        else:
            sign, place = _word(tokens, place)
            if sign is None:
                return None
            signs += [sign] if sign != "nothing" else []
    while signs and signs[-1] == ".":
        signs.pop()
    return signs


def _word(tokens: list[Token], place: int) -> tuple[Sign | None, int]:
    found = _clock_words().at(tokens, place)
    if found is not None:
        return found.meanings[0].group, found.end
    number = number_phrases().at(tokens, place)
    if number is not None:
        return number.meanings[0].number, number.end
    filler = fillers().at(tokens, place)
    return ("nothing", filler.end) if filler is not None else (None, place)


@cache
def _clock_words() -> Phrases[Term]:
    return terms_of("clock")


def _minutes(signs: list[Sign]) -> int | None:
    """Minutes after midnight, or on a clock of twelve hours; None where the signs are no time of day."""
    match signs:
        case [int(hour)] | [int(hour), "hour"]:
            return _time(hour, 0)
        case [int(hour), (":" | "." | "hour"), int(minute)] | [int(hour), "hour", int(minute), "hour"]:
            return _time(hour, minute)
        case [int(hour), int(minute)] if minute >= 10:
            return _time(hour, minute)
        case [int(hour), ("half" | "quarter") as part] | [int(hour), "hour", ("half" | "quarter") as part]:
            return _time(hour, _PARTS[part])
        case ["half", int(hour)] | ["half", int(hour), "hour"]:
            return _time(hour, 30)
        case ["half_to", int(hour)]:
            return _time(hour, 30, -60)
        case [part, ("past" | "before") as way, int(hour)] | [part, ("past" | "before") as way, int(hour), "hour"]:
            minute = _PARTS.get(part, 60) if isinstance(part, str) else part
            return _time(hour, 0, minute if way == "past" else -minute) if minute < 60 else None
        case [int(hour), "hour", "before", ("quarter" | int()) as part] | [int(hour), "before", int() as part]:
            minute = _PARTS.get(part, 60) if isinstance(part, str) else part
            return _time(hour, 0, -minute) if minute < 60 else None
        case _:
            return None


def _time(hour: int, minute: int, more: int = 0) -> int | None:
    if not (0 <= hour <= _LATEST_HOUR and 0 <= minute <= _LATEST_MINUTE):
        return None
    return (hour * 60 + minute + more) % DAY
