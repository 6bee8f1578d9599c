"""What people send is bounded and cannot hide or reorder what stands beside it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.arrival import Arrival, arrival_from_json, arrival_to_json
from bot.cleaning import LONGEST_NAME, LONGEST_TEXT, clean_name, clean_text, cleaned
from flows.conversation.event import Event, EventKind

ANYTHING = st.text(alphabet=st.characters(), max_size=200) | st.text(
    alphabet=st.sampled_from("\u202e\u2066\x00\x1b\ud83d\ude00<>&\n\t🏴󠁧󠁢󠁥󠁮󠁧󠁿🇮🇪é")
)


@given(text=ANYTHING, name=ANYTHING, press=ANYTHING)
def test_anything_becomes_something_that_can_be_kept(text: str, name: str, press: str) -> None:
    event = Event(EventKind.TEXT, 7, 7, text=text * 50, name=name, user_name=name, press=press, language=name)
    arrival = cleaned(Arrival(1, 7, 7, event))
    assert arrival.event is not None
    assert len(arrival.event.text) <= LONGEST_TEXT and len(arrival.event.user_name) <= LONGEST_NAME
    assert "\n" not in arrival.event.user_name
    assert not set(arrival.event.text + arrival.event.user_name) & set("\u202e\u2066\x00\x1b")
    assert arrival_from_json(arrival_to_json(arrival)) == arrival
    arrival_to_json(arrival).encode()


def test_words_and_flags_stay_as_they_are() -> None:
    for text in ("Zürich, 日本, می‌خواهم", "👩‍❤️‍👨 🇮🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "two\nlines\tand a tab"):
        assert clean_text(text) == text
    assert clean_name("  Ana\n María ") == "Ana María"


def test_a_press_that_cannot_be_ours_is_emptied() -> None:
    event = Event(EventKind.PRESS, 7, 7, press="é" * 40)
    found = cleaned(Arrival(1, 7, 7, event)).event
    assert found is not None and found.press == ""
