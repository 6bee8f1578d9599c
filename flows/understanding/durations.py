"""Lengths of time as people say them: two years ago, 18 months, a year and a half, six weeks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from flows.dates import add_months
from flows.understanding.calendar_words import number_at
from flows.understanding.time_words import TimeWords
from flows.understanding.tokens import Kind, Token

_UNITS = ("unit_year", "unit_month", "unit_week", "unit_day")
_IN_MONTHS = {"unit_year": 12, "unit_month": 1}
_IN_DAYS = {"unit_week": 7, "unit_day": 1}
_MOST = 1200  # months: beyond any life
_HEDGES = ("less", "more", "about")
_AND = frozenset({"and", "und", "et", "y", "e", "en", "og", "och", "i", "a", "ja", "un", "in", "ir", "και"})
_AROUND = 3  # so many words before or behind can say "ago" or "almost"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of ``months`` and ``days``; ``unit`` the smallest unit said. The flags tell what stood around it."""

    start: int
    end: int
    months: Fraction
    days: int
    unit: str
    ago: bool = False
    ahead: bool = False
    less: bool = False
    more: bool = False
    loose: bool = False
    vague: bool = False

    @property
    def exact(self) -> bool:
        """Whether it counts to the day."""
        return self.unit == "unit_day" and not (self.less or self.more or self.loose)

    def one_more(self) -> "Duration":
        """The same with one more of its unit: the other end of "two or three years"."""
        return replace(
            self, months=self.months + _IN_MONTHS.get(self.unit, 0), days=self.days + _IN_DAYS.get(self.unit, 0)
        )

    def from_day(self, today: date, sign: int, change: int) -> date:
        """The day this long after (``sign`` 1) or before (-1) ``today``; ``change`` (-1, 0, 1) makes it half a unit
        shorter or longer."""
        months, days = self.months, self.days
        half = {"unit_year": (Fraction(6), 0), "unit_month": (Fraction(0), 15), "unit_week": (Fraction(0), 3)}
        more_months, more_days = half.get(self.unit, (Fraction(0), 0))
        months += change * more_months
        days += change * more_days
        whole = int(months) if months < _MOST else _MOST
        rest = int((months - whole) * 30) if months < _MOST else 0
        try:
            return add_months(today, sign * whole) + sign * timedelta(days=days + rest)
        except (ValueError, OverflowError):
            return today


def duration_at(tokens: Sequence[Token], place: int, languages: frozenset[str]) -> Duration | None:
    """The length of time that begins at this token, with the words around it that change it."""
    return _Reader(tokens, languages).parts(place)


