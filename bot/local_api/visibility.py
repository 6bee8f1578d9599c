"""Which messages reach the bot: group privacy mode keeps most of a group's talk from it."""

import re

from bot.local_api.chats import ChatKind
from bot.local_api.messages import Message
from bot.local_api.people import BotAccount, User


def bot_receives(bot: BotAccount, message: Message) -> bool:
    """Whether the bot gets an update for a new ``message``.

    In a group with privacy mode on, and unless it is an administrator, it gets only service messages, commands that
    are not for another bot, mentions of its name, replies to its messages, and what was sent by way of it.
    """
    chat = message.chat
    if not isinstance(message.sender, User) or chat.kind is ChatKind.BETWEEN or not chat.has(bot.id):
        return False
    if message.receiver is not None:
        return message.receiver is bot
    if chat.kind is ChatKind.PRIVATE:
        return not message.sender.blocked
    if not bot.privacy or chat.status_of(bot.id) == "administrator":
        return True
    return bool(
        message.service
        or message.via_bot is bot
        or (message.reply_to is not None and message.reply_to.sender is bot)
        or _speaks_to(bot, message)
    )


def _speaks_to(bot: BotAccount, message: Message) -> bool:
    encoded = message.words.text.encode("utf-16-le")
    for entity in message.words.entities:
        start = 2 * entity["offset"]
        words = encoded[start : start + 2 * entity["length"]].decode("utf-16-le")
        if entity["type"] == "bot_command":
            addressee = re.fullmatch(r"/\w+(?:@(\w+))?", words)
            if addressee and (addressee[1] is None or addressee[1].lower() == bot.username.lower()):
                return True
        if entity["type"] == "mention" and words.lower() == f"@{bot.username}".lower():
            return True
    return False
