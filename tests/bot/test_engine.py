"""The way of an update: once, in order, nothing lost, one failing person never holding up another."""

import asyncio
import contextlib
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot import engine as engine_module
from bot.assembly import Conversation, assemble
from bot.departing import without_traces
from bot.engine import Engine
from bot.faces.local import LocalMessenger, Shown
from bot.store.contract import Store, StoreError
from bot.store.sqlite.store import SqliteStore
from tests.bot.standin import render, step
from tests.bot.store.things import session

ADMIN = 99


@dataclass
class House:
    """An engine over a real store, with what it has shown so far."""

    engine: Engine
    messenger: LocalMessenger
    store: Store
    shown: list[Shown]

    async def play(self, *arrivals: Any) -> list[Shown]:
        """Take arrivals together, wait for the end; what was shown for them."""
        before = len(self.shown)
        await self.engine.take(arrivals)
        await self.engine.idle()
        return self.shown[before:]

    def texts(self, chat: int) -> list[str]:
        return [each.text for each in self.shown if each.chat == chat]


def build(store: Store, using: Any = step) -> House:
    shown: list[Shown] = []
    messenger = LocalMessenger(shown.append)
    engine = assemble(Conversation(using, lambda: None, render), store, messenger, pacing=None, admin_chat=ADMIN)
    return House(engine, messenger, store, shown)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "store.db")
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def house(store: SqliteStore) -> AsyncIterator[House]:
    built = build(store)
    await built.engine.start()
    yield built
    await built.engine.stop()


async def test_the_same_update_twice_is_handled_once(house: House) -> None:
    await house.play(house.messenger.typed(7, 7, "/start"))
    answer = house.messenger.typed(7, 7, "31")
    await house.play(answer, answer)
    assert await house.play(answer) == []
    loaded = await house.store.session_of(7, 7)
    assert loaded is not None and loaded.session["answers"] == {"age:p7": "31"}


async def test_each_chat_in_order_and_many_side_by_side(store: SqliteStore) -> None:
    handled: dict[int, list[str]] = defaultdict(list)

    def noting(session: Any, event: Any, content: Any, today: Any) -> Any:
        handled[event.chat].append(event.text)
        return step(session, event, content, today)

    house = build(store, noting)
    await house.engine.start()
    arrivals = [house.messenger.typed(user, user, str(count)) for count in range(20) for user in range(1, 30)]
    await asyncio.gather(*(house.play(*arrivals[at : at + 50]) for at in range(0, len(arrivals), 50)))
    await house.engine.stop()
    assert handled == {user: [str(count) for count in range(20)] for user in range(1, 30)}


async def test_one_session_touched_from_many_chats_loses_nobodys_answer(house: House) -> None:
    """Twenty friends answer at the same moment, each in their own chat, into one session."""
    messenger = house.messenger
    await house.play(messenger.typed(1, -5, "/together"))
    for user in range(1, 21):
        await house.play(messenger.pressed(user, -5, "0:join"))
        await house.play(messenger.pressed(user, -5, "open"))
    await house.play(*(messenger.typed(user, user, str(20 + user)) for user in range(1, 21)))
    loaded = await house.store.session_of(1, -5)
    assert loaded is not None
    assert loaded.session["answers"] == {f"age:p{user}": str(20 + user) for user in range(1, 21)}
    assert house.texts(-5)[-1] == "board " + " ".join(f"u{user}=1" for user in range(1, 21))