class _Reader(TimeWords):
    def parts(self, place: int) -> Duration | None:
        """One length, or several added up (a year and three months)."""
        first = self._part(place)
        if first is None:
            return None
        end = first.end
        follower = self._joined(end)
        second = self._part(follower) if follower is not None else None
        if second is not None and not second.vague and _UNITS.index(second.unit) > _UNITS.index(first.unit):
            first = replace(
                first,
                end=second.end,
                months=first.months + second.months,
                days=first.days + second.days,
                unit=second.unit,
            )
        return self._around(first)

    def _joined(self, place: int) -> int | None:
        """The place after "and" or nothing, where a second part of the same length can stand."""
        if place < len(self.tokens) and self.tokens[place].text in (",", "&", "+"):
            place += 1
        groups, end = self.groups(place)
        if "plain" in groups or (place < len(self.tokens) and self.tokens[place].text in _AND):
            return max(end, place + 1)
        return place if place < len(self.tokens) else None

    def _part(self, place: int) -> Duration | None:
        groups, end = self.groups(place)
        if "half_year" in groups:
            return Duration(place, end, Fraction(6), 0, "unit_month")
        if "half" in groups and (unit := self._unit(self._over_article(end))):
            return self._of(place, unit[1], Fraction(1, 2), unit[0])
        own = self._unit(place)
        if own is not None and own[0] in _IN_MONTHS and (halves := self._and_a_half(own[1], joined=True)):
            return self._of(place, halves, Fraction(3, 2), own[0])  # hace año y medio
        if "one_and_a_half" in groups:
            unit = self._unit(end) or ("unit_year", end)
            return self._of(place, unit[1], Fraction(3, 2), unit[0])
        if "vague" in groups:
            unit = self._unit(self._over_article(end))
            if unit is not None:
                return replace(self._of(place, unit[1], Fraction(2), unit[0]), vague=True)
        return self._counted(place)

    def _over_article(self, place: int) -> int:
        groups, end = self.groups(place)
        return end if "plain" in groups else place

    def _counted(self, place: int) -> Duration | None:
        number = number_at(self.tokens, place, self.languages)
        if number is None:
            return None
        count, end = Fraction(number[0]), number[1]
        if self.tokens[place].kind is Kind.NUMBER:
            if (
                end + 1 < len(self.tokens)
                and self.tokens[end].text in ".,"
                and self.tokens[end + 1].kind is Kind.NUMBER
            ):
                digits = self.tokens[end + 1].text
                if len(digits) > 2:
                    return None
                count, end = count + Fraction(int(digits), 10 ** len(digits)), end + 2
            fraction = [token.text for token in self.tokens[end : end + 3]]
            if (
                len(fraction) == 3
                and fraction[1] == "/"
                and fraction in (["1", "/", "2"], ["1", "/", "4"], ["3", "/", "4"])
            ):
                count, end = count + Fraction(int(fraction[0]), int(fraction[2])), end + 3
            if end < len(self.tokens) and self.tokens[end].text == "half":
                count, end = count + Fraction(1, 2), end + 1
        range_of = self._range(end)
        if range_of is not None:
            unit = self._unit(range_of)
            return replace(self._of(place, unit[1], count, unit[0]), vague=True) if unit else None
        if (whole := self._and_half_a_year(end)) is not None:
            return self._of(place, whole, count + Fraction(1, 2), "unit_year")
        halves = self._and_a_half(end)
        if halves is not None and (unit := self._unit(halves)):
            return self._of(place, unit[1], count + Fraction(1, 2), unit[0])
        unit = self._unit(end)
        if unit is None:
            return None
        found = self._of(place, unit[1], count, unit[0])
        halves = self._and_a_half(unit[1], joined=True)
        if halves is not None and unit[0] in _IN_MONTHS and self._unit(halves) is None:
            return replace(found, months=found.months + Fraction(_IN_MONTHS[unit[0]], 2), end=halves, unit="unit_month")
        return found

    def _range(self, place: int) -> int | None:
        """2-3 years, two or three years: the place after the second number."""
        if place >= len(self.tokens):
            return None
        text = self.tokens[place].text
        if text not in ("-", "or", "ou", "oder", "o", "of", "eller", "to", "tai", "lub", "nebo", "ili", "bis", "a"):
            return None
        number = number_at(self.tokens, place + 1, self.languages) if place + 1 < len(self.tokens) else None
        return number[1] if number and self._unit(number[1]) else None

    def _and_half_a_year(self, place: int) -> int | None:
        """The place after "and half a year", where that is how a language says so and a half years."""
        joined = False
        for _ in range(3):
            groups, end = self.groups(place)
            if "half_year" in groups:
                return end if joined else None
            conjunction = place < len(self.tokens) and self.tokens[place].text in _AND
            if not conjunction and "plain" not in groups:
                return None
            joined = joined or conjunction
            place = max(end, place + 1)
        return None

    def _and_a_half(self, place: int, joined: bool = False) -> int | None:
        """The place after "and a half"; None if nothing of the kind follows. ``joined``: the "and" may be missing."""
        for _ in range(3):
            groups, end = self.groups(place)
            if "half" in groups:
                return end if joined else None
            if place >= len(self.tokens):
                return None
            conjunction = self.tokens[place].text in _AND
            if not conjunction and "plain" not in groups:
                return None
            joined = joined or conjunction
            place = max(end, place + 1)
        return None

    def _unit(self, place: int) -> tuple[str, int] | None:
        groups, end = self.groups(place)
        for unit in _UNITS:
            if unit in groups:
                return unit, end
        return None

    def _of(self, start: int, end: int, count: Fraction, unit: str) -> Duration:
        if unit in _IN_MONTHS:
            months = count * _IN_MONTHS[unit]
            finest = "unit_month" if unit == "unit_year" and count.denominator != 1 else unit
            return Duration(start, end, months, 0, finest)
        return Duration(start, end, Fraction(0), int(count * _IN_DAYS[unit]) if count < _MOST else 0, unit)

    def _around(self, found: Duration) -> Duration:
        """The words just before and behind: ago, in, almost, more than, about."""
        said: set[str] = set()
        place, seen = found.start, 0
        while place > 0 and seen < _AROUND and self.tokens[place - 1].text not in (",", ";", ".", "!", "?"):
            place, seen = place - 1, seen + 1
            groups, end = self.groups(place)
            if end == found.start or (end <= found.start and said):
                said |= groups
                found = replace(found, start=found.start)
        behind, seen = found.end, 0
        while (
            behind < len(self.tokens) and seen < _AROUND and self.tokens[behind].text not in (",", ";", ".", "!", "?")
        ):
            groups, end = self.groups(behind)
            said |= groups & {"ago", "ahead", "about", "more", "less"}
            behind, seen = max(end, behind + 1), seen + 1
        plus = found.end < len(self.tokens) and self.tokens[found.end].text == "+"
        return replace(
            found,
            ago="ago" in said,
            ahead="ahead" in said and not said & {"ago", "span"},
            less="less" in said,
            more="more" in said or plus,
            loose="about" in said,
        )
