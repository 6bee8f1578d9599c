"""The process is killed at each of its steps in turn, and started again: nothing lost, nothing twice, order kept.

A step is the beginning and the end of every write to the store and of every delivery.
"""

import asyncio
import json
import os
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.arrival import Arrival
from bot.assembly import Conversation, assemble
from bot.faces.local import LocalMessenger, Shown
from bot.store.sqlite.store import SqliteStore
from flows.conversation.event import Event, EventKind
from tests.bot.diary import render, step
from tests.bot.mortal import Mortal, StepTaken, died

USERS = (7, 8)
WORDS = ("a", "b", "c")
ARRIVALS = [
    Arrival(number, user, user, Event(EventKind.TEXT, user, user, text=word))
    for number, (word, user) in enumerate(((word, user) for word in WORDS for user in USERS), start=1)
]


async def _life(place: Path, step_taken: StepTaken) -> None:
    """One run of the bot."""
    seen = os.open(place / "seen", os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def show(shown: Shown) -> None:
        os.write(seen, json.dumps([shown.chat, shown.text, shown.message, shown.edit]).encode() + b"\n")

    store = SqliteStore(place / "store.db")
    await store.open()
    mortal_store: Any = Mortal(store, ("accept", "commit", "sent"), step_taken)
    messenger: Any = Mortal(LocalMessenger(show), ("deliver",), step_taken)
    engine = assemble(Conversation(step, lambda: None, render), mortal_store, messenger, pacing=None)
    await engine.start()
    for arrival in ARRIVALS:  # whatever was not acknowledged comes again; here: everything
        await engine.take([arrival])
    await engine.idle()
    await engine.stop()
    await store.close()


def test_killed_at_every_step(tmp_path_factory: pytest.TempPathFactory) -> None:
    die_at = 0
    killed = True
    while killed:
        die_at += 1
        place = tmp_path_factory.mktemp(f"step{die_at}-")
        killed = died(partial(_life, place), die_at)
        assert not died(partial(_life, place), None)
        _all_is_well(place)
    assert die_at > 2 * len(ARRIVALS), "there were that many steps to die at"


def _all_is_well(place: Path) -> None:
    async def stored() -> dict[int, Any]:
        store = SqliteStore(place / "store.db")
        await store.open()
        found = {user: await store.session_of(user, user) for user in USERS}
        assert await store.unsent_chats() == {} and await store.waiting_chats() == {}
        await store.close()
        return {user: loaded.session["answers"][f"diary:p{user}"] for user, loaded in found.items() if loaded}

    assert asyncio.run(stored()) == {user: list(WORDS) for user in USERS}, "each word exactly once, in order"
    seen = [json.loads(line) for line in (place / "seen").read_text().splitlines()]
    for user in USERS:
        texts = [text for chat, text, _, _ in seen if chat == user]
        confirmed = [text for text in texts if text in WORDS]
        assert list(dict.fromkeys(confirmed)) == list(WORDS), "every reply at least once, first times in order"
        assert len(confirmed) <= len(WORDS) + 1, "at most the one under way is said twice"
        assert texts[-1] == f"written: {len(WORDS)}", "the last state arrives"
