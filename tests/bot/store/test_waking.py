"""Moments at which members are to be woken: stored with their session, taken once, gone with their part in it."""

import asyncio
from dataclasses import replace
from pathlib import Path

from cryptography.fernet import Fernet

from bot.arrival import Arrival
from bot.store.contract import Change, Store, Write
from bot.store.waking import AGAIN
from flows.conversation.event import Event, EventKind
from flows.conversation.session import Session
from tests.bot.store.conftest import Clock, NewStore
from tests.bot.store.things import session, write

DAY = 24 * 3600.0


def waiting(name: str, *members: int, **moments: float) -> Session:
    """A session whose members are to be woken: ``u7=5.0`` for user 7."""
    made = session(name, *members)
    for user, moment in moments.items():
        made["members"][user[1:]]["reminders"] = {"zone": "Asia/Tokyo", "due": {"x": moment}, "wake": moment}
    return made


async def woken(store: Store, now: float) -> list[tuple[int, str | None]]:
    return sorted((arrival.user, arrival.session) for arrival in await store.wake(now))


async def test_each_member_is_woken_at_their_moment_and_once(store: Store) -> None:
    await store.commit(Change(writes=(write(waiting("s", 7, 8, 9, u7=100.0, u8=200.0)),)))
    assert await woken(store, 99.0) == []
    assert await woken(store, 100.0) == [(7, "s")]
    assert await woken(store, 100.0) == []
    arrival = await store.next_arrival(7)
    assert arrival is not None and arrival.arrival.event == Event(EventKind.WOKEN, 7, 7, at=100.0)
    assert await store.waiting_chats() == {7: 0.0}
    assert await woken(store, 250.0) == [(8, "s")]
    assert await store.next_arrival(9) is None


async def test_a_moment_moves_and_goes_with_the_session_that_holds_it(store: Store) -> None:
    await store.commit(Change(writes=(write(waiting("s", 7, 8, u7=100.0, u8=100.0)),)))
    await store.commit(Change(writes=(write(waiting("s", 7, 8, u7=300.0), 1),)))
    assert await woken(store, 299.0) == [], "one moved, the other was taken away"
    assert await woken(store, 300.0) == [(7, "s")]
    await store.commit(Change(writes=(write(waiting("s", 7, 8, u8=400.0), 2),)))
    await store.commit(Change(writes=(write(waiting("s", 7), 3),)))
    assert await woken(store, 9e9) == [], "who left is not woken"
    await store.commit(Change(writes=(write(waiting("s", 7, u7=500.0), 4),)))
    await store.commit(Change(writes=(Write("s", 5, None),)))
    assert await woken(store, 9e9) == []


async def test_forgetting_takes_the_moments_and_the_waking_that_waits(store: Store) -> None:
    await store.commit(Change(writes=(write(waiting("s", 7, 8, u7=100.0, u8=900.0)), write(waiting("t", 7, u7=950.0)))))
    assert await woken(store, 100.0) == [(7, "s")]
    gone = (write(waiting("s", 8, u8=900.0), 1), Write("t", 1, None))
    await store.accept([Arrival(5, 7, 7, Event(EventKind.COMMAND, 7, 7, name="forget"))])
    await store.commit(Change(update=5, writes=gone, forget=(7,)))
    assert await store.waiting_chats() == {}
    assert await woken(store, 9e9) == [(8, "s")]


async def test_who_was_woken_and_not_handled_is_woken_again_a_day_later(store: Store) -> None:
    """As where the handling failed and the arrival was set aside; the same moment again is the same arrival."""
    await store.commit(Change(writes=(write(waiting("s", 7, u7=100.0)),)))
    (first,) = await store.wake(100.0)
    await store.commit(Change(writes=(write(waiting("s", 7, u7=100.0), 1),)))
    assert await store.wake(101.0) == [], "it still waits in the inbox"
    await store.set_aside(first.update)
    assert await store.wake(101.0 + AGAIN - 1) == []
    (again,) = await store.wake(101.0 + AGAIN)
    assert again.update != first.update
    await store.commit(Change(update=again.update, writes=(write(waiting("s", 7), 2),)))
    assert await store.wake(9e9) == []


async def test_many_who_take_at_once_never_take_the_same(new_store: NewStore) -> None:
    store = new_store()
    await store.open()
    others = [new_store() for _ in range(3)] if type(store).__name__ == "PostgresStore" else [store] * 3
    for other in others:
        if other is not store:
            await other.open()
    many = [write(waiting(f"s{number:03}", 7 + number, **{f"u{7 + number}": 100.0})) for number in range(60)]
    await store.commit(Change(writes=tuple(many)))
    taken = await asyncio.gather(*(each.wake(100.0, most=25) for each in [store, *others] * 3))
    users = [arrival.user for some in taken for arrival in some]
    while more := await store.wake(100.0):
        users += [arrival.user for arrival in more]
    assert sorted(users) == list(range(7, 67))
    for each in {id(one): one for one in [store, *others]}.values():
        await each.close()


async def test_nobody_is_purged_who_is_still_to_be_woken(store: Store, clock: Clock) -> None:
    await store.commit(Change(writes=(write(waiting("kept", 7, u7=clock.now + 400 * DAY)), write(session("old", 8)))))
    clock.now += 300 * DAY
    assert await store.purge(sessions_older_than=100 * DAY, updates_older_than=DAY) == 1
    assert await store.session("kept") is not None and await store.session("old") is None
    await store.commit(Change(writes=(replace(write(waiting("kept", 7), 1), quiet=True),)))
    assert await store.purge(sessions_older_than=100 * DAY, updates_older_than=DAY) == 1, "being woken is no touch"


async def test_all_sessions_are_gone_through_in_order(store: Store) -> None:
    names = [f"s{number:02}" for number in range(7)]
    await store.commit(Change(writes=tuple(write(session(name, 7)) for name in reversed(names))))
    found, last = [], ""
    while some := await store.sessions_after(last, most=3):
        found += [loaded.session["id"] for loaded in some]
        last = found[-1]
    assert found == names


async def test_the_moment_survives_reopening_and_is_sealed_in_the_inbox(new_store: NewStore, tmp_path: Path) -> None:
    key = Fernet.generate_key().decode()
    first = new_store(key)
    await first.open()
    await first.commit(Change(writes=(write(waiting("s", 7, u7=100.0)),)))
    await first.close()
    second = new_store(key)
    await second.open()
    assert await woken(second, 100.0) == [(7, "s")]
    waiting_one = await second.next_arrival(7)
    assert waiting_one is not None and waiting_one.arrival.session == "s"
    assert [arrival.session for arrival in (await second.export(7))["updates"]] == ["s"]
    await second.close()
