"""Reminders: only for whom wants them, of their own dates, in their morning, each once, moved and cancelled by edits."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.conversation.effect import Elsewhere
from flows.conversation.event import Event, EventKind
from flows.conversation.view import Slot
from flows.interview.questions import key_of
from flows.local_time import zone_of
from tests.conversation.talk import ANA, BEN, COUPLE, Talk, content

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
INVITED = ("/start", "[Just me]", "30", "irish", "[Invited]", "20 November", "[Never]", "[None of these]")
RULES = content().reminders


class Timed(Talk):
    """A talk at a moment that the test moves; the session is stored as text between any two events."""

    def __init__(self, now: datetime = NOON) -> None:
        super().__init__(now.date())
        self.now = now

    def send(self, event: Event) -> "Timed":
        self.today = self.now.astimezone(UTC).date()
        self.session = json.loads(json.dumps(self.session))
        super().send(replace(event, at=self.now.timestamp()))
        return self

    def at(self, now: datetime) -> "Timed":
        self.now = now
        return self

    def edit(self, what: str, answer: str) -> "Timed":
        self.say("/edit")
        return self.say(f"[{next(label for label in self.buttons[ANA] if label.startswith(what))}]", answer)  # type: ignore[return-value]

    def due(self, user: int = ANA) -> dict[str, float]:
        reminders = self.session["members"][str(user)].get("reminders")
        return reminders["due"] if reminders else {}

    def wakes(self, user: int = ANA) -> datetime | None:
        reminders = self.session["members"][str(user)].get("reminders")
        return datetime.fromtimestamp(reminders["wake"], UTC) if reminders and reminders["wake"] else None

    def wake(self, user: int = ANA) -> str:
        """Let the member's moment come, or come again; what they get to read."""
        self.send(Event(EventKind.WOKEN, user, user))
        assert all(view.chat == user and view.slot is Slot.MESSAGE for view, _ in self.replies)
        return self.text


def invited(zone: str, now: datetime = NOON) -> Timed:
    talk = Timed(now)
    talk.say(*INVITED, f"/remind {zone}")
    return talk


@pytest.mark.parametrize(
    "zone", ["Asia/Tokyo", "Europe/Paris", "America/Vancouver", "Pacific/Auckland", "America/Toronto"]
)
def test_each_comes_once_in_the_morning_of_the_reader(zone: str) -> None:
    talk, mornings = invited(zone), []
    while (moment := talk.wakes()) is not None and moment < NOON + timedelta(days=30):
        talk.at(moment + timedelta(seconds=4))
        text = talk.wake()
        assert "accept or decline" in text and "No more reminders" in talk.buttons[ANA]
        assert talk.wake() == "", "the same again is silence"
        mornings.append(talk.now.astimezone(zone_of(zone)))
    assert [(morning.day, morning.hour) for morning in mornings] == [(25, 9), (27, 9), (29, 9)]


@pytest.mark.parametrize(
    ("zone", "last_day"),
    [("Europe/Paris", date(2027, 3, 29)), ("Europe/Paris", date(2026, 10, 26)), ("America/Toronto", date(2027, 3, 15)),
     ("America/Vancouver", date(2026, 3, 9)), ("America/Toronto", date(2026, 11, 2)), ("Asia/Tokyo", date(2027, 3, 29))],
)  # fmt: skip
def test_the_morning_is_the_same_when_clocks_change(zone: str, last_day: date) -> None:
    """Nights in which clocks go forward or back lie between these reminders: each is at nine of its own day."""
    told = last_day - timedelta(days=10)
    talk = Timed(datetime(told.year, told.month, told.day, 12, tzinfo=UTC))
    talk.say(*INVITED[:5], f"{told.day} {told:%B %Y}", *INVITED[6:], f"/remind {zone}")
    hours = [datetime.fromtimestamp(moment, zone_of(zone)) for moment in talk.due().values()]
    assert {moment.hour for moment in hours} == {RULES.hour}
    days = sorted(moment.date() for moment in hours if moment.date() <= last_day)
    assert days == [last_day - timedelta(days=days) for days in (5, 3, 1)]
    assert len({moment.utcoffset() for moment in hours}) == (2 if zone != "Asia/Tokyo" else 1), "clocks did change"


