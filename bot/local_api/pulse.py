"""A counter that can be waited for: it grows with everything that happens, so that nothing has to be polled."""

import asyncio


class Pulse:
    """Counts changes; ``wait_past`` returns once the count exceeds a number that was read before."""

    def __init__(self) -> None:
        self.count = 0
        self._waiters: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        """Something happened."""
        self.count += 1
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()

    async def wait_past(self, count: int, seconds: float) -> bool:
        """Wait until more than ``count`` changes have happened; False if ``seconds`` passed without one."""
        if self.count > count:
            return True
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            async with asyncio.timeout(seconds):  # wait_for would swallow a cancellation that comes with the change
                await waiter
        except TimeoutError:
            return False
        finally:
            self._waiters.discard(waiter)
        return True
