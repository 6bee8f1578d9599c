"""What Telegram's errors mean for a message on its way: try later, give up the chat, the message, or nothing at all.

Telegram tells most of them only by the text of a 400; these are the texts that matter to us.
"""

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.transport import ChatGone, ChatMoved, Flood, MessageGone, Refused, Unreached

_HARMLESS = ("message is not modified", "query is too old", "query id is invalid")
_MESSAGE_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message to delete not found",
)
_CHAT_GONE = (
    "chat not found",
    "group chat was deactivated",
    "user is deactivated",
    "peer_id_invalid",
    "not enough rights",
    "have no rights to send",
    "chat_write_forbidden",
    "chat_restricted",
    "bot is not a member",
    "bot was kicked",
    "bot was blocked",
    "need administrator rights",
)
_TOPIC_GONE = ("message thread not found", "topic_closed", "topic_deleted")
_BAD_MARKUP = ("can't parse entities", "can't find end of the entity", "unsupported start tag")


def is_harmless(error: TelegramError) -> bool:
    """What was wanted is already so, or no longer matters."""
    return isinstance(error, BadRequest) and _says(error, _HARMLESS)


def is_bad_markup(error: TelegramError) -> bool:
    """The text would be taken without its markup."""
    return isinstance(error, BadRequest) and _says(error, _BAD_MARKUP)


def is_topic_gone(error: TelegramError) -> bool:
    """The message would be taken outside the topic."""
    return isinstance(error, BadRequest) and _says(error, _TOPIC_GONE)


def meaning(error: TelegramError) -> Exception:
    """The failure, in the sender's terms (bot.transport), to be raised."""
    if isinstance(error, RetryAfter):
        seconds = error.retry_after
        return Flood(seconds.total_seconds() if isinstance(seconds, timedelta) else float(seconds))
    if isinstance(error, ChatMigrated):
        return ChatMoved(error.new_chat_id)
    if isinstance(error, Forbidden):
        return ChatGone(error.message)
    if isinstance(error, BadRequest):
        if _says(error, _MESSAGE_GONE):
            return MessageGone(error.message)
        if _says(error, _CHAT_GONE):
            return ChatGone(error.message)
        return Refused(error.message)
    return Unreached(f"{type(error).__name__}: {error.message}")


def _says(error: TelegramError, texts: tuple[str, ...]) -> bool:
    said = error.message.lower()
    return any(text in said for text in texts)
