"""``python -m bot chat``: the conversation without a messenger, for a person or (``--json``) for a script."""

import asyncio
import io
import sys
import tempfile
from datetime import date
from pathlib import Path

from bot.conversation import conversation_plain, current_content
from bot.faces.json_lines import talk_in_lines
from bot.faces.terminal import talk_at_terminal
from bot.log import set_up_logging
from bot.rounds.known import CurrentContent
from bot.settings import SettingsError, read_settings
from bot.store.contract import StoreError
from bot.store.sqlite.store import SqliteStore
from flows.facts.yaml_file import ContentError


def run_chat(as_json: bool, today: date | None, store: Path | None) -> int:
    """Talk until the input ends. 0, or 1 with one line per problem if settings, content or store are wrong."""
    set_up_logging("warning")
    for stream in (sys.stdin, sys.stdout):  # what cannot be read or shown must not end the conversation
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if as_json else None, errors="replace")
    try:
        content = current_content(read_settings().rounds_place)
        asyncio.run(_talk(content, as_json, today, store))
    except (SettingsError, ContentError) as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 1
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    return 0


async def _talk(content: CurrentContent, as_json: bool, today: date | None, file: Path | None) -> None:
    talk = talk_in_lines if as_json else talk_at_terminal
    with tempfile.TemporaryDirectory(prefix="iec-together-") as folder:
        store = SqliteStore(file or Path(folder) / "chat.db")
        await store.open()
        keeping_current = asyncio.create_task(content.keep_current())
        try:
            await talk(conversation_plain(content), store, today, sys.stdin, sys.stdout)
        finally:
            keeping_current.cancel()
            await store.close()
