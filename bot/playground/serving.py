"""The playground from start to stop: the local Bot API server, the bot's process and the pages, in one event loop."""

import asyncio
import signal
import socket
import tempfile
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from aiohttp import web

from bot.local_api import LocalApi
from bot.playground.pages import Pages
from bot.playground.stage import Stage


@dataclass(frozen=True, slots=True)
class Wishes:
    """How it is to run: where (``port`` 0 or a taken one: any that is free), on which day, with which store (None: a
    passing one), whether a browser is to be opened, and which archive of round figures is read (None: none)."""

    host: str
    port: int
    today: date
    store: Path | None
    browser: bool
    rounds: Path | None = None


async def serve(wishes: Wishes, tell: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; ``tell`` gets the address. OSError where nothing can listen there."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with tempfile.TemporaryDirectory(prefix="iec-together-playground-") as folder:
        async with LocalApi() as api:
            stage = Stage(api, wishes.store or Path(folder) / "playground.sqlite", wishes.today, wishes.rounds)
            runner = web.AppRunner(Pages(stage).application(wishes.host), access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            try:
                listening = _listening(wishes.host, wishes.port)
                await web.SockSite(runner, listening).start()
                await stage.start()
                address = _address(wishes.host, listening.getsockname()[1])
                tell(address)
                if wishes.browser:
                    await asyncio.to_thread(webbrowser.open, address)
                await stop.wait()
            finally:
                await stage.close()
                await runner.cleanup()


def _listening(host: str, port: int) -> socket.socket:
    try:
        return _socket(host, port)
    except OSError:
        if not port:
            raise
        return _socket(host, 0)


def _socket(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except OSError:
        made.close()
        raise
    return made


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
