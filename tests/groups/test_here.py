"""Answering in the group: what the others read never depends on what somebody answered, and nobody answers for others."""

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.conversation.event import EventKind
from flows.conversation.view import Slot, View
from tests.groups.friends import GROUP, Friends, label_of, text_of


def opened(name: str = "Ana") -> Friends:
    """A group in which Ana has tapped "Ask me here", on a messenger that cannot show something to her alone."""
    group = Friends()
    group.names = {1: name, 2: "Ben"}
    group.take(EventKind.COMMAND, 1, GROUP, name="together")
    group.take(EventKind.PRESS, 1, GROUP, press="0:here")
    return group


def public(views: list[View]) -> list[tuple[str, list[str]]]:
    """What everybody reads of it: texts and labels."""
    return [
        (text_of(view), [label_of(view, choice.label) for row in view.choices for choice in row])
        for view in views
        if view.chat == GROUP and view.slot is not Slot.NOTICE and view.only_for is None
    ]


def taps(group: Friends, picks: list[int]) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """Ana taps through her questions, ``picks`` says which button each time; what all read, and what she answered."""
    shown: list[View] = [
        view for view in group.take(EventKind.PRESS, 1, GROUP, press="0:here") if view.slot is Slot.MESSAGE
    ]
    read, answered = public(shown), []
    for pick in picks:
        buttons = [choice for row in shown[-1].choices for choice in row if choice.id.startswith("0:q:")]
        if not buttons:
            break
        pressed = buttons[pick % len(buttons)]
        answered.append(label_of(shown[-1], pressed.label))
        views = group.take(EventKind.PRESS, 1, GROUP, press=pressed.id)
        shown = [view for view in views if view.slot is Slot.IN_PLACE]
        read += public(shown)
    return read, answered


PICKS = st.lists(st.integers(0, 40), min_size=5, max_size=5)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(PICKS, PICKS)
def test_the_questions_asked_openly_do_not_depend_on_the_answers(some: list[int], others: list[int]) -> None:
    """Word for word the same messages, in the same order, whatever was tapped: so none of them can tell anything."""
    one, answered = taps(opened(), some)
    other, _ = taps(opened(), others)
    assert one == other and len(answered) == 5
    assert not [label for text, _ in one for label in answered if label in text and label not in ("20", "No")]


def test_everything_asked_openly_is_noted_and_what_it_leads_to_is_up_to_the_member() -> None:
    group = opened()
    _, answered = taps(group, [10, 1, 0, 0, 1])
    assert answered == ["30", "🇮🇪 Ireland", "No, all new", "None of these", "My route"]
    assert group.board.splitlines()[2] == "Ana: Working Holiday" and "Ireland" not in group.board


def test_a_tap_of_somebody_else_changes_nothing() -> None:
    group = opened()
    before = group.session
    for press in ("0:q:p1:age_or_birth_date:30", "0:q:p1:share:reason", "0:q:p9:work:none"):
        (notice,) = group.take(EventKind.PRESS, 2, GROUP, press=press)
        assert notice.slot is Slot.NOTICE and group.session == before
    group.join(2, "Ben")
    before = group.session
    (notice,) = group.take(EventKind.PRESS, 2, GROUP, press="0:q:p1:age_or_birth_date:30")
    assert "somebody else" in text_of(notice) and group.session == before


def test_a_second_tap_and_a_made_up_one_change_nothing() -> None:
    group = opened()
    group.take(EventKind.PRESS, 1, GROUP, press="0:q:p1:age_or_birth_date:30")
    before = group.session
    for press in (
        "age_or_birth_date:30",
        "age_or_birth_date:31",
        "work:none",
        "citizenships:XX",
        "citizenships",
        "share:reason",
    ):
        (notice,) = group.take(EventKind.PRESS, 1, GROUP, press=f"0:q:p1:{press}")
        assert notice.slot is Slot.NOTICE and group.session == before, press


def test_whoever_has_answered_everything_is_led_to_the_private_chat() -> None:
    group = opened()
    taps(group, [10, 1, 0, 0, 1])
    (notice,) = group.take(EventKind.PRESS, 1, GROUP, press="0:here")
    assert notice.slot is Slot.NOTICE and notice.choices[0][0].start


def whispering(group: Friends) -> list[View]:
    """Ana is asked in the group where only she sees it; everything that was shown until her route is known."""
    shown = group.take(EventKind.PRESS, 1, GROUP, press="0:here", can_whisper=True)
    wanted = ["Yes, ask me here", "31", "🇩🇪 Germany", "No, all new", "None of these", "My route, passport and last day"]
    for label in wanted:
        view = next(view for view in reversed(shown) if view.only_for == 1)
        ids = {label_of(view, choice.label): choice.id for row in view.choices for choice in row}
        details: dict[str, Any] = {"can_whisper": True, "whispered": True, "press": ids[label]}
        shown += group.take(EventKind.PRESS, 1, GROUP, **details)
    return shown


def test_what_is_personal_is_whispered_and_only_in_place_of_something_that_says_nothing() -> None:
    """The one new message is the same for everybody: a messenger that showed it to all would give nothing away."""
    group = opened()
    shown = whispering(group)
    to_her = [view for view in shown if view.only_for == 1]
    assert [view.slot for view in to_her] == [Slot.MESSAGE] + [Slot.CARD] * (len(to_her) - 1)
    elsewhere = whispering(opened("Somebody Else"))
    first = next(view for view in elsewhere if view.only_for == 1)
    assert text_of(to_her[0]) == text_of(first) and "How old" not in text_of(first)
    for view in shown:
        assert view.only_for == 1 or view.slot in (Slot.BOARD, Slot.NOTICE), view
    assert "Germany" in text_of(to_her[-1]) and "Germany" in group.board


def test_what_needs_room_or_files_goes_on_in_the_private_chat() -> None:
    group = opened()
    last = whispering(group)[-2]
    assert last.only_for == 1
    for row in last.choices:
        for choice in row:
            if choice.id.split(":")[1] != "c":
                continue
            (notice,) = group.take(EventKind.PRESS, 1, GROUP, press=choice.id, can_whisper=True, whispered=True)
            assert notice.slot is Slot.NOTICE and notice.choices[0][0].start, replace(choice)


def test_a_whisper_to_somebody_who_left_says_so() -> None:
    group = opened()
    group.take(EventKind.LEFT, 1, GROUP)
    (notice,) = group.take(EventKind.PRESS, 1, GROUP, press="3:c:start", can_whisper=True, whispered=True)
    assert "not on the board" in text_of(notice)
