"""The other processes on the same database: how many there are, and being told when one of them leaves work behind.

Each process holds one lock that all of them share, on a connection of its own; the server frees it when the process dies,
so that counting the locks counts the living. The same connection hears what the others announce.
"""

from contextlib import suppress
from typing import LiteralString

import psycopg

from bot.store.contract import StoreError
from bot.store.postgres.connecting import connect, problem_of
from bot.store.postgres.reading import Ask

_PRESENT = 0x1EC2  # first half of the lock's number; the second is the schema, since a database may hold several stores
_CHANNEL: LiteralString = "iec_together_work"

_COUNT: LiteralString = """
    SELECT count(DISTINCT pid) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 2 AND classid = %s::oid AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND objid::bigint = hashtext(current_schema())::bigint & 4294967295"""


class Others:
    """See bot.store.contract.Others. ``ask`` gives the rows of a statement, over another connection."""

    def __init__(self, address: str, ask: Ask) -> None:
        self._address = address
        self._ask = ask
        self._connection: psycopg.AsyncConnection | None = None
        self._schema = ""
        self._open = False

    async def open(self) -> None:
        """Be present; StoreError if the database cannot be reached."""
        self._open = True
        await self._connected()

    async def close(self) -> None:
        """Be gone."""
        self._open = False
        await self._disconnect()

    async def count(self) -> int:
        """By their locks."""
        ((count,),) = await self._ask(_COUNT, _PRESENT)
        return max(1, int(count))

    async def tell(self) -> None:
        """With the schema, by which the others know whether it is meant for them."""
        await self._ask("SELECT pg_notify(%s, current_schema())", _CHANNEL)

    async def told(self) -> None:
        """What is announced while nobody waits here is kept by the connection."""
        while True:
            connection = await self._connected()
            try:
                async for note in connection.notifies(stop_after=1):
                    if note.payload == self._schema:
                        return
            except psycopg.Error as error:
                await self._disconnect()
                raise StoreError(problem_of(error)) from error

    async def _connected(self) -> psycopg.AsyncConnection:
        if not self._open:
            raise StoreError("the store is closed")
        if self._connection is None:
            made = await connect(self._address)
            try:
                await made.execute(f"LISTEN {_CHANNEL}")
                taking: LiteralString = (
                    "SELECT current_schema(), pg_advisory_lock_shared(%s, hashtext(current_schema()))"
                )
                ((self._schema, _),) = await (await made.execute(taking, (_PRESENT,))).fetchall()
            except psycopg.Error as error:
                raise StoreError(problem_of(error)) from error
            self._connection = made
        return self._connection

    async def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                await self._connection.close()
            self._connection = None
