"""People and a Bot API server that others wrote (telegram-test-api), and a proxy that mends what would stop any bot there.

Its client makes what people write and press, in other shapes than the project's own server: that is what it is for.
Nothing but this is mended, each because Telegram's documentation says otherwise:

- ``getMe`` lacks ``is_bot``, which is required;
- messages sent come back with dates in milliseconds (Unix time is in seconds) and with parameters for fields (``chat_id``,
  and whatever else was in the call), and as if every chat were private;
- an edit answers null instead of the message as edited, other methods null instead of true;
- ``getUpdates`` answers at once instead of waiting for as long as it was asked to;
- a method it does not know is answered with 500, and without ``ok``, instead of 404;
- an update's message holds the bot's token, which is never part of one;
- a press lacks ``chat_instance``, and its message the date and the bot as its author;
- the secret of a webhook is not sent.

Left as it is: an update counts as fetched once it was handed out, whatever the next offset; edits of what does not exist
are taken; a press counts under the number of the next message, and is deleted in its place; no parameter, markup or
length is checked. The project's own server and lo-bot-api-emulator are there for that.
"""

import asyncio
import json
import os
from collections.abc import Callable
from typing import Any, Self

import aiohttp
from aiohttp import web

from bot.local_api.pulse import Pulse
from tests.kit.foreign.answered import Answered, standing
from tests.kit.loopback import start
from tests.kit.oracles import NODE_MODULES, ROOT
from tests.kit.process import free_port

PEOPLE = ROOT / "tests" / "kit" / "foreign" / "driver.mjs"
SECRET = "X-Telegram-Bot-Api-Secret-Token"
FIELDS = ("message_id", "date", "text", "reply_markup")
STARTS_WITHIN_SECONDS = 30.0


