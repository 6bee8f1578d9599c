"""What the sender does with each answer of the messenger, over a real store."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outgoing import Outgoing
from bot.sender import Sender, first_worth_sending
from bot.store.contract import Change, Chat, Queued
from bot.store.sqlite.store import SqliteStore
from bot.transport import ChatGone, ChatMoved, Flood, MessageGone, Refused, Unreached
from flows.conversation.view import Slot
from tests.bot.store.things import message, session, write


class Messenger:
    """Does as it is told: the next failures come first, then everything works."""

    whispers = False

    def __init__(self) -> None:
        self.failures: list[Exception] = []
        self.done: list[tuple[str, Any, Any]] = []
        self._next = 100

    async def deliver(self, outgoing: Outgoing, edit: int | None, thread: int | None) -> int | None:
        if self.failures:
            raise self.failures.pop(0)
        self.done.append(("edit" if edit else "send", outgoing.chat, outgoing.text))
        self._next += 1
        return edit or self._next

    async def remove(self, chat: int, message: int) -> None:
        self.done.append(("remove", chat, message))

    async def acknowledge(self, query: str) -> None:
        self.done.append(("acknowledge", 0, query))

    def start_link(self, token: str) -> str:
        return token


class Place:
    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.messenger = Messenger()
        self.sender = Sender(store, self.messenger, None)

    async def send(self, *outgoing: Outgoing, failing: Iterable[Exception] = ()) -> list[tuple[str, Any, Any]]:
        self.messenger.failures += failing
        self.messenger.done.clear()
        await self.store.commit(Change(outgoing=outgoing))
        for chat in {each.chat for each in outgoing}:
            self.sender.lanes.wake(chat)
        await self.sender.lanes.idle()
        return self.messenger.done


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    store = SqliteStore(tmp_path / "store.db")
    await store.open()
    built = Place(store)
    yield built
    await built.sender.stop()
    await store.close()


CARD, BOARD = Slot.CARD, Slot.BOARD


async def test_the_card_is_edited_where_it_is_or_comes_down(place: Place) -> None:
    assert await place.send(message(7, "one", CARD)) == [("send", 7, "one")]
    assert await place.send(message(7, "two", CARD)) == [("edit", 7, "two")]
    assert await place.send(replace(message(7, "three", CARD), below=True)) == [
        ("send", 7, "three"),
        ("remove", 7, 101),
    ]
    assert await place.send(replace(message(7, "four", CARD), pressed=103)) == [("edit", 7, "four")]
    assert await place.send(replace(message(7, "five", CARD), pressed=101)) == [("send", 7, "five"), ("remove", 7, 103)]


async def test_the_pressed_message_is_the_card_where_none_is_remembered(place: Place) -> None:
    assert await place.send(replace(message(7, "one", CARD), pressed=55)) == [("edit", 7, "one")]


async def test_after_a_farewell_nothing_is_remembered_of_the_chat(place: Place) -> None:
    await place.send(message(7, "one", CARD))
    await place.send(replace(message(7, "bye", CARD), farewell=True, pressed=101))
    assert await place.store.chat(7) == Chat()
    await place.send(replace(message(7, "bye", CARD), farewell=True))
    assert await place.store.chat(7) == Chat()


async def test_a_card_that_is_gone_is_sent_anew(place: Place) -> None:
    await place.send(message(7, "one", CARD))
    done = await place.send(message(7, "two", CARD), failing=[MessageGone()])
    assert done == [("send", 7, "two")]
    assert await place.send(message(7, "three", CARD)) == [("edit", 7, "three")]


async def test_edits_of_a_board_are_merged_and_the_last_state_arrives(place: Place) -> None:
    await place.send(message(-5, "0", BOARD))
    done = await place.send(*(message(-5, str(count), BOARD) for count in range(1, 11)))
    assert done == [("edit", -5, "10")]
    assert await place.store.unsent(-5) == []


async def test_what_cannot_be_reached_is_tried_again_in_order(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sender._FIRST_PAUSE", 0.01)
    done = await place.send(message(7, "one"), message(7, "two"), failing=[Unreached("reset")] * 3)
    assert done == [("send", 7, "one"), ("send", 7, "two")]


async def test_silence_is_kept_also_over_a_restart(place: Place) -> None:
    await place.store.commit(Change(outgoing=(message(7, "one"),)))
    place.messenger.failures = [Flood(30)]
    place.sender.lanes.wake(7)
    while place.messenger.failures:
        await asyncio.sleep(0)
    await place.sender.stop()
    waits = (await place.store.unsent_chats())[7]
    assert 29 < waits <= 30
    again = Sender(place.store, place.messenger, None)
    await again.sweep()
    assert place.messenger.done == []
    await again.stop()


async def test_a_chat_that_is_gone_ends_its_queue_and_no_other(place: Place) -> None:
    done = await place.send(message(7, "one"), message(7, "two"), failing=[ChatGone()])
    assert done == [] and await place.store.unsent(7) == []
    assert await place.send(message(8, "for another")) == [("send", 8, "for another")]


async def test_a_refused_message_does_not_hold_up_the_next(place: Place) -> None:
    done = await place.send(message(7, "never"), message(7, "next"), failing=[Refused("no")])
    assert done == [("send", 7, "next")]


async def test_a_group_that_moved_is_followed(place: Place) -> None:
    await place.store.commit(Change(writes=(write(session("g", 7, group=-5)),)))
    await place.store.sent(-5, [], Chat(board=4))
    done = await place.send(message(-5, "board", BOARD), failing=[ChatMoved(-1005)])
    assert done == [("send", -1005, "board")]
    assert await place.store.unsent(-5) == []
    loaded = await place.store.session_of(7, -1005)
    assert loaded is not None and loaded.session.get("group") == -1005


def queued(*wishes: tuple[Slot, bool]) -> list[Queued]:
    return [
        Queued(number, replace(message(7, str(number), slot), below=below))
        for number, (slot, below) in enumerate(wishes, start=1)
    ]


@given(wishes=st.lists(st.tuples(st.sampled_from([CARD, BOARD, Slot.MESSAGE]), st.booleans()), min_size=1, max_size=12))
def test_merging_keeps_every_message_the_order_and_the_last_state(wishes: list[tuple[Slot, bool]]) -> None:
    rows, sent = queued(*wishes), []
    everything = list(rows)
    while rows:
        row, outdated = first_worth_sending(rows)
        sent.append(row)
        rows = [each for each in rows if each.id != row.id and each.id not in outdated]
    for before, after in pairwise(sent):
        assert before.id < after.id or after.outgoing.slot is BOARD, "only a board lets others go before it"
    posted = [each.id for each in everything if each.outgoing.slot is BOARD and each.outgoing.below]
    shown_late = [each.id for each in sent if each.outgoing.slot is BOARD and any(each.id < id for id in posted)]
    assert shown_late == sorted(shown_late)
    assert {each.id for each in everything if each.outgoing.slot is Slot.MESSAGE} <= {each.id for each in sent}
    for slot in (CARD, BOARD):
        wanted = [each for each in everything if each.outgoing.slot is slot]
        if wanted:
            shown = [each for each in sent if each.outgoing.slot is slot]
            assert shown[-1].id == wanted[-1].id
            assert any(each.outgoing.below for each in wanted) == any(each.outgoing.below for each in shown)
