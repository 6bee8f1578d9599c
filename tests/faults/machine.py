"""The machine that a bot runs on, as far as it can go wrong beneath it: its clock is set, its disk is full.

The clock is that of the process alone (libfaketime): dates leap, what has passed since the start does not, as on a real
machine. Without it the clock stays right. A limit on the size of files stands in for the full disk: writes fail alike.
"""

import asyncio
import resource
from pathlib import Path

from tests.kit.process import BotProcess

HOW = "the clocks stay right: libfaketime is not installed (for example: apt-get install faketime)"


def faketime() -> Path | None:
    """The library that a process has to load for its clock to be set."""
    return next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)


class Machine:
    """A clock that goes wrong by ``set_clock``. Give ``environment`` to the bot that runs on it, then set ``bot``."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder = folder
        self._clock = folder / f"clock-{number}"
        self.set_clock(0)
        library = faketime()
        self.environment: dict[str, str] = {}
        if library is not None:
            self.environment = {
                "LD_PRELOAD": str(library),
                "FAKETIME_TIMESTAMP_FILE": str(self._clock),
                "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            }

    @property
    def has_clock(self) -> bool:
        """Whether its clock can be set."""
        return bool(self.environment)

    def set_clock(self, seconds: int) -> None:
        """So many seconds off from now on."""
        new = self._clock.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n")
        new.replace(self._clock)

    async def fill_disk(self, bot: BotProcess, seconds: float) -> None:
        """No file of the bot's grows for so long."""
        largest = max(file.stat().st_size for file in self._folder.iterdir() if file.is_file())
        unlimited = resource.RLIM_INFINITY
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (largest, unlimited))
        await asyncio.sleep(seconds)
        if bot.running:
            resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
