"""Keeps the archive fresh while the bot runs: once a week when all is well, again after some hours when it is not."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.rounds.archive import ArchiveError, Kept, RoundArchive
from bot.rounds.fetch import FetchError, fetch_file
from bot.rounds.selections import PublishedFile, UnreadableFile, read_selections
from flows.facts.content import Facts

LOG = logging.getLogger(__name__)
PUBLISHED_EVERY = timedelta(days=7)
TRY_AGAIN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What one fetch came to. ``newest`` is the day of the newest figures kept, whatever happened."""

    kept: Kept
    file: PublishedFile
    newest: date


async def refresh(path: Path, url: str, facts: Facts, now: datetime) -> Refreshed:
    """Fetch the weekly file and keep it; FetchError, UnreadableFile or ArchiveError, with the archive as it was."""
    return keep_file(path, await fetch_file(url), url, facts, now)


def keep_file(path: Path, raw: bytes, source: str, facts: Facts, now: datetime) -> Refreshed:
    """Read one weekly file and keep it; UnreadableFile or ArchiveError, with the archive as it was."""
    file = read_selections(raw, facts.rounds.feed, now.date())
    with RoundArchive(path) as archive:
        kept = archive.keep(file, source, now)
        return Refreshed(kept, file, archive.newest or file.data_of)


def next_try(newest: date | None, now: datetime) -> datetime:
    """When to fetch next: the file is of a Friday, so a week after the newest figures, and until then not at all.

    A file that is due but not there yet is asked for again after some hours."""
    if newest is None:
        return now
    published = datetime.combine(newest + PUBLISHED_EVERY, datetime.min.time(), UTC) + timedelta(hours=22)
    return max(published, now)


async def keep_fresh(
    path: Path,
    url: str,
    facts: Facts,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Fetch whenever new figures are due, for ever; every failure is logged and leaves the archive as it was."""
    while True:
        try:
            with RoundArchive(path) as archive:
                newest = archive.newest
            now = clock()
            due = next_try(newest, now)
            if due > now:
                await sleep((due - now).total_seconds())
            found = await refresh(path, url, facts, clock())
            LOG.info("rounds %s, figures of %s", found.kept.value, found.newest)
            if found.kept in (Kept.NEW, Kept.CORRECTED):
                continue
        except (FetchError, UnreadableFile, ArchiveError) as error:
            LOG.warning("rounds not refreshed: %s", error)
        await sleep(TRY_AGAIN.total_seconds())
