"""Sending: texts, pictures, documents, and the sign that the bot is typing."""

from __future__ import annotations

from typing import Any

from bot.local_api import limits
from bot.local_api.chats import Chat, ChatKind
from bot.local_api.decoding import Arguments, Kind, Upload
from bot.local_api.errors import bad_request
from bot.local_api.files import picture_size
from bot.local_api.keyboards import checked_markup
from bot.local_api.messages import Media, Message, Words
from bot.local_api.methods.checks import formatted, reachable, replied, topic
from bot.local_api.methods.ephemeral import ephemeral_receiver, replaced_message
from bot.local_api.methods.registry import Call, method
from bot.local_api.world import World

SENDING = {
    "business_connection_id": Kind.UNPLAYED,
    "chat_id": Kind.CHAT,
    "message_thread_id": Kind.INTEGER,
    "direct_messages_topic_id": Kind.UNPLAYED,
    "ephemeral_message_parameters": Kind.OBJECT,
    "disable_notification": Kind.BOOLEAN,
    "protect_content": Kind.BOOLEAN,
    "allow_paid_broadcast": Kind.UNPLAYED,
    "message_effect_id": Kind.TEXT,
    "suggested_post_parameters": Kind.UNPLAYED,
    "reply_parameters": Kind.OBJECT,
    "reply_markup": Kind.OBJECT,
}
_CAPTION = {
    "caption": Kind.TEXT,
    "parse_mode": Kind.TEXT,
    "caption_entities": Kind.OBJECT,
}


@method(
    "sendMessage",
    "chat_id",
    "text",
    text=Kind.TEXT,
    parse_mode=Kind.TEXT,
    entities=Kind.OBJECT,
    link_preview_options=Kind.OBJECT,
    **SENDING,
)
def send_message(call: Call) -> dict[str, Any]:
    """Send a text."""
    arguments = call.arguments
    chat = reachable(call.world, arguments["chat_id"])
    words = text_of(call.world, arguments)
    return send(call.world, chat, arguments, words, None, preview=preview_of(arguments))


def text_of(world: World, arguments: Arguments) -> Words:
    """The text of a call, formatted; an empty one is refused."""
    if not arguments.get("text"):
        raise bad_request("message text is empty")
    words = formatted(world, arguments["text"], arguments.get("parse_mode"), arguments.get("entities"))
    if not words.text:
        raise bad_request("text must be non-empty")
    return words


def preview_of(arguments: Arguments) -> dict[str, Any] | None:
    """The options for link previews, if any."""
    options = arguments.get("link_preview_options")
    if options is not None and not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    return options


@method(
    "sendPhoto",
    "chat_id",
    "photo",
    photo=Kind.FILE,
    show_caption_above_media=Kind.BOOLEAN,
    has_spoiler=Kind.BOOLEAN,
    **_CAPTION,
    **SENDING,
)
def send_photo(call: Call) -> dict[str, Any]:
    """Send a picture."""
    chat = reachable(call.world, call.arguments["chat_id"])
    media = media_from(call.world, "photo", call.arguments["photo"])
    return send(call.world, chat, call.arguments, caption_of(call.world, call.arguments), media)


@method(
    "sendDocument",
    "chat_id",
    "document",
    document=Kind.FILE,
    thumbnail=Kind.FILE,
    disable_content_type_detection=Kind.BOOLEAN,
    **_CAPTION,
    **SENDING,
)
def send_document(call: Call) -> dict[str, Any]:
    """Send a file."""
    chat = reachable(call.world, call.arguments["chat_id"])
    media = media_from(call.world, "document", call.arguments["document"])
    return send(call.world, chat, call.arguments, caption_of(call.world, call.arguments), media)


def caption_of(world: World, arguments: Arguments) -> Words:
    """The caption of a call, formatted; absent is empty."""
    return formatted(
        world,
        arguments.get("caption", ""),
        arguments.get("parse_mode"),
        arguments.get("caption_entities"),
        limit=limits.CAPTION_LENGTH,
    )


def media_from(world: World, kind: str, value: Any) -> Media:
    """The picture or document: uploaded, or sent before and named by its file_id."""
    if not isinstance(value, Upload | str):
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(value, str):
        stored = world.files.by_id(value)
        if stored is None:
            if "://" in value:
                raise bad_request("failed to get HTTP URL content")  # this server fetches nothing
            raise bad_request("wrong file identifier/HTTP URL specified")
        if (stored.path.partition("/")[0] == "photos") != (kind == "photo"):
            raise bad_request(f"can't use file of type {stored.path.partition('/')[0]} as {kind}")
    else:
        if kind == "photo" and len(value.data) > limits.PHOTO_BYTES:
            raise bad_request("file is too big for a photo")
        stored = world.files.store(value.name, value.media_type, value.data, folder=f"{kind}s")
    if kind != "photo":
        return Media(kind, stored)
    width, height = picture_size(stored.data)
    if width + height > limits.PHOTO_SIDES_SUM or max(width, height) > limits.PHOTO_RATIO * max(min(width, height), 1):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return Media(kind, stored, width, height)


def send(
    world: World,
    chat: Chat,
    arguments: Arguments,
    words: Words,
    media: Media | None,
    preview: dict[str, Any] | None = None,
    rich: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Post the message of a sending call, to all or to one, and tell it as it is."""
    fields: dict[str, Any] = {
        "words": words,
        "media": media,
        "markup": checked_markup(arguments.get("reply_markup"), chat),
        "thread": topic(chat, arguments.get("message_thread_id")),
        "protected": arguments.get("protect_content", False),
        "preview": preview,
        "rich": rich,
    }
    if "message_effect_id" in arguments and chat.kind is not ChatKind.PRIVATE:
        raise bad_request("EFFECT_CHAT_INVALID")
    receiver = ephemeral_receiver(world, chat, arguments)
    if receiver is not None:
        fields["replaces"] = replaced_message(world, arguments)
        message: Message = world.post_ephemeral(chat, world.bot, receiver, **fields)
    else:
        message = world.post(chat, world.bot, reply_to=replied(world, chat, arguments), **fields)
    return message.as_json()


_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


@method(
    "sendChatAction",
    "chat_id",
    "action",
    business_connection_id=Kind.UNPLAYED,
    chat_id=Kind.CHAT,
    message_thread_id=Kind.INTEGER,
    action=Kind.TEXT,
)
def send_chat_action(call: Call) -> bool:
    """Show that the bot is typing or uploading, for the next five seconds."""
    chat = reachable(call.world, call.arguments["chat_id"])
    topic(chat, call.arguments.get("message_thread_id"))
    if call.arguments["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.last_bot_action = (call.arguments["action"], call.world.clock.now())
    call.world.pulse.beat()
    return True
