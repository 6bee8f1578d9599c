"""What reaches the conversation: one thing that one user did in one chat, free of any messenger's types."""

from dataclasses import dataclass
from enum import StrEnum

from flows.conversation.session import Session


class EventKind(StrEnum):
    """What happened."""

    TEXT = "text"  # typed words; ``text``
    COMMAND = "command"  # /name; ``name`` without slash, ``text`` the rest of the line
    PRESS = "press"  # a button; ``press`` is the id of its choice
    OFFER = "offer"  # the user asked in another chat what they could put there
    LEFT = "left"  # the user left or was removed from the group
    BLOCKED = "blocked"  # the user blocked the bot
    RETURNED = "returned"  # the bot can write in this group, for the first time or again
    WOKEN = "woken"  # a member's moment has come: nobody did anything
    RECHECKED = "rechecked"  # the content may have changed: nobody did anything


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``chat`` is the user's own id in a private chat, else the group's id.

    ``at`` is when it was taken, in seconds since 1970: what any hour is worked out from.
    ``user_name`` is what the messenger calls the user; it is shown to others only where the user shares their presence.
    ``message`` is the id of the message a pressed button belongs to. ``language`` is the messenger's language code.
    ``title`` is what the group is called.
    ``earlier`` is the session the user was in before a link, or "Ask me here", brought them to this one.
    ``can_whisper``: the messenger can show something in this group to this user alone; ``whispered``: the pressed button
    stood under such a message.
    """

    kind: EventKind
    user: int
    chat: int
    name: str = ""
    text: str = ""
    press: str = ""
    user_name: str = ""
    message: int | None = None
    language: str = "en"
    earlier: Session | None = None
    at: float = 0.0
    title: str = ""
    can_whisper: bool = False
    whispered: bool = False

    @property
    def private(self) -> bool:
        """Whether this happened in the user's own chat with the bot."""
        return self.chat == self.user