class ForeignDriver:
    """The server with its people behind the proxy. ``async with ForeignDriver() as server: ...``; nothing outlives the block."""

    def __init__(self) -> None:
        self.token = "666:foreign-driver-only"
        self.calls: list[Answered] = []
        self.problems: list[str] = []
        self.idle_probes: list[Callable[[], str | None]] = []
        self.pulse = Pulse()
        self._orders = Pulse()
        self._polls = 0
        self._webhook: dict[str, Any] = {}
        self._kinds: dict[int, str] = {}
        self._sent: dict[tuple[int, int], dict[str, Any]] = {}
        self._one_order = asyncio.Lock()

    async def __aenter__(self) -> Self:
        port = free_port()
        self._theirs = f"http://127.0.0.1:{port}"
        self._people = await asyncio.create_subprocess_exec(
            "node",
            str(PEOPLE),
            str(port),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=2**24,
            env={"PATH": os.environ["PATH"], "NODE_MODULES": str(NODE_MODULES)},
        )
        try:
            async with asyncio.timeout(STARTS_WITHIN_SECONDS):
                assert await self._answer() == "ready"
        except BaseException:
            self._people.kill()
            await self._people.wait()
            raise
        self._http = aiohttp.ClientSession()
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_post("/updates", self._deliver)
        self._runner, self.address = await start(app, shutdown_timeout=0.2, handler_cancellation=True)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
        await self._http.close()
        self._people.kill()
        await self._people.wait()

    @property
    def polled(self) -> bool:
        """Whether the bot is waiting for updates at this moment."""
        return self._polls > 0

    # The people.

    async def say(self, text: str, user: int, name: str, group: int | None = None) -> None:
        """A person writes to the bot in private, or in a group."""
        await self._order("command" if text.startswith("/") else "text", text, user, name, group)

    async def press(self, data: str, message_id: int, user: int, name: str, group: int | None = None) -> None:
        """A person presses a button under a message of the bot."""
        await self._order("press", data, user, name, group, message={"message_id": message_id})

    def shown(self, chat: int) -> list[dict[str, Any]]:
        """The bot's messages in a chat as they stand."""
        return standing(self.calls, chat)

    async def record(self, chat: int) -> list[dict[str, Any]]:
        """The same by the server's own record, which its client reads."""
        record = await self._ask({"token": self.token, "kind": "history"})
        by_bot = (each for each in record if str(each.get("message", {}).get("chat_id")) == str(chat))
        return [each["message"] | {"message_id": each["messageId"]} for each in by_bot]

    async def _order(self, kind: str, text: str, user: int, name: str, group: int | None, **options: Any) -> None:
        chat = user if group is None else group
        self._kinds[chat] = "private" if group is None else "supergroup"
        person = {
            "userId": user,
            "firstName": name,
            "userName": name.lower(),
            "chatId": chat,
            "type": self._kinds[chat],
        }
        person |= {} if group is None else {"chatTitle": "Canada"}
        await self._ask({"token": self.token, "person": person, "kind": kind, "text": text, "options": options})
        self._orders.beat()

    async def _ask(self, order: dict[str, Any]) -> Any:
        async with self._one_order:
            assert self._people.stdin is not None
            self._people.stdin.write(json.dumps(order).encode() + b"\n")
            await self._people.stdin.drain()
            return await self._answer()

    async def _answer(self) -> Any:
        assert self._people.stdout is not None
        line = await self._people.stdout.readline()
        assert line, "telegram-test-api has ended: its complaint is among the errors above"
        return json.loads(line)

    # The bot's calls.

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        is_json = request.content_type == "application/json"
        fields = dict(await (request.json() if is_json else request.post()))
        if method == "getUpdates":
            return _good(await self._updates(float(fields.get("timeout", 0))))
        sent = fields
        if method == "setWebhook":
            self._webhook, sent = fields, fields | {"url": f"{self.address}/updates"}
        status, given = await self._forward(method, sent)
        if not given.get("ok"):
            refusal = str(given.get("description", "Not Found" if status == 500 else given))
            self.calls.append(Answered(method, fields, None, refusal))
            code = 404 if status == 500 else int(given.get("error_code", 400))
            response = web.json_response({"ok": False, "error_code": code, "description": refusal}, status=code)
        else:
            result = self._mended(method, fields, given["result"])
            self.calls.append(Answered(method, fields, result))
            response = _good(result)
        self.pulse.beat()
        return response

    def _mended(self, method: str, fields: dict[str, Any], result: Any) -> Any:
        if method == "getMe":
            return result | {"is_bot": True}
        if method.startswith("send"):
            chat = int(fields["chat_id"])
            message = {name: result[name] for name in FIELDS if name in result} | {"date": result["date"] // 1000}
            message["chat"] = _chat(chat, self._kinds.get(chat, "private"))
            self._sent[chat, result["message_id"]] = message
            return message
        if method.startswith("edit"):
            known = self._sent.get((int(fields["chat_id"]), int(fields["message_id"])), {})
            return known | {name: fields[name] for name in FIELDS if name in fields}
        return True if result is None else result

    async def _updates(self, seconds: float) -> list[dict[str, Any]]:
        self._polls += 1
        self.pulse.beat()
        try:
            async with asyncio.timeout(seconds):
                while True:
                    seen = self._orders.count
                    _, given = await self._forward("getUpdates", {})
                    if given["result"]:
                        return [self._mended_update(update) for update in given["result"]]
                    await self._orders.wait_past(seen, seconds)
        except TimeoutError:
            return []
        finally:
            self._polls -= 1
            self.pulse.beat()

    def _mended_update(self, update: dict[str, Any]) -> dict[str, Any]:
        update.get("message", {}).pop("botToken", None)
        if pressed := update.get("callback_query"):
            pressed["chat_instance"] = "1"
            message = pressed["message"]
            date = self._sent[message["chat"]["id"], message["message_id"]]["date"]
            pressed["message"] = message | {"date": date, "from": {"id": 666, "is_bot": True, "first_name": "Bot"}}
        return update

    async def _deliver(self, request: web.Request) -> web.Response:
        """An update on its way to the bot's webhook, with its secret."""
        update = self._mended_update(await request.json())
        headers = {SECRET: self._webhook["secret_token"]} if "secret_token" in self._webhook else {}
        async with self._http.post(self._webhook["url"], json=update, headers=headers) as answer:
            if answer.status != 200:
                self.problems.append(f"the webhook answered an update with {answer.status}")
        return _good(True)

    async def _forward(self, method: str, fields: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        async with self._http.post(f"{self._theirs}/bot{self.token}/{method}", json=fields) as answer:
            return answer.status, await answer.json()


def _good(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _chat(number: int, kind: str) -> dict[str, Any]:
    return {"id": number, "type": kind} | ({"title": "Canada"} if kind != "private" else {"first_name": "Somebody"})
