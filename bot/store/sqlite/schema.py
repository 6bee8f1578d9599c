"""The schema of the SQLite store, as numbered migrations that carry any older file forward.

A migration that has been released is never changed; a new one is added below it. Texts that tell of people are sealed
(bot.store.seal); ids, times and numbers are not, since rows are found and ordered by them.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("iec_together")


@migrations(name="0001_inbox_sessions_outbox")
def inbox_sessions_outbox(db: Database) -> None:
    """The first schema: updates as they came, parties, who is in them, messages on their way, one-time links."""
    db.executescript(
        """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE inbox (
            update_id INTEGER PRIMARY KEY,
            chat INTEGER NOT NULL,
            user INTEGER NOT NULL,
            payload TEXT,                      -- sealed; once done only the number is left
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'aside')),
            tries INTEGER NOT NULL DEFAULT 0,
            not_before REAL NOT NULL DEFAULT 0,
            received REAL NOT NULL
        );
        CREATE INDEX inbox_waiting ON inbox (chat, update_id) WHERE state = 'waiting';
        CREATE INDEX inbox_kept ON inbox (user) WHERE state <> 'done';

        CREATE TABLE sessions (
            id TEXT PRIMARY KEY,
            revision INTEGER NOT NULL,
            data TEXT NOT NULL,                -- sealed
            touched REAL NOT NULL
        );
        CREATE INDEX sessions_touched ON sessions (touched);
        CREATE TABLE members (
            user INTEGER NOT NULL,
            session TEXT NOT NULL,
            PRIMARY KEY (user, session)
        ) WITHOUT ROWID;
        CREATE INDEX members_session ON members (session);
        CREATE TABLE users (user INTEGER PRIMARY KEY, session TEXT NOT NULL);
        CREATE INDEX users_session ON users (session);
        CREATE TABLE chats (chat INTEGER PRIMARY KEY, session TEXT, card INTEGER, board INTEGER, thread INTEGER);
        CREATE INDEX chats_session ON chats (session) WHERE session IS NOT NULL;

        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat INTEGER NOT NULL,
            payload TEXT NOT NULL,             -- sealed
            tries INTEGER NOT NULL DEFAULT 0,
            not_before REAL NOT NULL DEFAULT 0,
            created REAL NOT NULL
        );
        CREATE INDEX outbox_chat ON outbox (chat, id);

        CREATE TABLE links (
            digest TEXT PRIMARY KEY,
            session TEXT NOT NULL,
            meaning TEXT NOT NULL,             -- sealed
            expires REAL NOT NULL,
            user INTEGER,
            maker INTEGER,
            used_by INTEGER
        ) WITHOUT ROWID;
        CREATE INDEX links_expires ON links (expires);
        CREATE INDEX links_session ON links (session);
        """
    )


@migrations(name="0002_moments")
def moments(db: Database) -> None:
    """When a member of a session is to be woken, in seconds since 1970."""
    db.executescript(
        """
        ALTER TABLE members ADD COLUMN wake REAL;
        CREATE INDEX members_wake ON members (wake) WHERE wake IS NOT NULL;
        """
    )
