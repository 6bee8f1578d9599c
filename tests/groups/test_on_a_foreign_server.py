"""A group's core scenario on a Bot API server that others wrote: five join, one answers in the group, the board fills in."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from tests.groups.friends import FIVE, NEWCOMER
from tests.groups.test_whole_session import NAMES, SHARES
from tests.kit.fixtures import StartBot
from tests.kit.foreign.emulator import ForeignServer

GROUP = -1001234567890
NOT_PLAYED_THERE = {"deleteEphemeralMessage", "setMyDescription"}  # the first asks whether it knows whispers


class Played:
    """People on the foreign server; what they see is what the bot sent last under each number."""

    def __init__(self, server: ForeignServer) -> None:
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

    async def answer_all(self, user: int) -> None:
        """Whatever else is asked, as somebody new; then what the group sees."""
        said = ""
        for _ in range(8):
            await self.until(lambda said=said: self.newest(user) != said and self._labels(user), "what follows")
            said = self.newest(user)
            wanted = (SHARES, *NEWCOMER.values(), "I don’t know")
            label = next(each for each in wanted if each in self._labels(user))
            await self.press(user, user, label)
            if label == SHARES:
                return

    def _labels(self, chat: int) -> list[str]:
        return [button["text"] for row in _keyboard(self.server.shown(chat)[-1]) for button in row]

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


async def test_five_friends_on_a_foreign_server(bot_process: StartBot, mode: str) -> None:
    async with ForeignServer() as server:
        await bot_process(server, mode, IEC_TOGETHER_TODAY="2026-11-22", IEC_TOGETHER_SENDS_PER_SECOND="300")
        played = Played(server)
        await server.say("/together", 1, "Ana", GROUP)
        for user in (1, 2, 4, 5):
            await played.come_in(user)
        for user in (1, 2, 4, 5):
            for question, text in zip(("How old", "passport"), FIVE[user], strict=True):
                await played.until(lambda user=user, question=question: question in played.newest(user), question)
                await server.say(text, user, NAMES[user])
            await played.answer_all(user)
        await played.press(3, GROUP, "Ask me here")
        for answer in ("34", "Germany", "No, all new", "None of these", "Only that I am done"):
            await played.press(3, GROUP, answer)
        await played.until(lambda: "Everybody here has answered" in played.board(), "the whole board")
        board = played.board()
        assert "Cleo</b>: done" in board and "Germany" not in str(server.shown(GROUP))
        assert "Dan has more than one passport" in board and "Ben and Eva: no pool" in board
        refused = {call.method: call.refusal for call in server.calls if not call.ok}
        assert not set(refused) - NOT_PLAYED_THERE, refused
