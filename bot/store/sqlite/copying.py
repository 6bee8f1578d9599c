"""The rows of the file as they are, for copying a store into another."""

from collections.abc import Iterator

from sqlite_utils import Database

from bot.store.copying import Rows, Table

_SLICE = 1000


def rows(db: Database, table: Table) -> Iterator[Rows]:
    """All rows, some at a time, in the order of their key."""
    columns = ", ".join(table.columns)
    cursor = db.execute(f"SELECT {columns} FROM {table.name} ORDER BY {', '.join(table.key)}")  # noqa: S608
    while found := cursor.fetchmany(_SLICE):
        yield found


def fill(db: Database, table: Table, given: Rows) -> None:
    """Add these rows."""
    places = ", ".join("?" for _ in table.columns)
    db.conn.executemany(f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({places})", given)  # noqa: S608
