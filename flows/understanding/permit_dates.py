"""From when to when a permit holds, in a person's own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, product

from flows.dates import ONE_DAY, add_months
from flows.understanding.durations import Duration, duration_at
from flows.understanding.moment import Grain, Moment, Toward, text_languages
from flows.understanding.moments import moments_in
from flows.understanding.result import Understood
from flows.understanding.terms import Term, fitting, terms_of
from flows.understanding.tokens import Kind, Token, tokens_of

_ERROR = "understand.permit_dates"
_SHOWN = 6
_LONGEST_MONTHS = 12 * 12
_NEAR = 4

Dates = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class _Told:
    """A day told, each in the readings it allows, and whether it is said to be a beginning or an end."""

    first_days: tuple[date, ...]
    last_days: tuple[date, ...]
    sure: bool
    role: str  # starts, ends or nothing


def understand_permit_dates(text: str, today: date) -> Understood:
    """``{"starts": day or None, "ends": day or None}``; the end is the permit's last day.

    "Two years from 1 September 2026" ends on 31 August 2028. One day without a word for what it is, months without
    days and days that can be read in two ways are asked back. Errors: ``impossible``, ``order``, ``only_length``,
    ``not_understood``.
    """
    tokens = tokens_of(text)
    moments = [
        moment for moment in moments_in(tokens, today, Toward.FUTURE) if moment.grain not in (Grain.LENGTH, Grain.VAGUE)
    ]
    lengths = list(_lengths(tokens, {place for moment in moments for place in range(moment.start, moment.end)}))
    told = [_told(tokens, moment) for moment in moments if moment.spans]
    if not told:
        if any(not moment.spans for moment in moments):
            return Understood(error=f"{_ERROR}.impossible")
        return Understood(error=f"{_ERROR}.{'only_length' if lengths else 'not_understood'}")
    sure = all(item.sure for item in told) and len(lengths) < 2
    if len(told) == 1:
        return _with_one(told[0], lengths, sure)
    return _with_two(told, sure and len(told) == 2 and not lengths)


def _told(tokens: Sequence[Token], moment: Moment) -> _Told:
    firsts = tuple(dict.fromkeys(first for first, _ in moment.spans))
    lasts = tuple(dict.fromkeys(last for _, last in moment.spans))
    return _Told(firsts, lasts, moment.exact is not None, _role(tokens, moment))


def _role(tokens: Sequence[Token], moment: Moment) -> str:
    """What the words before a day (or right behind it) make of it."""
    languages = text_languages(tokens)
    start = moment.start
    while start > 0 and moment.start - start < _NEAR and tokens[start - 1].text not in (",", ";"):
        start -= 1
        if tokens[start].kind is Kind.NUMBER:
            start += 1
            break
    joined = [*tokens[start : moment.start], *tokens[moment.end : moment.end + 2]]
    for found in terms_of("dates").find(joined):
        if found.start < moment.start - start < found.end and "until" in _groups(found.meanings, languages):
            return "ends"  # läuft am 4. Januar ab
    before = [_groups(found.meanings, languages) for found in terms_of("dates").find(tokens[start : moment.start])]
    behind = [
        _groups(found.meanings, languages) for found in terms_of("dates").find(tokens[moment.end : moment.end + 2])
    ]
    for groups in [*reversed(before), *behind]:
        if "until" in groups and "since" not in groups:
            return "ends"
        if "since" in groups:
            return "starts"
    if moment.start and tokens[moment.start - 1].text == "-":
        return "ends"
    return ""


def _groups(meanings: Sequence[Term], languages: frozenset[str]) -> set[str]:
    return {term.group for term in fitting(meanings, languages) or meanings}


def _lengths(tokens: Sequence[Token], dated: set[int]) -> Iterator[Duration]:
    languages = text_languages(tokens)
    place = 0
    while place < len(tokens):
        skipped = place in dated or tokens[place].kind is Kind.MARK
        found = None if skipped else duration_at(tokens, place, languages)
        if found is not None and not found.vague:
            yield found
        place = max(found.end if found else 0, place + 1)


def _with_one(told: _Told, lengths: Sequence[Duration], sure: bool) -> Understood:
    if lengths:
        length = lengths[0]
        months, days = int(length.months), length.days
        if told.role == "ends":
            found = [_dates(add_months(end, -months) - days * ONE_DAY + ONE_DAY, end) for end in told.last_days]
        else:
            found = [_dates(start, add_months(start, months) + days * ONE_DAY - ONE_DAY) for start in told.first_days]
        return _weigh(found, sure and not (length.less or length.more or length.loose))
    if told.role == "ends":
        return _weigh([_dates(None, end) for end in told.last_days], sure)
    if told.role == "starts":
        return _weigh([_dates(start, None) for start in told.first_days], sure)
    return _weigh(
        [*(_dates(None, end) for end in told.last_days), *(_dates(start, None) for start in told.first_days)], False
    )


def _with_two(told: Sequence[_Told], sure: bool) -> Understood:
    one, other = told[0], told[1]
    if one.role == "ends" and other.role != "ends":
        one, other = other, one
    found = [_dates(start, end) for start, end in islice(product(one.first_days, other.last_days), 16) if start <= end]
    if not found:
        return Understood(error=f"{_ERROR}.order")
    return _weigh(found, sure)


def _dates(starts: date | None, ends: date | None) -> Dates:
    return {"starts": starts.isoformat() if starts else None, "ends": ends.isoformat() if ends else None}


def _weigh(found: Sequence[Dates], sure: bool) -> Understood:
    kept = [dates for dates in found if not _too_long(dates)]
    if not kept:
        return Understood(error=f"{_ERROR}.impossible")
    if sure and len(kept) == 1:
        return Understood(value=kept[0])
    return Understood(ask_back=tuple({str(dates): dates for dates in kept}.values())[:_SHOWN])


def _too_long(dates: Dates) -> bool:
    starts, ends = dates["starts"], dates["ends"]
    if starts is None or ends is None:
        return False
    return date.fromisoformat(ends) > add_months(date.fromisoformat(starts), _LONGEST_MONTHS)
