"""Work that dies at a step of its own choosing, in a process of its own, as by a power cut."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

StepTaken = Callable[[], None]


class Mortal:
    """Passes everything on to ``whole``; at the given step of its methods the process is no more."""

    def __init__(self, whole: Any, methods: tuple[str, ...], step_taken: StepTaken) -> None:
        self._whole = whole
        self._methods = methods
        self._step_taken = step_taken

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._whole, name)
        if name not in self._methods:
            return found

        async def mortal(*given: Any, **named: Any) -> Any:
            self._step_taken()
            result = await found(*given, **named)
            self._step_taken()
            return result

        return mortal


def died(live: Callable[[StepTaken], Awaitable[None]], die_at: int | None) -> bool:
    """Let ``live`` run in a child process, which is killed when it takes step ``die_at``; whether it was, before its end."""
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(_until(live, die_at))
            os._exit(0)
        except BaseException:
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), f"it ended by itself, with {status}"
    return status != 0


async def _until(live: Callable[[StepTaken], Awaitable[None]], die_at: int | None) -> None:
    steps = 0

    def step_taken() -> None:
        nonlocal steps
        steps += 1
        if steps == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    await live(step_taken)
