"""A Bot API server that others wrote (lo-bot-api-emulator), as a second opinion on what the bot sends.

It checks parameters, keyboards and limits by a contract of its own, redelivers until acknowledged, and knows messages,
presses and inline queries only. getMe gets the username without which python-telegram-bot does not start, and parameters
of the Bot API that the emulator says it has no support for yet are taken away before it looks.
"""

from collections.abc import Callable
from typing import Any, Self

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from bot.local_api.pulse import Pulse
from tests.kit.foreign.answered import Answered, sent, standing
from tests.kit.loopback import start

BOT = {"id": 7, "is_bot": True, "first_name": "Fixture", "username": "iec_together_bot"}

NOT_YET_KNOWN = {"link_preview_options", "protect_content"}


class ForeignServer(LoBotApiEmulator):  # type: ignore[misc]
    """The emulator on a free port, with a record of whole calls. ``async with ForeignServer() as server: ...``"""

    def __init__(self) -> None:
        super().__init__(allow_insecure_loopback_webhooks=True)
        self.token = "7:foreign-server-only"
        self.calls: list[Answered] = []
        self.idle_probes: list[Callable[[], str | None]] = []
        self.pulse = Pulse()
        self._polls = 0
        self._next = 0

    async def __aenter__(self) -> Self:
        self._runner, self.address = await start(self.app(), shutdown_timeout=0.2)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def polled(self) -> bool:
        """Whether the bot is waiting for updates at this moment."""
        return self._polls > 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """As the emulator does, keeping count of polls."""
        polling = request.match_info["method"] == "getUpdates"
        self._polls += polling
        self.pulse.beat()
        try:
            return await super().handle(request)
        finally:
            self._polls -= polling
            self.pulse.beat()

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        """As the emulator does, remembering the call."""
        try:
            known = {name: value for name, value in fields.items() if name not in NOT_YET_KNOWN}
            result = super().validate(method, known, uploads)
        except Exception as error:
            self.calls.append(Answered(method, dict(fields), None, getattr(error, "description", repr(error))))
            raise
        if method == "getMe":
            result |= BOT
        if method != "getUpdates":
            self.calls.append(Answered(method, dict(fields), result))
        return result

    def sent(self) -> list[Answered]:
        """The messages that were sent or edited."""
        return sent(self.calls)

    def shown(self, chat: int) -> list[dict[str, Any]]:
        """The bot's messages in a chat as they stand."""
        return standing(self.calls, chat)

    async def say(self, text: str, user: int = 11, name: str = "Ana", group: int | None = None) -> None:
        """A person writes to the bot in private, or in a group."""
        length = len(text.split()[0])
        entities = [{"type": "bot_command", "offset": 0, "length": length}] if text.startswith("/") else []
        message = self._message(user, name, group) | {"text": text, "entities": entities}
        message["from"] = _person(user, name)
        await self.enqueue_update({"message": message}, token=self.token)

    async def press(
        self, data: str, message_id: int, user: int = 11, name: str = "Ana", group: int | None = None
    ) -> None:
        """A person presses a button under a message of the bot."""
        message = self._message(user, name, group) | {"message_id": message_id, "from": BOT, "text": "x"}
        query = {"id": str(1000 + self._next), "from": _person(user, name), "message": message}
        await self.enqueue_update({"callback_query": query | {"chat_instance": "1", "data": data}}, token=self.token)

    def _message(self, user: int, name: str, group: int | None) -> dict[str, Any]:
        self._next += 1
        chat: dict[str, Any] = {"id": user, "type": "private", "first_name": name}
        if group is not None:
            chat = {"id": group, "type": "supergroup", "title": "Canada"}
        return {"message_id": 100_000 + self._next, "date": 1_800_000_000, "chat": chat}


def _person(user: int, name: str) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": name, "language_code": "en"}
