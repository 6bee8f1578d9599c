"""An aiohttp application on a free port of loopback, for as long as a test needs it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web


async def start(app: web.Application, *, shutdown_timeout: float = 0.1, **options: Any) -> tuple[web.AppRunner, str]:
    """Serve ``app``; the runner, to be cleaned up at the end, and the address without a slash at its end."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=shutdown_timeout, **options)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[str]:
    """Serve ``app`` while the context lasts; its address."""
    runner, address = await start(app)
    try:
        yield address
    finally:
        await runner.cleanup()
