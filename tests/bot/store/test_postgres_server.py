"""What only a server can suffer: several processes, a restart, another version, a wrong address."""

import asyncio
from collections.abc import Iterator

import psycopg
import pytest

from bot.store.contract import Change, StoreError
from bot.store.postgres.store import PostgresStore
from tests.bot.store.things import arrival, message, session, write
from tests.kit.postgres import Cluster, cluster, needs_postgres

pytestmark = needs_postgres


@pytest.fixture
def address() -> str:
    return cluster().new_place()


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    started = Cluster(durable=True)
    yield started
    started.remove()


async def test_many_that_start_together_agree_on_the_tables(address: str) -> None:
    stores = [PostgresStore(address) for _ in range(6)]
    await asyncio.gather(*(store.open() for store in stores))
    await stores[0].accept([arrival(1)])
    assert [await store.next_update() for store in stores] == [2] * 6
    for store in stores:
        await store.close()


async def test_a_name_is_held_across_processes_and_freed_by_death(address: str) -> None:
    first, second = PostgresStore(address), PostgresStore(address)
    await first.open()
    await second.open()
    async with first.hold("in:7") as mine, second.hold("in:7") as theirs, second.hold("in:8") as other:
        assert (mine, theirs, other) == (True, False, True)
        with psycopg.connect(address, autocommit=True) as database:  # as the server does when a process dies
            database.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND granted "
                "AND (classid::bigint << 32 | objid::bigint) = (SELECT (classid::bigint << 32 | objid::bigint) FROM pg_locks "
                "WHERE locktype = 'advisory' AND granted ORDER BY pid LIMIT 1)"
            )
    async with second.hold("in:7") as after:
        assert after
    await first.close()
    await second.close()


async def test_an_update_done_by_another_changes_nothing_a_second_time(address: str) -> None:
    """As after a broken connection, when two processes believe to hold the same chat."""
    first, second = PostgresStore(address), PostgresStore(address)
    await first.open()
    await second.open()
    await first.accept([arrival(1)])
    await first.commit(Change(update=1, outgoing=(message(7, "once"),)))
    with pytest.raises(StoreError, match="another process"):
        await second.commit(Change(update=1, writes=(write(session("s", 7)),), outgoing=(message(7, "twice"),)))
    assert [queued.outgoing.text for queued in await second.unsent(7)] == ["once"]
    assert await second.session("s") is None
    await first.close()
    await second.close()


async def test_messages_of_one_chat_keep_the_order_of_their_commits(address: str) -> None:
    """Of two commits at once whichever comes later has the later messages: nothing appears before what was seen."""
    stores = [PostgresStore(address) for _ in range(3)]
    for store in stores:
        await store.open()
    seen: list[int] = []

    async def watch() -> None:
        while len(seen) < 90:
            rows = [queued.id for queued in await stores[0].unsent(-5)]
            assert rows[: len(seen)] == seen
            seen[:] = rows

    async def say(store: PostgresStore) -> None:
        for count in range(30):
            await store.commit(Change(outgoing=(message(-5, str(count)), message(7, "x"))))

    await asyncio.gather(watch(), *(say(store) for store in stores))
    for store in stores:
        await store.close()


async def test_a_restart_of_the_database_is_got_over(own_cluster: Cluster) -> None:
    store = PostgresStore(own_cluster.new_place())
    await store.open()
    accepted: list[int] = []

    async def accept(update: int) -> None:
        while True:
            try:
                await store.accept([arrival(update)])
            except StoreError:
                await asyncio.sleep(0.05)
                continue
            accepted.append(update)
            return

    await asyncio.gather(*(accept(update) for update in range(1, 50)))
    own_cluster.stop("immediate")
    with pytest.raises(StoreError):
        await store.next_update()
    working = asyncio.gather(*(accept(update) for update in range(50, 100)))
    await asyncio.to_thread(own_cluster.start)
    await working
    async with store.hold("in:7") as mine:
        assert mine
    found = []
    while (waiting := await store.next_arrival(7)) is not None:
        found.append(waiting.arrival.update)
        await store.commit(Change(update=waiting.arrival.update))
    assert found == sorted(accepted) == list(range(1, 100))
    await store.close()


async def test_a_newer_store_is_refused_only_if_it_says_so(address: str) -> None:
    """While a new version is rolled out the old one works on; once it cannot, it says so."""
    store = PostgresStore(address)
    await store.open()
    await store.close()
    with psycopg.connect(address, autocommit=True) as database:
        database.execute("INSERT INTO migrations (number, name, readable_from) VALUES (9998, 'adds', 1)")
        await store.open()
        await store.close()
        database.execute("INSERT INTO migrations (number, name, readable_from) VALUES (9999, 'drops', 9998)")
    with pytest.raises(StoreError, match="newer version"):
        await PostgresStore(address).open()


async def test_a_store_to_be_looked_after_is_not_made(address: str) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        await PostgresStore(address, upgrade=False).open()


@pytest.mark.parametrize(
    "wrong", ["postgresql://iec:hunter2@127.0.0.1:1/none", "postgresql://iec:hunter2@127.0.0.1:port/none?x=y"]
)
async def test_a_wrong_address_is_told_without_its_password(wrong: str) -> None:
    with pytest.raises(StoreError) as told:
        await PostgresStore(wrong).open()
    assert "hunter2" not in str(told.value) and "\n" not in str(told.value)
