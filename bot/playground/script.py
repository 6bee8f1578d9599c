"""What was done in the playground, as lines that ``python -m bot chat --json`` plays again."""

import json
from typing import Any

from bot.local_api.chats import Chat
from bot.local_api.people import User


class Script:
    """The lines so far, one deed each. A link that was opened is told by where it stood: its token is another each time.

    What the chat for scripts has no line for is left out: files, blocking, what happens to the bot itself.
    """

    def __init__(self) -> None:
        self._lines: list[dict[str, Any]] = []

    def said(self, user: User, chat: Chat, text: str) -> None:
        """Someone wrote something."""
        self._add(user, chat, text=text)

    def pressed(self, user: User, chat: Chat, data: str) -> None:
        """Someone pressed a button."""
        self._add(user, chat, press=data)

    def followed(self, user: User, shown_in: Chat, number: int) -> None:
        """Someone opened a link that the bot had shown in a chat; ``number`` 1 is the newest there."""
        self._add(user, shown_in, follow=number)

    def left(self, user: User, chat: Chat) -> None:
        """Someone left a group."""
        self._add(user, chat, left=True)

    def text(self) -> str:
        """All lines."""
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self._lines)

    def _add(self, user: User, chat: Chat, **deed: str | int) -> None:
        self._lines.append({"chat": "private" if chat.id == user.id else chat.id, **_who(user), **deed})


def _who(user: User) -> dict[str, Any]:
    return {"user": user.id, "name": user.first_name, "language": user.language}
