"""Single days in a person's own words: a wedding, an invitation, the end of a passport."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.dates import add_months
from flows.understanding.moment import Grain, Moment, Toward
from flows.understanding.moments import moments_in
from flows.understanding.result import Understood
from flows.understanding.terms import says_no
from flows.understanding.tokens import Kind, Token, tokens_of

_SHOWN = 6
_OLDEST_YEARS = 110
_FURTHEST_YEARS = 30
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_ARTICLES = frozenset({"the", "am", "le", "el", "il", "den", "de", "dem", "o"})


@dataclass(frozen=True, slots=True)
class DayQuestion:
    """Which way days without a year lie for a question, and whether a day to come (or gone by) is impossible."""

    toward: Toward
    may_be_past: bool = True
    may_be_future: bool = True
    within_years: int | None = None  # further off only where it is said in full


QUESTIONS: Mapping[str, DayQuestion] = {
    "wedding_on": DayQuestion(Toward.FUTURE),
    "invited_on": DayQuestion(Toward.PAST, may_be_future=False, within_years=3),
    "accepted_on": DayQuestion(Toward.PAST, may_be_future=False, within_years=3),
    "applied_on": DayQuestion(Toward.PAST, may_be_future=False, within_years=3),
    "letter_valid_until": DayQuestion(Toward.FUTURE),
    "passport_expires": DayQuestion(Toward.FUTURE),
    "insurance_ends": DayQuestion(Toward.FUTURE),
    "arrive_by": DayQuestion(Toward.FUTURE, may_be_past=False),
}


def understand_day(question: str, text: str, today: date) -> Understood:
    """The day as ``YYYY-MM-DD``; ``question`` is one of ``QUESTIONS``, or ``day`` where it may lie either way.

    A month, a season or so many weeks ago is asked back with its first and last day. Errors: ``impossible`` (31
    February), ``past``, ``future``, ``none``, ``not_understood``.
    """
    tokens = tokens_of(text)
    rules = QUESTIONS.get(question)
    towards = (rules.toward,) if rules else (Toward.PAST, Toward.FUTURE)
    found = [moment for toward in towards for moment in moments_in(tokens, today, toward)]
    if rules and rules.within_years:
        found = [_near(moment, today, rules.within_years) for moment in found]
    if not found:
        days = _day_of_month(tokens, today, towards)
        if days:
            return Understood(ask_back=tuple(day.isoformat() for day in days))
        return Understood(error=f"understand.day.{'none' if says_no(tokens) else 'not_understood'}")
    return _weigh(found, rules or DayQuestion(Toward.PAST), today)


def _weigh(found: Sequence[Moment], rules: DayQuestion, today: date) -> Understood:
    exact = list(dict.fromkeys(moment.exact for moment in found))
    days = [day for day in exact if day] if None not in exact else candidates(found)
    far = [day for day in days if not _within(day, today)]
    days = [day for day in days if day not in far]
    allowed = [day for day in days if (day <= today or rules.may_be_future) and (day >= today or rules.may_be_past)]
    if not allowed:
        if not days:
            return Understood(error="understand.day.impossible")
        return Understood(error=f"understand.day.{'future' if days[0] > today else 'past'}")
    if len(exact) == 1 and exact[0] is not None:
        return Understood(value=exact[0].isoformat())
    return Understood(ask_back=tuple(day.isoformat() for day in allowed[:_SHOWN]))


def _near(moment: Moment, today: date, years: int) -> Moment:
    """Without the far-off ones of several readings: Nov 17 is the 17th, not 2017."""
    near = tuple(span for span in moment.spans if abs(span[0].year - today.year) <= years)
    if not near or len(near) == len(moment.spans):
        return moment
    return replace(moment, spans=near, grain=Grain.DAY if all(first == last for first, last in near) else moment.grain)


def _within(day: date, today: date) -> bool:
    return add_months(today, -12 * _OLDEST_YEARS) <= day <= add_months(today, 12 * _FURTHEST_YEARS)


def candidates(found: Sequence[Moment]) -> list[date]:
    """The days to offer for times that are not exact: the day counted out, or the first and last day of a period."""
    days: list[date] = []
    for moment in found:
        if moment.grain is Grain.LENGTH and moment.nominal:
            days.append(moment.nominal)
        else:
            days += [day for first, last in moment.spans for day in (first, last)]
    return list(dict.fromkeys(days))


def _day_of_month(tokens: Sequence[Token], today: date, towards: Sequence[Toward]) -> list[date]:
    """The nearest such day where only a day of the month was said: the 17th."""
    for place, token in enumerate(tokens):
        if token.kind is not Kind.NUMBER or not 1 <= int(token.text[:4]) <= 31:
            continue
        follows = place + 1 < len(tokens) and tokens[place + 1].text in _ORDINALS
        if follows or (place > 0 and tokens[place - 1].text in _ARTICLES):
            return [_nearest_day(int(token.text), today, toward) for toward in towards]
    return []


def _nearest_day(number: int, today: date, toward: Toward) -> date:
    step = timedelta(days=1 if toward is Toward.FUTURE else -1)
    day = today
    while day.day != number:
        day += step
    return day
