"""Dates as people write them: every reading that a run of numbers and month names allows, and none that no calendar has."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.understanding.calendar_words import Named, month_at, month_phrases, number_phrases, ordinal_phrases
from flows.understanding.date_readings import Atom, Partial, Run, readings_of
from flows.understanding.phrases import Found
from flows.understanding.tokens import Kind, Token

_SHORTEST_NUMBER = 3  # shorter number words are small words of other languages (en, to, un)
_JOINING_WORDS = frozenset({
    "of", "the", "de", "del", "di", "du", "den", "d", "le", "la", "el", "al", "da", "do", "gada", "g", "gads", "m", "r",
    "roku", "rok", "του", "της", "τησ", "の", "st", "nd", "rd", "th", "er", "e", "o", "ra", "ro",
    "º", "ª", "te", "l", "dnia",
})  # fmt: skip
_ENDINGS = frozenset({"st", "nd", "rd", "th"})  # a number with one of these is a day
_YEAR_SIGNS = frozenset({"年", "년"})
_MONTH_SIGNS = frozenset({"月", "월"})
_DAY_SIGNS = frozenset({"日", "일", "號", "号"})
_ERAS = {
    "平成": 1988, "昭和": 1925, "令和": 2018, "大正": 1911, "民國": 1911, "民国": 1911, "h": 1988, "s": 1925, "r": 2018,
    "roc": 1911,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpokenDate:
    """A date found: the tokens it spans and its readings; none where no calendar has such a date."""

    start: int
    end: int
    readings: tuple[Partial, ...]


def dates_in(tokens: Sequence[Token], day_first: bool) -> list[SpokenDate]:
    """All dates in the tokens. ``day_first``: the language settles that 4/5 is the fourth of May.

    If one date of the text can only be read day first (or month first), all of it is read so.
    """
    found: list[SpokenDate] = []
    place = 0
    while place < len(tokens):
        spoken = date_at(tokens, place, day_first)
        if spoken is None:
            place += 1
        else:
            found.append(spoken)
            place = max(spoken.end, place + 1)
    orders = {order for spoken in found if (order := _order(tokens, spoken)) is not None}
    if len(orders) == 1:
        return [_only(tokens, spoken, orders == {"day"}) for spoken in found]
    return found


def _order(tokens: Sequence[Token], spoken: SpokenDate) -> str | None:
    """Whether the numbers of a date can only be read with the day or the month first."""
    numbers = [int(token.text) for token in tokens[spoken.start : spoken.end] if token.kind is Kind.NUMBER]
    if len(numbers) != 3 or len(spoken.readings) != 1 or numbers[0] > 31:
        return None
    reading = spoken.readings[0]
    if reading.day == numbers[0] and numbers[0] > 12:
        return "day"
    return "month" if reading.month == numbers[0] and numbers[1] > 12 else None


def _only(tokens: Sequence[Token], spoken: SpokenDate, day_first: bool) -> SpokenDate:
    first = next((int(token.text) for token in tokens[spoken.start : spoken.end] if token.kind is Kind.NUMBER), None)
    kept = tuple(r for r in spoken.readings if (r.day if day_first else r.month) == first)
    return SpokenDate(spoken.start, spoken.end, kept) if kept and len(spoken.readings) > 1 else spoken


def date_at(tokens: Sequence[Token], place: int, day_first: bool) -> SpokenDate | None:
    """The date that begins at this token."""
    run = _era_run(tokens, place) or _run(tokens, place)
    if run is None:
        return None
    readings = tuple(dict.fromkeys(readings_of(run, day_first)))
    if not readings:
        return None
    return SpokenDate(place, run.end, tuple(reading for reading in readings if reading.possible))


def _era_run(tokens: Sequence[Token], place: int) -> Run | None:
    """Japanese and Taiwanese years: 平成7年3月14日, 民國84年."""
    for length in (1, 2):
        name = "".join(token.text for token in tokens[place : place + length])
        if name not in _ERAS:
            continue
        start = place + length
        while start < len(tokens) and tokens[start].text in (".", "-"):
            start += 1
        if start < len(tokens) and tokens[start].text == "元":
            run = _run(tokens, start + 2) or Run(end=start + 2)
            run.atoms.insert(0, Atom(_ERAS[name] + 1, 4, role="year"))
            return run
        run_after = _run(tokens, start, era=True) if start < len(tokens) else None
        if run_after is None or not run_after.atoms or run_after.atoms[0].number > 120 or run_after.atoms[0].number < 1:
            return None
        if name.isascii() and len(run_after.atoms) < 3 and name != "roc":
            return None  # a lone letter before a number is an era only in front of a whole date
        first = run_after.atoms[0]
        first.number, first.digits, first.role = _ERAS[name] + first.number, 4, "year"
        if len(run_after.atoms) == 3 and not run_after.has_month:
            run_after.atoms[1].role, run_after.atoms[2].role = "month", "day"
        return run_after
    return None


def _run(tokens: Sequence[Token], place: int, era: bool = False) -> Run | None:
    run = Run()
    mark, spaced = "", False
    while place < len(tokens):
        token = tokens[place]
        month = None if run.has_month or token.kind is not Kind.WORD else month_at(tokens, place)
        ordinal = _day_in_words(tokens, place) if token.kind is Kind.WORD and month is None else None
        if token.kind is Kind.NUMBER and len(run.numbers) < 3:
            if mark == "," and not _year_behind_comma(token, run):
                break
            if spaced and mark == "-":
                break
            run.atoms.append(Atom(int(token.text[:9]), len(token.text), before=mark, short=mark == "'"))
            place, run.end = place + 1, place + 1
            place = _sign(tokens, place, run)
            run.atoms[-1].ordinal = place < len(tokens) and tokens[place].text in _ENDINGS
        elif month is not None and not (mark in (",", "-") and spaced and not run.numbers):
            run.atoms.append(Atom(months=month[0], before=mark))
            place = run.end = month[1]
        elif ordinal is not None and len(run.numbers) < 3 and (run.has_month or _month_near(tokens, ordinal.end)):
            run.atoms.append(Atom(ordinal.meanings[0].number, 2, before=mark, ordinal=True))
            place = run.end = ordinal.end
        elif run.atoms and token.kind is Kind.WORD and token.text in _JOINING_WORDS and mark in ("", "."):
            place += 1
            continue
        elif run.atoms and token.text in (".", "/", "-", ",", "'"):
            mark = token.text if mark in ("", ".") or token.text == "'" else mark
            spaced = token.start > tokens[place - 1].end or (
                place + 1 < len(tokens) and tokens[place + 1].start > token.end
            )
            place += 1
            continue
        else:
            break
        mark, spaced = "", False
        if len(run.numbers) == 3 or (run.has_month and len(run.numbers) == 2) or (not era and _eight(run)):
            break
    return run if run.atoms else None


def _year_behind_comma(token: Token, run: Run) -> bool:
    """March 14, 1995 and March 14, 95 are dates; 31, 14 March is an age and a date."""
    return len(token.text) == 4 or (
        run.has_month and len(run.numbers) == 1 and len(token.text) == 2 and int(token.text) > 31
    )


def _day_in_words(tokens: Sequence[Token], place: int) -> Found[Named] | None:
    """A day of the month in words: first, premier; a plain number only right before a month (el uno de mayo)."""
    ordinal = ordinal_phrases().at(tokens, place)
    if ordinal is not None:
        return ordinal
    number = number_phrases().at(tokens, place)
    if number is None or len(tokens[place].text) < _SHORTEST_NUMBER or not 1 <= number.meanings[0].number <= 31:
        return None
    month = _month_near(tokens, number.end)
    languages = {named.language for named in number.meanings}
    return number if month and any(named.language in languages for named in month.meanings) else None


def _month_near(tokens: Sequence[Token], place: int) -> Found[Named] | None:
    while place < len(tokens) and tokens[place].text in _JOINING_WORDS:
        place += 1
    return month_phrases().at(tokens, place) if place < len(tokens) else None


def _sign(tokens: Sequence[Token], place: int, run: Run) -> int:
    """A sign behind a number that says what it is."""
    if place < len(tokens):
        for role, signs in (("year", _YEAR_SIGNS), ("month", _MONTH_SIGNS), ("day", _DAY_SIGNS)):
            if tokens[place].text in signs:
                run.atoms[-1].role = role
                run.end = place + 1
                return place + 1
    return place


def _eight(run: Run) -> bool:
    return len(run.atoms) == 1 and run.atoms[0].digits in (6, 8)
