"""Updates into arrivals: what happened, in the conversation's terms. Pure; what is not for us gives None."""

from telegram import Chat, ChatMember, ChatMemberUpdated, Message, MessageEntity, Update, User
from telegram.constants import ChatID

from bot.arrival import Arrival
from bot.command_text import split_command
from flows.conversation.event import Event, EventKind

WANTED = ["message", "callback_query", "my_chat_member", "chat_member"]
_GROUPS = (Chat.GROUP, Chat.SUPERGROUP)
_INSIDE = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR)
_GONE = (ChatMember.LEFT, ChatMember.BANNED)


def translate(update: Update, bot: User) -> Arrival | None:
    """The arrival that an update is for the bot called ``bot``; None if it is of no concern."""
    if update.message is not None:
        return _message(update.update_id, update.message, bot)
    if update.callback_query is not None:
        return _press(update)
    if update.my_chat_member is not None:
        return _own_membership(update.update_id, update.my_chat_member)
    if update.chat_member is not None:
        return _membership(update.update_id, update.chat_member)
    return None


def _message(update: int, message: Message, bot: User) -> Arrival | None:
    chat, user = message.chat, message.from_user
    if message.migrate_to_chat_id is not None:
        return Arrival(update, chat.id, moved_to=message.migrate_to_chat_id)
    if message.left_chat_member is not None and chat.type in _GROUPS:
        gone = message.left_chat_member
        return None if gone.is_bot else _arrival(update, EventKind.LEFT, gone, chat)
    if user is None or (user.is_bot and user.id != ChatID.ANONYMOUS_ADMIN):
        return None
    if chat.type == Chat.PRIVATE:
        return _private(update, message, user)
    return _in_group(update, message, user, bot) if chat.type in _GROUPS else None


def _private(update: int, message: Message, user: User) -> Arrival | None:
    """Words, or what comes instead of words (a caption, or none): people deserve an answer to that too."""
    text = message.text or message.caption or ""
    if not text and message.effective_attachment is None:
        return None  # a service message such as a pinned one
    return _typed(update, message, user, text, None)


def _in_group(update: int, message: Message, user: User, bot: User) -> Arrival | None:
    """Commands, and words that are meant for the bot; as an administrator it sees all others too and leaves them alone."""
    text = message.text or ""
    if not text:
        return None
    if text.startswith("/"):
        return None if split_command(text, bot.username) is None else _typed(update, message, user, text, bot.username)
    answered = message.reply_to_message
    to_bot = answered is not None and answered.from_user is not None and answered.from_user.id == bot.id
    mention = f"@{bot.username}".lower()
    names = message.parse_entities([MessageEntity.MENTION]).values()
    mentioned = next((name for name in names if name.lower() == mention), None)
    if not to_bot and mentioned is None:
        return None
    return _typed(update, message, user, text.replace(mentioned, "").strip() if mentioned else text, bot.username)


def _typed(update: int, message: Message, user: User, text: str, bot_name: str | None) -> Arrival:
    thread = message.message_thread_id if message.is_topic_message else None
    command = split_command(text, bot_name)
    if command is None:
        return _arrival(update, EventKind.TEXT, user, message.chat, text=text, thread=thread)
    return _arrival(update, EventKind.COMMAND, user, message.chat, name=command[0], text=command[1], thread=thread)


def _press(update: Update) -> Arrival | None:
    query = update.callback_query
    if query is None or query.data is None or query.message is None:
        return None
    message = query.message
    event = Event(
        EventKind.PRESS,
        query.from_user.id,
        message.chat.id,
        press=query.data,
        user_name=query.from_user.full_name,
        message=message.message_id,
        language=query.from_user.language_code or "en",
    )
    return Arrival(update.update_id, event.chat, event.user, event, query=query.id)


def _own_membership(update: int, change: ChatMemberUpdated) -> Arrival | None:
    """In a private chat, being banned means that the user blocked the bot; a group may take it in, or let it write again."""
    if change.chat.type == Chat.PRIVATE and change.new_chat_member.status in _GONE:
        return _arrival(update, EventKind.BLOCKED, change.from_user, change.chat)
    if change.chat.type in _GROUPS and change.new_chat_member.status in _INSIDE:
        return _arrival(update, EventKind.RETURNED, change.from_user, change.chat)
    return None


def _membership(update: int, change: ChatMemberUpdated) -> Arrival | None:
    gone = change.new_chat_member
    if change.chat.type in _GROUPS and gone.status in _GONE and not gone.user.is_bot:
        return _arrival(update, EventKind.LEFT, gone.user, change.chat)
    return None


def _arrival(
    update: int,
    kind: EventKind,
    user: User,
    chat: Chat,
    *,
    name: str = "",
    text: str = "",
    thread: int | None = None,
) -> Arrival:
    language = user.language_code or "en"
    event = Event(kind, user.id, chat.id, name=name, text=text, user_name=user.full_name, language=language)
    return Arrival(update, chat.id, user.id, event, thread=thread)
