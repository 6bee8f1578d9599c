"""What many methods check: may the bot reach this chat, is the message there, is the text well-formed."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from bot.local_api import limits
from bot.local_api.chats import Chat, ChatKind
from bot.local_api.decoding import Arguments
from bot.local_api.errors import ApiError, bad_request, forbidden
from bot.local_api.formatting import Entity, units
from bot.local_api.messages import Message, Words
from bot.local_api.people import User
from bot.local_api.recognising import recognised
from bot.local_api.world import World


def reachable(world: World, chat_id: int | str, to_write: bool = True) -> Chat:
    """The chat, if the bot knows it and (``to_write``) may send there."""
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None or chat.kind is ChatKind.BETWEEN:
        raise bad_request("chat not found")
    if chat.kind is ChatKind.PRIVATE:
        return _private(world, chat, to_write)
    if world.bot.id not in chat.members:
        raise bad_request("chat not found")
    if not to_write and chat.kind is ChatKind.GROUP:
        return chat
    if chat.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to},
        )
    kind = "supergroup chat" if chat.kind is ChatKind.SUPERGROUP else "group chat"
    match chat.status_of(world.bot.id):
        case "kicked":
            raise forbidden(f"bot was kicked from the {kind}")
        case "left":
            raise forbidden(f"bot is not a member of the {kind}")
    return chat


def _private(world: World, chat: Chat, to_write: bool) -> Chat:
    user = world.users[chat.id]
    if not user.known:
        raise bad_request("chat not found")
    if to_write and user.blocked:
        raise forbidden("bot was blocked by the user")
    if to_write and not user.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def found_message(chat: Chat, message_id: int, what: str) -> Message:
    """The message, or the error that ``what`` ("message to edit") is not found."""
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise bad_request(f"{what} not found")
    return message


def topic(chat: Chat, thread: int | None) -> int | None:
    """The topic to send to; refused if the chat has none of this number."""
    if thread is None:
        return None
    if not chat.forum or thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread


def formatted(world: World, source: Any, parse_mode: Any, entities: Any, limit: int = limits.TEXT_LENGTH) -> Words:
    """Text as it will be shown: parsed or with the given entities, trimmed, within ``limit`` characters.

    What comes from inside an object of the call may be anything, and is refused if it is no text.
    """
    if not isinstance(source, str) or not isinstance(parse_mode, str | None):
        raise bad_request("text and parse_mode must be Strings")
    if len(source.encode()) > limits.RAW_TEXT_BYTES:
        raise bad_request("text is too long")
    if parse_mode and source:
        text, parsed = world.parser(source, parse_mode)
    else:
        text, parsed = source, _given(source, entities)
    text, kept = _trimmed(text, parsed)
    kept = [entity for entity in (_resolved(world, each) for each in kept) if entity is not None]
    if len(text) > limit:
        raise bad_request("message is too long" if limit == limits.TEXT_LENGTH else "message caption is too long")
    if len(kept) > limits.ENTITIES:
        raise bad_request("ENTITIES_TOO_LONG")
    return Words(text, tuple(recognised(text, kept)))


def _given(text: str, entities: Any) -> list[Entity]:
    if entities is None:
        return []
    if not isinstance(entities, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    length = units(text)
    for entity in entities:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad_request("can't parse MessageEntity: expected an Object")
        start, size = entity.get("offset"), entity.get("length")
        if not isinstance(start, int) or not isinstance(size, int) or start < 0 or size <= 0:
            raise bad_request("can't parse MessageEntity: offset and length must be numbers")
        if start + size > length:
            raise bad_request(f"entity beginning at UTF-16 offset {start} ends after the end of the text")
    return [dict(entity) for entity in entities]


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space and control characters that Telegram takes away, the entities moved along."""
    text, entities = _without_returns(text, entities)
    cleaned = "".join(map(_shown, text))
    start = len(cleaned) - len(cleaned.lstrip())
    result = cleaned.strip()
    end = units(result)
    kept = []
    for entity in entities:
        first = max(entity["offset"] - start, 0)
        last = min(entity["offset"] + entity["length"] - start, end)
        if last > first:
            kept.append(entity | {"offset": first, "length": last - first})
    return result, kept


def _without_returns(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    if "\r" not in text:
        return text, entities
    returns = [units(text[:index]) for index, character in enumerate(text) if character == "\r"]

    def moved(offset: int) -> int:
        return offset - bisect_left(returns, offset)

    kept = [
        entity
        | {
            "offset": moved(entity["offset"]),
            "length": moved(entity["offset"] + entity["length"]) - moved(entity["offset"]),
        }
        for entity in entities
    ]
    return text.replace("\r", ""), kept


def _shown(character: str) -> str:
    return " " if character < " " and character != "\n" else character


def _resolved(world: World, entity: Entity) -> Entity | None:
    """A mention of a person whom the bot does not know stays plain text."""
    if entity["type"] != "text_mention":
        return entity
    named = entity.get("user")
    user_id = named.get("id") if isinstance(named, dict) else None
    user = world.users.get(user_id) if isinstance(user_id, int) else None
    return entity | {"user": user.as_json()} if user is not None and user.known else None


def replied(world: World, chat: Chat, arguments: Arguments) -> Message | None:
    """The message that is replied to, by reply_parameters."""
    parameters = arguments.get("reply_parameters")
    if parameters is None:
        return None
    if not isinstance(parameters, dict):
        raise bad_request("object expected as reply parameters")
    if parameters.get("chat_id") not in (None, chat.id):
        raise bad_request("replies in another chat are not played by this local server")
    message_id = parameters.get("message_id")
    message = chat.messages.get(message_id) if isinstance(message_id, int) else None
    if message is None or message.deleted:
        if parameters.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return message


def person(world: World, user_id: int) -> User:
    """The person with this id, if the bot may know them."""
    user = world.users.get(user_id)
    if user is None or not user.known:
        raise bad_request("user not found")
    return user
