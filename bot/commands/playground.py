"""``python -m bot playground``: the bot in a browser on this machine, without a token."""

import asyncio
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from bot.playground.guard import is_loopback, refusal
from bot.playground.serving import Wishes, serve
from bot.settings import SettingsError, read_settings

LISTEN = "127.0.0.1:8100"


def run_playground(
    *, listen: str = LISTEN, today: date | None = None, store: Path | None = None, browser: bool = True
) -> int:
    """Serve the playground until told to stop. 0, or 1 with one line where it may not or cannot run here.

    ``browser`` opens one, where this machine has a screen to show it on.
    """
    why_not = refusal()
    host, colon, port = listen.rpartition(":")
    if why_not is None and not (colon and host and port.isdigit() and int(port) < 65536):
        why_not = f"--listen: expected host:port such as {LISTEN}, found {listen!r}"
    if why_not is not None:
        print(why_not, file=sys.stderr)
        return 1
    if not is_loopback(host):
        print(f"Warning: at {listen} everybody who reaches this machine can use the playground.", file=sys.stderr)
    day = today or datetime.now(UTC).date()
    try:
        rounds = read_settings().rounds_file
    except SettingsError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 1
    wishes = Wishes(host.strip("[]"), int(port), day, store, browser and can_open_browser(), rounds)
    try:
        asyncio.run(serve(wishes, _tell))
    except OSError as error:
        print(f"{listen}: cannot listen there: {error.strerror or error}", file=sys.stderr)
        return 1
    return 0


def can_open_browser() -> bool:
    """Whether somebody sits at this machine with a screen that a browser could open on."""
    if not sys.stdout.isatty():
        return False
    if os.environ.get("BROWSER") or sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _tell(address: str) -> None:
    print(
        f"The playground is at {address} (Ctrl-C ends it). In the terminal instead: make run ARGS=--terminal",
        flush=True,
    )
