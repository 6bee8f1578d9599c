"""What a person sees in a chat at this moment, as plain data for tests and for a page that shows phones."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bot.local_api.chats import ChatKind
from bot.local_api.errors import NotPossible
from bot.local_api.formatting import Entity, as_html
from bot.local_api.messages import Message
from bot.local_api.people import User
from bot.local_api.world import World


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

    ``before`` are the plain texts it had before, oldest first. ``service`` names what happened, for service messages.
    """

    id: int
    sender: str
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
    own = [message for message in chat.ephemeral.values() if user in (message.receiver, message.sender)]
    everything = sorted([*chat.messages.values(), *own], key=lambda message: message.order)
    return [
        seen(message) for message in everything if not message.deleted and (thread is None or message.thread == thread)
    ]


def seen(message: Message) -> Seen:
    """One message as it is shown now."""
    media = message.media
    return Seen(
        id=message.ephemeral_id if message.ephemeral_id is not None else message.id,
        sender=message.sender.first_name,
        from_bot=not isinstance(message.sender, User),
        text=message.words.text,
        html=as_html(message.words.text, list(message.words.entities)),
        entities=list(message.words.entities),
        buttons=[[_button(button) for button in row] for row in message.inline_keyboard],
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
        date=message.date,
    )


def _button(button: dict[str, Any]) -> SeenButton:
    kind = next(key for key in button if key not in ("text", "style", "icon_custom_emoji_id"))
    return SeenButton(button["text"], kind, button[kind], button.get("style"))
