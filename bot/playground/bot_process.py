"""The unmodified bot in a process of its own, as the playground's pages start, watch and restart it."""

import asyncio
import contextlib
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.settings import PREFIX, variable_of

_ENDS_WITHIN_SECONDS = 5.0
_UNPACED = "1000"  # nobody limits a server of one's own
_SHOWN_LOG_BYTES = 4000
_ROOT = Path(__file__).resolve().parents[2]


class BotProcess:
    """``python -m bot run`` against the server at ``api_address``, on the store in ``store``.

    ``token`` is the local server's made-up one; ``rounds`` an archive of round figures to read, never fetched into.
    ``changed`` is called when the process has ended by itself.
    """

    def __init__(
        self, api_address: str, token: str, store: Path, rounds: Path | None, changed: Callable[[], None]
    ) -> None:
        self._own = {
            variable_of("telegram_bot_token"): token,
            variable_of("api_url"): api_address,
            variable_of("store"): str(store),
            variable_of("sends_per_second"): _UNPACED,
            variable_of("rounds_fetch"): "off",
            "PYTHONUNBUFFERED": "1",
        }
        if rounds is not None:
            self._own[variable_of("rounds_archive")] = str(rounds.resolve())
        self._changed = changed
        self._log = Path(tempfile.mkstemp(prefix="iec-together-playground-", suffix=".log")[1])
        self._process: asyncio.subprocess.Process | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.returncode is None

    async def start(self, today: date) -> None:
        """Start it on this day."""
        self._log.write_bytes(b"")
        foreign = (variable_of("telegram_bot_token"), variable_of("database_url"))
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        environment = {name: value for name, value in inherited.items() if name not in foreign} | self._own
        with self._log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=environment | {variable_of("today"): today.isoformat()},
                cwd=_ROOT,
            )
        self._watching = asyncio.create_task(self._watch(self._process))

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None and self.running:
            self._process.kill()
            await self._process.wait()

    async def close(self) -> None:
        """Ask it to end, insist after a while, and remove its log."""
        if self._process is not None and self.running:
            self._process.terminate()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), _ENDS_WITHIN_SECONDS)
        await self.kill()
        self._log.unlink(missing_ok=True)

    def last_words(self) -> str:
        """The end of what the process wrote, for telling why it ended."""
        return self._log.read_bytes()[-_SHOWN_LOG_BYTES:].decode(errors="replace").strip()

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()
        self._changed()
