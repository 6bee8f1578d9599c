"""A time that somebody told, as the days it can mean; and the periods that have names: seasons, parts of a month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from flows.dates import add_months
from flows.understanding.calendar_words import number_phrases
from flows.understanding.terms import languages_of, terms_of
from flows.understanding.tokens import Token

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # the first of three months, as in the north


class Toward(StrEnum):
    """Which way a date without a year lies."""

    PAST = "past"
    FUTURE = "future"


class Grain(StrEnum):
    """How exactly it was said."""

    DAY = "day"
    MONTH = "month"
    PERIOD = "period"  # a season, a year, a part of one, a week
    LENGTH = "length"  # so long ago, so long ahead
    VAGUE = "vague"  # some time


@dataclass(frozen=True, slots=True)
class Moment:
    """A time found at the tokens ``start`` to ``end``.

    ``spans`` are the possible first and last days, likeliest first; empty where no calendar has such a day.
    For a length of time ``nominal`` is the day counted exactly; ``loose`` marks "about" and "almost".
    """

    start: int
    end: int
    grain: Grain
    spans: tuple[tuple[date, date], ...]
    nominal: date | None = None
    loose: bool = False

    @property
    def exact(self) -> date | None:
        """The one day that was said; None if it could be several."""
        if self.grain is Grain.DAY and len(self.spans) == 1 and not self.loose and self.spans[0][0] == self.spans[0][1]:
            return self.spans[0][0]
        return None


def text_languages(tokens: Sequence[Token]) -> frozenset[str]:
    """The languages that the small words, time words and number words of a text fit best."""
    return _text_languages(tuple(tokens))


@lru_cache(maxsize=64)  # asked for many times while one text is read
def _text_languages(tokens: tuple[Token, ...]) -> frozenset[str]:
    return languages_of(tokens, terms_of("dates"), number_phrases())


def reads_day_first(tokens: Sequence[Token]) -> bool:
    """Whether the language of the text settles that the day stands before the month: any but English does."""
    languages = languages_of(tokens, terms_of("dates"), number_phrases(), terms_of("age_or_birth_date"))
    return bool(languages) and "en" not in languages


def season_spans(season: str, year: int) -> tuple[tuple[date, date], ...]:
    """The season of a year; the winter of a year begins in the December before it or in its own."""
    first = date(year, SEASONS[season], 1)
    span = (first, add_months(first, 3) - timedelta(days=1))
    if season != "winter":
        return (span,)
    return (add_months(span[0], -12), add_months(first, -9) - timedelta(days=1)), span


def part_of(moment: Moment, part: str) -> Moment:
    """The beginning, middle or end of a period."""
    spans = []
    for first, last in moment.spans:
        third = (last - first + timedelta(days=1)) / 3
        start, end = {
            "early": (first, first + third - timedelta(days=1)),
            "middle": (first + third, last - third),
            "late": (last - third + timedelta(days=1), last),
        }[part]
        spans.append((start, end))
    return replace(moment, grain=Grain.PERIOD, spans=tuple(spans))
