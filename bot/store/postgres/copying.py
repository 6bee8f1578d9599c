"""The rows of the database as they are, for copying a store into another."""

from collections.abc import AsyncIterator

import psycopg
from psycopg import sql

from bot.store.copying import Rows, Table

_SLICE = 1000


def _names(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


async def rows(connection: psycopg.AsyncConnection, table: Table) -> AsyncIterator[Rows]:
    """All rows, some at a time, in the order of their key."""
    select = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
        _names(table.columns), sql.Identifier(table.name), _names(table.key)
    )
    async with connection.transaction(), connection.cursor(name="copied") as cursor:
        await cursor.execute(select)
        while found := await cursor.fetchmany(_SLICE):
            yield found


async def fill(connection: psycopg.AsyncConnection, table: Table, given: Rows) -> None:
    """Add these rows."""
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), _names(table.columns))
    async with connection.cursor() as cursor, cursor.copy(into) as copying:
        for row in given:
            await copying.write_row(row)


async def filled(connection: psycopg.AsyncConnection) -> None:
    """Messages go on being numbered from the highest."""
    await connection.execute(
        "SELECT setval(pg_get_serial_sequence('outbox', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM outbox), false)"
    )
