"""A message: what it says now, what it said before, and how the Bot API tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.local_api.files import StoredFile
from bot.local_api.formatting import Entity
from bot.local_api.people import BotAccount, User
from bot.local_api.rich import buttons_in

if TYPE_CHECKING:
    from bot.local_api.chats import Chat


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text and its entities; a text or a caption."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def as_json(self, name: str) -> dict[str, Any]:
        """The fields of a message for this ``name`` (``text`` or ``caption``); nothing if there are no words."""
        if not self.text:
            return {}
        body: dict[str, Any] = {name: self.text}
        if self.entities:
            body["entities" if name == "text" else f"{name}_entities"] = list(self.entities)
        return body


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a document; width and height are those of a picture."""

    kind: str  # photo | document
    file: StoredFile
    width: int = 0
    height: int = 0

    def as_json(self) -> dict[str, Any]:
        """The field of a message that carries it."""
        common = {"file_id": self.file.id, "file_unique_id": self.file.unique, "file_size": len(self.file.data)}
        if self.kind == "photo":
            return {"photo": [common | {"width": self.width, "height": self.height}]}
        return {"document": common | {"file_name": self.file.name, "mime_type": self.file.media_type}}


@dataclass(frozen=True, slots=True)
class Version:
    """What a message said until it was edited at ``until`` (seconds since 1970)."""

    words: Words
    media: Media | None
    markup: Mapping[str, Any] | None
    until: float


@dataclass(eq=False)
class Message:
    """One message of one chat.

    ``service`` holds the fields of a service message (someone joined, the group moved). An ephemeral message has
    ``receiver`` and ``ephemeral_id``, and 0 as its ``id``. ``inline_id`` is set on messages sent by way of inline mode.
    """

    chat: Chat
    id: int
    date: float
    sender: User | BotAccount
    words: Words = Words()
    media: Media | None = None
    markup: Mapping[str, Any] | None = None
    reply_to: Message | None = None
    thread: int | None = None
    service: dict[str, Any] = field(default_factory=dict)
    protected: bool = False
    edited_at: float | None = None
    earlier: list[Version] = field(default_factory=list)
    receiver: User | BotAccount | None = None
    ephemeral_id: int | None = None
    via_bot: BotAccount | None = None
    inline_id: str | None = None
    preview: Mapping[str, Any] | None = None
    reactions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    deleted: bool = False
    rich: list[dict[str, Any]] | None = None  # the blocks of a rich message; ``words`` then is its plain text
    replaces: Message | None = None  # what an ephemeral message is shown in the place of
    order: int = 0  # tells which of a chat's messages came first, whatever the clock says

    @property
    def inline_keyboard(self) -> list[list[dict[str, Any]]]:
        """The rows of buttons under the message."""
        return list((self.markup or {}).get("inline_keyboard", []))

    @property
    def pressable(self) -> list[dict[str, Any]]:
        """All buttons of the message in reading order, those inside a rich message first."""
        return buttons_in(self.rich) + [button for row in self.inline_keyboard for button in row]

    def edit(
        self,
        at: float,
        words: Words,
        media: Media | None,
        markup: Mapping[str, Any] | None,
        shown_as_edited: bool = True,
    ) -> None:
        """Replace what it says, keeping what it said."""
        self.earlier.append(Version(self.words, self.media, self.markup, at))
        self.words, self.media, self.markup = words, media, markup
        if shown_as_edited:
            self.edited_at = at

    def as_json(self, with_reply: bool = True) -> dict[str, Any]:
        """The message in the Bot API's form, as it is now."""
        body: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.date),
        }
        if self.thread is not None:
            body |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.receiver is not None:
            body |= {"receiver_user": self.receiver.as_json(), "ephemeral_message_id": self.ephemeral_id}
        if self.edited_at is not None:
            body["edit_date"] = int(self.edited_at)
        if with_reply and self.reply_to is not None and not self.reply_to.deleted:
            body["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        if self.via_bot is not None:
            body["via_bot"] = self.via_bot.as_json()
        if self.protected:
            body["has_protected_content"] = True
        if self.rich is not None:
            body["rich_message"] = {"blocks": self.rich}
        elif self.media is None:
            body |= self.words.as_json("text")
        else:
            body |= self.media.as_json() | self.words.as_json("caption")
        if self.preview is not None:
            body["link_preview_options"] = dict(self.preview)
        if self.inline_keyboard:
            body["reply_markup"] = {"inline_keyboard": self.inline_keyboard}
        return body | self.service
