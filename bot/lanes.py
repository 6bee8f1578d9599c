"""Lanes: for each key at most one task at a time, many keys side by side; a woken lane never misses its work."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

_log = structlog.get_logger(__name__)


class Lanes:
    """``work(key)`` does what there is to do and gives None when nothing is left, or the seconds until there may be.

    An exception in ``work`` is a fault of the program: it is logged, and the lane tries again after ``pause`` seconds.
    """

    def __init__(self, work: Callable[[int], Awaitable[float | None]], *, parallel: int, pause: float = 5.0) -> None:
        self._work = work
        self._pause = pause
        self._places = asyncio.Semaphore(parallel)
        self._running: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._stopped = False

    def wake(self, key: int, delay: float = 0.0) -> None:
        """See to it that ``work(key)`` runs once more, ``delay`` seconds from now."""
        if self._stopped:
            return
        if delay > 0:
            self._set_timer(key, delay)
        elif key in self._running:
            self._again.add(key)
        else:
            self._cancel_timer(key)
            self._running[key] = asyncio.create_task(self._run(key))

    @property
    def stopping(self) -> bool:
        """Whether work should end at the next good moment."""
        return self._stopped

    @property
    def busy(self) -> bool:
        """Whether anything runs or is due to run later."""
        return bool(self._running or self._timers)

    async def idle(self) -> None:
        """Wait until nothing runs and nothing is due."""
        while self.busy:
            if self._running:
                await asyncio.wait(set(self._running.values()))
            else:
                await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """Let what runs come to its end and start nothing new."""
        self._stopped = True
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        while self._running:
            await asyncio.wait(set(self._running.values()))

    async def _run(self, key: int) -> None:
        try:
            async with self._places:
                while True:
                    self._again.discard(key)
                    delay = await self._work(key)
                    if key not in self._again or self._stopped:
                        break
        except Exception:
            _log.exception("lane_failed")
            delay = self._pause
        finally:
            del self._running[key]
        if delay is not None:
            self.wake(key, delay)

    def _set_timer(self, key: int, delay: float) -> None:
        loop = asyncio.get_running_loop()
        due = self._timers.get(key)
        if due is not None and due.when() <= loop.time() + delay:
            return
        self._cancel_timer(key)
        self._timers[key] = loop.call_later(delay, self._on_timer, key)

    def _on_timer(self, key: int) -> None:
        self._timers.pop(key, None)
        self.wake(key)

    def _cancel_timer(self, key: int) -> None:
        timer = self._timers.pop(key, None)
        if timer is not None:
            timer.cancel()
