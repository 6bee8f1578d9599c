"""What a person does in a chat: writes, presses buttons, opens links, edits, reacts, blocks the bot.

Each function does one thing that a person's app can do, and raises NotPossible where the app would not let them.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.local_api import limits, membership, viewing
from bot.local_api.chats import Chat, ChatKind
from bot.local_api.errors import NotPossible
from bot.local_api.files import picture_size
from bot.local_api.formatting import Entity
from bot.local_api.messages import Media, Message, Words
from bot.local_api.people import User
from bot.local_api.recognising import recognised
from bot.local_api.world import Press, World


def say(
    world: World,
    user_id: int,
    chat_id: int,
    text: str,
    reply_to: int | None = None,
    thread: int | None = None,
    entities: list[Entity] | None = None,
) -> Message:
    """The person writes ``text``; a command that the bot declared ephemeral is seen by the bot alone."""
    user, chat = _present(world, user_id, chat_id)
    text = text.strip()
    if not text:
        raise NotPossible("an app sends no empty message")
    if len(text) > limits.TEXT_LENGTH:
        raise NotPossible(f"an app splits a text of more than {limits.TEXT_LENGTH} characters")
    if thread is not None and thread not in chat.topics:
        raise NotPossible(f"there is no topic {thread} in this chat")
    if chat.kind is ChatKind.PRIVATE:
        _start_talking(world, user)
    words = Words(text, tuple(recognised(text, entities or [])))
    answered = _message(chat, reply_to) if reply_to is not None else None
    if chat.is_group and world.has_bot(chat) and _ephemeral_command(world, chat, user, text):
        return world.post_ephemeral(chat, user, world.bot, words=words, thread=thread)
    return world.post(chat, user, words=words, reply_to=answered, thread=thread)


def _start_talking(world: World, user: User) -> None:
    if user.blocked:
        raise NotPossible("the app asks to unblock the bot first")
    user.started = user.known = True


def _ephemeral_command(world: World, chat: Chat, user: User, text: str) -> bool:
    found = re.match(r"/(\w{1,32})(?:@(\w+))?(?:\s|$)", text)
    if not world.supports_ephemeral or found is None:
        return False
    if found[2] and found[2].lower() != world.bot.username.lower():
        return False
    offered = viewing.commands(world, user.id, chat.id)
    return any(command["command"] == found[1] and command.get("is_ephemeral") for command in offered)


def send_file(
    world: World,
    user_id: int,
    chat_id: int,
    name: str,
    media_type: str,
    data: bytes,
    caption: str = "",
    as_photo: bool = False,
) -> Message:
    """The person sends a document or a picture."""
    user, chat = _present(world, user_id, chat_id)
    if chat.kind is ChatKind.PRIVATE:
        _start_talking(world, user)
    width, height = picture_size(data) if as_photo else (0, 0)
    kind = "photo" if as_photo else "document"
    stored = world.files.store(name, media_type, data, folder=f"{kind}s")
    words = Words(caption, tuple(recognised(caption, [])))
    return world.post(chat, user, words=words, media=Media(kind, stored, width, height))


def edit(world: World, user_id: int, chat_id: int, message_id: int, text: str) -> Message:
    """The person edits a message of their own."""
    user, chat = _present(world, user_id, chat_id)
    message = _message(chat, message_id)
    if message.sender is not user:
        raise NotPossible("one can edit only one's own messages")
    message.edit(world.clock.now(), Words(text, tuple(recognised(text, []))), message.media, message.markup)
    if chat.kind is ChatKind.PRIVATE or chat.status_of(world.bot.id) == "administrator" or not world.bot.privacy:
        world.tell_bot("edited_message", message.as_json(), lane=chat.id)
    world.pulse.beat()
    return message


def delete(world: World, user_id: int, chat_id: int, message_id: int) -> None:
    """The person deletes a message: any in a private chat; in a group their own, or any as an administrator."""
    user, chat = _present(world, user_id, chat_id)
    message = _message(chat, message_id)
    runs_it = chat.status_of(user.id) in ("creator", "administrator")
    if chat.kind is not ChatKind.PRIVATE and message.sender is not user and not runs_it:
        raise NotPossible("this message can be deleted only by its sender or an administrator")
    message.deleted = True
    world.pulse.beat()


def press(
    world: World,
    user_id: int,
    chat_id: int,
    message_id: int,
    button: str | int,
    ephemeral: bool = False,
    data: str | None = None,
) -> Press:
    """The person presses a callback button, named by its label or by its number (from 0) in reading order.

    ``data`` presses a button that an old version of the message had, as a slow app may: it sends that data.
    With ``ephemeral`` the message is the ephemeral one with this id.
    """
    user, chat = _present(world, user_id, chat_id)
    message = chat.ephemeral.get(message_id) if ephemeral else _message(chat, message_id)
    if message is None or message.deleted or (ephemeral and message.receiver is not user):
        raise NotPossible("there is no such message to press a button on")
    if data is None:
        chosen = find_button(message, button)
        if "callback_data" not in chosen:
            raise NotPossible(f"the button {chosen['text']!r} is a link, not one to press")
        data = str(chosen["callback_data"])
    query = Press(str(4_000_000_000_000_000 + world.number()), user, message, data, world.clock.now())
    world.presses[query.id] = query
    user.known = True
    world.tell_bot("callback_query", press_as_json(query), lane=world.press_lane(query))
    world.pulse.beat()
    return query


def press_as_json(query: Press) -> dict[str, Any]:
    """The CallbackQuery of the Bot API."""
    body: dict[str, Any] = {"id": query.id, "from": query.user.as_json()}
    if query.message.inline_id is not None:
        body["inline_message_id"] = query.message.inline_id
    else:
        body["message"] = query.message.as_json()
    return body | {"chat_instance": query.message.chat.instance, "data": query.data}


def find_button(message: Message, button: str | int) -> dict[str, Any]:
    """The button with this label, or this number in reading order."""
    buttons = message.pressable
    if isinstance(button, int):
        if 0 <= button < len(buttons):
            return buttons[button]
    else:
        for wanted in (lambda label: label == button, lambda label: button in label):
            found = [each for each in buttons if wanted(each["text"])]
            if len(found) == 1:
                return found[0]
    raise NotPossible(f"no single button {button!r} among {[each['text'] for each in buttons]}")


def open_link(world: World, user_id: int, link: str, chat_id: int | None = None) -> Message | None:
    """The person opens a t.me link to the bot: ``?start=`` starts it, ``?startgroup=`` adds it to ``chat_id``."""
    address = urlsplit(link)
    if address.hostname not in ("t.me", "telegram.me") or address.path.strip("/").lower() != world.bot.username.lower():
        raise NotPossible(f"{link!r} leads elsewhere than to @{world.bot.username}")
    parameters = parse_qs(address.query, keep_blank_values=True)
    payload = next((parameters[key][0] for key in ("start", "startgroup") if key in parameters), "")
    if not re.fullmatch(rf"[A-Za-z0-9_-]{{0,{limits.START_PAYLOAD_LENGTH}}}", payload):
        raise NotPossible(f"{payload!r} cannot be a start parameter: up to 64 of A-Z, a-z, 0-9, _ and -")
    if "startgroup" in parameters:
        if chat_id is None:
            raise NotPossible("a group must be chosen for a startgroup link")
        membership.add_bot(world, user_id, chat_id)
        text = f"/start@{world.bot.username} {payload}".strip()
        return say(world, user_id, chat_id, text)
    if world.user(user_id).blocked:
        unblock(world, user_id)
    return say(world, user_id, user_id, f"/start {payload}".strip())


def react(world: World, user_id: int, chat_id: int, message_id: int, emoji: str | None) -> None:
    """The person reacts to a message with an emoji, or takes the reaction back (None)."""
    user, chat = _present(world, user_id, chat_id)
    message = _message(chat, message_id)
    before = message.reactions.get(user.id, [])
    after = [{"type": "emoji", "emoji": emoji}] if emoji else []
    message.reactions[user.id] = after
    if chat.kind is ChatKind.PRIVATE or chat.status_of(world.bot.id) == "administrator":
        body = {"chat": chat.as_json(), "message_id": message.id, "user": user.as_json()}
        body |= {"date": int(world.clock.now()), "old_reaction": before, "new_reaction": after}
        world.tell_bot("message_reaction", body, lane=chat.id)
    world.pulse.beat()


def block(world: World, user_id: int) -> None:
    """The person blocks the bot in their private chat."""
    user = world.user(user_id)
    if user.blocked or not user.started:
        raise NotPossible("only a bot that one talks to can be blocked")
    user.blocked = True
    membership.change(world, world.chat(user_id), world.bot, "kicked", by=user)


def unblock(world: World, user_id: int) -> None:
    """The person lets the bot in again."""
    user = world.user(user_id)
    if not user.blocked:
        raise NotPossible("the bot is not blocked")
    user.blocked = False
    membership.change(world, world.chat(user_id), world.bot, "member", by=user)


def _present(world: World, user_id: int, chat_id: int) -> tuple[User, Chat]:
    user, chat = world.user(user_id), world.chat(chat_id)
    if not chat.has(user.id):
        raise NotPossible(f"{user.first_name} is not in this chat")
    if chat.migrated_to is not None:
        raise NotPossible(f"this group has moved to {chat.migrated_to}")
    return user, chat


def _message(chat: Chat, message_id: int) -> Message:
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise NotPossible(f"there is no message {message_id} in this chat")
    return message
