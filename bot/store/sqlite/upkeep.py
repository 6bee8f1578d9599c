"""What keeps the file in order: purge, resealing with a new key, backup; and what is stored of one user."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.arrival import arrival_from_json
from bot.outgoing import outgoing_from_json
from bot.store.contract import StoreError
from bot.store.seal import Seal
from bot.store.session_json import session_from_json
from bot.store.sqlite.writing import delete_session

_SLICE = 500

SEALED = (  # table, key column, sealed column
    ("sessions", "id", "data"),
    ("inbox", "update_id", "payload"),
    ("outbox", "id", "payload"),
    ("links", "digest", "meaning"),
    ("meta", "key", "value"),
)


def export(db: Database, seal: Seal, user: int) -> dict[str, Any]:
    """Sessions of the user, updates that wait or were set aside, messages on their way to them, links of theirs."""
    sessions = db.execute("SELECT s.data FROM members m JOIN sessions s ON s.id = m.session WHERE m.user = ?", (user,))
    inbox = db.execute("SELECT payload FROM inbox WHERE user = ? AND state <> 'done'", (user,))
    outbox = db.execute("SELECT payload FROM outbox WHERE chat = ? ORDER BY id", (user,))
    links = db.execute(
        "SELECT meaning, expires FROM links WHERE maker = ? OR user = ? OR used_by = ?", (user, user, user)
    )
    return {
        "sessions": [session_from_json(seal.open(data)) for (data,) in sessions],
        "updates": [arrival_from_json(seal.open(payload)) for (payload,) in inbox],
        "messages": [outgoing_from_json(seal.open(payload)) for (payload,) in outbox],
        "links": [{"meaning": seal.open(meaning), "expires": expires} for meaning, expires in links],
    }


def purge_sessions(db: Database, before: float) -> int:
    """Delete one slice of the sessions untouched since then; how many."""
    rows = db.execute(
        "SELECT id FROM sessions WHERE touched < ? AND id NOT IN (SELECT session FROM members WHERE wake IS NOT NULL) "
        "LIMIT ?",
        (before, _SLICE),
    ).fetchall()
    for (session_id,) in rows:
        chats = "SELECT user FROM users WHERE session = ?"
        db.execute(f"DELETE FROM chats WHERE session = ? OR chat IN ({chats})", (session_id, session_id))  # noqa: S608
        delete_session(db, session_id)
    return len(rows)


def purge_updates(db: Database, now: float, before: float) -> int:
    """Delete one slice of the updates that are done or set aside since then, and links that expired; how many."""
    updates = db.execute(
        "DELETE FROM inbox WHERE update_id IN "
        "(SELECT update_id FROM inbox WHERE state <> 'waiting' AND received < ? ORDER BY update_id LIMIT ?)",
        (before, _SLICE),
    ).rowcount
    links = db.execute(
        "DELETE FROM links WHERE digest IN (SELECT digest FROM links WHERE expires < ? LIMIT ?)", (now, _SLICE)
    ).rowcount
    return updates + links


def reseal(db: Database, seal: Seal, table: tuple[str, str, str], after: Any) -> tuple[int, Any]:
    """Seal one slice of a table anew, from the row after that key; how many, and the last key (None: no more)."""
    name, key, column = table
    sql = f"SELECT {key}, {column} FROM {name} WHERE {column} IS NOT NULL AND (? IS NULL OR {key} > ?) ORDER BY {key} LIMIT ?"  # noqa: S608
    rows = db.execute(sql, (after, after, _SLICE)).fetchall()
    for row_key, value in rows:
        db.execute(f"UPDATE {name} SET {column} = ? WHERE {key} = ?", (seal.seal(seal.open(value)), row_key))  # noqa: S608
    return len(rows), rows[-1][0] if rows else None


def backup(db: Database, target: Path) -> None:
    """Copy the file page by page while others use it; StoreError if the target exists or cannot be written."""
    if target.exists():
        raise StoreError(f"{target} exists: choose a name that is free")
    try:
        copy = sqlite3.connect(target)
        try:
            db.conn.backup(copy, pages=1000, sleep=0.01)
        finally:
            copy.close()
        target.chmod(0o600)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{target} cannot be written: {error}") from error
