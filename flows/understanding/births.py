"""Days and years of birth in a text, in every calendar that the partner countries use."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flows.dates import age_on
from flows.understanding.date_readings import Partial, full_years
from flows.understanding.moment import reads_day_first, text_languages
from flows.understanding.spoken_date import SpokenDate, dates_in
from flows.understanding.terms import fitting, terms_of
from flows.understanding.tokens import Kind, Token

CHILD = 14  # nobody so young asks about working in Canada
_OLDEST = 109
_CLOSE = 4  # so many words around a number can say what it is
_OF_ITSELF = frozenset({"of_age", "korean_age", "legal_age", "half"})
BIRTH_CUES = frozenset({"born", "birthday"})
BREAKS = frozenset(",;.!?()")


@dataclass(slots=True)
class Births:
    """What a text tells of a birth: its possible days, else the ages that a year or month of birth allows today.

    ``covered`` are the tokens used; ``impossible`` says that a date was told which no calendar has.
    """

    days: list[date] = field(default_factory=list)
    ages: list[int] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)
    impossible: bool = False


def cues_around(tokens: Sequence[Token], start: int, end: int, near: int = _CLOSE) -> frozenset[str]:
    """The uses of the words around these tokens, within the same part of the sentence."""
    first, last = start, end
    room: float = near
    while first > 0 and room > 0 and not _parts(tokens[first - 1]):
        first -= 1
        room -= _size(tokens[first])
    room = near
    while last < len(tokens) and room > 0 and not _parts(tokens[last]):
        room -= _size(tokens[last])
        last += 1
    before, behind = _groups(tokens[first:start], tokens), _groups(tokens[end:last], tokens)
    if last < len(tokens) and tokens[last].kind is Kind.NUMBER:
        behind &= _OF_ITSELF  # 34 turning 35: what stands between is said of the second
    return before | behind


def _around_date(tokens: Sequence[Token], spoken: SpokenDate) -> frozenset[str]:
    """The uses of the words before a date and behind it; before it also past a number: turning 36 on 2 December."""
    start = spoken.start
    while start > 0 and spoken.start - start < _CLOSE and tokens[start - 1].text not in BREAKS:
        start -= 1
    return cues_around(tokens, spoken.start, spoken.end) | _groups(tokens[start : spoken.start], tokens)


def _parts(token: Token) -> bool:
    return token.text in BREAKS or token.kind is Kind.NUMBER


def _groups(around: Sequence[Token], tokens: Sequence[Token]) -> frozenset[str]:
    languages = text_languages(tokens)
    return frozenset(
        term.group
        for found in terms_of("age_or_birth_date").find(around)
        for term in fitting(found.meanings, languages) or found.meanings
    )


def _size(token: Token) -> float:
    return 0.5 if len(token.text) == 1 and not token.text.isascii() else 1.0  # a word has about two CJK signs


def births_in(tokens: Sequence[Token], today: date) -> Births:
    """All that the tokens tell of a birth."""
    births = Births()
    for spoken in dates_in(tokens, reads_day_first(tokens)):
        _take(births, tokens, spoken, today)
    if not births.days and not births.ages:
        _take_short_year(births, tokens, today)
    births.days = list(dict.fromkeys(births.days))
    births.ages = sorted(set(births.ages))
    return births


def _take(births: Births, tokens: Sequence[Token], spoken: SpokenDate, today: date) -> None:
    span = set(range(spoken.start, spoken.end))
    if spoken.readings and all(reading.year is None for reading in spoken.readings):
        if _is_birthday(tokens, spoken):
            births.covered |= span
        return
    readings = [r for r in full_years(spoken.readings, today.year - _OLDEST, today.year) if r.year is not None]
    if not _is_birth(tokens, spoken, today):
        if spoken.readings and all(
            reading.day is not None and reading.month is not None for reading in spoken.readings
        ):
            births.covered |= span
        return
    births.covered |= span
    births.impossible = births.impossible or not readings
    for reading in _grown(readings, today):
        first, last = reading.span()
        if first == last:
            births.days.append(first)
        else:
            births.ages += [age for day in (last, first) if (age := age_on(day, today)) >= 0]


def _is_birthday(tokens: Sequence[Token], spoken: SpokenDate) -> bool:
    """Whether a day without a year is a birthday rather than numbers of an age (31.5, or "im März 31")."""
    cues = _around_date(tokens, spoken)
    if tokens[spoken.end - 1].kind is Kind.NUMBER and "turning" in cues:
        return False
    return bool(cues & BIRTH_CUES) or any(token.kind is Kind.WORD for token in tokens[spoken.start : spoken.end])


def _is_birth(tokens: Sequence[Token], spoken: SpokenDate, today: date) -> bool:
    cues = _around_date(tokens, spoken)
    if any(reading.short_year and reading.day is None for reading in spoken.readings):
        apostrophe = any(token.text == "'" for token in tokens[spoken.start : spoken.end])
        return apostrophe or "born" in cues  # else "in March 36" is no year
    years = [reading.year for reading in spoken.readings if reading.year is not None]
    if {"turned", "turning"} & cues and all(year > today.year - CHILD for year in years):
        return False  # turning 36 on 2 December 2026
    if not spoken.readings or any(reading.month is not None for reading in spoken.readings):
        return True
    return bool(cues & BIRTH_CUES) or 1920 <= years[0] <= today.year - 10


def _grown(readings: Sequence[Partial], today: date) -> list[Partial]:
    """Of two centuries, the one that makes a grown person."""
    grown = [r for r in readings if r.year is not None and CHILD <= today.year - r.year <= 100]
    return grown or list(readings)


def _take_short_year(births: Births, tokens: Sequence[Token], today: date) -> None:
    """Jahrgang 91, '95, 95년생, 84年次: a year of two digits that is said to be one of birth."""
    for place, token in enumerate(tokens):
        if token.kind is not Kind.NUMBER or len(token.text) != 2 or place in births.covered:
            continue
        short = place > 0 and tokens[place - 1].text == "'"
        if not short and "born" not in cues_around(tokens, place, place + 1, near=3):
            continue
        year = int(token.text)
        years = [1900 + year, 2000 + year]
        behind = [token.text for token in tokens[place + 1 : place + 3]]
        if behind[:1] and behind[0] in ("st", "nd", "rd", "th"):
            continue  # my 30th birthday
        if behind == ["年", "次"]:
            years = [1911 + year]  # Taiwan counts from 1912
        elif behind[:1] == ["年"]:
            years.append(1911 + year)
        births.covered.add(place)
        births.ages += [age for each in years for age in (today.year - each - 1, today.year - each) if 10 <= age < 100]
        return
