"""Ephemeral messages: seen by one member of a group only. Sending them, and their own edit and delete methods."""

from __future__ import annotations

from typing import Any

from bot.local_api import limits
from bot.local_api.chats import Chat
from bot.local_api.decoding import Arguments, Kind
from bot.local_api.errors import bad_request
from bot.local_api.keyboards import checked_markup
from bot.local_api.messages import Message, Words
from bot.local_api.methods.checks import formatted, reachable
from bot.local_api.methods.registry import Call, method
from bot.local_api.people import User
from bot.local_api.rich import checked_blocks, plain_text
from bot.local_api.world import World


def ephemeral_receiver(world: World, chat: Chat, arguments: Arguments) -> User | None:
    """Who alone is to see the message that is being sent; None for an ordinary one.

    An administrator bot may send one to any member at any time; any other only within 15 seconds of that member's press
    of a button, or in reply to an ephemeral message of theirs.
    """
    parameters = arguments.get("ephemeral_message_parameters")
    reply = arguments.get("reply_parameters")
    answered = reply.get("ephemeral_message_id") if isinstance(reply, dict) else None
    if parameters is None:
        if answered is not None:
            raise bad_request("a reply to an ephemeral message must be ephemeral")
        return None
    if not world.supports_ephemeral:
        raise bad_request('unknown parameter "ephemeral_message_parameters" (this server does not support it)')
    if not isinstance(parameters, dict) or not isinstance(parameters.get("receiver_user_id"), int):
        raise bad_request("can't parse ephemeral message parameters JSON object")
    if not chat.is_group:
        raise bad_request("ephemeral messages can be sent only to groups and supergroups")
    receiver = world.users.get(parameters["receiver_user_id"])
    if receiver is None or not chat.has(receiver.id):
        raise bad_request("USER_NOT_PARTICIPANT")
    press = world.presses.get(str(parameters.get("callback_query_id", "")))
    if parameters.get("replace_callback_query_message") and (press is None or press.message.receiver is not None):
        raise bad_request("replace_callback_query_message needs a press on an ordinary message")
    if chat.status_of(world.bot.id) == "administrator" and "callback_query_id" not in parameters:
        return receiver
    since = world.clock.now() - limits.EPHEMERAL_WINDOW_SECONDS
    if "callback_query_id" in parameters:
        if press is None or press.user is not receiver or press.message.chat is not chat or press.at < since:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return receiver
    incoming = chat.ephemeral.get(answered) if isinstance(answered, int) else None
    if incoming is None or incoming.sender is not receiver or incoming.deleted or incoming.date < since:
        raise bad_request("not enough rights to send an ephemeral message to this user")
    return receiver


def replaced_message(world: World, arguments: Arguments) -> Message | None:
    """The pressed message that the ephemeral one is to be shown in the place of, for its receiver."""
    parameters = arguments.get("ephemeral_message_parameters") or {}
    if not parameters.get("replace_callback_query_message"):
        return None
    return world.presses[str(parameters["callback_query_id"])].message


_WHICH = {"chat_id": Kind.CHAT, "receiver_user_id": Kind.INTEGER, "ephemeral_message_id": Kind.INTEGER}


def _own(call: Call, what: str) -> Message:
    chat = reachable(call.world, call.arguments["chat_id"])
    message = chat.ephemeral.get(call.arguments["ephemeral_message_id"])
    if message is None or message.deleted:
        raise bad_request(f"{what} not found")
    if (
        message.sender is not call.world.bot
        or getattr(message.receiver, "id", None) != call.arguments["receiver_user_id"]
    ):
        raise bad_request(f"{what} not found")
    return message


@method(
    "editEphemeralMessageText",
    *_WHICH,
    text=Kind.TEXT,
    rich_message=Kind.OBJECT,
    parse_mode=Kind.TEXT,
    entities=Kind.OBJECT,
    link_preview_options=Kind.OBJECT,
    reply_markup=Kind.OBJECT,
    **_WHICH,
)
def edit_text(call: Call) -> bool:
    """Change the text of an ephemeral message."""
    message = _own(call, "message to edit")
    arguments = call.arguments
    rich = rich_of(call)
    words = formatted(call.world, arguments.get("text", ""), arguments.get("parse_mode"), arguments.get("entities"))
    if rich is not None:
        words = Words(plain_text(rich))
    if not words.text:
        raise bad_request("message text is empty")
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _change(call.world, message, arguments, words, rich)


@method(
    "editEphemeralMessageCaption",
    *_WHICH,
    caption=Kind.TEXT,
    parse_mode=Kind.TEXT,
    caption_entities=Kind.OBJECT,
    show_caption_above_media=Kind.BOOLEAN,
    reply_markup=Kind.OBJECT,
    **_WHICH,
)
def edit_caption(call: Call) -> bool:
    """Change the caption of an ephemeral picture or document."""
    message = _own(call, "message to edit")
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    arguments = call.arguments
    words = formatted(
        call.world,
        arguments.get("caption", ""),
        arguments.get("parse_mode"),
        arguments.get("caption_entities"),
        limit=limits.CAPTION_LENGTH,
    )
    return _change(call.world, message, arguments, words)


@method("editEphemeralMessageReplyMarkup", *_WHICH, reply_markup=Kind.OBJECT, **_WHICH)
def edit_markup(call: Call) -> bool:
    """Change the buttons of an ephemeral message."""
    message = _own(call, "message to edit")
    return _change(call.world, message, call.arguments, message.words, message.rich)


def rich_of(call: Call) -> list[dict[str, Any]] | None:
    """The blocks of a rich message that an edit puts in the place of the text; None where it gives a text."""
    if "rich_message" not in call.arguments:
        return None
    if not call.world.supports_rich:
        raise bad_request('unknown parameter "rich_message" (this server does not support it)')
    if call.arguments.get("text"):
        raise bad_request("text and rich_message can't be given together")
    return checked_blocks(call.arguments["rich_message"], None)


def _change(
    world: World, message: Message, arguments: Arguments, words: Words, rich: list[dict[str, Any]] | None = None
) -> bool:
    markup = checked_markup(arguments.get("reply_markup"), message.chat, inline_only=True)
    if (words, markup, rich) == (message.words, message.markup, message.rich):
        raise bad_request(NOT_MODIFIED)
    message.edit(world.clock.now(), words, message.media, markup)
    message.rich = rich
    world.pulse.beat()
    return True


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


@method("deleteEphemeralMessage", *_WHICH, **_WHICH)
def delete(call: Call) -> bool:
    """Take an ephemeral message away."""
    message = _own(call, "message to delete")
    message.deleted = True
    call.world.pulse.beat()
    return True
