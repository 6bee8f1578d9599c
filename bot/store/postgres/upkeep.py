"""What keeps the database in order: purge and resealing with a new key; and what is stored of one user.

Several processes may do this at the same moment: each takes the rows that nobody else has in hand.
"""

from typing import Any, LiteralString

import psycopg
from psycopg import sql

from bot.arrival import arrival_from_json
from bot.outgoing import outgoing_from_json
from bot.store.contract import StoreError
from bot.store.postgres.writing import delete_sessions
from bot.store.seal import Seal
from bot.store.session_json import session_from_json

_SLICE = 500

SEALED = (  # table, key column, sealed column
    ("sessions", "id", "data"),
    ("inbox", "update_id", "payload"),
    ("outbox", "id", "payload"),
    ("links", "digest", "meaning"),
    ("meta", "key", "value"),
)


async def export(connection: psycopg.AsyncConnection, seal: Seal, user: int) -> dict[str, Any]:
    """Sessions of the user, updates that wait or were set aside, messages on their way to them, links of theirs."""

    async def found(query: LiteralString, *values: int) -> list[Any]:
        return await (await connection.execute(query, values)).fetchall()

    sessions = await found(
        'SELECT s.data FROM members m JOIN sessions s ON s.id = m.session WHERE m."user" = %s ORDER BY s.id', user
    )
    inbox = await found("SELECT payload FROM inbox WHERE \"user\" = %s AND state <> 'done' ORDER BY update_id", user)
    outbox = await found("SELECT payload FROM outbox WHERE chat = %s ORDER BY id", user)
    links = await found(
        'SELECT meaning, expires FROM links WHERE maker = %s OR "user" = %s OR used_by = %s', user, user, user
    )
    return {
        "sessions": [session_from_json(seal.open(data)) for (data,) in sessions],
        "updates": [arrival_from_json(seal.open(payload)) for (payload,) in inbox],
        "messages": [outgoing_from_json(seal.open(payload)) for (payload,) in outbox],
        "links": [{"meaning": seal.open(meaning), "expires": expires} for meaning, expires in links],
    }


async def purge_sessions(connection: psycopg.AsyncConnection, before: float) -> int:
    """Delete one slice of the sessions untouched since then; how many."""
    async with connection.transaction():
        cursor = await connection.execute(
            "SELECT id FROM sessions WHERE touched < %s AND NOT EXISTS (SELECT FROM members WHERE session = sessions.id "
            "AND wake IS NOT NULL) ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED",
            (before, _SLICE),
        )
        ids = [session_id for (session_id,) in await cursor.fetchall()]
        if ids:
            await connection.execute(
                'DELETE FROM chats WHERE session = ANY(%s) OR chat IN (SELECT "user" FROM users WHERE session = ANY(%s))',
                (ids, ids),
            )
            for each in delete_sessions(ids):
                await connection.execute(each.sql, each.values)
    return len(ids)


async def purge_updates(connection: psycopg.AsyncConnection, now: float, before: float) -> int:
    """Delete one slice of the updates that are done or set aside since then, and links that expired; how many."""
    updates = await connection.execute(
        "DELETE FROM inbox WHERE update_id IN (SELECT update_id FROM inbox WHERE state <> 'waiting' AND received < %s "
        "LIMIT %s FOR UPDATE SKIP LOCKED)",
        (before, _SLICE),
    )
    links = await connection.execute(
        "DELETE FROM links WHERE digest IN (SELECT digest FROM links WHERE expires < %s LIMIT %s FOR UPDATE SKIP LOCKED)",
        (now, _SLICE),
    )
    return updates.rowcount + links.rowcount


async def reseal(
    connection: psycopg.AsyncConnection, seal: Seal, table: tuple[str, str, str], after: Any
) -> tuple[int, Any]:
    """Seal one slice of a table anew, from the row after that key; how many, and the last key (None: no more)."""
    names = {part: sql.Identifier(name) for part, name in zip(("table", "key", "column"), table, strict=True)}
    later = sql.SQL("AND {key} > %(after)s").format(**names) if after is not None else sql.SQL("")
    select = sql.SQL(
        "SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL {later} ORDER BY {key} LIMIT %(most)s FOR UPDATE"
    ).format(later=later, **names)
    update = sql.SQL("UPDATE {table} SET {column} = %s WHERE {key} = %s").format(**names)
    async with connection.transaction():
        rows = await (await connection.execute(select, {"after": after, "most": _SLICE})).fetchall()
        async with connection.cursor() as cursor:
            await cursor.executemany(update, [(seal.seal(seal.open(value)), key) for key, value in rows])
    return len(rows), rows[-1][0] if rows else None


def no_backup() -> StoreError:
    """PostgreSQL has its own ways of being backed up, better than any of ours."""
    return StoreError("a database is backed up with its own tools, for example: pg_dump --format=custom --file=FILE")
