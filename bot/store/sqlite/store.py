"""The SQLite store: one file, one process. Writes share commits (CommitGroup); reads see what is committed."""

import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from bot.arrival import Arrival, arrival_from_json, arrival_to_json, in_chat
from bot.outgoing import Outgoing, outgoing_from_json
from bot.store.contract import Change, Chat, Counts, Link, Loaded, Queued, StoreError, Waiting
from bot.store.copying import Rows, Table
from bot.store.seal import Seal
from bot.store.sqlite import copying, upkeep, waking, writing
from bot.store.sqlite.alone import Alone
from bot.store.sqlite.commit_group import CommitGroup
from bot.store.sqlite.connection import FileLock, connect, prepare

T = TypeVar("T")
_LONGEST_READ = 100


class SqliteStore:
    """See bot.store.contract.Store. ``clock`` gives seconds since 1970, ``waits`` (default: the same) those by which
    waiting times end; ``exclusive`` is for the bot itself: it creates the file or brings it up to date, and refuses a
    second such process."""

    def __init__(
        self,
        path: Path,
        seal: Seal | None = None,
        *,
        exclusive: bool = True,
        clock: Callable[[], float] = time.time,
        waits: Callable[[], float] | None = None,
    ) -> None:
        self._path = path
        self._seal = seal or Seal()
        self._clock = clock
        self._waits = waits or clock
        self.others = Alone()
        self._lock = FileLock(path) if exclusive else None
        self._held: set[str] = set()
        self._reading: Database | None = None
        self._writing: Database | None = None
        self._group: CommitGroup | None = None

    async def open(self) -> None:
        """Open or create the file, bring it up to date, check the key."""
        if self._lock:
            self._lock.take()
        elif not self._path.exists():
            raise StoreError(f"{self._path}: there is no store: start the bot first, or correct IEC_TOGETHER_STORE")
        try:
            self._writing = connect(self._path)
            prepare(self._writing, self._seal, upgrade=self._lock is not None)
            self._reading = connect(self._path)
        except sqlite3.Error as error:
            await self.close()
            raise StoreError(f"{self._path} cannot be opened as a store: {error}") from error
        except StoreError:
            await self.close()
            raise
        self._group = CommitGroup(self._writing)

    async def close(self) -> None:
        """Commit what waits and close the file."""
        if self._group:
            await self._group.close()
            self._group = None
        for db in (self._reading, self._writing):
            if db is not None:
                db.close()
        self._reading = self._writing = None
        if self._lock:
            self._lock.release()

    @contextlib.asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[bool]:
        """One process has the file, so a set of names does."""
        if name in self._held:
            yield False
            return
        self._held.add(name)
        try:
            yield True
        finally:
            self._held.discard(name)

    async def accept(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """One row each, unless its number is there."""
        now = self._clock()
        rows = [(a.update, a.chat, a.user, self._seal.seal(arrival_to_json(a)), now) for a in arrivals]
        new = await self._write(lambda db: writing.accept(db, rows))
        return [arrival for arrival, is_new in zip(arrivals, new, strict=True) if is_new]

    async def next_update(self) -> int:
        """One more than the greatest number."""
        return int(self._one("SELECT coalesce(max(update_id), 0) + 1 FROM inbox", ())[0])

    async def waiting_chats(self) -> dict[int, float]:
        """A bare column beside min() is that of the row with the minimum: SQLite documents it."""
        sql = "SELECT chat, not_before, min(update_id) FROM inbox WHERE state = 'waiting' GROUP BY chat"
        return {chat: self._ready_in(at) for chat, at, _ in self._all(sql, ())}

    async def next_arrival(self, chat: int) -> Waiting | None:
        """The first waiting row."""
        row = self._one(
            "SELECT payload, tries, not_before FROM inbox WHERE state = 'waiting' AND chat = ? ORDER BY update_id LIMIT 1",
            (chat,),
        )
        if row is None:
            return None
        return Waiting(in_chat(arrival_from_json(self._seal.open(row[0])), chat), row[1], self._ready_in(row[2]))

    async def postpone(self, update: int, seconds: float) -> None:
        """Later, and counted."""
        at = self._waits() + seconds
        await self._write(
            lambda db: db.execute(
                "UPDATE inbox SET tries = tries + 1, not_before = ? WHERE update_id = ?", (at, update)
            )
        )

    async def set_aside(self, update: int, outgoing: Sequence[Outgoing] = ()) -> None:
        """The row stays with its payload until it is purged."""
        rows = writing.outbox_rows(outgoing, self._seal, self._clock())

        def work(db: Database) -> None:
            db.execute("UPDATE inbox SET state = 'aside' WHERE update_id = ?", (update,))
            writing.queue(db, rows)

        await self._write(work)

    async def session_of(self, user: int, chat: int) -> Loaded | None:
        """By the user's row in private, else by the chat's."""
        table, key = ("users", "user") if chat == user else ("chats", "chat")
        sql = f"SELECT s.data, s.revision FROM {table} t JOIN sessions s ON s.id = t.session WHERE t.{key} = ?"  # noqa: S608
        return self._loaded(self._one(sql, (chat,)))

    async def session(self, session_id: str) -> Loaded | None:
        """By its key."""
        return self._loaded(self._one("SELECT data, revision FROM sessions WHERE id = ?", (session_id,)))

    async def sessions_with(self, user: int) -> list[Loaded]:
        """By the members' rows."""
        sql = "SELECT s.data, s.revision FROM members m JOIN sessions s ON s.id = m.session WHERE m.user = ? ORDER BY s.id"
        return [writing.loaded(row, self._seal) for row in self._all(sql, (user,))]

    async def sessions_after(self, session_id: str, most: int = 200) -> list[Loaded]:
        """By their key."""
        sql = "SELECT data, revision FROM sessions WHERE id > ? ORDER BY id LIMIT ?"
        return [writing.loaded(row, self._seal) for row in self._all(sql, (session_id, most))]

    async def wake(self, now: float, most: int = 200) -> list[Arrival]:
        """Looked for among what is committed, so that the writer is only asked when there is something."""
        if self._one("SELECT 1 FROM members WHERE wake <= ? LIMIT 1", (now,)) is None:
            return []
        received = self._clock()
        return await self._write(lambda db: waking.wake(db, self._seal, now, most, received))

    async def link(self, digest: str) -> Link | None:
        """By its key."""
        sql = "SELECT session, meaning, expires, user, maker, used_by FROM links WHERE digest = ?"
        row = self._one(sql, (digest,))
        return Link(digest, row[0], self._seal.open(row[1]), *row[2:]) if row else None

    async def commit(self, change: Change) -> None:
        """All of it or, with Conflict, nothing."""
        now = self._clock()
        prepared = writing.prepare_change(change, self._seal, now)
        await self._write(lambda db: writing.commit(db, prepared))

    async def unsent_chats(self) -> dict[int, float]:
        """As for arrivals."""
        sql = "SELECT chat, not_before, min(id) FROM outbox GROUP BY chat"
        return {chat: self._ready_in(at) for chat, at, _ in self._all(sql, ())}

    async def unsent(self, chat: int) -> list[Queued]:
        """In the order of their commits."""
        sql = "SELECT id, payload, tries, not_before FROM outbox WHERE chat = ? ORDER BY id LIMIT ?"
        return [
            Queued(
                row[0], replace(outgoing_from_json(self._seal.open(row[1])), chat=chat), row[2], self._ready_in(row[3])
            )
            for row in self._all(sql, (chat, _LONGEST_READ))
        ]

    async def chat(self, chat: int) -> Chat:
        """Empty for a chat never written to."""
        row = self._one("SELECT card, board, thread FROM chats WHERE chat = ?", (chat,))
        return Chat(*row) if row else Chat()

    async def sent(self, chat: int, ids: Sequence[int], remember: Chat | None = None) -> None:
        """Rows go; the chat's row is kept up to date."""
        await self._write(lambda db: writing.sent(db, chat, ids, remember))

    async def retry(self, message: int, seconds: float) -> None:
        """Later, and counted."""
        at = self._waits() + seconds
        await self._write(
            lambda db: db.execute("UPDATE outbox SET tries = tries + 1, not_before = ? WHERE id = ?", (at, message))
        )

    async def export(self, user: int) -> dict[str, Any]:
        """Sessions, what waits in both directions, and links."""
        return upkeep.export(self._db(), self._seal, user)

    async def purge(self, *, sessions_older_than: float, updates_older_than: float) -> int:
        """In slices, so that nobody waits long behind it."""
        now = self._clock()
        gone = 0
        while slice_gone := await self._write(lambda db: upkeep.purge_sessions(db, now - sessions_older_than)):
            gone += slice_gone
        while await self._write(lambda db: upkeep.purge_updates(db, now, now - updates_older_than)):
            pass
        return gone

    async def reseal(self) -> int:
        """Table by table, in slices."""
        total = 0
        for table in upkeep.SEALED:
            last: Any = None
            while True:
                count, last = await self._write(partial(upkeep.reseal, seal=self._seal, table=table, after=last))
                total += count
                if last is None:
                    break
        return total

    async def counts(self) -> Counts:
        """From the small indexes of what waits."""
        now = self._clock()
        inbox, received = self._row("SELECT count(*), min(received) FROM inbox WHERE state = 'waiting'")
        outbox, created = self._row("SELECT count(*), min(created) FROM outbox")
        (aside,) = self._row("SELECT count(*) FROM inbox WHERE state <> 'done' AND state = 'aside'")
        return Counts(inbox, now - (received or now), outbox, now - (created or now), aside)

    async def backup(self, target: Path) -> None:
        """A consistent copy of the file while it is in use; StoreError if it cannot be written."""
        upkeep.backup(self._db(), target)

    async def rows(self, table: Table) -> AsyncIterator[Rows]:
        """See bot.store.copying."""
        for rows in copying.rows(self._db(), table):
            yield rows

    async def fill(self, table: Table, rows: Rows) -> None:
        """In one transaction."""
        await self._write(lambda db: copying.fill(db, table, rows))

    async def filled(self) -> None:
        """The file counts on by itself."""

    def _ready_in(self, at: float) -> float:
        return max(0.0, at - self._waits()) if at else 0.0

    def _db(self) -> Database:
        if self._reading is None:
            raise StoreError("the store is closed")
        return self._reading

    def _all(self, sql: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        try:
            return self._db().execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"the store cannot be read: {error}") from error

    def _one(self, sql: str, values: tuple[Any, ...]) -> Any:
        rows = self._all(sql, values)
        return rows[0] if rows else None

    def _row(self, sql: str) -> tuple[Any, ...]:
        return self._all(sql, ())[0]

    def _loaded(self, row: tuple[Any, ...] | None) -> Loaded | None:
        return writing.loaded(row, self._seal) if row else None

    async def _write(self, work: Callable[[Database], T]) -> T:
        if self._group is None:
            raise StoreError("the store is closed")
        return await self._group.run(work)
