"""What a person sees in a chat at this moment, as plain data for tests and for a page that shows phones."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bot.local_api.chats import ChatKind
from bot.local_api.errors import NotPossible
from bot.local_api.formatting import Entity, as_html
from bot.local_api.messages import Message
from bot.local_api.people import User
from bot.local_api.rich import buttons_in
from bot.local_api.world import World

ACTION_SHOWN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class SeenButton:
    """A button under a message. ``kind`` is the field that says what it does: callback_data, url, copy_text, ..."""

    label: str
    kind: str
    value: Any
    style: str | None = None


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file on a message; ``id`` leads to its bytes."""

    kind: str
    name: str
    media_type: str
    size: int
    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as a person sees it. An ephemeral one has its own numbering, and ``ephemeral`` set.

    Of a rich message ``rich`` are the blocks, and ``text`` all that can be read in it. ``before`` are the plain texts it
    had before, oldest first. ``service`` names what happened, for service messages.
    """

    id: int
    sender: str
    sender_id: int
    from_bot: bool
    text: str
    html: str
    entities: list[Entity]
    buttons: list[list[SeenButton]]
    file: SeenFile | None
    edits: int
    before: list[str]
    reply_to: int | None
    thread: int | None
    ephemeral: bool
    service: str | None
    reactions: dict[int, list[dict[str, Any]]]
    keyboard: dict[str, Any] | None
    rich: list[dict[str, Any]] | None
    date: float

    def as_json(self) -> dict[str, Any]:
        """The same as a JSON object."""
        return asdict(self)


def sees(world: World, user_id: int, chat_id: int, thread: int | None = None) -> list[Seen]:
    """The messages of a chat in order, as this person sees them: deleted ones are gone, others' ephemeral ones absent."""
    user, chat = world.user(user_id), world.chat(chat_id)
    if user.id not in chat.members:
        raise NotPossible(f"{user.first_name} has never been in this chat")
    if chat.kind is ChatKind.PRIVATE and chat.id != user.id:
        raise NotPossible("this is another person's private chat")
    own = [
        message
        for message in chat.ephemeral.values()
        if user in (message.receiver, message.sender) and not message.deleted
    ]
    hidden = [message.replaces for message in own if message.replaces is not None]
    shown = [message for message in chat.messages.values() if message not in hidden and not message.deleted]
    return [
        seen(message)
        for message in sorted([*shown, *own], key=lambda message: (message.replaces or message).order)
        if thread is None or message.thread == thread
    ]


def commands(world: World, user_id: int, chat_id: int) -> list[dict[str, Any]]:
    """The commands that this person's app offers in this chat: those of the narrowest scope that has any, in the
    person's language if there are such."""
    user, chat = world.user(user_id), world.chat(chat_id)
    runs_it = chat.status_of(user.id) in ("creator", "administrator")
    if chat.kind is ChatKind.PRIVATE:
        scopes = [f"chat:{chat.id}", "all_private_chats", "default"]
    else:
        scopes = [f"chat_member:{chat.id}:{user.id}"]
        scopes += [f"chat_administrators:{chat.id}"] * runs_it + [f"chat:{chat.id}"]
        scopes += ["all_chat_administrators"] * runs_it + ["all_group_chats", "default"]
    for scope in scopes:
        for language in (user.language, ""):
            if offered := world.settings.commands.get((scope, language)):
                return offered
    return []


def bot_action(world: World, chat_id: int) -> str | None:
    """What the bot is shown to be doing in a chat at this moment, such as ``typing``."""
    action = world.chat(chat_id).last_bot_action
    return action[0] if action is not None and world.clock.now() - action[1] < ACTION_SHOWN_SECONDS else None


def all_chats(world: World) -> list[dict[str, Any]]:
    """Every chat with who is in it, for a page that shows them."""
    return [
        {
            "id": chat.id,
            "kind": str(chat.kind),
            "title": chat.title,
            "members": [
                {"id": member.who.id, "name": member.who.first_name, "status": member.status}
                for member in chat.members.values()
            ],
            "topics": chat.topics,
            "migrated_to": chat.migrated_to,
            "pinned": chat.pinned,
        }
        for chat in world.chats.values()
    ]


def seen(message: Message) -> Seen:
    """One message as it is shown now."""
    media = message.media
    return Seen(
        id=message.ephemeral_id if message.ephemeral_id is not None else message.id,
        sender=message.sender.first_name,
        sender_id=message.sender.id,
        from_bot=not isinstance(message.sender, User),
        text=message.words.text,
        html=as_html(message.words.text, list(message.words.entities)),
        entities=list(message.words.entities),
        buttons=[
            [_button(button) for button in row]
            for row in ([buttons_in(message.rich)] if message.rich else []) + message.inline_keyboard
            if row
        ],
        file=None
        if media is None
        else SeenFile(
            media.kind, media.file.name, media.file.media_type, len(media.file.data), media.file.id, media.file.path
        ),
        edits=len(message.earlier),
        before=[version.words.text for version in message.earlier],
        reply_to=message.reply_to.id if message.reply_to is not None else None,
        thread=message.thread,
        ephemeral=message.ephemeral_id is not None,
        service=next(iter(message.service), None),
        reactions=dict(message.reactions),
        keyboard=None if message.inline_keyboard or not message.markup else dict(message.markup),
        rich=message.rich,
        date=message.date,
    )


def _button(button: dict[str, Any]) -> SeenButton:
    kind = next(key for key in button if key not in ("text", "style", "icon_custom_emoji_id"))
    return SeenButton(button["text"], kind, button[kind], button.get("style"))