async def test_a_failing_update_is_set_aside_and_told_of(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_PAUSES", (0.01, 0.01))
    messenger = house.messenger
    await house.play(messenger.typed(7, 7, "explode"), messenger.typed(7, 7, "/start"), messenger.typed(8, 8, "/start"))
    assert (await house.store.counts()).aside == 1
    assert house.texts(7) == ["delivery.broken", "age today=" + house.texts(7)[1].partition("=")[2]]
    assert house.texts(8)[0].startswith("age")
    assert house.texts(ADMIN) == ["delivery.admin_aside update=1 problem=RuntimeError"]


async def test_a_store_that_fails_for_a_while_loses_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    commit, failures = house.store.commit, iter(range(3))

    async def sometimes(change: Any) -> None:
        if next(failures, None) is not None:
            raise StoreError("the disk is full")
        await commit(change)

    monkeypatch.setattr(house.store, "commit", sometimes)
    monkeypatch.setattr(engine_module, "_UNAVAILABLE_PAUSE", 0.01)
    await house.play(house.messenger.typed(7, 7, "/start"), house.messenger.typed(7, 7, "31"))
    assert house.texts(7)[-1].startswith("country age:p7=31")
    assert (await house.store.counts()).aside == 0, "that was not the update's fault"


async def test_what_was_accepted_is_handled_after_a_restart(store: SqliteStore) -> None:
    house = build(store)
    await store.accept([house.messenger.typed(7, 7, "/start"), house.messenger.typed(7, 7, "31")])
    await house.engine.start()
    await house.engine.idle()
    assert house.texts(7)[-1].startswith("country age:p7=31")
    await house.engine.stop()


async def test_a_guessed_or_used_link_opens_nothing(house: House) -> None:
    messenger = house.messenger
    await house.play(messenger.typed(7, 7, "/start"))
    (card,) = await house.play(messenger.typed(7, 7, "/invite"))
    url = card.buttons[0][0].url
    assert url is not None
    token = url.partition("start=")[2]
    assert len(token) <= 64
    guessed = ("A" if token[0] != "A" else "B") + token[1:]
    for payload in (guessed, token[:-1], "join:partner", token.upper()):
        await house.play(messenger.typed(8, 8, f"/start {payload}"))
    mine, theirs = await house.store.session_of(7, 7), await house.store.session_of(8, 8)
    assert mine is not None and theirs is not None and set(mine.session["members"]) == {"7"}
    assert theirs.session["id"] != mine.session["id"]
    assert "delivery.link_gone" in house.texts(8)
    await house.play(messenger.typed(9, 9, f"/start {token}"))
    joined = await house.store.session_of(9, 9)
    assert joined is not None and joined.session["id"] == mine.session["id"]
    await house.play(messenger.typed(8, 8, f"/start {token}"))
    assert house.texts(8)[-2] == "delivery.link_taken"
    await house.play(messenger.typed(9, 9, f"/start {token}"))
    assert "delivery.link_taken" not in house.texts(9), "the same person may tap it twice"


async def test_a_link_made_for_one_person_is_no_use_to_another(house: House) -> None:
    messenger = house.messenger
    await house.play(messenger.typed(7, -5, "/together"))
    (notice,) = await house.play(messenger.pressed(7, -5, "0:join"))
    assert notice.to == 7 and notice.message is None
    url = notice.buttons[0][0].url
    assert url is not None
    await house.play(messenger.typed(8, 8, "/start " + url.partition("start=")[2]))
    assert "delivery.link_taken" in house.texts(8)
    loaded = await house.store.session_of(7, -5)
    assert loaded is not None and loaded.session["members"] == {}


async def test_an_expired_link_says_so(store: SqliteStore) -> None:
    now = [1_800_000_000.0]
    shown: list[Shown] = []
    messenger = LocalMessenger(shown.append)
    conversation = Conversation(step, lambda: None, render)
    engine = assemble(conversation, store, messenger, pacing=None, clock=lambda: now[0])
    await engine.take([messenger.typed(7, 7, "/start")])
    await engine.take([messenger.typed(7, 7, "/invite")])
    await engine.idle()
    url = shown[-1].buttons[0][0].url
    assert url is not None
    now[0] += 8 * 24 * 3600
    await engine.take([messenger.typed(8, 8, "/start " + url.partition("start=")[2])])
    await engine.idle()
    assert "delivery.link_gone" in [each.text for each in shown]
    await engine.stop()


async def test_forgetting_leaves_every_session_and_tells_the_others(house: House) -> None:
    messenger = house.messenger
    await house.play(messenger.typed(1, -5, "/together"))
    for user in (7, 8):
        await house.play(messenger.pressed(user, -5, "0:join"))
        await house.play(messenger.pressed(user, -5, "open"))
        await house.play(messenger.typed(user, user, "31"))
    await house.play(messenger.typed(7, 7, "/afresh"))
    await house.play(messenger.typed(7, 7, "/start"))
    await house.play(messenger.typed(7, 7, "44"))
    await house.play(messenger.typed(7, 7, "/forget"))
    assert house.texts(7)[-1] == "forgotten"
    assert await house.store.sessions_with(7) == []
    found = await house.store.export(7)
    assert (found["sessions"], found["messages"], found["updates"], found["links"]) == ([], [], [], [])
    group = await house.store.session_of(8, -5)
    assert group is not None and set(group.session["members"]) == {"8"}, "and the conversation need not see to it"
    assert set(group.session["answers"]) == {"age:p8"}


async def test_after_forgetting_the_users_number_is_nowhere(house: House, tmp_path: Path) -> None:
    messenger, user = house.messenger, 777_123
    await house.play(messenger.typed(1, -5, "/together"), messenger.typed(user, user, "/start"))
    await house.play(messenger.typed(user, user, "31"), messenger.pressed(user, -5, "0:join"))
    await house.play(messenger.pressed(user, -5, "open"))
    assert places_of(user, tmp_path / "store.db") != []
    await house.play(messenger.typed(user, user, "/forget"))
    assert places_of(user, tmp_path / "store.db") == []


def places_of(user: int, file: Path) -> list[str]:
    """Tables and columns in which the number stands, alone or within a text."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return [
            f"{table}: {row}"
            for table in tables
            for row in db.execute(f"SELECT * FROM {table}")
            if any(str(user) in str(value) for value in row)
        ]


def test_no_trace_of_the_person_is_left_but_of_the_others() -> None:
    answers = {"age:p1": 1, "age:p2": 2, "kind:p1+p2": 3, "stay:p2.1": 4, "who": "couple", "age:p22": 5}
    before = {**session("s", 1, 2), "answers": answers}
    left = without_traces(before, 2, "p2")  # type: ignore[arg-type]
    assert left["answers"] == {"age:p1": 1, "who": "couple", "age:p22": 5}
    assert set(left["members"]) == {"1"} and left["people"] == before["people"]
    assert without_traces(left, 2, "p2") == left


async def test_starting_afresh_leaves_the_shared_session_to_the_others(house: House) -> None:
    messenger = house.messenger
    await house.play(messenger.typed(7, 7, "/start"))
    (card,) = await house.play(messenger.typed(7, 7, "/invite"))
    url = card.buttons[0][0].url
    assert url is not None
    await house.play(messenger.typed(8, 8, "/start " + url.partition("start=")[2]))
    await house.play(messenger.typed(8, 8, "28"))
    await house.play(messenger.typed(8, 8, "/afresh"))
    await house.play(messenger.typed(8, 8, "/start"))
    shared, own = await house.store.session_of(7, 7), await house.store.session_of(8, 8)
    assert shared is not None and own is not None and shared.session["id"] != own.session["id"]
    assert set(shared.session["members"]) == {"7"} and own.session["answers"] == {}


async def test_exports_hold_ones_own_and_nobody_elses(house: House) -> None:
    messenger = house.messenger
    await house.play(messenger.typed(7, 7, "/start"))
    await house.play(messenger.typed(7, 7, "age-of-seven"))
    (card,) = await house.play(messenger.typed(7, 7, "/invite"))
    url = card.buttons[0][0].url
    assert url is not None
    await house.play(messenger.typed(8, 8, "/start " + url.partition("start=")[2]))
    await house.play(messenger.typed(8, 8, "age-of-eight"))
    (shown,) = await house.play(messenger.typed(8, 8, "/export"))
    assert shown.file is not None
    assert b"age-of-eight" in shown.file.data and b"age-of-seven" not in shown.file.data


async def test_nothing_is_kept_of_someone_who_only_looked(house: House) -> None:
    def only_help(session: Any, event: Any, content: Any, today: Any) -> Any:
        return session, ()

    looking = build(house.store, only_help)
    await looking.play(looking.messenger.typed(70, 70, "/help"))
    assert await house.store.session_of(70, 70) is None and await house.store.sessions_with(70) == []


async def test_two_engines_on_one_store_never_overwrite_each_other(store: SqliteStore) -> None:
    """As two replicas would: whoever is second notices and starts over from what is now."""
    first, second = build(store), build(store)
    await first.play(first.messenger.typed(1, -5, "/together"))
    links = {}
    for user in (7, 8):
        await first.play(first.messenger.pressed(user, -5, "0:join"))
        (card, *_) = await first.play(first.messenger.pressed(user, -5, "open"))
        links[user] = card
    turns = []
    for count in range(10):
        mine = first.messenger.typed(7, 7, str(count))
        theirs = replace(first.messenger.typed(8, 8, str(count)))
        turns += [first.engine.take([mine]), second.engine.take([theirs])]
    await asyncio.gather(*turns)
    for house in (first, second):
        await house.engine.idle()
    loaded = await store.session_of(7, -5)
    assert loaded is not None
    assert loaded.session["answers"] == {"age:p7": "0", "country:p7": "1", "age:p8": "0", "country:p8": "1"}
    await first.engine.stop()
    await second.engine.stop()
