"""The bot in its own process: started, watched, killed and started again."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from bot.local_api.pulse import Pulse

READY_WITHIN_SECONDS = 30.0
WEBHOOK_SECRET = "a-secret-of-the-tests-0123456789"


class Server(Protocol):
    """What a bot process needs to know of the server it talks to: the project's own, or another."""

    idle_probes: list[Callable[[], str | None]]
    calls: list[Any]  # each has ``method`` and ``ok``

    @property
    def address(self) -> str: ...

    @property
    def token(self) -> str: ...

    @property
    def polled(self) -> bool: ...

    @property
    def pulse(self) -> Pulse: ...


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class BotProcess:
    """One bot process against a server. Its output goes to a file that ``log()`` reads.

    ``command`` is what to run, by default the product's own ``python -m bot run``. Environment variables of the product
    that happen to be set where the tests run are not passed on.
    """

    def __init__(
        self,
        server: Server,
        folder: Path,
        mode: str = "polling",
        command: Sequence[str] = (sys.executable, "-m", "bot", "run"),
        **environment: str,
    ) -> None:
        self.server = server
        self.mode = mode
        self._command = list(command)
        self._log = Path(tempfile.mkstemp(prefix="bot-", suffix=".log", dir=folder)[1])
        self._process: asyncio.subprocess.Process | None = None
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("IEC_TOGETHER_") and name not in ("TELEGRAM_BOT_TOKEN", "DATABASE_URL")
        }
        self.environment = inherited | {
            "TELEGRAM_BOT_TOKEN": server.token,
            "IEC_TOGETHER_API_URL": server.address,
            "IEC_TOGETHER_STORE": str(folder / "store.sqlite"),
            "IEC_TOGETHER_TODAY": "2026-11-22",
            "IEC_TOGETHER_ROUNDS_FETCH": "off",  # no test talks to anybody outside this machine
            "PYTHONUNBUFFERED": "1",
        }
        if mode == "webhook":
            port = free_port()
            self.environment |= {
                "IEC_TOGETHER_WEBHOOK_URL": f"http://127.0.0.1:{port}",
                "IEC_TOGETHER_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
                "IEC_TOGETHER_WEBHOOK_SECRET": WEBHOOK_SECRET,
            }
        self.environment |= environment
        server.idle_probes.append(self._at_work)

    @property
    def pid(self) -> int:
        """The process's id."""
        if self._process is None:
            raise RuntimeError("the bot is not started")
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.returncode is None

    def log(self) -> str:
        """All that the bot has written so far."""
        return self._log.read_text(errors="replace")

    async def start(self, ready: bool = True) -> None:
        """Start it; with ``ready``, return once it receives updates."""
        calls_before = len(self.server.calls)
        with self._log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self.environment,
            )
        if ready:
            await self._until(lambda: self._receives(calls_before), "ready")

    def _receives(self, calls_before: int) -> bool:
        if self.mode == "webhook":
            return any(record.method == "setWebhook" and record.ok for record in self.server.calls[calls_before:])
        return self.server.polled

    async def _until(self, reached: Callable[[], bool], what: str) -> None:
        pulse = self.server.pulse
        try:
            async with asyncio.timeout(READY_WITHIN_SECONDS):
                while not reached():
                    if not self.running:
                        raise AssertionError(f"the bot ended before it was {what}:\n{self.log()[-4000:]}")
                    await pulse.wait_past(pulse.count, 0.1)
        except TimeoutError:
            raise AssertionError(
                f"the bot was not {what} within {READY_WITHIN_SECONDS} s:\n{self.log()[-4000:]}"
            ) from None

    async def kill(self) -> None:
        """Kill it at once (SIGKILL), as a power cut would."""
        if self._process is not None and self.running:
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> int:
        """Ask it to end (SIGTERM); its exit status. It is killed, and the test fails, if it does not end in time."""
        if self._process is None:
            raise RuntimeError("the bot is not started")
        if self.running:
            self._process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self._process.wait(), READY_WITHIN_SECONDS)
            except TimeoutError:
                await self.kill()
                raise AssertionError(f"the bot did not end when asked:\n{self.log()[-4000:]}") from None
        assert self._process.returncode is not None
        return self._process.returncode

    async def restart(self) -> None:
        """Kill it and start it again on the same store."""
        await self.kill()
        await self.start()

    def close(self) -> None:
        """The test is over: the server no longer asks for this process."""
        self.server.idle_probes.remove(self._at_work)

    def _at_work(self) -> str | None:
        """Whether a thread of the process runs, or waits for the disk, though it makes no call (Linux only)."""
        if not self.running:
            return None
        for status in Path(f"/proc/{self.pid}/task").glob("*/stat"):
            try:
                state = status.read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue  # the thread ended in between
            if state in "RD":
                return "the bot's process is at work"
        return None
