"""The one way in which archived round figures reach whoever tells odds: the conversation, and the command line."""

import asyncio
import dataclasses
from pathlib import Path

import structlog

from bot.rounds.keeping import ArchiveError, Place, open_archive
from flows.content import Content
from flows.facts.content import Facts
from flows.odds.round import PoolFigures

LOOK_EVERY = 60.0
"""Seconds between looks for weeks that were kept meanwhile, by this process or any other."""

_log = structlog.get_logger(__name__)


def archived_figures(place: Place, facts: Facts) -> tuple[PoolFigures, ...]:
    """All figures kept at ``place``, oldest first; none where nothing was ever kept. ArchiveError if it cannot be read."""
    if isinstance(place, Path) and not place.exists():
        return ()
    with open_archive(place) as archive:
        return tuple(archive.figures(facts))


class CurrentContent:
    """The content with the round figures that are in the archive at ``place``: call it for the present one.

    Figures that are kept later come in with the next ``look``. An archive that cannot be read ends nothing: it is
    logged, and what was known before stays.
    """

    def __init__(self, content: Content, place: Place) -> None:
        self._content = content
        self._place = place
        self._state: tuple[object, ...] | None = None
        self.look()

    def __call__(self) -> Content:
        """The content to answer with now."""
        return self._content

    def look(self) -> None:
        """Read the archive if it has changed. It may take a moment: not for an event loop."""
        if isinstance(self._place, Path) and not self._place.exists():
            return
        try:
            with open_archive(self._place) as archive:
                state = archive.state
                if state == self._state:
                    return
                figures = tuple(archive.figures(self._content.facts))
        except ArchiveError as error:
            _log.warning("rounds_not_read", problem=str(error))
            return
        self._content = dataclasses.replace(self._content, archived=figures)
        self._state = state

    async def keep_current(self) -> None:
        """Look once a minute, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await asyncio.to_thread(self.look)