def test_an_edit_moves_them_and_an_answer_takes_them_away() -> None:
    talk = invited("Europe/Paris")
    before = talk.due()
    talk.at(NOON + timedelta(days=1)).edit("invited on", "22 November 2026")
    assert {key: moment - before[key] for key, moment in talk.due().items()} == dict.fromkeys(before, 2 * 86400.0)
    talk.edit("IEC so far", "[Applied, waiting]")
    assert not any("answer_by" in key for key in talk.due())
    assert talk.at(NOON + timedelta(days=9)).wake() == "", "one that is on its way finds nothing to say"


def test_what_is_told_late_says_how_late_it_is_or_nothing() -> None:
    down = datetime(2026, 11, 28, 10, tzinfo=UTC)
    talk = invited("Europe/Paris").at(down)
    text = talk.wake()
    assert text.count("accept or decline") == 1 and "In 2 days" in text, "two were due: the date is told once, as it is"
    after = invited("Europe/Paris").at(datetime(2026, 12, 1, 10, tzinfo=UTC))
    assert "was due yesterday" in after.wake()
    long_after = invited("Europe/Paris").at(datetime(2026, 12, 30, 10, tzinfo=UTC))
    assert long_after.wake() == "", "of no use to anybody any more"
    assert not any("answer_by" in key for key in long_after.due())


def test_what_is_only_tried_out_moves_nothing() -> None:
    talk = invited("Europe/Paris")
    before = talk.due()
    talk.session["members"][str(ANA)]["trial"] = {key_of("invited_on", "p1"): "2026-11-12"}
    talk.say("/language en")
    assert talk.due() == before
    talk.say("/remind Asia/Tokyo")
    assert {before[key] - moment for key, moment in talk.due().items()} == {8 * 3600.0}


SINGLE_DAYS = ("/start", "[Just me]", "2 April 1992", "irish", "[No, all new]", "[None of these]")
LIVES = {
    "single": SINGLE_DAYS,
    "too young": (*SINGLE_DAYS[:2], "17 February 2009", *SINGLE_DAYS[3:]),
    "couple": (*COUPLE[:8], "since 5 January 2026", *COUPLE[9:]),
    "approved": (*INVITED[:4], "[Approved, not there yet]", "12 October 2027", "[Never]", "[None of these]"),
    "invited": INVITED,
}


@pytest.mark.parametrize("life", LIVES)
def test_whoever_is_woken_in_time_gets_to_read_why(life: str) -> None:
    """Through two years without a word of theirs: no moment is planned at which there is nothing to say."""
    talk, codes = Timed(), set()
    talk.say(*LIVES[life], "/remind Europe/Paris")
    while (moment := talk.wakes()) is not None and moment < NOON + timedelta(days=730):
        due = [key for key, when in talk.due().items() if when <= moment.timestamp()]
        text = talk.at(moment + timedelta(seconds=5)).wake()
        assert text, f"nothing was said of {due}"
        codes |= {key.partition("|")[0] for key in due}
    assert codes, talk.text


def test_nobody_is_woken_in_the_night() -> None:
    talk = invited("Asia/Tokyo").at(datetime(2026, 11, 25, 15, tzinfo=UTC))  # midnight in Tokyo
    assert talk.wake() == ""
    morning = talk.wakes()
    assert morning == datetime(2026, 11, 26, 0, tzinfo=UTC)
    assert "In 4 days" in talk.at(morning).wake()


def test_off_is_off_everywhere_and_says_so_in_one_tap() -> None:
    talk = invited("Europe/Paris").at(datetime(2026, 11, 25, 9, tzinfo=UTC))
    talk.wake()
    talk.say("[No more reminders]")
    assert "off" in talk.text and talk.effects[-1] == Elsewhere(ANA, "remind", "off")
    assert talk.wakes() is None and talk.at(datetime(2026, 11, 29, 9, tzinfo=UTC)).wake() == ""


def test_somewhere_else_moves_the_morning() -> None:
    talk = invited("Europe/Paris")
    before = talk.due()
    talk.say("[I’m somewhere else]", "Toronto")
    assert {talk.due()[key] - before[key] for key in before} == {6 * 3600.0}
    talk.say("[I’m somewhere else]", "/dates", "what happens if I do not answer the invitation?")
    assert "asked_zone" not in talk.session["members"][str(ANA)], "whoever does something else is not held up"


