"""A chat: its kind, who is in it, its topics and its messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.local_api.messages import Message
from bot.local_api.people import BotAccount, User

PRESENT = {"creator", "administrator", "member", "restricted"}


class ChatKind(StrEnum):
    """The kinds of chats here. ``BETWEEN`` is two people's own chat, which the bot is not part of."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    BETWEEN = "between"


@dataclass
class Member:
    """Someone's place in a group: creator, administrator, member, left or kicked."""

    who: User | BotAccount
    status: str = "member"

    @property
    def present(self) -> bool:
        """Whether they are in the group now."""
        return self.status in PRESENT

    def as_json(self) -> dict[str, Any]:
        """The ChatMember of the Bot API."""
        body: dict[str, Any] = {"user": self.who.as_json(), "status": self.status}
        if self.status == "creator":
            body["is_anonymous"] = False
        elif self.status == "administrator":
            body |= {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(_RIGHTS, True)
        elif self.status == "kicked":
            body["until_date"] = 0
        return body


_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


@dataclass(eq=False)
class Chat:
    """A private chat with the bot (``id`` is the user's), a group, or two people's own chat.

    ``members`` is keyed by user id and remembers those who left. ``migrated_to`` is the id of the supergroup that a
    group has become; from then on nothing can be sent to the old id.
    """

    id: int
    kind: ChatKind
    title: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    ephemeral: dict[int, Message] = field(default_factory=dict)
    migrated_to: int | None = None
    pinned: int | None = None
    last_id: int = 0
    last_ephemeral_id: int = 0
    last_bot_action: tuple[str, float] | None = None

    @property
    def is_group(self) -> bool:
        """Whether it is a group of either kind."""
        return self.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP)

    @property
    def instance(self) -> str:
        """The number that tells chats apart in callback queries without naming them."""
        return str(-(self.id * 7919) ^ 0x5DEECE66D)

    def status_of(self, user_id: int) -> str:
        """The person's place in the chat; ``left`` for strangers."""
        member = self.members.get(user_id)
        return member.status if member else "left"

    def has(self, user_id: int) -> bool:
        """Whether this person is in the chat now."""
        return self.status_of(user_id) in PRESENT

    def present(self) -> list[Member]:
        """Everyone who is in the chat now, the bot included."""
        return [member for member in self.members.values() if member.present]

    def people(self) -> Iterator[User]:
        """The persons in the chat now."""
        return (member.who for member in self.present() if isinstance(member.who, User))

    def as_json(self) -> dict[str, Any]:
        """The chat in the Bot API's short form."""
        body: dict[str, Any] = {"id": self.id, "type": str(self.kind)}
        if self.kind is ChatKind.PRIVATE:
            user = next(self.people())
            body |= {"first_name": user.first_name}
            if user.last_name:
                body["last_name"] = user.last_name
            if user.username:
                body["username"] = user.username
        else:
            body["title"] = self.title
        if self.forum:
            body["is_forum"] = True
        return body

    def in_full(self) -> dict[str, Any]:
        """The chat as getChat tells it."""
        body = self.as_json() | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": {
                "unlimited_gifts": self.kind is ChatKind.PRIVATE,
                "limited_gifts": self.kind is ChatKind.PRIVATE,
                "unique_gifts": self.kind is ChatKind.PRIVATE,
                "premium_subscription": self.kind is ChatKind.PRIVATE,
                "gifts_from_channels": self.kind is ChatKind.PRIVATE,
            },
        }
        if self.is_group:
            body["permissions"] = dict.fromkeys(_PERMISSIONS, True)
        pinned = self.messages.get(self.pinned) if self.pinned else None
        if pinned is not None and not pinned.deleted:
            body["pinned_message"] = pinned.as_json()
        return body


_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
