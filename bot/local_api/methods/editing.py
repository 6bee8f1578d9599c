"""Editing messages of the bot: text, caption, buttons; and reacting to messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.local_api.decoding import Kind
from bot.local_api.errors import bad_request
from bot.local_api.keyboards import checked_markup
from bot.local_api.messages import Media, Message, Words
from bot.local_api.methods.checks import formatted, found_message, reachable
from bot.local_api.methods.ephemeral import NOT_MODIFIED, rich_of
from bot.local_api.methods.registry import Call, method
from bot.local_api.methods.sending import caption_of, media_from, preview_of, text_of
from bot.local_api.rich import plain_text

_WHICH = {
    "business_connection_id": Kind.UNPLAYED,
    "chat_id": Kind.CHAT,
    "message_id": Kind.INTEGER,
    "inline_message_id": Kind.TEXT,
    "reply_markup": Kind.OBJECT,
}


def _message_to_edit(call: Call) -> Message:
    arguments = call.arguments
    if "chat_id" not in arguments and "message_id" not in arguments:
        if not arguments.get("inline_message_id"):
            raise bad_request("message identifier is not specified")
        found = call.world.inline_messages.get(arguments["inline_message_id"])
        if found is None or found.deleted:
            raise bad_request("MESSAGE_ID_INVALID")
        return found
    if "chat_id" not in arguments:
        raise bad_request("chat_id is empty")
    if arguments.get("message_id", 0) <= 0:
        raise bad_request("message to edit not found")
    chat = reachable(call.world, arguments["chat_id"])
    message = found_message(chat, arguments["message_id"], "message to edit")
    if message.sender is not call.world.bot:
        raise bad_request("message can't be edited")
    return message


def _change(
    call: Call,
    message: Message,
    words: Words,
    media: Media | None,
    preview: Mapping[str, Any] | None,
    rich: list[dict[str, Any]] | None = None,
) -> Any:
    markup = checked_markup(call.arguments.get("reply_markup"), message.chat, inline_only=True)
    now = (message.words, message.media, message.markup, message.preview, message.rich)
    if (words, media, markup, preview, rich) == now:
        raise bad_request(NOT_MODIFIED)
    message.edit(call.world.clock.now(), words, media, markup)
    message.preview, message.rich = preview, rich
    call.world.pulse.beat()
    return message.as_json() if message.inline_id is None else True


@method(
    "editMessageText",
    text=Kind.TEXT,
    rich_message=Kind.OBJECT,
    parse_mode=Kind.TEXT,
    entities=Kind.OBJECT,
    link_preview_options=Kind.OBJECT,
    **_WHICH,
)
def edit_text(call: Call) -> Any:
    """Change the text, and the buttons with it: those not given again are gone."""
    rich = rich_of(call)
    words = text_of(call.world, call.arguments) if rich is None else Words(plain_text(rich))
    message = _message_to_edit(call)
    if message.media is not None or message.service:
        raise bad_request("there is no text in the message to edit")
    return _change(call, message, words, None, preview_of(call.arguments), rich)


@method(
    "editMessageCaption",
    caption=Kind.TEXT,
    parse_mode=Kind.TEXT,
    caption_entities=Kind.OBJECT,
    show_caption_above_media=Kind.BOOLEAN,
    **_WHICH,
)
def edit_caption(call: Call) -> Any:
    """Change the words under a picture or document."""
    words = caption_of(call.world, call.arguments)
    message = _message_to_edit(call)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(call, message, words, message.media, message.preview)


@method("editMessageMedia", "media", media=Kind.OBJECT, **_WHICH)
def edit_media(call: Call) -> Any:
    """Put another picture or document, with its caption, in the place of what the message shows."""
    wanted = call.arguments["media"]
    if not isinstance(wanted, dict) or wanted.get("type") not in ("photo", "document") or "media" not in wanted:
        raise bad_request("can't parse input media JSON object: photo and document are played here")
    message = _message_to_edit(call)
    media = media_from(call.world, wanted["type"], wanted["media"])
    words = formatted(
        call.world, wanted.get("caption", ""), wanted.get("parse_mode"), wanted.get("caption_entities"), limit=1024
    )
    return _change(call, message, words, media, None)


@method("editMessageReplyMarkup", **_WHICH)
def edit_markup(call: Call) -> Any:
    """Change the buttons alone."""
    message = _message_to_edit(call)
    return _change(call, message, message.words, message.media, message.preview, message.rich)


@method(
    "setMessageReaction",
    "chat_id",
    "message_id",
    chat_id=Kind.CHAT,
    message_id=Kind.INTEGER,
    reaction=Kind.OBJECT,
    is_big=Kind.BOOLEAN,
)
def set_reaction(call: Call) -> bool:
    """React to a message with one emoji, or take the reaction back."""
    chat = reachable(call.world, call.arguments["chat_id"], to_write=False)
    message = found_message(chat, call.arguments["message_id"], "message to react")
    wanted = call.arguments.get("reaction", [])
    if not isinstance(wanted, list) or not all(isinstance(each, dict) for each in wanted):
        raise bad_request("expected an Array of ReactionType")
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(each.get("type") != "emoji" or not each.get("emoji") for each in wanted):
        raise bad_request("REACTION_INVALID")
    message.reactions[call.world.bot.id] = wanted
    call.world.pulse.beat()
    return True
