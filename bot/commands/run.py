"""``python -m bot run``: the bot on Telegram, by long polling or, where a public address is set, behind a webhook."""

import asyncio
import sys

from bot.abuse import Budgets
from bot.conversation import conversation_html, current_content
from bot.log import set_up_logging
from bot.running import CannotRun, run
from bot.settings import SettingsError, read_settings
from bot.store.contract import StoreError
from flows.facts.yaml_file import ContentError


def run_bot() -> int:
    """Run until told to stop. 0, or 1 with one line per problem if settings, content, store or token are wrong."""
    try:
        settings = read_settings()
        set_up_logging(settings.log_level)
        content = current_content(settings.rounds_place, settings.retention_days)
        asyncio.run(run(settings, conversation_html(content), content().words, Budgets(), content))
    except (SettingsError, ContentError) as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 1
    except (CannotRun, StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
