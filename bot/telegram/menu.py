"""What people see before they have written a word: the bot's description and its commands, in each language.

The texts are messages: ``commands.describe.<name>`` in the order of the menu, ``delivery.description`` and
``delivery.short_description``. A language that lacks one shows the reference language's.
"""

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from flows.words import REFERENCE, Language, Text, WordBook

_log = structlog.get_logger(__name__)
_PREFIX = "commands.describe."
_IN_GROUPS = ("together", "board", "leave", "help")
_ONLY_IN_GROUPS = ("together", "board")


async def publish_menu(bot: Bot, words: WordBook) -> None:
    """Set commands and descriptions; where Telegram will not have it now, that is logged and the bot runs without."""
    for language in words.languages.values():
        code = None if language.code == REFERENCE else language.code
        try:
            await _publish(bot, language, code)
        except TelegramError as error:
            _log.warning("menu_not_published", language=language.code, problem=type(error).__name__)
            return


async def _publish(bot: Bot, language: Language, code: str | None) -> None:
    everything = commands_of(language)
    private = [command for command in everything if command.command not in _ONLY_IN_GROUPS]
    groups = [command for command in everything if command.command in _IN_GROUPS]
    if private:
        await bot.set_my_commands(private, BotCommandScopeAllPrivateChats(), language_code=code)
    if groups:
        await bot.set_my_commands(groups, BotCommandScopeAllGroupChats(), language_code=code)
    description, short = _text(language, "delivery.description"), _text(language, "delivery.short_description")
    if description:
        await bot.set_my_description(description, language_code=code)
    if short:
        await bot.set_my_short_description(short, language_code=code)


def commands_of(language: Language) -> list[BotCommand]:
    """The commands of a language, in the order of its file."""
    keys = [key for key in language.messages if key.startswith(_PREFIX)]
    return [BotCommand(key.removeprefix(_PREFIX), _text(language, key)) for key in keys]


def _text(language: Language, key: str) -> str:
    entry = language.messages.get(key)
    return "".join(entry.pieces) if isinstance(entry, Text) else ""
