"""``python -m tests.bot.standin_bot [diary] [unlimited]``: the bot as a process, with a stand-in conversation."""

import asyncio
import sys

from bot.abuse import Budgets
from bot.assembly import Conversation
from bot.log import set_up_logging
from bot.running import run
from bot.settings import read_settings
from flows.words import Language, Text, WordBook
from tests.bot import diary, standin

COMMANDS = ("start", "help", "forget", "together")


def words() -> WordBook:
    messages = {f"commands.describe.{name}": Text((f"do {name}",)) for name in COMMANDS}
    messages["delivery.description"] = Text(("what the bot is for",))
    messages["delivery.short_description"] = Text(("a bot",))
    return WordBook({"en": Language("en", "English", "en-GB", messages, {})})


def main() -> None:
    settings = read_settings()
    set_up_logging(settings.log_level)
    chosen = diary if "diary" in sys.argv else standin
    budgets = None if "unlimited" in sys.argv else Budgets()
    asyncio.run(run(settings, Conversation(chosen.step, lambda: None, chosen.render), words(), budgets))


if __name__ == "__main__":
    main()
