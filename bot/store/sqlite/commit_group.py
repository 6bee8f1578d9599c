"""One fsync for all who wait: pieces of work that arrive together share a transaction, each one all or nothing.

A piece runs in the event loop's thread (microseconds); only the commit, which waits for the disk, runs elsewhere, so
that the loop goes on receiving, and what arrives meanwhile forms the next group. Under load groups grow by themselves.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, cast

from sqlite_utils import Database

from bot.store.contract import StoreError

T = TypeVar("T")
Work = Callable[[Database], Any]
Outcome = tuple[Exception | None, Any]  # what is wrong, or the result
_MOST = 256  # pieces in one transaction


class CommitGroup:
    """Runs pieces of work on one writing connection; each is durable once awaited."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: list[tuple[Work, asyncio.Future[Any]]] = []
        self._running: asyncio.Task[None] | None = None
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite-commit")

    async def run(self, work: Callable[[Database], T]) -> T:
        """What ``work`` returned, after it was committed; its own exception, or StoreError if the disk refused."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._commit_all())
        return cast(T, await future)

    async def close(self) -> None:
        """Commit what waits, then let go of the thread."""
        if self._running is not None:
            await self._running
        self._disk.shutdown()

    async def _commit_all(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            try:
                outcomes = await self._commit([work for work, _ in group])
            except Exception as error:
                if self._db.conn.in_transaction:
                    self._db.conn.execute("ROLLBACK")
                outcomes = [(StoreError(f"the store cannot be written: {error}"), None)] * len(group)
            for (_, future), (problem_found, result) in zip(group, outcomes, strict=True):
                if future.cancelled():
                    continue
                if problem_found is not None:
                    future.set_exception(problem_found)
                else:
                    future.set_result(result)

    async def _commit(self, group: list[Work]) -> list[Outcome]:
        connection = self._db.conn
        connection.execute("BEGIN IMMEDIATE")
        try:
            outcomes: list[Outcome] = [(None, work(self._db)) for work in group]
        except sqlite3.OperationalError:  # the disk, not a piece: nobody in this group can be served
            raise
        except Exception:  # a piece cannot be done, which is rare: once more, so that it costs only itself
            connection.execute("ROLLBACK")
            connection.execute("BEGIN IMMEDIATE")
            outcomes = [self._alone(work) for work in group]
        await asyncio.get_running_loop().run_in_executor(self._disk, connection.execute, "COMMIT")
        return outcomes

    def _alone(self, work: Work) -> Outcome:
        """The piece's result, or what is wrong with it, in which case nothing of it is done."""
        connection = self._db.conn
        connection.execute("SAVEPOINT piece")
        try:
            outcome: Outcome = (None, work(self._db))
        except sqlite3.OperationalError:
            raise
        except Exception as problem:
            connection.execute("ROLLBACK TO piece")
            outcome = (problem, None)
        connection.execute("RELEASE piece")
        return outcome
