"""The archive of weekly files: every published week of every pool, in an SQLite file of its own beside the store.

IRCC keeps no history, so this is the only one. One week is written in one transaction: a kill at any moment leaves the
weeks before it whole and this one absent. An older file never takes the place of a newer one. It holds no personal data.
"""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.rounds.selections import PublishedFile, PublishedPool
from flows.facts.content import Facts
from flows.odds.figures import season_of_data
from flows.odds.round import Pool, PoolFigures
from flows.party import Category

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


class Kept(StrEnum):
    """What became of a file."""

    NEW = "new"  # a week that was not there
    SAME = "same"  # this very week, with the same figures
    CORRECTED = "corrected"  # this very week, with other figures: the newer ones stand
    STALE = "stale"  # older than the newest week: refused


class ArchiveError(Exception):
    """The archive cannot be opened or written; the message says what to do."""


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

    def __enter__(self) -> "RoundArchive":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

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

    def keep(self, file: PublishedFile, source: str, taken_at: datetime) -> Kept:
        """Keep one week's file, all or nothing; ``source`` is where it came from. ArchiveError if writing fails."""
        try:
            with self._db.atomic():
                newest = self.newest
                if newest is not None and file.data_of < newest:
                    return Kept.STALE
                rows = [_row(file.data_of, pool) for pool in file.pools]
                if newest == file.data_of and self._rows(file.data_of) == sorted(rows, key=_key):
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
            data_of, first_round = date.fromisoformat(row["data_of"]), _day(row["first_round"])
            yield PoolFigures(
                pool=Pool(row["citizenship"], Category(row["category"])),
                data_of=data_of,
                season=season_of_data(data_of, first_round, facts),
                source=sources[row["data_of"]],
                quota=row["quota"],
                unlimited=bool(row["unlimited"]),
                invited=row["invited"],
                candidates=row["candidates"],
                spots=row["spots"],
                label=row["label"],
                accepting=bool(row["accepting"]),
                first_round=first_round,
                final_round=_day(row["final_round"]),
                within=row["within"],
            )

    def _rows(self, data_of: date) -> list[dict[str, Any]]:
        return sorted(self._db.query("SELECT * FROM pools WHERE data_of = ?", (data_of.isoformat(),)), key=_key)


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return row["citizenship"], row["category"], row["within"]


def _row(data_of: date, pool: PublishedPool) -> dict[str, Any]:
    return {
        "data_of": data_of.isoformat(),
        "citizenship": pool.pool.citizenship,
        "category": pool.pool.category.value,
        "within": pool.within,
        "quota": pool.quota,
        "unlimited": int(pool.unlimited),
        "invited": pool.invited,
        "candidates": pool.candidates,
        "spots": pool.spots,
        "label": pool.label,
        "accepting": int(pool.accepting),
        "first_round": pool.first_round.isoformat() if pool.first_round else None,
        "final_round": pool.final_round.isoformat() if pool.final_round else None,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
