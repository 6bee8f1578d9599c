"""The calendar file: read by two libraries, right on every continent, updated and never doubled."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar_file import calendar_file
from bot.render.render import text_of
from flows.calendar_entries import Gone, gone_entries, to_remember
from flows.dates import ONE_DAY
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.party_file import read_party
from flows.routes.evaluate import evaluate
from flows.timeline import Dated, dates_of
from flows.timeline_words import title
from flows.words import load_words

FACTS = load_facts(CONTENT_ROOT)
WORDS = load_words(CONTENT_ROOT)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PARTY = """
people:
  - {id: p1, born: 1996-04-02, citizenships: [IE], participations: [], stage: in_pool, arrive_by: 2027-06-01,
     passport_expires: 2031-05-01}
  - {id: p2, born: 1985-04-02, citizenships: [US], participations: [], stage: none}
relationships:
  - {between: [p1, p2], kind: living_together, living_together_since: 2026-06-30}
"""


def dates(text: str = PARTY) -> list[Dated]:
    party = read_party(text, "party.yaml", NOW.date(), None, FACTS)
    return dates_of(party, evaluate(party, FACTS), FACTS)


def made(
    found: list[Dated], now: datetime = NOW, names: dict[str, str] | None = None, gone: Sequence[Gone] = ()
) -> bytes:
    named = names or {"p1": "Ana", "p2": "Ben"}
    return calendar_file(found, "p1+p2", named.__getitem__, lambda words: text_of(words, WORDS, "en"), now, gone)


def by_icalendar(raw: bytes) -> dict[str, tuple[date, date, str]]:
    events = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    return {str(event["uid"]): (event["dtstart"].dt, event["dtend"].dt, str(event["summary"])) for event in events}


def by_vobject(raw: bytes) -> dict[str, tuple[date, date, str]]:
    events = vobject.readOne(raw.decode()).vevent_list
    return {event.uid.value: (event.dtstart.value, event.dtend.value, event.summary.value) for event in events}


def test_two_libraries_read_the_same_days() -> None:
    found = dates()
    told = sorted(
        (dated.first, dated.last + ONE_DAY, text_of(title(dated, {"p1": "Ana", "p2": "Ben"}.__getitem__), WORDS, "en"))
        for dated in found
    )
    assert len(told) >= 6
    assert sorted(by_icalendar(made(found)).values()) == told
    assert sorted(by_vobject(made(found)).values()) == told


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Europe/Paris", "America/Vancouver"])
def test_a_day_is_the_same_day_everywhere(zone: str) -> None:
    """Whole days carry no zone: what a calendar in any place shows for them is that very day."""
    for first, _, _ in by_icalendar(made(dates())).values():
        assert type(first) is date
        shown = datetime.combine(first, datetime.min.time(), ZoneInfo(zone))
        assert shown.date() == first
    raw = made(dates()).decode()
    assert "DTSTART;VALUE=DATE:20270630" in raw
    assert "TZID" not in raw


def test_entries_are_updated_and_never_doubled() -> None:
    """The day of arrival moves: the same entries, later days, a higher sequence number."""
    later = PARTY.replace("2027-06-01", "2027-09-01").replace("2026-06-30", "2026-07-15")
    first, second = made(dates()), made(dates(later), NOW + timedelta(minutes=1))
    before, after = by_icalendar(first), by_icalendar(second)
    assert before.keys() == after.keys()
    moved = {before[uid][2] for uid in before if before[uid][0] != after[uid][0]}
    assert len(moved) == 3  # the arrival, the partner's last day, the twelve months
    numbers = [
        {int(event["sequence"]) for event in icalendar.Calendar.from_ical(raw).walk("VEVENT")}
        for raw in (first, second)
    ]
    assert max(numbers[0]) < min(numbers[1])
    assert max(numbers[1]) < 2**31


def statuses(raw: bytes) -> dict[str, str]:
    """By id, as two libraries read them."""
    found = {str(event["uid"]): str(event["status"]) for event in icalendar.Calendar.from_ical(raw).walk("VEVENT")}
    assert found == {event.uid.value: event.status.value for event in vobject.readOne(raw.decode()).vevent_list}
    return found


def test_what_no_longer_holds_is_cancelled_under_its_own_id() -> None:
    """The wish to arrive is taken back: its entry and the one that hung on it go, on the days where they stand."""
    before = dates()
    after = dates(PARTY.replace(" arrive_by: 2027-06-01,", ""))
    gone = gone_entries(to_remember(before, ()), after, NOW.date())
    first, second = made(before), made(after, NOW + timedelta(seconds=1), gone=gone)
    cancelled = {uid for uid, status in statuses(second).items() if status == "CANCELLED"}
    assert cancelled
    assert cancelled <= statuses(first).keys()
    assert set(statuses(first).values()) == {"CONFIRMED"}
    assert statuses(second).keys() == statuses(first).keys(), "nothing is left standing"
    for uid in cancelled:
        day, end, summary = by_icalendar(second)[uid]
        assert (day, end) == by_icalendar(first)[uid][:2]
        assert "No longer" in summary
    older, newer = (
        min(int(event["sequence"]) for event in icalendar.Calendar.from_ical(raw).walk("VEVENT"))
        for raw in (first, second)
    )
    assert older < newer


def test_a_cancelled_entry_stays_cancelled_until_its_day_and_can_come_back() -> None:
    """Whoever takes in only the third file gets rid of it too; told again, it is the same entry anew."""
    with_wish, without = dates(), dates(PARTY.replace(" arrive_by: 2027-06-01,", ""))
    given = to_remember(with_wish, ())
    gone = gone_entries(given, without, NOW.date())
    given = to_remember(without, gone)
    assert gone_entries(given, without, NOW.date()) == gone
    assert gone_entries(given, with_wish, NOW.date()) == ()
    assert gone_entries(given, without, date(2040, 1, 1)) == (), "what has been is left alone"


@given(st.lists(st.sampled_from(range(6)), max_size=6), st.lists(st.sampled_from(range(6)), max_size=6))
def test_after_a_file_every_entry_ever_given_out_is_right(first: list[int], second: list[int]) -> None:
    """Whatever two files hold: after the second, each entry to come of the first stands as it is now or is cancelled."""
    known = dates()[:6]
    one, two = [known[place] for place in first], [known[place] for place in second]
    gone = gone_entries(to_remember(one, ()), two, NOW.date())
    told = statuses(made(two, gone=gone)) if two or gone else {}
    for uid in statuses(made(one)) if one else ():
        assert uid in told
    assert sorted(told.values()).count("CONFIRMED") == len(two)


def test_each_entry_has_an_id_of_its_own_and_another_party_has_others() -> None:
    found = dates()
    mine = by_icalendar(made(found))
    others = calendar_file(found, "p1+p3", str, lambda words: text_of(words, WORDS, "en"), NOW)
    assert len(mine) == len(found)
    assert mine.keys().isdisjoint(by_icalendar(others))


@given(st.text(min_size=1, max_size=60))
def test_no_name_breaks_out_of_its_entry(name: str) -> None:
    raw = made(dates(), names={"p1": name, "p2": "Ben\r\nEND:VEVENT\r\nBEGIN:VALARM"})
    assert len(by_icalendar(raw)) == len(dates())
    assert raw.count(b"BEGIN:VEVENT") == len(dates())
    assert b"\r\nBEGIN:VALARM" not in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_the_command_prints_a_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "party.yaml"
    file.write_text(PARTY)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "calendar", str(file), "--on", "2026-11-22"],
        capture_output=True,
        env={"PATH": os.environ["PATH"]},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"BEGIN:VCALENDAR\r\n")
    assert by_icalendar(done.stdout).keys() == by_icalendar(made(dates())).keys()


def test_a_wrong_party_file_is_told_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "party.yaml"
    file.write_text("people: [{id: p1, citizenship: IE}]")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "calendar", str(file)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
