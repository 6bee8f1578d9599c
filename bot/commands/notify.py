"""``python -m bot notify-changes``: after the content changed, tell those who asked for it and whose answer changed by it."""

import asyncio
import sys

from bot.conversation import conversation_html, current_content
from bot.log import set_up_logging
from bot.notifying import Counts, Notifier
from bot.settings import Settings, SettingsError, read_settings
from bot.store.contract import StoreError
from bot.store.opening import store_of
from flows.facts.yaml_file import ContentError

SHARE = 3
"""Every so many-th of the messages that may be sent in a second is one of these at most."""


def run_notify(*, dry_run: bool) -> int:
    """Queue the messages, or with ``dry_run`` only count. 0, or 1 with one line per problem."""
    try:
        settings = read_settings()
        set_up_logging("warning")
        counts = asyncio.run(_look(settings, tell=not dry_run))
    except (SettingsError, ContentError) as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 1
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{counts}{' (only counted)' if dry_run else ''}")
    return 0


async def _look(settings: Settings, *, tell: bool) -> Counts:
    conversation = conversation_html(current_content(settings.rounds_place))
    store = store_of(settings, beside_the_bot=True)
    await store.open()
    try:
        now, pause = settings.now(), SHARE / settings.sends_per_second
        notifier = Notifier(store, conversation, today=now.date(), now=now.timestamp(), pause=pause)
        return await notifier.look(tell=tell)
    finally:
        await store.close()
