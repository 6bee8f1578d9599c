"""What the sender needs of a messenger: deliver, remove, link; and the ways in which that can fail."""

from typing import Protocol

from bot.outgoing import Outgoing


class Flood(Exception):
    """The messenger wants silence for ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"flood control: {seconds} s")
        self.seconds = seconds


class Unreached(Exception):
    """The messenger could not be reached or did not answer properly: to be tried again."""


class ChatGone(Exception):
    """Nothing can be sent to this chat any more: blocked, deleted, or the bot was removed."""


class ChatMoved(Exception):
    """The group goes on under the id ``chat``."""

    def __init__(self, chat: int) -> None:
        super().__init__("group moved")
        self.chat = chat


class MessageGone(Exception):
    """The message to edit is not there or cannot be edited any more."""


class Refused(Exception):
    """The messenger will never take this message; the text says why, without anything personal."""


class Transport(Protocol):
    """A messenger. Every method may raise the failures above.

    ``whispers``: it can show a message in a group to one member only; otherwise such a message goes to their own chat.
    """

    @property
    def whispers(self) -> bool: ...  # noqa: D102

    async def deliver(self, outgoing: Outgoing, edit: int | None, thread: int | None) -> int | None:
        """Send a message, or edit the one with id ``edit``; its id, or None where there is none (a notice)."""

    async def remove(self, chat: int, message: int) -> None:
        """Take away an outdated card or board; doing nothing is fine where it is not possible."""

    async def acknowledge(self, query: str) -> None:
        """Tell the messenger that a button press has been taken."""

    def start_link(self, token: str) -> str:
        """The web address that opens the private chat with this token."""
