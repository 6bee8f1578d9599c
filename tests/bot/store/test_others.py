"""Several processes on one database: each knows how many they are, and takes over at once what another leaves."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest

import bot.engine
from bot.assembly import Conversation, assemble
from bot.faces.local import LocalMessenger
from bot.store.contract import Store, StoreError
from bot.store.postgres.store import PostgresStore
from tests.bot.standin import render, step
from tests.bot.store.things import arrival
from tests.kit.postgres import cluster, needs_postgres


@pytest.fixture
async def two() -> AsyncIterator[tuple[PostgresStore, PostgresStore]]:
    address = cluster().new_place()
    stores = PostgresStore(address), PostgresStore(address)
    for store in stores:
        await store.open()
    yield stores
    for store in stores:
        await store.close()


async def test_who_is_alone_counts_one(store: Store) -> None:
    assert await store.others.count() == 1
    await store.others.tell()


@needs_postgres
async def test_the_living_are_counted(two: tuple[PostgresStore, PostgresStore]) -> None:
    one, other = two
    assert await one.others.count() == await other.others.count() == 2
    await other.close()
    async with asyncio.timeout(20):
        while await one.others.count() != 1:
            await asyncio.sleep(0.05)
    elsewhere = PostgresStore(cluster().new_place())
    await elsewhere.open()
    assert await one.others.count() == await elsewhere.others.count() == 1, "another store in the same database"
    await elsewhere.close()


@needs_postgres
async def test_what_is_told_is_heard_also_when_nobody_waited_and_after_the_connection_broke(
    two: tuple[PostgresStore, PostgresStore],
) -> None:
    one, other = two
    await one.others.tell()
    async with asyncio.timeout(20):
        await other.others.told()
    waiting = asyncio.create_task(other.others.told())
    await asyncio.sleep(0.1)
    with psycopg.connect(cluster().address, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_advisory_lock_shared%' "
            "AND pid <> pg_backend_pid()"
        )
    with pytest.raises(StoreError):
        await waiting
    waiting = asyncio.create_task(other.others.told())
    async with asyncio.timeout(20):
        while not waiting.done():
            await one.others.tell()
            await asyncio.sleep(0.1)


@needs_postgres
async def test_an_engine_takes_over_what_another_left(
    two: tuple[PostgresStore, PostgresStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.engine, "_SWEEP", 3600.0)
    leaving, staying = two
    shown: list[Any] = []
    engine = assemble(Conversation(step, lambda: None, render), staying, LocalMessenger(shown.append), pacing=None)
    await engine.start()
    await leaving.accept([arrival(1)])
    await leaving.others.tell()
    async with asyncio.timeout(20):
        while not shown:
            await asyncio.sleep(0.05)
    await engine.stop()
