"""People on a Bot API server that others wrote: they write, press, and come in by their own links."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Protocol

from bot.local_api.pulse import Pulse
from tests.groups.friends import NEWCOMER
from tests.groups.test_whole_session import NAMES, SHARES
from tests.kit.foreign.answered import Answered

GROUP = -1001234567890


class Server(Protocol):
    """What is needed of such a server."""

    pulse: Pulse
    calls: list[Answered]

    async def say(self, text: str, user: int, name: str, group: int | None = None) -> None: ...

    async def press(self, data: str, message_id: int, user: int, name: str, group: int | None = None) -> None: ...

    def shown(self, chat: int) -> list[dict[str, Any]]: ...


class Played:
    """People on the foreign server; what they see is what the bot sent last under each number."""

    def __init__(self, server: Server) -> None:
        self.server = server

    async def until(self, reached: Callable[[], Any], what: str) -> Any:
        pulse = self.server.pulse
        try:
            async with asyncio.timeout(30):
                while not (found := reached()):
                    await pulse.wait_past(pulse.count, 1.0)
                return found
        except TimeoutError:
            raise AssertionError(f"{what}: {[call for call in self.server.calls if not call.ok]}") from None

    async def say(self, user: int, text: str, group: int | None = None) -> None:
        await self.server.say(text, user, NAMES[user], group)

    async def asked(self, user: int, question: str) -> None:
        """Until the newest private message has these words."""
        await self.until(lambda: question in self.newest(user), f"{user} being asked {question!r}")

    async def press(self, user: int, chat: int, label: str) -> None:
        """The newest button with this label."""
        message, data = await self.until(lambda: self._button(chat, label), f"{user} sees {label!r} in {chat}")
        await self.server.press(data, message, user, NAMES[user], GROUP if chat == GROUP else None)

    def _button(self, chat: int, label: str) -> tuple[int, str] | None:
        for message in reversed(self.server.shown(chat)):
            for row in _keyboard(message):
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        return message["message_id"], button["callback_data"]
        return None

    def board(self) -> str:
        return str(self.server.shown(GROUP)[0]["text"])

    async def come_in(self, user: int) -> None:
        before = len(self._links())
        await self.press(user, GROUP, "I’m in")
        links = await self.until(lambda: self._links()[before:], f"{user}'s link")
        await self.server.say(f"/start {links[-1].partition('start=')[2]}", user, NAMES[user])
        await self.until(lambda: "How old" in self.newest(user), f"{user} being asked")

    async def answer_all(self, user: int, shows: str = SHARES) -> None:
        """Whatever else is asked, as somebody new; then what the others see."""
        said = ""
        for _ in range(8):
            await self.until(lambda said=said: self.newest(user) != said and self._labels(user), "what follows")
            said = self.newest(user)
            wanted = (shows, *NEWCOMER.values(), "I don’t know")
            label = next(each for each in wanted if each in self._labels(user))
            await self.press(user, user, label)
            if label == shows:
                return

    def _labels(self, chat: int) -> list[str]:
        return [button["text"] for row in _keyboard(self.server.shown(chat)[-1]) for button in row]

    def link_shown(self, user: int) -> str:
        """What the newest link in a private chat starts the bot with."""
        buttons = (button for row in _keyboard(self.server.shown(user)[-1]) for button in row)
        return next(button["url"] for button in buttons if "url" in button).partition("start=")[2]

    def _links(self) -> list[str]:
        answers = [call for call in self.server.calls if call.ok and call.method == "answerCallbackQuery"]
        return [str(call.fields["url"]) for call in answers if call.fields.get("url")]

    def newest(self, chat: int) -> str:
        shown = self.server.shown(chat)
        return str(shown[-1]["text"]) if shown else ""


def _keyboard(message: dict[str, Any]) -> list[list[dict[str, str]]]:
    markup = message.get("reply_markup") or {}
    rows: list[list[dict[str, str]]] = (json.loads(markup) if isinstance(markup, str) else markup).get(
        "inline_keyboard", []
    )
    return rows
