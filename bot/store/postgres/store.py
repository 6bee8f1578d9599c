"""The PostgreSQL store: one database, any number of processes. See bot.store.contract for what it promises."""

import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

from bot.arrival import Arrival, arrival_from_json, arrival_to_json, in_chat
from bot.outgoing import Outgoing, outgoing_from_json
from bot.store.contract import Change, Chat, Counts, Link, Loaded, Queued, StoreError, Waiting
from bot.store.copying import Rows, Table
from bot.store.postgres import copying, upkeep, waking, writing
from bot.store.postgres.batch import Batch
from bot.store.postgres.connecting import connect, conninfo, problem_of
from bot.store.postgres.holding import Holding
from bot.store.postgres.others import Others
from bot.store.postgres.reading import Reading
from bot.store.postgres.schema import prepare
from bot.store.postgres.writing import Statement
from bot.store.seal import Seal
from bot.store.session_json import session_from_json

_CONNECTIONS = 8  # of one process, beside the one that holds names
_PATIENCE = 10.0  # seconds to wait for one of them
Row = tuple[Any, ...]


class PostgresStore:
    """``address`` is a connection URL; ``upgrade``: create the tables or bring them up to date when opened. ``clock`` gives
    seconds since 1970, ``waits`` (default: the same) those by which waiting times end."""

    def __init__(
        self,
        address: str,
        seal: Seal | None = None,
        *,
        upgrade: bool = True,
        clock: Callable[[], float] = time.time,
        waits: Callable[[], float] | None = None,
    ) -> None:
        self._address = address
        self._seal = seal or Seal()
        self._upgrade = upgrade
        self._clock = clock
        self._waits = waits or clock
        self.others = Others(address, self._all)
        self._pool: AsyncConnectionPool | None = None
        self._holding = Holding(address)
        self._accepting: Batch[Arrival, bool] = Batch(self._insert)
        self._reading = Reading(self._all)

    async def open(self) -> None:
        """Connect, bring the tables up to date, check the key."""
        connection = await connect(self._address)
        try:
            await prepare(connection, self._seal, upgrade=self._upgrade)
        except psycopg.Error as error:
            raise StoreError(problem_of(error)) from error
        finally:
            await connection.close()
        await self._holding.open()
        await self.others.open()
        self._pool = AsyncConnectionPool(
            conninfo(self._address),
            min_size=1,
            max_size=_CONNECTIONS,
            timeout=_PATIENCE,
            open=False,
            kwargs={"autocommit": True, "prepare_threshold": 1},
        )
        await self._pool.open()

    async def close(self) -> None:
        """Finish what is being written and disconnect."""
        await self._accepting.close()
        await self._holding.close()
        await self.others.close()
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    def hold(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Across all processes on this database."""
        return self._holding.hold(name)

    async def accept(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """One row each, unless its number is there; those of several calls at the same moment in one statement."""
        if len(arrivals) > 1:
            return [arrival for arrival, new in zip(arrivals, await self._insert(arrivals), strict=True) if new]
        return [arrival for arrival in arrivals if await self._accept_one(arrival)]

    async def next_update(self) -> int:
        """One more than the greatest number."""
        return int((await self._row("SELECT coalesce(max(update_id), 0) + 1 FROM inbox"))[0])

    async def waiting_chats(self) -> dict[int, float]:
        """From the index of what waits."""
        sql: LiteralString = (
            "SELECT DISTINCT ON (chat) chat, not_before FROM inbox WHERE state = 'waiting' ORDER BY chat, update_id"
        )
        return {chat: self._ready_in(at) for chat, at in await self._all(sql)}

    async def next_arrival(self, chat: int) -> Waiting | None:
        """The first waiting row."""
        rows = await self._reading.first_waiting(chat)
        if not rows:
            return None
        payload, tries, at = rows[0]
        return Waiting(in_chat(arrival_from_json(self._seal.open(payload)), chat), tries, self._ready_in(at))

    async def postpone(self, update: int, seconds: float) -> None:
        """Later, and counted."""
        sql: LiteralString = (
            "UPDATE inbox SET tries = tries + 1, not_before = %s WHERE update_id = %s AND state = 'waiting'"
        )
        await self._write([Statement(sql, (self._waits() + seconds, update))])

    async def set_aside(self, update: int, outgoing: Sequence[Outgoing] = ()) -> None:
        """The row stays with its payload until it is purged."""
        aside = Statement("UPDATE inbox SET state = 'aside' WHERE update_id = %s AND state = 'waiting'", (update,))
        await self._write([aside, *writing.queue(outgoing, self._seal, self._clock())])

    async def session_of(self, user: int, chat: int) -> Loaded | None:
        """By the user's row in private, else by the chat's."""
        if chat == user:
            rows = await self._reading.present_session(user)
            return self._as_loaded(rows[0]) if rows else None
        return await self._loaded(
            "SELECT s.data, s.revision FROM chats t JOIN sessions s ON s.id = t.session WHERE t.chat = %s", chat
        )

    async def session(self, session_id: str) -> Loaded | None:
        """By its key."""
        return await self._loaded("SELECT data, revision FROM sessions WHERE id = %s", session_id)

    async def sessions_with(self, user: int) -> list[Loaded]:
        """By the members' rows."""
        sql: LiteralString = (
            "SELECT s.data, s.revision FROM members m JOIN sessions s ON s.id = m.session "
            'WHERE m."user" = %s ORDER BY s.id'
        )
        return [self._as_loaded(row) for row in await self._all(sql, user)]

    async def sessions_after(self, session_id: str, most: int = 200) -> list[Loaded]:
        """By their key."""
        sql: LiteralString = "SELECT data, revision FROM sessions WHERE id > %s ORDER BY id LIMIT %s"
        return [self._as_loaded(row) for row in await self._all(sql, session_id, most)]

    async def wake(self, now: float, most: int = 200) -> list[Arrival]:
        """Each by one process, whichever comes first."""
        async with self._connection() as connection:
            return await waking.wake(connection, self._seal, now, most, self._clock())

    async def link(self, digest: str) -> Link | None:
        """By its key."""
        row = await self._one(
            'SELECT session, meaning, expires, "user", maker, used_by FROM links WHERE digest = %s', digest
        )
        return Link(digest, row[0], self._seal.open(row[1]), *row[2:]) if row else None

    async def commit(self, change: Change) -> None:
        """All of it or, with Conflict, nothing; StoreError also if another process did this update meanwhile."""
        await self._write(writing.commit(change, self._seal, self._clock()))

    async def unsent_chats(self) -> dict[int, float]:
        """As for arrivals."""
        sql: LiteralString = "SELECT DISTINCT ON (chat) chat, not_before FROM outbox ORDER BY chat, id"
        return {chat: self._ready_in(at) for chat, at in await self._all(sql)}

    async def unsent(self, chat: int) -> list[Queued]:
        """In the order of their commits."""
        return [
            Queued(number, replace(outgoing_from_json(self._seal.open(payload)), chat=chat), tries, self._ready_in(at))
            for number, payload, tries, at in await self._reading.unsent(chat)
        ]

    async def chat(self, chat: int) -> Chat:
        """Empty for a chat never written to."""
        rows = await self._reading.chat(chat)
        return Chat(*rows[0]) if rows else Chat()

    async def sent(self, chat: int, ids: Sequence[int], remember: Chat | None = None) -> None:
        """Rows go; the chat's row is kept up to date."""
        if remember is None:
            await self._reading.take_off(ids)
        else:
            await self._write(writing.sent(chat, ids, remember))

    async def retry(self, message: int, seconds: float) -> None:
        """Later, and counted."""
        sql: LiteralString = "UPDATE outbox SET tries = tries + 1, not_before = %s WHERE id = %s"
        await self._write([Statement(sql, (self._waits() + seconds, message))])

    async def export(self, user: int) -> dict[str, Any]:
        """Sessions, what waits in both directions, and links."""
        async with self._connection() as connection:
            return await upkeep.export(connection, self._seal, user)

    async def purge(self, *, sessions_older_than: float, updates_older_than: float) -> int:
        """In slices, so that nobody waits long behind it."""
        now = self._clock()
        gone = 0
        async with self._connection() as connection:
            while slice_gone := await upkeep.purge_sessions(connection, now - sessions_older_than):
                gone += slice_gone
            while await upkeep.purge_updates(connection, now, now - updates_older_than):
                pass
        return gone

    async def reseal(self) -> int:
        """Table by table, in slices."""
        total = 0
        async with self._connection() as connection:
            for table in upkeep.SEALED:
                last: Any = None
                while True:
                    count, last = await upkeep.reseal(connection, self._seal, table, last)
                    total += count
                    if last is None:
                        break
        return total

    async def backup(self, target: Path) -> None:
        """Not ours to do: StoreError with the tool that does."""
        raise upkeep.no_backup()

    async def counts(self) -> Counts:
        """From the small indexes of what waits."""
        now = self._clock()
        inbox, received = await self._row("SELECT count(*), min(received) FROM inbox WHERE state = 'waiting'")
        outbox, created = await self._row("SELECT count(*), min(created) FROM outbox")
        (aside,) = await self._row("SELECT count(*) FROM inbox WHERE state <> 'done' AND state = 'aside'")
        return Counts(inbox, now - (received or now), outbox, now - (created or now), aside)

    async def rows(self, table: Table) -> AsyncIterator[Rows]:
        """See bot.store.copying."""
        async with self._connection() as connection:
            async for rows in copying.rows(connection, table):
                yield rows

    async def fill(self, table: Table, rows: Rows) -> None:
        """In one transaction."""
        async with self._connection() as connection:
            await copying.fill(connection, table, rows)

    async def filled(self) -> None:
        """See bot.store.copying."""
        async with self._connection() as connection:
            await copying.filled(connection)

    async def _accept_one(self, arrival: Arrival) -> bool:
        try:
            return await self._accepting.put(arrival)
        except psycopg.DataError:  # somebody's in this batch: whose is found by asking alone
            (new,) = await self._insert([arrival])
            return new

    async def _insert(self, arrivals: Sequence[Arrival]) -> list[bool]:
        first: dict[int, Arrival] = {}
        for arrival in arrivals:
            first.setdefault(arrival.update, arrival)
        rows = [first[update] for update in sorted(first)]
        sql: LiteralString = (
            'INSERT INTO inbox (update_id, chat, "user", payload, received) '
            "SELECT *, %s FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[]) "
            "ON CONFLICT DO NOTHING RETURNING update_id"
        )
        payloads = [self._seal.seal(arrival_to_json(row)) for row in rows]
        numbers = ([row.update for row in rows], [row.chat for row in rows], [row.user for row in rows])
        new = {update for (update,) in await self._all(sql, self._clock(), *numbers, payloads)}
        return [arrival.update in new and first[arrival.update] is arrival for arrival in arrivals]

    def _ready_in(self, at: float) -> float:
        return max(0.0, at - self._waits()) if at else 0.0

    @contextlib.asynccontextmanager
    async def _connection(self) -> AsyncIterator[psycopg.AsyncConnection]:
        """One from the pool. What is wrong with the database is a StoreError; what is wrong with a value is not."""
        pool = self._pool
        if pool is None:
            raise StoreError("the store is closed")
        try:
            async with pool.connection() as connection:
                yield connection
        except (PoolTimeout, PoolClosed) as error:
            raise StoreError("the database does not serve: no connection to be had in time") from error
        except psycopg.OperationalError as error:
            with contextlib.suppress(psycopg.Error, PoolClosed, PoolTimeout):
                await pool.check()  # if it was restarted, the other connections are of no use either
            raise StoreError(problem_of(error)) from error

    async def _all(self, sql: LiteralString, *values: Any) -> list[Row]:
        async with self._connection() as connection:
            return await (await connection.execute(sql, values)).fetchall()

    async def _one(self, sql: LiteralString, *values: Any) -> Row | None:
        rows = await self._all(sql, *values)
        return rows[0] if rows else None

    async def _row(self, sql: LiteralString) -> Row:
        return (await self._all(sql))[0]

    async def _loaded(self, sql: LiteralString, *values: Any) -> Loaded | None:
        row = await self._one(sql, *values)
        return self._as_loaded(row) if row else None

    def _as_loaded(self, row: Row) -> Loaded:
        return Loaded(session_from_json(self._seal.open(row[0])), row[1])

    async def _write(self, statements: Sequence[Statement]) -> None:
        if statements:
            async with self._connection() as connection:
                await writing.run(connection, statements)
