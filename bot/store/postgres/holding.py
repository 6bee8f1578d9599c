"""Names held across processes: advisory locks of one connection, which the server frees when its process dies.

Should the connection break, its locks are gone while their work goes on. That is harmless: a commit takes its update out
of the inbox only if it still waits there, and a session is written only over the revision it was read at.
"""

import contextlib
import hashlib
from collections.abc import AsyncIterator, Sequence

import psycopg

from bot.store.contract import StoreError
from bot.store.postgres.batch import Batch
from bot.store.postgres.connecting import connect, problem_of


class Holding:
    """Takes and frees names, those wanted at the same moment together."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection: psycopg.AsyncConnection | None = None
        self._held: set[str] = set()
        self._batch: Batch[tuple[bool, int], bool] = Batch(self._ask)

    async def open(self) -> None:
        """Connect; StoreError if that is not possible."""
        self._connection = await connect(self._address)

    async def close(self) -> None:
        """Free everything."""
        await self._batch.close()
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    @contextlib.asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[bool]:
        """Whether the name is ours until the end of the block."""
        if name in self._held:  # the locks of one connection do not exclude each other
            yield False
            return
        self._held.add(name)
        try:
            mine = await self._batch.put((True, _key(name)))
            try:
                yield mine
            finally:
                if mine:  # in time: batches keep their order, so whoever wants it next comes after this
                    self._batch.put((False, _key(name)))
        finally:
            self._held.discard(name)

    async def _ask(self, wishes: Sequence[tuple[bool, int]]) -> Sequence[bool]:
        take = [key for wants, key in wishes if wants]
        free = [key for wants, key in wishes if not wants]
        try:
            taken = await self._exchange(take, free)
        except psycopg.OperationalError:  # perhaps only this connection: its locks are free, a new one is as good
            self._connection = await connect(self._address)
            try:
                taken = await self._exchange(take, [])
            except psycopg.OperationalError as error:
                raise StoreError(problem_of(error)) from error
        return [taken[key] if wants else True for wants, key in wishes]

    async def _exchange(self, take: list[int], free: list[int]) -> dict[int, bool]:
        if self._connection is None:
            raise StoreError("the store is closed")
        async with self._connection.pipeline():
            if free:
                await self._connection.execute("SELECT pg_advisory_unlock(key) FROM unnest(%s::bigint[]) key", (free,))
            if not take:
                return {}
            taking = await self._connection.execute(
                "SELECT key, pg_try_advisory_lock(key) FROM unnest(%s::bigint[]) key", (take,)
            )
            return dict(await taking.fetchall())


def _key(name: str) -> int:
    """64 bits for a name; two names with the same ones would merely wait for each other."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
