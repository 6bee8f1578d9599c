"""Gathers what is wanted at the same moment into one question to the database: under load batches grow by themselves."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_MOST = 256


class Batch(Generic[Item, Result]):
    """``work`` answers many items at once, in their order. An exception of it is everybody's in that batch."""

    def __init__(self, work: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        self._work = work
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._running: asyncio.Task[None] | None = None

    def put(self, item: Item) -> asyncio.Future[Result]:
        """The answer for this item, to be awaited or not."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        future.add_done_callback(_seen)
        self._waiting.append((item, future))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        return future

    async def close(self) -> None:
        """Answer what waits."""
        if self._running is not None:
            await self._running

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            try:
                results = await self._work([item for item, _ in batch])
            except Exception as problem:
                for _, future in batch:
                    if not future.done():
                        future.set_exception(problem)
                continue
            for (_, future), result in zip(batch, results, strict=True):
                if not future.done():
                    future.set_result(result)


def _seen(future: asyncio.Future[Result]) -> None:
    """Whoever does not await an answer does not want to be told of its failure either."""
    if not future.cancelled():
        future.exception()
