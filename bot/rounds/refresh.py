"""Keeps the archive fresh while the bot runs: once a week when all is well, again after some hours when it is not."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import structlog

from bot.rounds.fetch import FetchError, fetch_file
from bot.rounds.keeping import ArchiveError, Kept, Place, open_archive
from bot.rounds.selections import PublishedFile, UnreadableFile, read_selections
from flows.facts.content import Facts

PUBLISHED_EVERY = timedelta(days=7)
TRY_AGAIN = timedelta(hours=6)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What one fetch came to. ``newest`` is the day of the newest figures kept, whatever happened."""

    kept: Kept
    file: PublishedFile
    newest: date


async def refresh(place: Place, url: str, facts: Facts, now: datetime) -> Refreshed:
    """Fetch the weekly file and keep it; FetchError, UnreadableFile or ArchiveError, with the archive as it was."""
    raw = await fetch_file(url)
    return await asyncio.to_thread(keep_file, place, raw, url, facts, now)


def keep_file(place: Place, raw: bytes, source: str, facts: Facts, now: datetime) -> Refreshed:
    """Read one weekly file and keep it; UnreadableFile or ArchiveError, with the archive as it was."""
    file = read_selections(raw, facts.rounds.feed, now.date())
    with open_archive(place) as archive:
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
    place: Place,
    url: str,
    facts: Facts,
    kept: Callable[[], None] = lambda: None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Fetch whenever new figures are due, for ever; every failure is logged and leaves the archive as it was.

    ``kept`` is called, in a thread, after other figures than before were kept. Where several processes share an archive,
    whichever comes first fetches for all.
    """
    while True:
        try:
            now = clock()
            due = next_try(await asyncio.to_thread(_newest, place), now)
            if due > now:
                await sleep((due - now).total_seconds())
                continue
            found = await refresh(place, url, facts, now)
            changed = found.kept in (Kept.NEW, Kept.CORRECTED)
            if changed:
                await asyncio.to_thread(kept)
            _log.info("rounds_fetched", outcome=found.kept.value, newest=found.newest.isoformat())
            if changed:
                continue
        except (FetchError, UnreadableFile, ArchiveError) as error:
            _log.warning("rounds_not_refreshed", problem=str(error))
        await sleep(TRY_AGAIN.total_seconds())


def _newest(place: Place) -> date | None:
    with open_archive(place) as archive:
        return archive.newest
