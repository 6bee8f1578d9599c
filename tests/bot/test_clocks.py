"""The machine's clock leaps while the bot runs: what waits still waits as long as it should, and nothing is purged for it."""

import asyncio
import time
from pathlib import Path

import pytest

from bot.retention import keep_purged
from bot.steady_clock import steady_clock
from bot.store.contract import Change, Store
from bot.store.sqlite.store import SqliteStore
from tests.bot.store.conftest import Clock
from tests.bot.store.things import arrival, message, session, write

DAY = 24 * 3600.0


async def test_a_steady_clock_goes_on_evenly_from_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    steady = steady_clock()
    assert abs(steady() - time.time()) < 5
    before = steady()
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert 0 <= steady() - before < 60


async def test_what_waits_a_second_does_not_wait_an_hour(tmp_path: Path) -> None:
    clock, waits = Clock(), Clock()
    store: Store = SqliteStore(tmp_path / "s.db", clock=clock, waits=waits)
    await store.open()
    await store.accept([arrival(1)])
    await store.commit(Change(outgoing=(message(7, "a"),)))
    (queued,) = await store.unsent(7)
    await store.postpone(1, 1.0)
    await store.retry(queued.id, 1.0)
    clock.now -= 3600
    waits.now += 1
    waiting, (queued,) = await store.next_arrival(7), await store.unsent(7)
    assert waiting is not None
    assert (waiting.ready_in, queued.ready_in) == (0.0, 0.0)
    assert await store.waiting_chats() == await store.unsent_chats() == {7: 0.0}
    await store.close()


async def test_a_leap_of_the_clock_purges_nothing_until_it_has_lasted(tmp_path: Path) -> None:
    clock = Clock()
    store = SqliteStore(tmp_path / "s.db", clock=clock)
    await store.open()
    await store.commit(Change(writes=(write(session("s", 7)),)))
    looked, go_on = asyncio.Queue[None](), asyncio.Queue[None]()

    async def an_hour(_: float) -> None:
        looked.put_nowait(None)
        await go_on.get()

    async def next_look() -> bool:
        """Whether the session is still there after it."""
        go_on.put_nowait(None)
        await looked.get()
        return await store.session("s") is not None

    purging = asyncio.create_task(keep_purged(store, 30, clock, an_hour))
    await looked.get()
    clock.now += 400 * DAY
    assert await next_look(), "it is not believed at once"
    clock.now -= 400 * DAY
    assert await next_look(), "it was set right"
    clock.now += 400 * DAY
    assert await next_look()
    assert not await next_look(), "it has lasted"
    purging.cancel()
    await store.close()
