"""Deleting messages, and pinning them."""

from __future__ import annotations

from bot.local_api import limits
from bot.local_api.chats import Chat, ChatKind
from bot.local_api.decoding import Kind
from bot.local_api.errors import bad_request
from bot.local_api.messages import Message
from bot.local_api.methods.checks import found_message, reachable
from bot.local_api.methods.registry import Call, method
from bot.local_api.world import World


@method("deleteMessage", "chat_id", "message_id", chat_id=Kind.CHAT, message_id=Kind.INTEGER)
def delete_message(call: Call) -> bool:
    """Take one message away for everyone."""
    chat = reachable(call.world, call.arguments["chat_id"])
    message = found_message(chat, call.arguments["message_id"], "message to delete")
    if not _deletable(call.world, chat, message):
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    call.world.pulse.beat()
    return True


@method("deleteMessages", "chat_id", "message_ids", chat_id=Kind.CHAT, message_ids=Kind.OBJECT)
def delete_messages(call: Call) -> bool:
    """Take several messages away; those that are not there are passed over."""
    chat = reachable(call.world, call.arguments["chat_id"])
    ids = call.arguments["message_ids"]
    if not isinstance(ids, list) or not all(isinstance(each, int) and each > 0 for each in ids):
        raise bad_request("expected an Array of message identifiers")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > limits.DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    for message_id in ids:
        message = chat.messages.get(message_id)
        if message is not None and _deletable(call.world, chat, message):
            message.deleted = True
    call.world.pulse.beat()
    return True


def _deletable(world: World, chat: Chat, message: Message) -> bool:
    if chat.status_of(world.bot.id) == "administrator":
        return True
    recent = message.date > world.clock.now() - limits.DELETABLE_SECONDS
    return recent and (message.sender is world.bot or chat.kind is ChatKind.PRIVATE)


@method(
    "pinChatMessage",
    "chat_id",
    "message_id",
    business_connection_id=Kind.UNPLAYED,
    chat_id=Kind.CHAT,
    message_id=Kind.INTEGER,
    disable_notification=Kind.BOOLEAN,
)
def pin(call: Call) -> bool:
    """Pin a message; in groups that takes an administrator."""
    chat = reachable(call.world, call.arguments["chat_id"])
    message = found_message(chat, call.arguments["message_id"], "message to pin")
    _may_pin(call.world, chat)
    chat.pinned = message.id
    call.world.pulse.beat()
    return True


@method(
    "unpinChatMessage",
    "chat_id",
    business_connection_id=Kind.UNPLAYED,
    chat_id=Kind.CHAT,
    message_id=Kind.INTEGER,
)
def unpin(call: Call) -> bool:
    """Unpin a message."""
    chat = reachable(call.world, call.arguments["chat_id"])
    _may_pin(call.world, chat)
    chat.pinned = None
    call.world.pulse.beat()
    return True


def _may_pin(world: World, chat: Chat) -> None:
    if chat.is_group and chat.status_of(world.bot.id) != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
