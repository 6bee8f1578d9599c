"""What a change is in SQL: a list of statements, the same whichever process sends them.

They are sent together and looked at together, then committed: two round trips for a change of any size. Rows are
written in the order of their keys, so that two changes at the same moment do not lock each other out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg

from bot.outgoing import Outgoing, outgoing_to_json
from bot.store.contract import Change, Chat, Conflict, StoreError, Write
from bot.store.seal import Seal
from bot.store.session_json import moments_of, session_to_json

_NEXT_IN_CHAT = 0x1EC1  # first half of the advisory lock for the order of a chat's messages; the second is the chat


_AROUND_SESSION: LiteralString = """
    WITH gone AS (
        DELETE FROM members WHERE session = %s AND NOT "user" = ANY(%s::bigint[]) RETURNING "user"
    ), without AS (
        DELETE FROM users USING gone WHERE users.session = %s AND users."user" = gone."user"
    ), come AS (
        INSERT INTO members ("user", session, wake)
        SELECT "user", %s, wake FROM unnest(%s::bigint[], %s::double precision[]) AS now ("user", wake)
        ON CONFLICT ("user", session) DO UPDATE SET wake = excluded.wake
        WHERE members.wake IS DISTINCT FROM excluded.wake
    ), elsewhere AS (
        UPDATE chats SET session = NULL WHERE session = %s AND chat IS DISTINCT FROM %s::bigint
    )
    """  # what else changes with a session, in one statement with the change of its row
_NEW_SESSION: LiteralString = f"""{_AROUND_SESSION}
    INSERT INTO sessions (id, revision, data, touched) VALUES (%s, 1, %s, %s) ON CONFLICT (id) DO NOTHING"""  # noqa: S608
_ALONE: LiteralString = """
    UPDATE sessions SET revision = revision + 1, data = %s, touched = coalesce(%s, touched) WHERE id = %s AND revision = %s"""
_NEXT_REVISION: LiteralString = f"{_AROUND_SESSION}{_ALONE}"


# Nearly always it is there already: then nothing is written, whereas a conflict would lock its row.
_PRESENT: LiteralString = """
    INSERT INTO users ("user", session) SELECT %s::bigint, %s::text
    WHERE NOT EXISTS (SELECT FROM users WHERE "user" = %s AND session = %s)
    ON CONFLICT ("user") DO UPDATE SET session = excluded.session"""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its values; ``unless_one`` is what is wrong if it did not touch exactly one row."""

    sql: LiteralString
    values: Sequence[Any]
    unless_one: Exception | None = None


async def run(connection: psycopg.AsyncConnection, statements: Iterable[Statement]) -> None:
    """All of them in one transaction, or none and the exception of the first that did not touch its row."""
    async with connection.pipeline() as pipeline, connection.transaction():
        sent = [(each, await connection.execute(each.sql, each.values)) for each in statements]
        await pipeline.sync()
        for each, cursor in sent:
            if each.unless_one is not None and cursor.rowcount != 1:
                raise each.unless_one


def commit(change: Change, seal: Seal, now: float) -> list[Statement]:
    """Everything that the change holds."""
    found: list[Statement] = []
    if change.update is not None:
        found.append(
            Statement(
                "UPDATE inbox SET state = 'done', payload = NULL, chat = 0, \"user\" = 0 "
                "WHERE update_id = %s AND state = 'waiting'",
                (change.update,),
                StoreError(f"update {change.update} was done by another process meanwhile"),
            )
        )
    for old, new in sorted(change.moved.items()):
        found += _move(old, new)
    for write in sorted(change.writes, key=lambda write: write.id):
        found += _write_session(write, seal, now)
    for user, session in sorted(change.active.items()):
        if session is None:
            found.append(Statement('DELETE FROM users WHERE "user" = %s', (user,)))
        else:
            found.append(Statement(_PRESENT, (user, session, user, session)))
    for digest, user in sorted(change.used.items()):
        found.append(Statement("UPDATE links SET used_by = %s WHERE digest = %s", (user, digest)))
    for link in change.links:
        values = (link.digest, link.session, seal.seal(link.meaning), link.expires, link.user, link.maker, link.used_by)
        found.append(
            Statement(
                'INSERT INTO links (digest, session, meaning, expires, "user", maker, used_by) '
                "VALUES (%s, %s, %s, %s, %s, %s, %s)",
                values,
            )
        )
    for user in sorted(change.forget):
        found += _forget(user, change.update)
    for chat, thread in sorted(change.topics.items()):
        found.append(
            Statement(
                "INSERT INTO chats (chat, thread) VALUES (%s, %s) ON CONFLICT (chat) DO UPDATE SET thread = excluded.thread",
                (chat, thread),
            )
        )
    return found + queue(change.outgoing, seal, now)


