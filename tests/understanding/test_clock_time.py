"""Times of day and places, as people write them when asked what time it is for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.content import load_content
from flows.facts.content import CONTENT_ROOT
from flows.facts.reminder_rules import load_reminder_rules, load_time_zones
from flows.facts.yaml_file import ContentError
from flows.understanding.clock_time import understand_clock
from flows.understanding.whereabouts import understand_zone

ZONES = load_time_zones(CONTENT_ROOT)
HALF_DAY = 12 * 60


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from([":", ".", "h", " h "]))
def test_every_minute_of_a_clock_of_24_hours(hour: int, minute: int, sign: str) -> None:
    told = hour * 60 + minute
    assert told in understand_clock(f"{hour}{sign}{minute:02}")
    assert understand_clock(f"{hour:02}{sign}{minute:02}")[-1:] in ((told,), (told + HALF_DAY,))


@given(st.integers(1, 12), st.integers(0, 59), st.sampled_from(["am", "pm", "in the morning", "in the evening"]))
def test_every_minute_of_a_clock_of_12_hours(hour: int, minute: int, half: str) -> None:
    later = HALF_DAY if half in ("pm", "in the evening") else 0
    assert understand_clock(f"{hour}:{minute:02} {half}") == (hour % 12 * 60 + minute + later,)


@pytest.mark.parametrize(
    ("text", "times"),
    [("half past nine", "9:30"), ("it's quarter to ten", "9:45"), ("ten to eight", "7:50"), ("nine thirty", "9:30"),
     ("9 o'clock", "9:00"), ("half nine", "9:30"), ("twenty five past six", "6:25"), ("halb zehn", "9:30"),
     ("neuf heures et demie", "9:30"), ("dix heures moins le quart", "9:45"), ("las nueve y media", "9:30"),
     ("viertel nach neun", "9:15"), ("almost eleven", "11:00")],
)  # fmt: skip
def test_words(text: str, times: str) -> None:
    hour, _, minute = times.partition(":")
    first = int(hour) % 12 * 60 + int(minute)
    assert understand_clock(text) == (first, first + HALF_DAY)
    assert understand_clock(f"{text} in the evening") == (first + HALF_DAY,)


@pytest.mark.parametrize(
    "text", ["", "Tokyo", "31 May", "25:00", "in 3 days", "2026", "I'm 31", "what?", "ten past", "9 to"]
)
def test_what_is_no_time_of_day(text: str) -> None:
    assert understand_clock(text) == ()


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    assert all(0 <= minutes < 24 * 60 for minutes in understand_clock(text))
    understood = understand_zone(text, 2026, ZONES)
    assert (understood.value is not None) + bool(understood.ask_back) + (understood.error is not None) == 1


@pytest.mark.parametrize(
    ("text", "zone"),
    [("Paris", "Europe/Paris"), ("I'm in Tokyo", "Asia/Tokyo"), ("Japan", "Asia/Tokyo"), ("Cork, Ireland", "Europe/Dublin"),
     ("UTC+2", "+02:00"), ("gmt -3:30", "-03:30"), ("New York", "America/New_York")],
)  # fmt: skip
def test_places(text: str, zone: str) -> None:
    assert understand_zone(text, 2026, ZONES).value == zone


def test_a_country_with_several_times_is_asked_back() -> None:
    offered = understand_zone("Australia", 2026, ZONES).ask_back
    assert "Australia/Perth" in offered and len(offered) == 5


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [("hour: 9\nuntil_hour: 8\nmissed_days: 3\ndays_before: {pool_opens: [1]}", "until_hour"),
     ("hour: 9\nuntil_hour: 21\nmissed_days: 3\ndays_before: {pool_open: [1]}", "expected one of the dates"),
     ("hour: 9\nuntil_hour: 21\nmissed_days: 3\ndays_before: {pool_opens: []}", "days_before")],
)  # fmt: skip
def test_wrong_content_is_told_with_its_place(tmp_path, wrong: str, problem: str) -> None:
    (tmp_path / "reminders.yaml").write_text(wrong)
    with pytest.raises(ContentError, match=problem):
        load_reminder_rules(tmp_path)
    (tmp_path / "time_zones.yaml").write_text("CA: [America/Vancuver]")
    with pytest.raises(ContentError, match="time zone database"):
        load_time_zones(tmp_path)


def test_all_content_is_read_together() -> None:
    assert load_content(CONTENT_ROOT).reminders == load_reminder_rules(CONTENT_ROOT)
