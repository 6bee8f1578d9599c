"""Waiting until the bot has done all it is going to do for now."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.local_api.server import LocalApi

_LOOK_EVERY_SECONDS = 0.01


async def settle(api: LocalApi, limit_seconds: float = 10.0, quiet_seconds: float = 0.05) -> None:
    """Return once every update was taken, no call is under way, and the bot has been idle for ``quiet_seconds``.

    Raises TimeoutError, saying what was still going on, after ``limit_seconds``. Probes in ``api.idle_probes`` can say
    that the bot's process is still at work although it is not talking.
    """
    until = time.monotonic() + limit_seconds
    quiet_since: float | None = None
    seen = -1
    while True:
        busy = api.busy_with()
        now = time.monotonic()
        if busy is None and api.world.pulse.count == seen:
            quiet_since = quiet_since or now
            if now - quiet_since >= quiet_seconds:
                return
        else:
            quiet_since, seen = None, api.world.pulse.count
        if now > until:
            raise TimeoutError(f"not quiet within {limit_seconds} s: {busy or 'the bot keeps calling'}")
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
