"""Keeps nothing longer than promised: a look every hour for what has not been touched for too long."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from bot.steady_clock import steady_clock
from bot.store.contract import Store, StoreError

_DAY = 24 * 3600.0
_UPDATES_KEPT = 3 * _DAY  # Telegram brings an update again for a day at most
_BETWEEN = 3600.0

_log = structlog.get_logger(__name__)


async def keep_purged(
    store: Store,
    retention_days: int,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Purge now and every hour, until cancelled.

    A machine's clock that leapt forward makes everything look old. It gets an hour to be set right before it is believed.
    """
    steady = steady_clock()
    believed = clock() - steady()
    while True:
        ahead = clock() - steady()
        if ahead - believed > _DAY:
            _log.warning(
                "clock_leapt", seconds=round(ahead - believed), hint="nothing is purged for an hour: set it right"
            )
        else:
            try:
                gone = await purge_once(store, retention_days)
                if gone:
                    _log.info("purged", sessions=gone)
            except StoreError as error:
                _log.error("store_unavailable", problem=str(error))
        believed = ahead
        await sleep(_BETWEEN)


async def purge_once(store: Store, retention_days: int) -> int:
    """Delete what is past its time; how many sessions were."""
    return await store.purge(sessions_older_than=retention_days * _DAY, updates_older_than=_UPDATES_KEPT)