@pytest.mark.parametrize(
    ("said", "zone"),
    [("12:05", "Europe/Dublin"), ("noon", "Europe/Dublin"), ("ten past four in the morning", "-08:00"),
     ("half past nine in the evening", "+09:30"), ("9 pm", "+09:00"), ("Lyon", "Europe/Paris"), ("Japan", "Asia/Tokyo"),
     ("UTC-3", "-03:00"), ("5 in the morning", "America/Vancouver")],
)  # fmt: skip
def test_the_time_somebody_says_it_is_tells_where_they_are(said: str, zone: str) -> None:
    talk = Timed()
    talk.say(*INVITED, "/remind", said)
    reminders = talk.session["members"][str(ANA)].get("reminders")
    assert reminders is not None, talk.text
    assert reminders["zone"] == zone


def test_what_is_not_understood_or_not_clear_is_asked_back() -> None:
    talk = Timed()
    talk.say(*INVITED, "/remind", "blue")
    assert "For example" in talk.text and talk.buttons[ANA]
    talk.say("quarter past six")
    assert sum("UTC" in label for label in talk.buttons[ANA]) == 2, "in the morning or in the evening?"
    talk.say("7:00")
    assert {"7:00 Winnipeg", "7:00 Toronto"} <= set(talk.buttons[ANA]), "the same now, and not all year"
    talk.say("Australia")
    assert "22:30 Adelaide" in talk.buttons[ANA]
    talk.say("[22:30 Adelaide]")
    assert "Adelaide" in talk.text and talk.wakes() is not None


def test_where_somebody_lives_answers_it() -> None:
    talk = Timed()
    talk.say(*INVITED)
    talk.session["answers"][key_of("lives_in", "p1")] = "JP"
    talk.say("/remind")
    assert "Tokyo" in talk.text and talk.wakes() is not None


def test_each_of_a_couple_is_reminded_of_their_own() -> None:
    talk = Timed()
    talk.say(*COUPLE)
    talk.session["answers"] |= {key_of("iec_so_far", "p2"): "invited", key_of("invited_on", "p2"): "2026-11-20"}
    talk.say("/remind Europe/Paris")
    assert any("answer_by|p2" in key for key in talk.due()), "nobody else can tell Ben"
    talk.send(Event(EventKind.COMMAND, BEN, BEN, name="start", text="join:p2", user_name="Benjamin"))
    assert not any("answer_by" in key for key in talk.due()), "now it is his own business"
    talk.session["members"][str(BEN)]["shows"] = "reason"
    talk.say("/language en")
    assert "Ben: last day to accept" in talk.say("/dates").text, "she may see his dates"
    assert not any("answer_by" in key for key in talk.due()), "and is still not reminded of them"
    talk.say("/remind Asia/Tokyo", user=BEN)
    assert any("answer_by|p2" in key for key in talk.due(BEN))
    moment = talk.wakes(BEN)
    assert moment is not None
    assert "You: last day to accept" in talk.at(moment).wake(BEN)


ZONES = ["Asia/Tokyo", "Europe/Paris", "America/Vancouver", "Australia/Adelaide", "+05:45"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 200)),
    st.tuples(st.just("invited"), st.integers(-12, 0)),
    st.tuples(st.just("zone"), st.sampled_from(ZONES)),
    st.tuples(st.just("off"), st.none()),
    st.tuples(st.just("wake"), st.none()),
), max_size=14))  # fmt: skip
def test_whatever_happens_each_reminder_comes_once_by_day_and_in_time(acts: list[tuple[str, object]]) -> None:
    talk, told = invited("Europe/Paris"), []
    for act, what in acts:
        reminders = talk.session["members"][str(ANA)].get("reminders")
        if act == "wait" and isinstance(what, int):
            talk.at(talk.now + timedelta(hours=what))
        elif act == "invited" and isinstance(what, int):
            day = talk.now.date() + timedelta(days=what)
            talk.edit("invited on", f"{day.day} {day:%B %Y}")
        elif act == "zone":
            talk.say(f"/remind {what}")
        elif act == "off":
            talk.say("/remind off")
        else:
            pending = {key: moment for key, moment in talk.due().items() if moment <= talk.now.timestamp()}
            text = talk.wake()
            if text:
                assert reminders and pending
                assert RULES.hour <= talk.now.astimezone(zone_of(reminders["zone"])).hour < RULES.until_hour
                told += list(pending.items())
        now = talk.session["members"][str(ANA)].get("reminders")
        if act == "off":
            assert not now
        elif now and act != "wait":
            assert (now["wake"] is None) == (not now["due"])
            assert all(moment > talk.now.timestamp() for moment in now["due"].values()) or now["wake"] is not None
    assert len(told) == len(set(told)), "no reminder of the same moment twice"
