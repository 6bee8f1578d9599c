"""When something is or was, as people say it: a day, a month, a season, so long ago - each as the days it can mean."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dateutil.easter import easter

from flows.dates import add_months
from flows.understanding.calendar_words import weekday_phrases
from flows.understanding.date_readings import Partial, full_years
from flows.understanding.durations import Duration, duration_at
from flows.understanding.moment import (
    SEASONS,
    Grain,
    Moment,
    Toward,
    part_of,
    reads_day_first,
    season_spans,
    text_languages,
)
from flows.understanding.spoken_date import SpokenDate, date_at, dates_in
from flows.understanding.time_words import TimeWords
from flows.understanding.tokens import Kind, Token

_HOLIDAYS = {"christmas": (12, 25), "new_year": (1, 1)}
_LOCKDOWNS = (date(2020, 3, 16), date(2020, 11, 1), date(2021, 1, 4))
_DAYS = {"today": 0, "yesterday": -1, "before_yesterday": -2, "tomorrow": 1}
_YEARS = {"last_year": -1, "this_year": 0, "next_year": 1, "year_before_last": -2}
_MONTHS = {"last_month": -1, "this_month": 0, "next_month": 1}
_WEEKS = {"last_week": -1, "this_week": 0, "next_week": 1}
_VERBS = frozenset({"may", "march", "mars", "mart", "mar", "sept", "avril", "marts"})


def moments_in(tokens: Sequence[Token], today: date, toward: Toward) -> list[Moment]:
    """All times told in the tokens, from left to right."""
    return list(_Scan(tokens, today, toward).moments())


class _Scan(TimeWords):
    def __init__(self, tokens: Sequence[Token], today: date, toward: Toward) -> None:
        super().__init__(tokens, text_languages(tokens))
        self._today = today
        self._toward = toward
        self._dates = {spoken.start: spoken for spoken in dates_in(tokens, reads_day_first(tokens))}

    def moments(self) -> Iterator[Moment]:
        place = 0
        while place < len(self.tokens):
            moment = self._at(place)
            if moment is None:
                place += 1
            else:
                moment = self._turned_behind(moment)
                yield moment
                place = max(moment.end, place + 1)

    def _at(self, place: int) -> Moment | None:
        if self.tokens[place].kind is Kind.MARK:
            return None
        groups, end = self.groups(place)
        if groups & {"early", "middle", "late"}:
            part = next(group for group in ("early", "middle", "late") if group in groups)
            hyphen = end < len(self.tokens) and self.tokens[end].text == "-"
            inner = self._at_skipping(end + hyphen)
            if inner is not None and inner.grain in (Grain.MONTH, Grain.PERIOD):
                return replace(part_of(inner, part), start=place)
        length = duration_at(self.tokens, place, self.languages)
        spoken = self._dates.get(place)
        longer = spoken is not None and length is not None and spoken.end >= length.end
        if length is not None and not longer:
            return self._length(length)
        named = self._named(place, groups, end)
        if named is not None:
            return named
        if groups & {"last", "next", "this"} and not groups & {"plain"}:
            which = next(group for group in ("last", "next", "this") if group in groups)
            scan = _Scan(self.tokens, self._today, Toward.PAST) if which == "last" else self
            inner = scan._at_skipping(end)
            if inner is not None and inner.start <= end + 1 and inner.grain in (Grain.MONTH, Grain.PERIOD, Grain.DAY):
                return replace(self._turned(inner, which), start=place)
        if spoken is not None and self._is_date(spoken):
            return self._dated(spoken)
        return self._weekday(place)

    def _turned_behind(self, moment: Moment) -> Moment:
        """The same for languages that put "last" and "next" behind: mardi dernier, el verano pasado."""
        groups, end = self.groups(moment.end)
        which = next((group for group in ("last", "next") if group in groups), None)
        if which is None or moment.grain in (Grain.LENGTH, Grain.VAGUE) or len(moment.spans) != 1:
            return moment
        return replace(self._turned(moment, which), end=end)

    def _at_skipping(self, place: int) -> Moment | None:
        place = self.skip(place)
        return self._at(place) if place < len(self.tokens) else None

    # Lengths of time

    def _length(self, length: Duration) -> Moment:
        ahead = length.ahead or (self._toward is Toward.FUTURE and not length.ago)
        sign = 1 if ahead else -1
        nominal, low, high = (length.from_day(self._today, sign, change) for change in (0, -1, 1))
        first, last = min(low, high), max(low, high)
        if length.less:
            first, last = sorted((nominal, low))
        elif length.more:
            first, last = sorted((nominal, high))
        if length.vague:
            longer = length.one_more().from_day(self._today, sign, 0)
            return Moment(length.start, length.end, Grain.VAGUE, ((nominal, nominal), (longer, longer)), nominal, True)
        if length.exact:
            return Moment(length.start, length.end, Grain.DAY, ((nominal, nominal),), nominal, length.loose)
        return Moment(length.start, length.end, Grain.LENGTH, ((first, last),), nominal, length.loose or length.less)

    # Days and periods with names of their own

    def _named(self, place: int, groups: frozenset[str], end: int) -> Moment | None:
        for group, days in _DAYS.items():
            if group in groups:
                day = self._today + timedelta(days=days)
                return Moment(place, end, Grain.DAY, ((day, day),))
        for group, years in _YEARS.items():
            if group in groups and place not in self._dates:
                return self._in_year(place, end, self._today.year + years)
        for group, months in _MONTHS.items():
            if group in groups:
                first = add_months(self._today.replace(day=1), months)
                return Moment(place, end, Grain.MONTH, ((first, add_months(first, 1) - timedelta(days=1)),))
        for group, weeks in _WEEKS.items():
            if group in groups:
                monday = self._today - timedelta(days=self._today.weekday()) + timedelta(weeks=weeks)
                weekday = self._weekday_number(self.skip(end))
                if weekday is not None:  # 先週の火曜日
                    told = monday + timedelta(days=weekday[0])
                    return Moment(place, weekday[1], Grain.DAY, ((told, told),))
                return Moment(place, end, Grain.PERIOD, ((monday, monday + timedelta(days=6)),))
        if "lockdown" in groups:
            return Moment(place, end, Grain.PERIOD, tuple((day, day) for day in _LOCKDOWNS), loose=True)
        for group, (month, day_of_month) in _HOLIDAYS.items():
            if group in groups:
                return self._with_year_behind(place, end, Partial(None, month, day_of_month))
        if "easter" in groups:
            named_year = self._year_behind(end)
            around = [named_year[0]] if named_year else [self._today.year + step for step in (-1, 0, 1)]
            spans = [(easter(year), easter(year)) for year in around]
            return Moment(
                place,
                named_year[1] if named_year else end,
                Grain.DAY,
                tuple(spans) if named_year else self._nearest(spans),
            )
        for group in SEASONS:
            if group in groups:
                return self._season(place, end, group)
        return None

    def _in_year(self, place: int, end: int, year: int) -> Moment:
        """Last year alone, or with the month, date or season next to it: last September's year is told."""
        behind = self.skip(end)
        if behind in self._dates and all(r.year is not None and r.month is None for r in self._dates[behind].readings):
            return self._dated(self._dates[behind])  # the year 2020
        spoken = date_at(self.tokens, behind, True) if behind < len(self.tokens) else None
        if spoken is not None and any(reading.year is None and reading.month for reading in spoken.readings):
            return self._of_partials(replace(spoken, start=place), year)
        groups, after = self.groups(behind)
        for group in SEASONS:
            if group in groups:
                return Moment(place, after, Grain.PERIOD, season_spans(group, year))
        return Moment(place, end, Grain.PERIOD, ((date(year, 1, 1), date(year, 12, 31)),))

    def _year_behind(self, end: int) -> tuple[int, int] | None:
        """A year that follows: summer of 2024, September last year."""
        place = self.skip(end)
        if place >= len(self.tokens):
            return None
        token = self.tokens[place]
        if token.kind is Kind.NUMBER and len(token.text) == 4 and 1900 <= int(token.text) <= 2200:
            return int(token.text), place + 1
        groups, after = self.groups(place)
        for group, years in _YEARS.items():
            if group in groups:
                return self._today.year + years, after
        return None

    def _season(self, place: int, end: int, season: str) -> Moment:
        told = self._year_behind(end)
        if told is not None:
            return Moment(place, told[1], Grain.PERIOD, season_spans(season, told[0]))
        spans = [span for year in range(-1, 3) for span in season_spans(season, self._today.year + year)]
        return Moment(place, end, Grain.PERIOD, self._nearest(spans))

    def _nearest(self, spans: Sequence[tuple[date, date]]) -> tuple[tuple[date, date], ...]:
        if self._toward is Toward.PAST:
            begun = sorted(span for span in set(spans) if span[0] <= self._today)[-1:]
            return tuple((first, min(last, self._today)) for first, last in begun)
        return tuple(sorted(span for span in set(spans) if span[1] >= self._today)[:1])

    def _with_year_behind(self, place: int, end: int, partial: Partial) -> Moment:
        told = self._year_behind(end)
        return self._of_partials(SpokenDate(place, told[1] if told else end, (partial,)), told[0] if told else None)

    # Dates

    def _is_date(self, spoken: SpokenDate) -> bool:
        """A lone month that is also a verb (may, march), or so short that it may be any word, counts only as a name or
        behind a word of time."""
        tokens = self.tokens[spoken.start : spoken.end]
        if len(tokens) > 1 or (tokens[0].text not in _VERBS and len(tokens[0].text) > 3):
            return True
        before, _ = self.groups(spoken.start - 1) if spoken.start else (frozenset[str](), 0)
        alone = len([token for token in self.tokens if token.kind is not Kind.MARK]) <= 2
        return (
            tokens[0].raw[0].isupper()
            or alone
            or bool(before & {"since", "ahead", "until", "span", "last", "next", "this"})
        )

    def _dated(self, spoken: SpokenDate) -> Moment:
        if spoken.readings and all(reading.month is None for reading in spoken.readings):
            groups, end = self.groups(self.skip(spoken.end))
            season = next((group for group in SEASONS if group in groups), None)
            if season is not None:  # 2024年の春
                return Moment(spoken.start, end, Grain.PERIOD, season_spans(season, spoken.readings[0].year or 0))
        if any(reading.year is None for reading in spoken.readings):
            told = self._year_behind(spoken.end)
            if told is not None and any(reading.month for reading in spoken.readings):
                return self._of_partials(replace(spoken, end=told[1]), told[0])
        return self._of_partials(spoken, None)

    def _of_partials(self, spoken: SpokenDate, year: int | None) -> Moment:
        """The days that the readings can mean; a missing year is filled in by the direction."""
        spans: list[tuple[date, date]] = []
        readings = full_years(spoken.readings, self._today.year - 60, self._today.year + 39)
        plain = [reading for reading in readings if reading.year is None]
        for reading in readings:
            if reading.year is not None:
                spans.append(reading.span())
            else:
                spans += self._years_for(reading, year)
        day = bool(readings) and all(reading.day is not None for reading in readings)
        grain = Grain.DAY if day else Grain.MONTH if any(reading.month for reading in readings) else Grain.PERIOD
        if plain and len(readings) > len(plain) and grain is Grain.MONTH and year is None:
            grain = Grain.DAY if all(first == last for first, last in spans) else grain
        return Moment(spoken.start, spoken.end, grain, tuple(dict.fromkeys(spans)))

    def _years_for(self, reading: Partial, year: int | None) -> list[tuple[date, date]]:
        if year is not None:
            told = replace(reading, year=year)
            return [told.span()] if told.possible else []
        years = range(self._today.year - 8, self._today.year + 9)  # far enough for a 29 February
        spans = [told.span() for each in years if (told := replace(reading, year=each)).possible]
        nearest = list(self._nearest(spans))
        current = nearest and reading.day is None and nearest[0][0] <= self._today <= nearest[0][1]
        if current and self._toward is Toward.PAST:
            nearest.append(replace(reading, year=self._today.year - 1).span())  # said in November: since November
        return nearest

    def _weekday(self, place: int) -> Moment | None:
        found = weekday_phrases().at(self.tokens, place)
        if found is None:
            return None
        numbers = {named.number for named in found.meanings if named.language in self.languages or not self.languages}
        numbers = numbers or {named.number for named in found.meanings}
        dated = self.skip(found.end)
        if dated < len(self.tokens) and self.tokens[dated].text == ",":
            dated += 1
        if dated in self._dates:  # Tuesday, 17 November
            return replace(self._dated(self._dates[dated]), start=place)
        week, after = self.groups(self.skip(found.end))
        for group, weeks in _WEEKS.items():
            if group in week and len(numbers) == 1:  # Tuesday last week
                monday = self._today - timedelta(days=self._today.weekday()) + timedelta(weeks=weeks)
                told = monday + timedelta(days=numbers.pop())
                return Moment(place, after, Grain.DAY, ((told, told),))
        days: list[date] = []
        for number in sorted(numbers):
            back = (self._today.weekday() - number) % 7
            if self._toward is Toward.PAST:
                days += [self._today - timedelta(days=back)] + ([self._today - timedelta(days=7)] if back == 0 else [])
            else:
                days.append(self._today + timedelta(days=(number - self._today.weekday() - 1) % 7 + 1))
        return Moment(place, found.end, Grain.DAY, tuple((day, day) for day in days))

    def _weekday_number(self, place: int) -> tuple[int, int] | None:
        found = weekday_phrases().at(self.tokens, place) if place < len(self.tokens) else None
        numbers = {named.number for named in found.meanings} if found else set()
        return (numbers.pop(), found.end) if found and len(numbers) == 1 else None

    def _turned(self, inner: Moment, which: str) -> Moment:
        """Last and next move a time without a year: last September may be this year's or the year before's."""
        if not inner.spans or which == "this":
            return inner
        first, last = inner.spans[0]
        day = inner.grain is Grain.DAY
        week = day and weekday_phrases().at(self.tokens, inner.start) is not None
        if which == "last":
            if week:
                return replace(inner, spans=((first, last), (first - timedelta(days=7), last - timedelta(days=7))))
            earlier = (add_months(first, -12), _year_before(last))
            if first.year == self._today.year and len(inner.spans) == 1:
                return replace(inner, spans=((first, last), earlier))
            return inner
        if week:
            return replace(inner, spans=((first, last), (first + timedelta(days=7), last + timedelta(days=7))))
        later = (add_months(first, 12), add_months(last, 12))
        if self._toward is Toward.PAST and first <= self._today:
            return replace(inner, spans=(later,))
        if first.year == self._today.year:
            return replace(inner, spans=((first, last), later))
        return inner


def _year_before(day: date) -> date:
    return add_months(day, -12)
