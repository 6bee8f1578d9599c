"""What a run of numbers and month names can mean as a date: every reading that some calendar allows."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Partial:
    """A date as far as it was said; ``year`` may have two digits only (``short_year``)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    short_year: bool = False

    @property
    def possible(self) -> bool:
        """Whether some calendar has such a date."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        if self.month is None or self.day < 1:
            return False
        year = self.year if self.year is not None and not self.short_year else 2000
        return self.day <= monthrange(year, self.month)[1]

    def span(self) -> tuple[date, date]:
        """The first and last day it can mean; only where the year is known in full."""
        assert self.year is not None and not self.short_year
        first = date(self.year, self.month or 1, self.day or 1)
        if self.day is not None:
            return first, first
        last_month = self.month or 12
        return first, date(self.year, last_month, monthrange(self.year, last_month)[1])


@dataclass(slots=True)
class Atom:
    """One number or month name of a date, with what its surroundings say of it."""

    number: int = -1
    digits: int = 0
    months: frozenset[int] = frozenset()
    role: str = ""  # year, month or day, where a sign says so
    before: str = ""  # the mark before it
    short: bool = False  # a year shortened with an apostrophe
    ordinal: bool = False


@dataclass(slots=True)
class Run:
    """The numbers and month names in a row that may be a date; ``end`` is the place after them."""

    atoms: list[Atom] = field(default_factory=list)
    end: int = 0

    @property
    def numbers(self) -> list[Atom]:
        """The numbers among the atoms."""
        return [atom for atom in self.atoms if not atom.months]

    @property
    def has_month(self) -> bool:
        """Whether a month is named."""
        return any(atom.months for atom in self.atoms)


def readings_of(run: Run, day_first: bool) -> Iterator[Partial]:
    """All readings, likeliest first, impossible ones included. ``day_first``: 4/5 is certainly the fourth of May."""
    numbers, months = run.numbers, [atom for atom in run.atoms if atom.months]
    if any(atom.role for atom in numbers):
        yield from _with_signs(run)
    elif months:
        yield from _with_month(run, months[0])
    elif len(numbers) == 3:
        yield from _three(numbers, day_first)
    elif len(numbers) == 2:
        yield from _two(numbers, day_first)
    elif len(numbers) == 1:
        yield from _one(numbers[0])


def _with_signs(run: Run) -> Iterator[Partial]:
    said = {atom.role: atom for atom in run.numbers if atom.role}
    year = said.get("year")
    month, day = said.get("month"), said.get("day")
    loose = [atom for atom in run.numbers if not atom.role]
    if month is not None and day is None and loose and loose[-1] is run.numbers[-1]:
        day = loose[-1]
    if year is not None and year.digits < 3 and month is None:
        return  # 31年 is a length of time
    if year is None and month is None:
        return
    yield Partial(
        year.number if year else None, month.number if month else None, day.number if day else None,
        short_year=year is not None and year.digits <= 2,
    )  # fmt: skip


def _year(atom: Atom) -> bool:
    return atom.digits == 4 and 1900 <= atom.number <= 2200


def _with_month(run: Run, named: Atom) -> Iterator[Partial]:
    numbers = run.numbers
    for month in sorted(named.months):
        if not numbers:
            yield Partial(month=month)
        elif len(numbers) == 1:
            number = numbers[0]
            if _year(number):
                yield Partial(number.number, month)
            elif number.short or (number.number > 31 and number.digits == 2 and run.atoms[-1] is number):
                yield Partial(number.number, month, short_year=True)
            else:
                yield Partial(None, month, number.number)
                behind = run.atoms[-1] is number
                if behind and number.digits == 2 and not number.ordinal and number.number > 12:
                    yield Partial(number.number, month, short_year=True)
        else:
            first, second = numbers
            if _year(first):
                yield Partial(first.number, month, second.number)
            elif _year(second):
                yield Partial(second.number, month, first.number)
            elif first.digits == 2 and first.number > 31 and second.number <= 31:
                yield Partial(first.number, month, second.number, short_year=True)
            elif second.digits == 2:
                yield Partial(second.number, month, first.number, short_year=True)
            else:
                yield Partial(None, month, 99)


def _three(numbers: list[Atom], day_first: bool) -> Iterator[Partial]:
    one, two, three = numbers
    mark = two.before or " "
    if _year(one):
        yield Partial(one.number, two.number, three.number)
        if two.number > 12:
            yield Partial(one.number, three.number, two.number)
        return
    short = not _year(three)
    if short and (three.digits != 2 or max(one.digits, two.digits) > 2):
        return
    readings = [Partial(three.number, two.number, one.number, short_year=short)]
    settled = day_first or mark == "."
    month_first = Partial(three.number, one.number, two.number, short_year=short)
    if not settled or not readings[0].possible:
        readings.append(month_first)
    if short and one.digits == 2 and (one.number > 31 or not settled):
        readings.append(Partial(one.number, two.number, three.number, short_year=True))
    yield from readings


def _two(numbers: list[Atom], day_first: bool) -> Iterator[Partial]:
    one, two = numbers
    if two.before not in ("/", ".", "-"):
        return
    if _year(two) and one.number <= 12:
        yield Partial(two.number, one.number)
    elif _year(one) and two.number <= 12:
        yield Partial(one.number, two.number)
    elif max(one.digits, two.digits) <= 2 and two.before != "-":
        yield Partial(None, two.number, one.number)
        if not day_first and two.before == "/":
            yield Partial(None, one.number, two.number)


def _one(number: Atom) -> Iterator[Partial]:
    if _year(number) and not number.before:
        yield Partial(number.number)
    elif number.digits == 8:
        text = f"{number.number:08d}"
        for year, month, day in (
            (text[:4], text[4:6], text[6:]),
            (text[4:], text[2:4], text[:2]),
            (text[4:], text[:2], text[2:4]),
        ):
            if 1900 <= int(year) <= 2200 and Partial(int(year), int(month), int(day)).possible:
                yield Partial(int(year), int(month), int(day))
    elif number.digits == 6:
        text = f"{number.number:06d}"
        for year, month, day in (
            (text[:2], text[2:4], text[4:]),
            (text[4:], text[2:4], text[:2]),
            (text[4:], text[:2], text[2:4]),
        ):
            yield Partial(int(year), int(month), int(day), short_year=True)


def full_years(readings: Sequence[Partial], first: int, last: int) -> tuple[Partial, ...]:
    """The readings with shortened years written out, so that they lie between two years (inclusive)."""
    found: list[Partial] = []
    for reading in readings:
        if not reading.short_year or reading.year is None:
            found.append(reading)
            continue
        found += [
            Partial(century + reading.year, reading.month, reading.day)
            for century in (1900, 2000)
            if first <= century + reading.year <= last
        ]
    return tuple(dict.fromkeys(reading for reading in found if reading.possible))
