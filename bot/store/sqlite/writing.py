"""The writes of the SQLite store, each a plain function on an open transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from bot.outgoing import Outgoing, outgoing_to_json
from bot.store.contract import Change, Chat, Conflict, Loaded, Write
from bot.store.seal import Seal
from bot.store.session_json import moments_of, session_from_json, session_to_json
from flows.conversation.session import Session

Row = tuple[Any, ...]
# Nearly always it is there already: then no page is written.
_PRESENT = (
    "INSERT INTO users (user, session) VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET session = excluded.session "
    "WHERE session IS NOT excluded.session"
)


@dataclass(frozen=True, slots=True)
class PreparedChange:
    """A change with its texts already sealed, so that the transaction itself is short."""

    change: Change
    data: dict[str, str]
    outbox: list[Row]
    links: list[Row]
    now: float


def loaded(row: Row, seal: Seal) -> Loaded:
    """A row (data, revision) as a session."""
    return Loaded(session_from_json(seal.open(row[0])), row[1])


def outbox_rows(outgoing: Iterable[Outgoing], seal: Seal, now: float) -> list[Row]:
    """Rows of the outbox: chat, sealed payload, time."""
    return [(message.chat, seal.seal(outgoing_to_json(message)), now) for message in outgoing]


def queue(db: Database, rows: list[Row]) -> None:
    """Append to the outbox."""
    for row in rows:
        db.execute("INSERT INTO outbox (chat, payload, created) VALUES (?, ?, ?)", row)


def accept(db: Database, rows: Iterable[Row]) -> list[bool]:
    """Insert arrivals; whether each was new."""
    sql = "INSERT OR IGNORE INTO inbox (update_id, chat, user, payload, received) VALUES (?, ?, ?, ?, ?)"
    return [db.execute(sql, row).rowcount == 1 for row in rows]


def prepare_change(change: Change, seal: Seal, now: float) -> PreparedChange:
    """Seal what the change holds."""
    return PreparedChange(
        change,
        {write.id: seal.seal(session_to_json(write.session)) for write in change.writes if write.session is not None},
        outbox_rows(change.outgoing, seal, now),
        [(k.digest, k.session, seal.seal(k.meaning), k.expires, k.user, k.maker, k.used_by) for k in change.links],
        now,
    )


def commit(db: Database, prepared: PreparedChange) -> None:
    """Write the change; Conflict if a session is not as it was loaded."""
    change = prepared.change
    for old, new in change.moved.items():
        _move(db, old, new)
    for write in change.writes:
        _write_session(db, write, prepared)
    for user, session in change.active.items():
        if session is None:
            db.execute("DELETE FROM users WHERE user = ?", (user,))
        else:
            db.execute(_PRESENT, (user, session))
    for digest, user in change.used.items():
        db.execute("UPDATE links SET used_by = ? WHERE digest = ?", (user, digest))
    for row in prepared.links:
        db.execute(
            "INSERT INTO links (digest, session, meaning, expires, user, maker, used_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
            row,
        )
    for user in change.forget:
        _forget(db, user, change.update)
    for chat, thread in change.topics.items():
        db.execute(
            "INSERT INTO chats (chat, thread) VALUES (?, ?) ON CONFLICT (chat) DO UPDATE SET thread = excluded.thread",
            (chat, thread),
        )
    queue(db, prepared.outbox)
    if change.update is not None:
        db.execute(
            "UPDATE inbox SET state = 'done', payload = NULL, chat = 0, user = 0 WHERE update_id = ?", (change.update,)
        )


def sent(db: Database, chat: int, ids: Sequence[int], remember: Chat | None) -> None:
    """Take messages off the outbox; remember the chat's card and board. Its topic is whoever asked last to say, meanwhile too."""
    for message in ids:
        db.execute("DELETE FROM outbox WHERE id = ?", (message,))
    if remember == Chat():
        db.execute("DELETE FROM chats WHERE chat = ? AND session IS NULL", (chat,))
    elif remember is not None:
        db.execute(
            "INSERT INTO chats (chat, card, board, thread) VALUES (?, ?, ?, ?) ON CONFLICT (chat) DO UPDATE "
            "SET card = excluded.card, board = excluded.board",
            (chat, remember.card, remember.board, remember.thread),
        )


