"""Copies one store into another, whichever kinds they are: what moves a bot from a file to a database and back.

Rows go as they are stored, so what is encrypted stays so under the same keys. Nobody may be writing meanwhile; the
target has to be empty.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.store.contract import StoreError

Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that every store has; ``key`` are the columns by which its rows are told apart."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


TABLES = (
    Table(
        "inbox",
        ("update_id", "chat", "user", "payload", "state", "tries", "not_before", "received"),
        ("update_id",),
    ),
    Table("sessions", ("id", "revision", "data", "touched"), ("id",)),
    Table("members", ("user", "session", "wake"), ("user", "session")),
    Table("users", ("user", "session"), ("user",)),
    Table("chats", ("chat", "session", "card", "board", "thread"), ("chat",)),
    Table("outbox", ("id", "chat", "payload", "tries", "not_before", "created"), ("id",)),
    Table("links", ("digest", "session", "meaning", "expires", "user", "maker", "used_by"), ("digest",)),
)


class Copyable(Protocol):
    """A store that gives and takes its rows."""

    async def open(self) -> None: ...  # noqa: D102

    async def close(self) -> None: ...  # noqa: D102

    def rows(self, table: Table) -> AsyncIterator[Rows]:
        """All rows of the table, in the order of its columns and key, some at a time."""

    async def fill(self, table: Table, rows: Rows) -> None:
        """Add these rows."""

    async def filled(self) -> None:
        """All rows are there: what counts up goes on from the highest."""


async def copy(source: Copyable, target: Copyable) -> dict[str, int]:
    """Copy everything; how many rows of each table. StoreError if the target holds anything."""
    await source.open()
    try:
        await target.open()
        try:
            for table in TABLES:
                async for _ in target.rows(table):
                    raise StoreError("the target is not empty: choose a new file or an empty database")
            copied = {}
            for table in TABLES:
                copied[table.name] = 0
                async for rows in source.rows(table):
                    await target.fill(table, rows)
                    copied[table.name] += len(rows)
            await target.filled()
            return copied
        finally:
            await target.close()
    finally:
        await source.close()
