"""The archive of weekly files in an SQLite file of its own, beside the store. One week is written in one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.rounds.keeping import ArchiveError, Kept
from bot.rounds.rows import Row, figures_of, in_order, row_of
from bot.rounds.selections import PublishedFile
from flows.facts.content import Facts
from flows.odds.round import PoolFigures

migrations = Migrations("iec_together_rounds")


@migrations(name="0001_weeks_and_pools")
def weeks_and_pools(db: Database) -> None:
    """One row a week, one a pool and week."""
    db.executescript(
        """
        CREATE TABLE weeks (
            data_of TEXT PRIMARY KEY,
            source TEXT NOT NULL,
            taken_at TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE pools (
            data_of TEXT NOT NULL REFERENCES weeks (data_of),
            citizenship TEXT NOT NULL,
            category TEXT NOT NULL,
            within TEXT NOT NULL,
            quota INTEGER,
            unlimited INTEGER NOT NULL,
            invited INTEGER,
            candidates INTEGER,
            spots INTEGER,
            label INTEGER,
            accepting INTEGER NOT NULL,
            first_round TEXT,
            final_round TEXT,
            PRIMARY KEY (data_of, citizenship, category, within)
        ) WITHOUT ROWID;
        """
    )


class RoundArchive:
    """The weeks kept so far. Use it as a context, or ``close`` it."""

    def __init__(self, path: Path) -> None:
        """Open the archive at ``path``, making it if need be; ArchiveError where that fails."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = Database(sqlite3.connect(path, timeout=10))
            self._db.execute("PRAGMA journal_mode = WAL").fetchall()
            self._db.execute("PRAGMA synchronous = FULL")
            migrations.apply(self._db)
        except (OSError, sqlite3.Error) as error:
            raise ArchiveError(f"{path}: the archive of rounds cannot be opened: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            raise ArchiveError(f"{self.path}: the archive of rounds cannot be read: {error}") from None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @property
    def newest(self) -> date | None:
        """The day of the newest figures kept."""
        (found,) = self._db.execute("SELECT max(data_of) FROM weeks").fetchone()
        return date.fromisoformat(found) if found else None

    @property
    def days(self) -> list[date]:
        """The days of all weeks kept, oldest first."""
        return [date.fromisoformat(day) for (day,) in self._db.execute("SELECT data_of FROM weeks ORDER BY data_of")]

    @property
    def state(self) -> tuple[object, ...]:
        """How many weeks there are, and when the last was taken."""
        found: tuple[object, ...] = self._db.execute(
            "SELECT count(*), max(data_of), max(taken_at) FROM weeks"
        ).fetchone()
        return found

    def keep(self, file: PublishedFile, source: str, taken_at: datetime) -> Kept:
        """Keep one week's file, all or nothing; ``source`` is where it came from. ArchiveError if writing fails."""
        try:
            with self._writing():
                newest = self.newest
                if newest is not None and file.data_of < newest:
                    return Kept.STALE
                rows = [row_of(file.data_of, pool) for pool in file.pools]
                if newest == file.data_of and self._rows(file.data_of) == sorted(rows, key=in_order):
                    return Kept.SAME
                self._db.execute("DELETE FROM pools WHERE data_of = ?", (file.data_of.isoformat(),))
                week = {
                    "data_of": file.data_of.isoformat(),
                    "source": source,
                    "taken_at": taken_at.astimezone(UTC).isoformat(timespec="seconds"),
                }
                self._db.table("weeks").upsert(week, pk="data_of")
                self._db.table("pools").insert_all(rows)
                return Kept.CORRECTED if newest == file.data_of else Kept.NEW
        except sqlite3.Error as error:
            raise ArchiveError(f"{self.path}: the week could not be kept: {error}; nothing was changed") from error

    def figures(self, facts: Facts) -> Iterator[PoolFigures]:
        """Every pool of every week kept, oldest first."""
        sources = dict(self._db.execute("SELECT data_of, source FROM weeks"))
        for row in self._db.query("SELECT * FROM pools ORDER BY data_of, citizenship, category, within"):
            yield figures_of(row, sources[row["data_of"]], facts)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction that waits for another writer at its beginning, where waiting is still possible."""
        self._db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.conn.rollback()
            raise
        self._db.conn.commit()

    def _rows(self, data_of: date) -> list[Row]:
        return sorted(self._db.query("SELECT * FROM pools WHERE data_of = ?", (data_of.isoformat(),)), key=in_order)
