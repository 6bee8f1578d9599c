"""What an archive of weekly files promises, wherever it lies: in a file of its own, or in the database of the store.

IRCC keeps no history, so the archive is the only one. A week is kept whole or not at all: a kill at any moment leaves the
weeks before it. An older file never takes the place of a newer one. It holds no personal data.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol, Self

from bot.rounds.selections import PublishedFile
from flows.facts.content import Facts
from flows.odds.round import PoolFigures

Place = Path | str
"""Where an archive lies: the path of its file, or the address of a database."""


class Kept(StrEnum):
    """What became of a file."""

    NEW = "new"  # a week that was not there
    SAME = "same"  # this very week, with the same figures
    CORRECTED = "corrected"  # this very week, with other figures: the newer ones stand
    STALE = "stale"  # older than the newest week: refused


class ArchiveError(Exception):
    """The archive cannot be opened or written; the message says what to do."""


class Archive(Protocol):
    """The weeks kept so far, as a context that closes it. ``state`` changes whenever a week is kept."""

    @property
    def newest(self) -> date | None: ...  # noqa: D102
    @property
    def days(self) -> list[date]: ...  # noqa: D102
    @property
    def state(self) -> tuple[object, ...]: ...  # noqa: D102

    def keep(self, file: PublishedFile, source: str, taken_at: datetime) -> Kept:
        """Keep one week's file, all or nothing; ``source`` is where it came from. ArchiveError if writing fails."""

    def figures(self, facts: Facts) -> Iterator[PoolFigures]:
        """Every pool of every week kept, oldest first."""

    def __enter__(self) -> Self: ...
    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None: ...


def open_archive(place: Place) -> Archive:
    """The archive at ``place``, made if need be; ArchiveError where that fails."""
    if isinstance(place, Path):
        from bot.rounds.archive import RoundArchive

        return RoundArchive(place)
    try:
        from bot.rounds.database import DatabaseArchive
    except ImportError:
        raise ArchiveError("the driver for PostgreSQL is not installed: install iec-together[postgres]") from None
    return DatabaseArchive(place)
