"""The server's time: the machine's, or one that a test or the playground moves by hand."""

import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time in seconds since 1970."""

    def now(self) -> float:
        """The present moment."""
        ...


class SystemClock:
    """The machine's clock, ahead by ``ahead`` seconds (moved with ``advance``)."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> float:
        """The machine's time plus what was added."""
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` pass at once."""
        self.ahead += seconds


class HeldClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: float = 1_800_000_000.0) -> None:
        self._now = start

    def now(self) -> float:
        """The moment it was last moved to."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Move it on by ``seconds``."""
        self._now += seconds
