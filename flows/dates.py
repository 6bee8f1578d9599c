"""Calendar arithmetic on days and calendar months, the same everywhere in the project.

Conventions: calendar months are clipped at the month's end (31 January + 1 month = 28 February); someone born on
29 February has their birthday on 1 March in other years.
"""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The day ``months`` calendar months after (or, negative, before) ``day``, clipped at the month's end."""
    return day + relativedelta(months=months)


def birthday(born: date, age: int) -> date:
    """The day on which someone born on ``born`` turns ``age``; 29 February falls on 1 March in other years."""
    year = born.year + age
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age_on(born: date, day: date) -> int:
    """Full years of age on ``day``."""
    years = day.year - born.year
    return years if birthday(born, years) <= day else years - 1


def last_day_leaving_months(end: date, months: int) -> date:
    """The last day D on which D plus ``months`` calendar months is not after ``end``."""
    day = add_months(end, -months)
    while add_months(day + ONE_DAY, months) <= end:
        day += ONE_DAY
    return day
