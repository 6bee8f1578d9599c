"""``python -m bot store``: what the operator does with the store, also while the bot runs."""

import asyncio
import sys
from pathlib import Path

from bot.retention import purge_once
from bot.settings import Settings, SettingsError, read_settings
from bot.store.contract import StoreError
from bot.store.opening import store_of

ACTIONS = ("backup", "purge", "reseal")


def run_store(action: str, file: Path | None) -> int:
    """``backup FILE``: a consistent copy; ``purge``: what is past its time; ``reseal``: everything with the first key.

    0, or 1 with one line per problem, or 2 where the action is none of these or its file is missing.
    """
    if action not in ACTIONS or (action == "backup") != (file is not None):
        print(f"expected one of: backup FILE, purge, reseal; found: {action} {file or ''}".rstrip(), file=sys.stderr)
        return 2
    try:
        print(asyncio.run(_done(read_settings(), action, file)))
    except SettingsError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 1
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


async def _done(settings: Settings, action: str, file: Path | None) -> str:
    store = store_of(settings, beside_the_bot=True)
    await store.open()
    try:
        if file is not None:
            await store.backup(file)
            return f"copied to {file}"
        if action == "purge":
            return f"{await purge_once(store, settings.retention_days)} sessions were past their time and are gone"
        return f"{await store.reseal()} rows are sealed with the first key"
    finally:
        await store.close()
