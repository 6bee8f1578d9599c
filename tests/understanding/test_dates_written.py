"""Dates written in every way people write them come back as the same day, or are asked back with it among the readings."""

from datetime import date, timedelta

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.dates import add_months, age_on
from flows.understanding.ages import understand_age
from flows.understanding.days import understand_day
from flows.understanding.permit_dates import understand_permit_dates
from flows.understanding.places import LANGUAGES
from flows.understanding.since import understand_since

TODAY = date(2026, 11, 22)
BIRTHS = st.dates(date(1960, 1, 1), date(2008, 11, 22))
RECENT = st.dates(date(2015, 1, 1), TODAY)


def born(text: str) -> list[str]:
    understood = understand_age(text, TODAY)
    found = [understood.value] if isinstance(understood.value, dict) else list(understood.ask_back)
    return [value["born"] for value in found if "born" in value]


@settings(deadline=None)
@given(BIRTHS, st.sampled_from(LANGUAGES), st.sampled_from(["long", "full"]))
def test_a_date_of_birth_in_words(day: date, locale: str, style: str) -> None:
    text = format_date(day, style, locale=Locale.parse(locale))
    found = born(text)
    assert day.isoformat() in found, text
    assert len(found) == 1 or "listopad" in text, "October in Croatian, November in Czech and Polish"


@settings(deadline=None)
@given(
    BIRTHS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%Y年%m月%d日"])
)
def test_a_date_of_birth_that_can_be_read_in_one_way(day: date, pattern: str) -> None:
    assert born(day.strftime(pattern)) == [day.isoformat()]


@settings(deadline=None)
@given(BIRTHS, st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y"]))
def test_a_date_of_birth_in_numbers_is_never_misread(day: date, pattern: str) -> None:
    found = born(day.strftime(pattern))
    assert day.isoformat() in found
    ambiguous = day.day <= 12 and day.day != day.month
    assert (len(found) > 1) == ambiguous


@settings(deadline=None)
@given(BIRTHS)
def test_words_of_another_language_settle_the_order(day: date) -> None:
    for text in (f"né le {day:%d/%m/%Y}", f"geboren am {day:%d/%m/%Y}", f"nací el {day:%d/%m/%Y}"):
        assert born(text) == [day.isoformat()], text


@settings(deadline=None)
@given(
    st.integers(14, 80),
    st.sampled_from(["{}", "I'm {}", "{} years old", "{}!", "im {}", "{} ans", "{} Jahre alt", "{}歳", "만 {}세"]),
)
def test_an_age_in_numbers(age: int, pattern: str) -> None:
    assert understand_age(pattern.format(age), TODAY).value == {"age": age}


@settings(deadline=None)
@given(st.integers(1926, 2012))
def test_a_year_of_birth_leaves_two_ages(year: int) -> None:
    understood = understand_age(f"born in {year}", TODAY)
    first, last = date(year, 1, 1), date(year, 12, 31)
    assert {value["age"] for value in understood.ask_back} == {age_on(first, TODAY), age_on(last, TODAY)}


@settings(deadline=None)
@given(st.integers(15, 79), st.dates(TODAY + timedelta(days=1), TODAY + timedelta(days=330)))
def test_turning_an_age_on_a_day_to_come(age: int, day: date) -> None:
    understood = understand_age(f"turning {age} on {day:%d %B %Y}", TODAY)
    assert isinstance(understood.value, dict)
    if "born" in understood.value:
        assert age_on(date.fromisoformat(understood.value["born"]), day) == age
    else:
        assert (day.month, day.day) == (2, 29)
        assert understood.value == {"age": age - 1}


@pytest.mark.parametrize(
    "text", ["31 February 1995", "2/30/1995", "30.02.1990", "1995-13-41", "0", "200", "-3", "150 years old"]
)
def test_what_no_calendar_or_life_has_is_an_error(text: str) -> None:
    assert understand_age(text, TODAY).error == "understand.age_or_birth_date.impossible"


@settings(deadline=None)
@given(st.dates(TODAY + timedelta(days=1), date(2035, 1, 1)))
def test_nobody_is_born_in_the_future(day: date) -> None:
    assert understand_age(f"{day:%d %B %Y}", TODAY).error == "understand.age_or_birth_date.future"


@settings(deadline=None)
@given(RECENT, st.sampled_from(LANGUAGES))
def test_living_together_since_a_day(day: date, locale: str) -> None:
    text = format_date(day, "long", locale=Locale.parse(locale))
    understood = understand_since(text, TODAY)
    assert understood.value == day.isoformat() or ("listopad" in text and day.isoformat() in understood.ask_back), text


@settings(deadline=None)
@given(
    st.integers(1, 120),
    st.sampled_from(["{} months", "for {} months", "{} mois", "seit {} Monaten", "hace {} meses", "{}ヶ月前"]),
)
def test_a_length_of_time_is_never_longer_than_said(months: int, pattern: str) -> None:
    understood = understand_since(pattern.format(months), TODAY)
    exact = add_months(TODAY, -months)
    if understood.value is not None:
        assert understood.value == exact.isoformat()
        assert not 11 < months < 13, "a year or so decides: it must be asked back"
    else:
        assert exact.isoformat() in understood.ask_back


@settings(deadline=None)
@given(st.dates(date(2018, 1, 1), TODAY))
def test_a_month_alone_is_certain_only_where_the_day_makes_no_difference(day: date) -> None:
    first = day.replace(day=1)
    last = add_months(first, 1) - timedelta(days=1)
    understood = understand_since(f"since {day:%B %Y}", TODAY)
    if understood.value is not None:
        assert understood.value == first.isoformat()
        assert last <= add_months(TODAY, -12)
    else:
        assert first.isoformat() in understood.ask_back
        assert last > add_months(TODAY, -12)


@settings(deadline=None)
@given(
    st.dates(date(2024, 1, 1), date(2028, 1, 1)),
    st.integers(2, 36),
    st.sampled_from(["{} to {}", "from {} until {}", "{} - {}"]),
)
def test_from_one_day_to_another(starts: date, months: int, pattern: str) -> None:
    ends = add_months(starts, months) - timedelta(days=1)
    text = pattern.format(f"{starts:%d %B %Y}", f"{ends:%d %B %Y}")
    assert understand_permit_dates(text, TODAY).value == {"starts": starts.isoformat(), "ends": ends.isoformat()}


@settings(deadline=None)
@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(2, 36))
def test_a_length_from_a_day_ends_on_the_day_before(starts: date, months: int) -> None:
    expected = add_months(starts, months) - timedelta(days=1)
    understood = understand_permit_dates(f"{months} months from {starts:%d %B %Y}", TODAY)
    assert understood.value == {"starts": starts.isoformat(), "ends": expected.isoformat()}


@settings(deadline=None)
@given(st.integers(0, 6))
def test_a_weekday_is_the_last_one_gone_by(back: int) -> None:
    day = TODAY - timedelta(days=back)
    understood = understand_day("invited_on", f"{day:%A}", TODAY)
    if back == 0:
        assert set(understood.ask_back) == {day.isoformat(), (day - timedelta(days=7)).isoformat()}
    else:
        assert understood.value == day.isoformat()
