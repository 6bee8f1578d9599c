"""A store copied into another of either kind tells the same story there, and goes on from there."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.store.contract import Change, Chat, Link, Store, StoreError
from bot.store.copying import TABLES, copy
from bot.store.seal import Seal
from tests.bot.store.conftest import KINDS, STORES, Clock
from tests.bot.store.test_waking import waiting, woken
from tests.bot.store.things import arrival, message, session, write


async def _fill(store: Store) -> None:
    await store.open()
    await store.accept([arrival(1), arrival(2), arrival(3), arrival(4, chat=-5, user=8)])
    await store.commit(
        Change(
            update=1,
            writes=(write(session("s", 7, age="31")), write(session("g", 7, 8, group=-5))),
            active={7: "s"},
            outgoing=(message(7, "one"), message(7, "two"), message(-5, "board")),
            links=(Link("d", "g", "join", 9e9, 7, 8, None),),
        )
    )
    await store.commit(Change(writes=(write(waiting("w", 9, u9=100.0)),)))
    await store.set_aside(2)
    await store.postpone(3, 60)
    await store.sent(7, [], Chat(card=12))
    await store.close()


async def _story(store: Store) -> list[object]:
    sessions = [await store.session_of(user, chat) for user, chat in ((7, 7), (8, -5), (8, 8))]
    arrivals = [await store.next_arrival(chat) for chat in (7, -5)]
    messages = [await store.unsent(chat) for chat in (7, -5)]
    told = [sessions, arrivals, messages, await store.chat(7), await store.link("d"), await store.export(8)]
    return [*told, await store.counts(), await store.waiting_chats(), await store.next_update()]


@pytest.mark.parametrize("target_kind", KINDS)
@pytest.mark.parametrize("source_kind", KINDS)
@pytest.mark.parametrize("keys", [(), (Fernet.generate_key().decode(),)], ids=["open", "sealed"])
async def test_the_copy_tells_the_same_story(
    source_kind: str, target_kind: str, keys: tuple[str, ...], tmp_path: Path, clock: Clock
) -> None:
    places = {name: tmp_path / name for name in ("source", "target")}
    for place in places.values():
        place.mkdir()
    source = STORES[source_kind](places["source"], Seal(keys), clock)
    target = STORES[target_kind](places["target"], Seal(keys), clock)
    await _fill(source)
    copied = await copy(source, target)
    assert set(copied) == {table.name for table in TABLES} and all(copied.values())
    with pytest.raises(StoreError, match="not empty"):
        await copy(source, target)
    await source.open()
    await target.open()
    assert await _story(target) == await _story(source)
    assert await woken(target, 100.0) == await woken(source, 100.0) == [(9, "w")]
    await target.commit(Change(outgoing=(message(7, "three"),)))
    assert [queued.outgoing.text for queued in await target.unsent(7)] == ["one", "two", "three"]
    await source.close()
    await target.close()
