"""Updates into arrivals: what happened, in the conversation's terms. Pure; what is not for us gives None.

Updates are read as the Bot API sends them, not as objects of the library: building those was a sixth of what an update
costs, for a handful of fields. What every field means is in the Bot API's documentation of ``Update``.
"""

from typing import Any

from telegram import Chat, ChatMember, Message, MessageEntity, User
from telegram.constants import ChatID, MessageAttachmentType

from bot.arrival import Arrival
from bot.command_text import split_command
from flows.conversation.event import Event, EventKind

WANTED = ["message", "callback_query", "inline_query", "my_chat_member", "chat_member"]
_GROUPS = (Chat.GROUP, Chat.SUPERGROUP)
_INSIDE = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR)
_GONE = (ChatMember.LEFT, ChatMember.BANNED)
_ATTACHMENTS = frozenset(kind.value for kind in MessageAttachmentType)

Json = dict[str, Any]


def translate(update: Json, bot: User) -> Arrival | None:
    """The arrival that an update is for the bot called ``bot``; None if it is of no concern.

    KeyError, TypeError and the like if it is not an update as documented.
    """
    number = update["update_id"]
    if message := update.get("message"):
        return _message(number, message, bot)
    if query := update.get("callback_query"):
        return _press(number, query)
    if asked := update.get("inline_query"):
        return _offer(number, asked)
    if change := update.get("my_chat_member"):
        return _own_membership(number, change)
    if change := update.get("chat_member"):
        return _membership(number, change)
    return None


def _message(update: int, message: Json, bot: User) -> Arrival | None:
    chat, user = message["chat"], message.get("from")
    if moved_to := message.get("migrate_to_chat_id"):
        return Arrival(update, chat["id"], moved_to=moved_to)
    if (gone := message.get("left_chat_member")) and chat["type"] in _GROUPS:
        return None if gone["is_bot"] else _arrival(update, EventKind.LEFT, gone, chat)
    if user is None or (user["is_bot"] and user["id"] != ChatID.ANONYMOUS_ADMIN):
        return None
    if chat["type"] == Chat.PRIVATE:
        return _private(update, message, user)
    return _in_group(update, message, user, bot) if chat["type"] in _GROUPS else None


def _private(update: int, message: Json, user: Json) -> Arrival | None:
    """Words, or what comes instead of words (a caption, or none): people deserve an answer to that too."""
    text = message.get("text") or message.get("caption") or ""
    if not text and _ATTACHMENTS.isdisjoint(message):
        return None  # a service message such as a pinned one
    return _typed(update, message, user, text, None)


def _in_group(update: int, message: Json, user: Json, bot: User) -> Arrival | None:
    """Commands, and words that are meant for the bot; as an administrator it sees all others too and leaves them alone."""
    text = message.get("text", "")
    if not text:
        return None
    if text.startswith("/"):
        return None if split_command(text, bot.username) is None else _typed(update, message, user, text, bot.username)
    answered = message.get("reply_to_message", {}).get("from", {}).get("id")
    mentioned = _mentioned(message, bot)
    if answered != bot.id and mentioned is None:
        return None
    return _typed(update, message, user, text.replace(mentioned, "").strip() if mentioned else text, bot.username)


def _mentioned(message: Json, bot: User) -> str | None:
    """How the bot is mentioned, as it was written. The library counts in the units that the Bot API counts in."""
    if not message.get("entities"):
        return None
    read = Message.de_json(message, None)
    names = read.parse_entities([MessageEntity.MENTION]).values()
    return next((name for name in names if name.lower() == f"@{bot.username}".lower()), None)


def _typed(update: int, message: Json, user: Json, text: str, bot_name: str | None) -> Arrival:
    thread = _thread(message)
    command = split_command(text, bot_name)
    if command is None:
        return _arrival(update, EventKind.TEXT, user, message["chat"], text=text, thread=thread)
    return _arrival(update, EventKind.COMMAND, user, message["chat"], name=command[0], text=command[1], thread=thread)


def _title(chat: Json) -> str:
    return str(chat.get("title", "")) if chat["type"] in _GROUPS else ""


def _thread(message: Json) -> int | None:
    return message.get("message_thread_id") if message.get("is_topic_message") else None


def _press(update: int, query: Json) -> Arrival | None:
    message = query.get("message")
    if query.get("data") is None or not message:
        return None
    user, chat = query["from"], message["chat"]
    whisper = message.get("ephemeral_message_id")
    event = Event(
        EventKind.PRESS,
        user["id"],
        chat["id"],
        press=query["data"],
        user_name=_full_name(user),
        message=message["message_id"] if whisper is None else whisper,
        language=user.get("language_code") or "en",
        whispered=whisper is not None,
        title=_title(chat),
    )
    return Arrival(update, event.chat, event.user, event, query=query["id"], thread=_thread(message))


def _offer(update: int, asked: Json) -> Arrival:
    """What somebody typed after the bot's name in any chat is left alone: the same is offered whatever it is."""
    user = asked["from"]
    language = user.get("language_code") or "en"
    event = Event(EventKind.OFFER, user["id"], user["id"], user_name=_full_name(user), language=language)
    return Arrival(update, event.chat, event.user, event, query=asked["id"])


def _own_membership(update: int, change: Json) -> Arrival | None:
    """In a private chat, being banned means that the user blocked the bot; a group may take it in, or let it write again."""
    chat, status = change["chat"], change["new_chat_member"]["status"]
    if chat["type"] == Chat.PRIVATE and status in _GONE:
        return _arrival(update, EventKind.BLOCKED, change["from"], chat)
    if chat["type"] in _GROUPS and status in _INSIDE:
        return _arrival(update, EventKind.RETURNED, change["from"], chat)
    return None


def _membership(update: int, change: Json) -> Arrival | None:
    chat, gone = change["chat"], change["new_chat_member"]
    if chat["type"] in _GROUPS and gone["status"] in _GONE and not gone["user"]["is_bot"]:
        return _arrival(update, EventKind.LEFT, gone["user"], chat)
    return None


def _arrival(
    update: int,
    kind: EventKind,
    user: Json,
    chat: Json,
    *,
    name: str = "",
    text: str = "",
    thread: int | None = None,
) -> Arrival:
    language = user.get("language_code") or "en"
    event = Event(
        kind,
        user["id"],
        chat["id"],
        name=name,
        text=text,
        user_name=_full_name(user),
        language=language,
        title=_title(chat),
    )
    return Arrival(update, event.chat, event.user, event, thread=thread)


def _full_name(user: Json) -> str:
    last = user.get("last_name")
    return f"{user['first_name']} {last}" if last else str(user["first_name"])
