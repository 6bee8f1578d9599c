"""Opening the file: durable settings, one process at a time, the newest schema, a key that fits."""

import contextlib
import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from bot.store.contract import StoreError
from bot.store.seal import Seal
from bot.store.sqlite.schema import migrations

try:
    import fcntl
except ImportError:  # no such locks on this system: running one process only is left to whoever runs it
    fcntl = None  # type: ignore[assignment]

_CHECK = "iec-together"  # sealed into the store to tell at once whether a key fits


class FileLock:
    """Keeps a second process from working on the same file; freed by the system when the process dies."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".lock")
        self._descriptor: int | None = None

    def take(self) -> None:
        """Take it; StoreError if another process has it or the place cannot be written."""
        if fcntl is None:
            return
        try:
            self._descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise StoreError(
                f"{self._path} is held by another running process: stop it first, or give this one its own store"
            ) from None
        except OSError as error:
            raise StoreError(
                f"{self._path} cannot be written: {error.strerror}. Create its folder, or choose another place for the store."
            ) from error

    def release(self) -> None:
        """Let go; harmless if it was not taken."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def connect(path: Path) -> Database:
    """A connection with durable settings; sqlite3.Error if the file is no database or cannot be opened."""
    with contextlib.suppress(OSError):  # sqlite3 tells better what is wrong with the place
        path.touch(mode=0o600, exist_ok=True)
    connection = sqlite3.connect(path, timeout=10, check_same_thread=False, cached_statements=256)
    db = Database(connection)
    db.execute("PRAGMA journal_mode = WAL").fetchall()
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON")  # what someone had forgotten is overwritten, not only unlinked
    db.execute("PRAGMA busy_timeout = 10000")
    return db


def prepare(db: Database, seal: Seal, *, upgrade: bool) -> None:
    """Bring the schema up to date (``upgrade``) and check the key.

    StoreError if the file is newer, or older and not to be upgraded, or the key does not fit.
    """
    known = {migration.name for migration in migrations.pending(db)} | {done.name for done in migrations.applied(db)}
    ours = {migration.name for migration in migrations.pending(Database(memory=True))}
    if newer := known - ours:
        raise StoreError(
            f"the store was written by a newer version (it has {', '.join(sorted(newer))}): run that version, or restore "
            "a backup from before the upgrade"
        )
    if migrations.pending(db) and not upgrade:
        raise StoreError(
            "the store is of an older version: start the bot of this version first, it brings it up to date"
        )
    migrations.apply(db)
    row = db.execute("SELECT value FROM meta WHERE key = 'key_check'").fetchone()
    if row is not None:
        seal.open(row[0])
    if seal.active and (row is None or not row[0].startswith("gAAAA")):
        db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('key_check', ?)", (seal.seal(_CHECK),))