def queue(outgoing: Sequence[Outgoing], seal: Seal, now: float) -> list[Statement]:
    """Append to the outbox. Numbers are given before the commit, so each chat's are given to one process at a time."""
    if not outgoing:
        return []
    return [
        Statement(
            "WITH turn AS MATERIALIZED "
            "(SELECT count(pg_advisory_xact_lock(%s, hashint8(chat))) FROM unnest(%s::bigint[]) AS chat) "
            "INSERT INTO outbox (chat, payload, created) SELECT new.chat, new.payload, %s FROM turn, "
            "unnest(%s::bigint[], %s::text[]) WITH ORDINALITY AS new (chat, payload, place) ORDER BY place",
            (
                _NEXT_IN_CHAT,
                sorted({message.chat for message in outgoing}),
                now,
                [message.chat for message in outgoing],
                [seal.seal(outgoing_to_json(message)) for message in outgoing],
            ),
        ),
    ]


def sent(chat: int, ids: Sequence[int], remember: Chat | None) -> list[Statement]:
    """Take messages off the outbox; remember the chat's card and board. Its topic is whoever asked last to say, meanwhile too."""
    found = [Statement("DELETE FROM outbox WHERE id = ANY(%s::bigint[])", (list(ids),))] if ids else []
    if remember == Chat():
        found.append(Statement("DELETE FROM chats WHERE chat = %s AND session IS NULL", (chat,)))
    elif remember is not None:
        found.append(
            Statement(
                "INSERT INTO chats (chat, card, board, thread) VALUES (%s, %s, %s, %s) ON CONFLICT (chat) DO UPDATE "
                "SET card = excluded.card, board = excluded.board",
                (chat, remember.card, remember.board, remember.thread),
            )
        )
    return found


def delete_sessions(ids: Sequence[str]) -> list[Statement]:
    """Sessions with everything that only makes sense with them."""
    given = (list(ids),)
    return [
        Statement("DELETE FROM sessions WHERE id = ANY(%s)", given),
        Statement("DELETE FROM members WHERE session = ANY(%s)", given),
        Statement("DELETE FROM users WHERE session = ANY(%s)", given),
        Statement("DELETE FROM links WHERE session = ANY(%s)", given),
        Statement("UPDATE chats SET session = NULL WHERE session = ANY(%s)", given),
    ]


def _write_session(write: Write, seal: Seal, now: float) -> list[Statement]:
    changed = Conflict(write.id)
    if write.session is None:
        sql: LiteralString = "DELETE FROM sessions WHERE id = %s AND revision = %s"
        required = changed if write.revision else None
        return [Statement(sql, (write.id, write.revision), required), *delete_sessions([write.id])]
    data = seal.seal(session_to_json(write.session))
    touched = None if write.quiet else now
    if write.alone:
        return [Statement(_ALONE, (data, touched, write.id, write.revision), changed)]
    moments = dict(sorted(moments_of(write.session).items()))
    members = list(moments)
    group = write.session.get("group")
    around = (write.id, members, write.id, write.id, members, list(moments.values()), write.id, group)
    if write.revision == 0:
        found = [Statement(_NEW_SESSION, (*around, write.id, data, now), changed)]
    else:
        found = [Statement(_NEXT_REVISION, (*around, data, touched, write.id, write.revision), changed)]
    if group is not None:
        found.append(
            Statement(
                "INSERT INTO chats (chat, session) VALUES (%s, %s) ON CONFLICT (chat) DO UPDATE "
                "SET session = excluded.session WHERE chats.session IS DISTINCT FROM excluded.session",
                (group, write.id),
            )
        )
    return found


def _forget(user: int, update: int | None) -> list[Statement]:
    return [
        Statement("DELETE FROM outbox WHERE chat = %s", (user,)),
        Statement(
            "UPDATE inbox SET state = 'done', payload = NULL, chat = 0, \"user\" = 0 "
            "WHERE \"user\" = %s AND state <> 'done' AND update_id <= %s",
            (user, update if update is not None else 0),
        ),
        Statement('DELETE FROM users WHERE "user" = %s', (user,)),
        Statement('DELETE FROM members WHERE "user" = %s', (user,)),
        Statement("DELETE FROM chats WHERE chat = %s", (user,)),
        Statement('DELETE FROM links WHERE "user" = %s OR maker = %s OR used_by = %s', (user, user, user)),
    ]


def _move(old: int, new: int) -> list[Statement]:
    """Everything of the group under its new id; message ids of the old chat mean nothing in the new one."""
    return [
        Statement(
            "WITH old AS (DELETE FROM chats WHERE chat = %s RETURNING session, thread) "
            "INSERT INTO chats (chat, session, thread) SELECT %s, session, thread FROM old "
            "ON CONFLICT (chat) DO UPDATE SET session = excluded.session",
            (old, new),
        ),
        Statement("UPDATE outbox SET chat = %s WHERE chat = %s", (new, old)),
        Statement("UPDATE inbox SET chat = %s WHERE chat = %s AND state = 'waiting'", (new, old)),
    ]
