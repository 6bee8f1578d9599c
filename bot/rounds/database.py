"""The archive of weekly files in the database of the store, where several processes share it and any of them may fetch.

One row holds a whole week, so a week is there or it is not. The table stands beside those of the store and is made by
whoever needs it first.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, LiteralString, Self

import psycopg
from psycopg.types.json import Jsonb

from bot.rounds.keeping import ArchiveError, Kept
from bot.rounds.rows import figures_of, in_order, row_of
from bot.rounds.selections import PublishedFile
from bot.store.contract import StoreError
from bot.store.postgres.connecting import conninfo, problem_of
from flows.facts.content import Facts
from flows.odds.round import PoolFigures

_LOCK = 0x1EC1  # the advisory lock under which a week is written
_TABLE: LiteralString = """
CREATE TABLE IF NOT EXISTS round_weeks (
    data_of date PRIMARY KEY,
    source text NOT NULL,
    taken_at timestamptz NOT NULL,
    pools jsonb NOT NULL
)
"""


class DatabaseArchive:
    """The weeks kept so far in the database at ``address``. Use it as a context."""

    def __init__(self, address: str) -> None:
        """Connect, and make the table if need be; ArchiveError where that fails."""
        try:
            self._connection = psycopg.connect(conninfo(address), autocommit=True)
            if self._one("SELECT to_regclass('round_weeks')")[0] is None:
                with self._connection.transaction():
                    self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                    self._connection.execute(_TABLE)
        except StoreError as error:
            raise ArchiveError(str(error)) from None
        except psycopg.Error as error:
            raise ArchiveError(f"the archive of rounds cannot be opened: {problem_of(error)}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._connection.close()
        if isinstance(error, psycopg.Error):
            raise ArchiveError(f"the archive of rounds cannot be read: {problem_of(error)}") from None

    @property
    def newest(self) -> date | None:
        """The day of the newest figures kept."""
        found: date | None = self._one("SELECT max(data_of) FROM round_weeks")[0]
        return found

    @property
    def days(self) -> list[date]:
        """The days of all weeks kept, oldest first."""
        return [day for (day,) in self._connection.execute("SELECT data_of FROM round_weeks ORDER BY data_of")]

    @property
    def state(self) -> tuple[object, ...]:
        """How many weeks there are, and when the last was taken."""
        return self._one("SELECT count(*), max(data_of), max(taken_at) FROM round_weeks")

    def keep(self, file: PublishedFile, source: str, taken_at: datetime) -> Kept:
        """Keep one week's file, all or nothing; ``source`` is where it came from. ArchiveError if writing fails."""
        rows = sorted((row_of(file.data_of, pool) for pool in file.pools), key=in_order)
        try:
            with self._connection.transaction():
                self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                newest = self.newest
                if newest is not None and file.data_of < newest:
                    return Kept.STALE
                query: LiteralString = "SELECT pools FROM round_weeks WHERE data_of = %s"
                if newest == file.data_of and self._one(query, file.data_of)[0] == rows:
                    return Kept.SAME
                self._connection.execute(
                    "INSERT INTO round_weeks (data_of, source, taken_at, pools) VALUES (%s, %s, %s, %s) "
                    "ON CONFLICT (data_of) DO UPDATE SET source = excluded.source, taken_at = excluded.taken_at, "
                    "pools = excluded.pools",
                    (file.data_of, source, taken_at.astimezone(UTC), Jsonb(rows)),
                )
                return Kept.CORRECTED if newest == file.data_of else Kept.NEW
        except psycopg.Error as error:
            raise ArchiveError(f"the week could not be kept: {problem_of(error)}; nothing was changed") from None

    def figures(self, facts: Facts) -> Iterator[PoolFigures]:
        """Every pool of every week kept, oldest first."""
        weeks = self._connection.execute("SELECT source, pools FROM round_weeks ORDER BY data_of")
        for source, rows in weeks:
            for row in rows:
                yield figures_of(row, source, facts)

    def _one(self, query: LiteralString, *values: Any) -> tuple[Any, ...]:
        found = self._connection.execute(query, values).fetchone()
        assert found is not None  # every query of one row here has one
        return found
