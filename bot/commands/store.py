"""``python -m bot store``: what the operator does with the store, also while the bot runs (but for ``copy``)."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.retention import purge_once
from bot.settings import Settings, SettingsError, read_settings
from bot.store.contract import StoreError
from bot.store.copying import copy
from bot.store.opening import store_at, store_of

ACTIONS = {"backup": ("FILE",), "copy": ("SOURCE", "TARGET"), "purge": (), "reseal": ()}


def run_store(action: str, places: Sequence[str] = ()) -> int:
    """``backup FILE``: a consistent copy; ``copy SOURCE TARGET``: from a file or a database's address into an empty one;
    ``purge``: what is past its time; ``reseal``: everything with the first key.

    0, or 1 with one line per problem, or 2 where the action is none of these or its places are missing.
    """
    if action not in ACTIONS or len(ACTIONS[action]) != len(places):
        known = ", ".join(" ".join((name, *wanted)) for name, wanted in ACTIONS.items())
        print(f"expected one of: {known}; found: {' '.join((action, *places))}", file=sys.stderr)
        return 2
    try:
        settings = read_settings()
        print(asyncio.run(_copied(settings, *places) if action == "copy" else _done(settings, action, places)))
    except SettingsError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 1
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


async def _done(settings: Settings, action: str, places: Sequence[str]) -> str:
    store = store_of(settings, beside_the_bot=True)
    await store.open()
    try:
        if action == "backup":
            await store.backup(Path(places[0]))
            return f"copied to {places[0]}"
        if action == "purge":
            return f"{await purge_once(store, settings.retention_days)} sessions were past their time and are gone"
        return f"{await store.reseal()} rows are sealed with the first key"
    finally:
        await store.close()


async def _copied(settings: Settings, source: str, target: str) -> str:
    copied = await copy(store_at(source, settings.keys, new=False), store_at(target, settings.keys, new=True))
    return "copied " + ", ".join(f"{count} of {table}" for table, count in copied.items())
