"""What an update costs where much is stored: the same work over 1,000, 100,000 and 1,000,000 sessions of a kilobyte.
``python -m tests.bench.growth``; the smallest is the control. Opening the store and its memory are measured too.
"""

import asyncio
import json
import os
import random
import resource
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import psycopg

from bot.arrival import Arrival
from bot.outgoing import Outgoing
from bot.store.contract import Change, Store, Write
from bot.store.copying import TABLES
from bot.store.postgres.store import PostgresStore
from bot.store.sqlite.store import SqliteStore
from flows.conversation.event import Event, EventKind
from flows.conversation.session import Session
from flows.conversation.view import Slot
from tests.kit.postgres import HOW, Cluster, binaries

SIZES = (1_000, 100_000, 1_000_000)
UPDATES = 2_000
AT_ONCE = 20  # chats side by side, as under load


def session_of(user: int) -> Session:
    """About a kilobyte."""
    member = {"person": "p1", "name": "Somebody", "language": "en", "shows": "done"}
    answers = {f"question_{number}:p1": f"an answer of usual length {number}" for number in range(14)}
    return {"id": f"s{user}", "version": 1, "answers": answers, "people": ["p1"], "members": {str(user): member}}  # type: ignore[typeddict-item]


def rows_of(table: str, size: int) -> Iterator[tuple[object, ...]]:
    """The rows of that many sessions, each with an update long done."""
    text = json.dumps(session_of(0))
    for user in range(1, size + 1):
        match table:
            case "sessions":
                data = text.replace('"s0"', f'"s{user}"').replace('{"0":', f'{{"{user}":')
                yield (f"s{user}", 1, data, 1.7e9)
            case "members":
                yield (user, f"s{user}", None)
            case "users":
                yield (user, f"s{user}")
            case "inbox":
                yield (user, 0, 0, None, "done", 0, 0.0, 1.7e9)
            case "chats":
                yield (user, None, 1, None, None)


def fill_sqlite(file: Path, size: int) -> None:
    database = sqlite3.connect(file)
    database.execute("PRAGMA synchronous = OFF")
    for table in TABLES:
        places = ", ".join("?" for _ in table.columns)
        database.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows_of(table.name, size))
    database.commit()
    database.close()


def fill_postgres(address: str, size: int) -> None:
    with psycopg.connect(address, autocommit=True) as database:
        for table in TABLES:
            names = ", ".join(f'"{column}"' for column in table.columns)
            with (
                database.cursor() as cursor,
                cursor.copy(f"COPY {table.name} ({names}) FROM STDIN".encode()) as copying,
            ):
                for row in rows_of(table.name, size):
                    copying.write_row(row)
        database.execute("VACUUM ANALYZE")


async def one_update(store: Store, number: int, user: int) -> None:
    """All that the store does for an update: in, loaded, written with its answer, sent."""
    await store.accept([Arrival(number, user, user, Event(EventKind.TEXT, user, user, text="31"))])
    waiting = await store.next_arrival(user)
    loaded = await store.session_of(user, user)
    assert waiting is not None and loaded is not None
    after: Session = {**loaded.session, "version": loaded.session["version"] + 1}  # type: ignore[typeddict-item]
    write = Write(after["id"], loaded.revision, after, alone=True)
    await store.commit(Change(number, (write,), {user: after["id"]}, (Outgoing(user, Slot.MESSAGE, "noted"),)))
    assert await store.next_arrival(user) is None
    await store.sent(user, [queued.id for queued in await store.unsent(user)])


async def measure(store: Store, size: int) -> tuple[float, float, float, float]:
    """Milliseconds to open and to do an update (its CPU, and its median alone), in random chats."""
    chance = random.Random(size)
    start = perf_counter()
    await store.open()
    opened = (perf_counter() - start) * 1000
    numbers = iter(range(size + 1, size + 10 * UPDATES))
    for user in chance.sample(range(1, size + 1), 200):
        await one_update(store, next(numbers), user)
    alone = []
    for user in chance.sample(range(1, size + 1), 300):
        start = perf_counter()
        await one_update(store, next(numbers), user)
        alone.append((perf_counter() - start) * 1000)
    users = iter(chance.choices(range(1, size + 1), k=UPDATES))

    async def lane() -> None:
        for user in users:
            if user not in busy:
                busy.add(user)
                await one_update(store, next(numbers), user)
                busy.discard(user)

    busy: set[int] = set()
    start, cpu = perf_counter(), process_time()
    await asyncio.gather(*(lane() for _ in range(AT_ONCE)))
    took, cpu = perf_counter() - start, process_time() - cpu
    await store.close()
    return opened, median(alone), took / UPDATES * 1000, cpu / UPDATES * 1000


def in_own_process(work: Callable[[], object]) -> None:
    """So that its memory is its own."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            work()
            sys.stdout.flush()
            os._exit(0)
        except BaseException as problem:
            print(f"failed: {problem!r}", flush=True)
            os._exit(1)
    os.waitpid(child, 0)


def report(name: str, store: Store, size: int) -> None:
    """One line."""
    opened, alone, each, cpu = asyncio.run(measure(store, size))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:12}{size:>12,}{opened:>12.1f}{alone:>14.2f}{each:>16.2f}{cpu:>14.2f}{memory:>12.0f}")


async def create(store: Store) -> None:
    """An empty store."""
    await store.open()
    await store.close()


def main() -> None:
    """Print the figures."""
    print(
        f"{'':12}{'sessions':>12}{'open ms':>12}{'alone ms':>14}{f'{AT_ONCE} at once ms':>16}{'CPU ms':>14}{'RSS MiB':>12}"
    )
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="iec-growth-") as folder:
            file = Path(folder) / "store.db"
            asyncio.run(create(SqliteStore(file)))
            fill_sqlite(file, size)
            in_own_process(lambda file=file, size=size: report("SQLite", SqliteStore(file), size))
    if binaries() is None:
        print(f"PostgreSQL skipped: {HOW}")
        return
    cluster = Cluster(durable=True)
    try:
        for size in SIZES:
            address = cluster.new_place()
            asyncio.run(create(PostgresStore(address)))
            fill_postgres(address, size)
            in_own_process(lambda address=address, size=size: report("PostgreSQL", PostgresStore(address), size))
    finally:
        cluster.remove()


if __name__ == "__main__":
    main()
