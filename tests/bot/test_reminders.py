"""Reminders through the whole machine: each once, whatever dies and however many look; gone with whoever wanted them."""

import asyncio
import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.assembly import Conversation, assemble
from bot.engine import Engine
from bot.faces.local import LocalMessenger, Shown, take_turn
from bot.render.render import render_plain
from bot.store.contract import Store
from bot.store.sqlite.store import SqliteStore
from flows.conversation.step import step
from tests.bot.mortal import Mortal, StepTaken, died
from tests.bot.store.conftest import NewStore, clock, new_store  # noqa: F401
from tests.conversation.talk import content

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()
DAY = 86400.0
FIRST = NOON + 3 * DAY - 3.75 * 3600  # 25 November, a quarter past nine in Paris
WORDS = ("/start", "Just me", "30", "irish", "Invited", "20 November", "Never", "None of these", "/remind Paris")
REMINDED = "last day to accept or decline"


def conversation() -> Conversation:
    return Conversation(step, content, partial(render_plain, words=content().words))


class Phone:
    """An engine at a moment in the test's hand, and what everybody has seen of it."""

    def __init__(self, store: Store, now: float = NOON, first_update: int = 1) -> None:
        self.now = now
        self.shown: list[Shown] = []
        self.messenger = LocalMessenger(self.shown.append, first_update)
        self.engine = engine_of(store, self.messenger, lambda: self.now)

    async def say(self, user: int, *texts: str) -> None:
        for text in texts:
            await take_turn(self.engine, self.messenger.typed(user, user, text))

    async def pass_to(self, now: float) -> list[str]:
        """Let time pass, and let the bot look; what it says unasked."""
        before, self.now = len(self.shown), now
        await self.engine._sweep()
        await self.engine.idle()
        return [shown.text for shown in self.shown[before:]]


def engine_of(store: Any, messenger: Any, now: Callable[[], float]) -> Engine:
    return assemble(conversation(), store, messenger, pacing=None, clock=now)


async def test_two_who_look_at_once_remind_everybody_once(new_store: NewStore) -> None:  # noqa: F811
    """As two replicas: on PostgreSQL each with connections of its own."""
    first = new_store()
    await first.open()
    second = first if isinstance(first, SqliteStore) else new_store()
    if second is not first:
        await second.open()
    phones = [Phone(first), Phone(second, first_update=10_000)]
    users = range(7, 19)
    for user in users:
        await phones[user % 2].say(user, *WORDS)
    told = await asyncio.gather(*(phone.pass_to(FIRST) for phone in phones))
    again = await asyncio.gather(*(phone.pass_to(FIRST + 60) for phone in phones))
    assert all(REMINDED in text for some in told for text in some)
    assert [len(some) for some in again] == [0, 0]
    seen = [shown.chat for phone in phones for shown in phone.shown if "In 5 days" in shown.text]
    assert sorted(seen) == list(users)
    for store in {id(each): each for each in (first, second)}.values():
        await store.close()


async def test_forgetting_and_leaving_end_them(new_store: NewStore) -> None:  # noqa: F811
    store = new_store()
    await store.open()
    phone = Phone(store)
    for user in (7, 8, 9):
        await phone.say(user, *WORDS)
    await phone.say(7, "/forget")
    forget = next(button for shown in phone.shown[-1:] for row in shown.buttons for button in row)
    await take_turn(phone.engine, phone.messenger.pressed(7, 7, forget.id))
    await take_turn(phone.engine, phone.messenger.left(8, 8))
    assert len(await phone.pass_to(FIRST)) == 1
    assert (await store.export(7))["sessions"] == []
    assert await phone.pass_to(FIRST + 300 * DAY) is not None and await store.wake(NOON + 900 * DAY) == []
    await store.close()


async def test_the_export_says_what_is_planned(new_store: NewStore) -> None:  # noqa: F811
    store = new_store()
    await store.open()
    phone = Phone(store)
    await phone.say(7, *WORDS, "/export")
    file = next(shown.file for shown in reversed(phone.shown) if shown.file)
    member = json.loads(file.data)["sessions"][0]["member"]
    assert member["reminders"]["zone"] == "Europe/Paris" and member["reminders"]["due"]
    await store.close()


async def test_who_has_gone_on_elsewhere_is_reminded_of_the_other_plan_and_stays_where_they_are(
    new_store: NewStore,  # noqa: F811
) -> None:
    store = new_store()
    await store.open()
    phone = Phone(store)
    await phone.say(7, "/start", "My partner and I", "Ben", "Married", "30", "28", "irish")
    await phone.say(8, *WORDS)
    own = await store.session_of(8, 8)
    await phone.say(7, "/invite")
    link = next(b.url for shown in phone.shown for row in shown.buttons for b in row if b.url)
    await phone.say(8, "/start " + link.partition("start=")[2])
    shared = await store.session_of(8, 8)
    assert own and shared and own.session["id"] != shared.session["id"]
    assert any(REMINDED in text for text in await phone.pass_to(FIRST)), "of what stands in the other session"
    present = await store.session_of(8, 8)
    assert present is not None and present.session["id"] == shared.session["id"]
    await phone.say(8, "/remind off")
    assert await store.wake(NOON + 900 * DAY) == [], "off is off in every session"
    await store.close()


async def _life(place: Path, now: float, step_taken: StepTaken) -> None:
    """One run of the bot, which finds reminders that are due."""
    seen = os.open(place / "seen", os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def show(shown: Shown) -> None:
        os.write(seen, json.dumps([shown.chat, shown.text]).encode() + b"\n")

    store = SqliteStore(place / "store.db")
    await store.open()
    mortal = Mortal(store, ("wake", "commit", "sent"), step_taken)
    engine = engine_of(mortal, Mortal(LocalMessenger(show, 1000), ("deliver",), step_taken), lambda: now)
    await engine.start()
    await engine.idle()
    await engine.stop()
    await store.close()


def test_killed_at_every_step_of_a_reminder(tmp_path_factory: pytest.TempPathFactory) -> None:
    prepared = tmp_path_factory.mktemp("prepared")

    async def prepare() -> None:
        store = SqliteStore(prepared / "store.db")
        await store.open()
        for user in (7, 8):
            await Phone(store, first_update=user * 100).say(user, *WORDS)
        await store.close()

    asyncio.run(prepare())
    die_at, killed = 0, True
    while killed:
        die_at += 1
        place = tmp_path_factory.mktemp(f"step{die_at}-")
        shutil.copy(prepared / "store.db", place)
        killed = died(partial(_life, place, FIRST), die_at)
        for later in (1, 2):
            assert not died(partial(_life, place, FIRST + later), None)
        seen = [json.loads(line) for line in (place / "seen").read_text().splitlines()]
        told = [chat for chat, text in seen if REMINDED in text]
        assert set(told) == {7, 8}, "nobody's is lost"
        assert all(told.count(user) <= 2 for user in (7, 8)), "only a message under way may come twice"
        assert killed or len(told) == 2
    assert die_at > 12
