"""Calendar arithmetic at its edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dates import ONE_DAY, add_months, age_on, birthday, last_day_leaving_months

DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_are_clipped_at_the_month_s_end(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_a_birthday_on_29_february_falls_on_1_march_in_other_years() -> None:
    born = date(1992, 2, 29)
    assert birthday(born, 36) == date(2028, 2, 29)
    assert birthday(born, 35) == date(2027, 3, 1)
    assert age_on(born, date(2027, 2, 28)) == 34
    assert age_on(born, date(2027, 3, 1)) == 35


@given(DAYS, st.integers(1, 90))
def test_one_turns_an_age_on_the_birthday_and_not_a_day_before(born: date, age: int) -> None:
    day = birthday(born, age)
    assert age_on(born, day) == age
    assert age_on(born, day - ONE_DAY) == age - 1


@given(DAYS, st.integers(0, 48))
def test_the_last_day_leaving_months_is_the_last(end: date, months: int) -> None:
    day = last_day_leaving_months(end, months)
    assert add_months(day, months) <= end
    assert all(add_months(day + timedelta(days=more), months) > end for more in range(1, 40))