def delete_session(db: Database, session_id: str) -> None:
    """A session with everything that only makes sense with it."""
    db.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
    db.execute("DELETE FROM members WHERE session = ?", (session_id,))
    db.execute("DELETE FROM users WHERE session = ?", (session_id,))
    db.execute("DELETE FROM links WHERE session = ?", (session_id,))
    db.execute("UPDATE chats SET session = NULL WHERE session = ?", (session_id,))


def _write_session(db: Database, write: Write, prepared: PreparedChange) -> None:
    if write.session is None:
        done = db.execute("DELETE FROM sessions WHERE id = ? AND revision = ?", (write.id, write.revision)).rowcount
        _require(done == 1 or write.revision == 0, write)
        delete_session(db, write.id)
        return
    if write.revision == 0:
        sql = "INSERT OR IGNORE INTO sessions (id, revision, data, touched) VALUES (?, 1, ?, ?)"
        done = db.execute(sql, (write.id, prepared.data[write.id], prepared.now)).rowcount
    else:
        sql = (
            "UPDATE sessions SET revision = revision + 1, data = ?, touched = coalesce(?, touched) "
            "WHERE id = ? AND revision = ?"
        )
        touched = None if write.quiet else prepared.now
        done = db.execute(sql, (prepared.data[write.id], touched, write.id, write.revision)).rowcount
    _require(done == 1, write)
    if not write.alone:
        _write_around(db, write.id, write.session)


def _write_around(db: Database, session_id: str, session: Session) -> None:
    """Members and group, so that the session is found by them."""
    _write_members(db, session_id, moments_of(session))
    group = session.get("group")
    db.execute("UPDATE chats SET session = NULL WHERE session = ? AND chat IS NOT ?", (session_id, group))
    if group is not None:
        db.execute(
            "INSERT INTO chats (chat, session) VALUES (?, ?) ON CONFLICT (chat) DO UPDATE SET session = excluded.session "
            "WHERE session IS NOT excluded.session",
            (group, session_id),
        )


def _write_members(db: Database, session_id: str, wanted: Mapping[int, float | None]) -> None:
    present = dict(db.execute("SELECT user, wake FROM members WHERE session = ?", (session_id,)))
    for user in present.keys() - wanted.keys():
        db.execute("DELETE FROM members WHERE session = ? AND user = ?", (session_id, user))
        db.execute("DELETE FROM users WHERE session = ? AND user = ?", (session_id, user))
    for user, wake in wanted.items():
        if user not in present:
            db.execute("INSERT INTO members (user, session, wake) VALUES (?, ?, ?)", (user, session_id, wake))
        elif wake != present[user]:
            db.execute("UPDATE members SET wake = ? WHERE session = ? AND user = ?", (wake, session_id, user))


def _require(holds: bool, write: Write) -> None:
    if not holds:
        raise Conflict(write.id)


def _forget(db: Database, user: int, update: int | None) -> None:
    db.execute("DELETE FROM outbox WHERE chat = ?", (user,))
    db.execute(
        "UPDATE inbox SET state = 'done', payload = NULL, chat = 0, user = 0 "
        "WHERE user = ? AND state <> 'done' AND update_id <= ?",
        (user, update if update is not None else 0),
    )
    db.execute("DELETE FROM users WHERE user = ?", (user,))
    db.execute("DELETE FROM members WHERE user = ?", (user,))
    db.execute("DELETE FROM chats WHERE chat = ?", (user,))
    db.execute("DELETE FROM links WHERE user = ? OR maker = ? OR used_by = ?", (user, user, user))


def _move(db: Database, old: int, new: int) -> None:
    """Everything of the group under its new id; message ids of the old chat mean nothing in the new one."""
    row = db.execute("SELECT session, thread FROM chats WHERE chat = ?", (old,)).fetchone()
    if row is not None:
        db.execute("DELETE FROM chats WHERE chat = ?", (old,))
        db.execute(
            "INSERT INTO chats (chat, session, thread) VALUES (?, ?, ?) ON CONFLICT (chat) DO UPDATE "
            "SET session = excluded.session",
            (new, *row),
        )
    db.execute("UPDATE outbox SET chat = ? WHERE chat = ?", (new, old))
    db.execute("UPDATE inbox SET chat = ? WHERE chat = ? AND state = 'waiting'", (new, old))
