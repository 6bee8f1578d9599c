"""From views to messages: what is for one person is never sent where others read, and meanings never leave as links."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arrival import Arrival
from bot.links import digest
from bot.presenting import Presented, Presenter
from flows.conversation.event import Event, EventKind
from flows.conversation.view import Choice, Slot, View, Words
from tests.bot.standin import render


class Face:
    def __init__(self, whispers: bool) -> None:
        self.whispers = whispers

    def start_link(self, token: str) -> str:
        return f"open:{token}"


def presented(event: Event, *views: View, whispers: bool = False) -> Presented:
    presenter = Presenter(render, Face(whispers), lambda: 1000.0)  # type: ignore[arg-type]
    query = "q" if event.kind is EventKind.PRESS else None
    return presenter.present(Arrival(1, event.chat, event.user, event, query), event, [("s", view) for view in views])


def happened(kind: EventKind = EventKind.TEXT, chat: int = 7, **details: Any) -> Event:
    return Event(kind, 7, chat, **details)


VIEWS = st.builds(
    View,
    chat=st.sampled_from([7, 8, -5]),
    slot=st.sampled_from([slot for slot in Slot if slot is not Slot.OFFERS]),
    words=st.just((Words("x"),)),
    only_for=st.sampled_from([None, 7, 8]),
)


@given(
    views=st.lists(VIEWS, max_size=6),
    kind=st.sampled_from([EventKind.TEXT, EventKind.PRESS, EventKind.COMMAND]),
    chat=st.sampled_from([7, -5]),
)
def test_what_is_for_one_person_reaches_nobody_else(views: list[View], kind: EventKind, chat: int) -> None:
    found = presented(happened(kind, chat), *views)
    assert len(found.outgoing) == len(views)
    for view, outgoing in zip(views, found.outgoing, strict=True):
        if view.only_for is not None:
            assert outgoing.chat == view.only_for or outgoing.query is not None
        else:
            assert outgoing.place == view.chat
        assert outgoing.shown_in is None or outgoing.chat == 7, "in the queue of whoever pressed"
    answers = [outgoing for outgoing in found.outgoing if outgoing.query]
    assert len(answers) <= 1 and all(outgoing.place == chat for outgoing in answers)
    assert found.answers_press == (kind is not EventKind.PRESS or bool(answers))


def test_the_card_follows_typed_words_and_stays_under_a_press() -> None:
    card, told = View(7, Slot.CARD, ()), View(7, Slot.MESSAGE, ())
    assert presented(happened(), card).outgoing[0].below
    pressed = happened(EventKind.PRESS, message=3)
    assert not presented(pressed, card).outgoing[0].below
    assert presented(pressed, card).outgoing[0].pressed == 3
    assert presented(pressed, told, card).outgoing[1].below, "not above what has just been said"
    assert not presented(happened(chat=8), card).outgoing[0].below, "someone else's doing moves nobody's card"


def test_the_board_is_posted_anew_only_where_a_command_asked_for_it() -> None:
    board = View(-5, Slot.BOARD, ())
    assert presented(happened(EventKind.COMMAND, -5), board).outgoing[0].below
    for other in (happened(EventKind.COMMAND), happened(EventKind.PRESS, -5), happened(EventKind.TEXT, -5)):
        assert not presented(other, board).outgoing[0].below


@pytest.mark.parametrize(
    ("view", "kind", "tied"),
    [
        (View(7, Slot.CARD, (), ((Choice("i", Words("l"), start="join:p2"),),)), EventKind.TEXT, None),
        (View(-5, Slot.BOARD, (), ((Choice("i", Words("l"), start="join:p2"),),)), EventKind.COMMAND, None),
        (View(-5, Slot.NOTICE, (), ((Choice("i", Words("l"), start="join:p2"),),)), EventKind.PRESS, 7),
    ],
)
def test_a_meaning_becomes_a_token_tied_to_whom_it_is_for(view: View, kind: EventKind, tied: int | None) -> None:
    found = presented(happened(kind, view.chat), view)
    (link,) = found.links
    url = found.outgoing[0].buttons[0][0].url
    assert url is not None and url.startswith("open:") and "join" not in url
    assert digest(url.partition(":")[2]) == link.digest
    assert (link.session, link.meaning, link.user, link.maker) == ("s", "join:p2", tied, 7)
    assert link.expires > 1000
    assert found.outgoing[0].open_url == (url if kind is EventKind.PRESS else None)


@given(views=st.lists(VIEWS, max_size=6), whispered=st.booleans())
def test_only_a_press_in_the_group_lets_something_be_whispered(views: list[View], whispered: bool) -> None:
    """And only to whoever pressed: a card in the place of the whisper that was pressed, a message anew."""
    event = happened(EventKind.PRESS, -5, message=40, whispered=whispered)
    for view, outgoing in zip(views, presented(event, *views, whispers=True).outgoing, strict=True):
        if outgoing.whispered:
            assert (view.only_for, outgoing.only_for, outgoing.chat, outgoing.place) == (7, 7, 7, -5)
            assert outgoing.query == "q" and outgoing.slot in (Slot.CARD, Slot.MESSAGE)
            assert outgoing.pressed == (40 if outgoing.slot is Slot.CARD else None) and (
                whispered or outgoing.slot is Slot.MESSAGE
            )
        elif view.only_for is not None:
            assert outgoing.place == view.only_for or outgoing.slot is Slot.NOTICE
