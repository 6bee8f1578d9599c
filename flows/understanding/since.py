"""Since when a couple has lived together, in their own words.

The day is never put earlier than what was said. A month alone counts from its first day only where even its last day is
a year ago or more, since then nothing hangs on the day; the same holds for "two years". All else that is not a day
is asked back. How long two people have been a couple is not how long they have lived together.
"""

from collections.abc import Sequence
from datetime import date

from flows.dates import add_months
from flows.understanding.days import candidates
from flows.understanding.moment import Grain, Moment, Toward, text_languages
from flows.understanding.moments import moments_in
from flows.understanding.result import Understood
from flows.understanding.terms import doubts, fitting, says_no, terms_of
from flows.understanding.tokens import Kind, Token, tokens_of

_ERROR = "understand.living_together_since"
_BREAKS = frozenset(",;.!?")
_SHOWN = 4
_TIMES = 6  # more times than one answer tells
_OLDEST_YEARS = 80


def understand_since(text: str, today: date) -> Understood:
    """The first day of living together. Errors: ``not_yet``, ``future``, ``impossible``, ``not_understood``."""
    tokens = tokens_of(text)
    found = moments_in(tokens, today, Toward.PAST)[:_TIMES]
    if _not_yet(tokens, bool(found)):
        return Understood(error=f"{_ERROR}.not_yet")
    if not found:
        return Understood(error=f"{_ERROR}.not_understood")
    clauses = [_clause(tokens, moment) for moment in found]
    living = [moment for moment, cues in zip(found, clauses, strict=True) if "living" in cues]
    told = living or found
    of_couple = not living and all("couple" in cues for cues in clauses)
    return _weigh(told, today, doubtful=of_couple or len(told) > 1 or _interrupted(tokens))


def _weigh(told: Sequence[Moment], today: date, doubtful: bool) -> Understood:
    days = [day for day in candidates(told) if day <= today]
    oldest = add_months(today, -12 * _OLDEST_YEARS)
    if not days or max(days) < oldest:
        impossible = max(days, default=today) < oldest or not candidates(told)
        return Understood(error=f"{_ERROR}.{'impossible' if impossible else 'future'}")
    value = None if doubtful else _certain(told[0], today)
    if value is not None:
        return Understood(value=value.isoformat())
    return Understood(ask_back=tuple(day.isoformat() for day in _offered(told[0], days, today)))


def _offered(moment: Moment, days: list[date], today: date) -> list[date]:
    if moment.grain is Grain.LENGTH and len(days) == 1 and not moment.loose:
        days = [*days, add_months(days[0], 1)]  # "a year" may be a little less, and here that matters
    if moment.loose and moment.grain is Grain.LENGTH:
        days = [*days, *(day for span in moment.spans for day in span)]
    return [day for day in dict.fromkeys(days) if day <= today][:_SHOWN]


def _certain(moment: Moment, today: date) -> date | None:
    """The day, where it is exact or where the days it can be make no difference."""
    if moment.exact is not None:
        return moment.exact if moment.exact <= today else None
    if len(moment.spans) != 1:
        return None
    first, last = moment.spans[0]
    year_ago = add_months(today, -12)
    if moment.grain is Grain.MONTH and last <= year_ago:
        return first
    if moment.grain is Grain.LENGTH and moment.nominal is not None:
        never_later = moment.nominal == last or not moment.loose
        if last <= year_ago and never_later:
            return moment.nominal
        if first > year_ago and not moment.loose:
            return moment.nominal
    return None


def _clause(tokens: Sequence[Token], moment: Moment) -> frozenset[str]:
    """Whether the words around a time speak of living together or of being a couple."""
    start, end = moment.start, moment.end
    while start > 0 and not (tokens[start - 1].kind is Kind.MARK and tokens[start - 1].text in _BREAKS):
        start -= 1
    while end < len(tokens) and not (tokens[end].kind is Kind.MARK and tokens[end].text in _BREAKS):
        end += 1
    languages = text_languages(tokens)
    groups: set[str] = set()
    for found in terms_of("dates").find(tokens[start:end]):
        groups |= {term.group for term in fitting(found.meanings, languages) or found.meanings}
    return frozenset(groups & {"living", "couple"})


def _not_yet(tokens: Sequence[Token], has_time: bool) -> bool:
    if says_no(tokens):
        return True
    languages = text_languages(tokens)
    for found in terms_of("dates").find(tokens):
        if any(term.group == "not_yet" for term in fitting(found.meanings, languages) or found.meanings):
            opens = found.start == 0 and (found.end == len(tokens) or tokens[found.end].kind is Kind.MARK)
            if opens or not has_time or found.end - found.start > 2:
                return True
    return False


def _interrupted(tokens: Sequence[Token]) -> bool:
    """Whether a time apart is told as well, which may begin the count anew."""
    apart = any(token.text in ("apart", "separated", "separately", "interruption", "break") for token in tokens)
    return apart or any(
        term.group == "over" and term.language in text_languages(tokens)
        for found in doubts().find(tokens)
        for term in found.meanings
        if found.end - found.start > 1
    )
