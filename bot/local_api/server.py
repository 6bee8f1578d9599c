"""The server itself: the Bot API over HTTP on loopback, its record of calls, and its faults."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, Self

from aiohttp import web

from bot.local_api import control
from bot.local_api.decoding import Upload, decode
from bot.local_api.delivery import Delivery
from bot.local_api.errors import ApiError, bad_request, too_many_requests
from bot.local_api.faults import Fault, FaultKind, Faults
from bot.local_api.mailbox import Update
from bot.local_api.methods import METHODS, Call, Method
from bot.local_api.pace import Pace
from bot.local_api.pulse import Pulse
from bot.local_api.world import World

logger = logging.getLogger(__name__)

_LARGEST_BODY = 60 * 1000 * 1000


class Witness(Protocol):
    """Someone else's knowledge of the Bot API; each check returns what is wrong, in words, or nothing."""

    def check_call(self, method: str, arguments: dict[str, Any]) -> list[str]:
        """Is this a call that the Bot API knows?"""
        ...

    def check_result(self, method: str, result: Any) -> list[str]:
        """Is this a result that the method may give?"""
        ...

    def check_update(self, update: dict[str, Any]) -> list[str]:
        """Is this an update as the Bot API sends them?"""
        ...


@dataclass(frozen=True, slots=True)
class Record:
    """One call that was made: its arguments (as they came where a fault was due, None if not understood), and the answer."""

    method: str
    arguments: dict[str, Any] | None
    answer: dict[str, Any]
    at: float

    @property
    def ok(self) -> bool:
        """Whether it succeeded."""
        return bool(self.answer["ok"])


class LocalApi:
    """The server. ``async with LocalApi() as api: ...`` starts and stops it on a free port of 127.0.0.1.

    ``strict`` refuses unknown parameters, which Telegram ignores. ``witness`` checks every call, result and update;
    what it finds, and every unknown method or parameter, is kept in ``problems``.
    """

    def __init__(
        self,
        world: World | None = None,
        witness: Witness | None = None,
        strict: bool = True,
        enforce_pace: bool = False,
        port: int = 0,
        retry_seconds: float = 1.0,
    ) -> None:
        self.world = world or World()
        self.delivery = Delivery(self.world, self._call_in_answer, retry_seconds)
        self.faults = Faults()
        self.pace = Pace(self.world.clock, enforce_pace)
        self.strict = strict
        self.calls: list[Record] = []
        self.problems: list[str] = []
        self.idle_probes: list[Callable[[], str | None]] = []
        self._witness = witness
        self._wanted_port = port
        self._under_way: dict[int, str] = {}
        self._runner: web.AppRunner | None = None
        self.world.mailbox.listeners.append(self._watch_update)

    # starting and stopping

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on loopback."""
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._answer_call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._answer_file)
        control.add_routes(app, self)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._wanted_port).start()

    async def stop(self) -> None:
        """Close every connection."""
        await self.delivery.close()
        self.delivery.end_poll()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def address(self) -> str:
        """Where it listens, such as http://127.0.0.1:49152."""
        if self._runner is None or not self._runner.addresses:
            raise RuntimeError("the server is not started")
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls base_url: the token follows it directly."""
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        """The same for downloads."""
        return f"{self.address}/file/bot"

    @property
    def token(self) -> str:
        """The only token it accepts."""
        return self.world.bot.token

    @property
    def pulse(self) -> Pulse:
        """Grows with everything that happens in the world and to its calls."""
        return self.world.pulse

    @property
    def polled(self) -> bool:
        """Whether the bot is waiting for updates at this moment."""
        return self.delivery.polled

    def busy_with(self) -> str | None:
        """What is still going on between the server and the bot, in words; None if nothing is."""
        if waiting := self.world.mailbox.waiting():
            return f"{len(waiting)} updates not taken, the first a {waiting[0].kind}"
        if self._under_way:
            return f"calls under way: {', '.join(self._under_way.values())}"
        return next((told for probe in self.idle_probes if (told := probe()) is not None), None)

    # HTTP

    async def _answer_call(self, request: web.Request) -> web.StreamResponse:
        method = METHODS.get(request.match_info["method"].lower())
        name = method.name if method else request.match_info["method"]
        if request.match_info["token"] != self.token:
            return _json(ApiError(401, "Unauthorized").as_json())
        try:
            raw = await _raw_parameters(request)
        except ApiError as error:
            return _json(self._record(name, None, error.as_json()))
        if name == "getUpdates":  # ends when the bot hangs up; all others are carried out even so
            return await self._answer_due(request, method, name, raw)
        return await asyncio.shield(self._answer_due(request, method, name, raw))

    async def _answer_due(
        self, request: web.Request, method: Method | None, name: str, raw: dict[str, Any]
    ) -> web.StreamResponse:
        number = self.world.number()
        if name != "getUpdates":
            self._under_way[number] = name
            self.world.pulse.beat()
        try:
            return await self._carry_out_with(self.faults.due(name, raw), request, method, name, raw)
        finally:
            self._under_way.pop(number, None)
            self.world.pulse.beat()

    async def _carry_out_with(
        self, fault: Fault | None, request: web.Request, method: Method | None, name: str, raw: dict[str, Any]
    ) -> web.StreamResponse:
        match fault.kind if fault else None:
            case FaultKind.TOO_MANY if fault:
                return _json(self._record(name, raw, too_many_requests(int(fault.seconds)).as_json()))
            case FaultKind.SERVER_ERROR:
                return _json(self._record(name, raw, ApiError(500, "Internal Server Error").as_json()))
            case FaultKind.BAD_GATEWAY:
                return web.Response(status=502, text="<html>502 Bad Gateway</html>", content_type="text/html")
            case FaultKind.RESET:
                return _cut(request)
            case FaultKind.DELAY if fault:
                await asyncio.sleep(fault.seconds)
        answer = await self.carry_out(method, name, raw)
        return _cut(request) if fault and fault.kind is FaultKind.LOST_ANSWER else _json(answer)

    async def carry_out(self, method: Method | None, name: str, raw: dict[str, Any]) -> dict[str, Any]:
        """Do what the bot asks; the body of the answer."""
        arguments: dict[str, Any] | None = None
        try:
            if method is None or not method.exists(self.world):
                if method is None:
                    self.problems.append(f"unknown method {name}")
                raise ApiError(404, "Not Found: method not found")
            arguments = self._decoded(method, raw)
            if method.paced and isinstance(arguments.get("chat_id"), int):
                chat = self.world.chats.get(arguments["chat_id"])
                self.pace.count(arguments["chat_id"], bool(chat and chat.is_group))
            result = method.run(Call(self.world, self.delivery, arguments))
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            return self._record(name, arguments, error.as_json())
        except Exception as error:
            logger.exception("%s failed in the local server", name)
            self.problems.append(f"the server itself failed on {name}: {error!r}")
            return self._record(name, arguments, ApiError(500, "Internal Server Error").as_json())
        if self._witness is not None:
            self.problems += self._witness.check_result(method.name, result)
        return self._record(name, arguments, {"ok": True, "result": result})

    def _decoded(self, method: Method, raw: dict[str, Any]) -> dict[str, Any]:
        try:
            arguments = decode(raw, method.parameters, method.required, method.name, self.strict)
        except ApiError as error:
            if "unknown parameter" in error.description:
                self.problems.append(error.description)
            raise
        if not self.world.supports_ephemeral and "ephemeral_message_parameters" in arguments and not self.strict:
            del arguments["ephemeral_message_parameters"]  # an older server does not know it, and does not say so
        if self._witness is not None and (found := self._witness.check_call(method.name, arguments)):
            self.problems += found
            raise bad_request(found[0])
        return arguments

    def _record(self, name: str, arguments: dict[str, Any] | None, answer: dict[str, Any]) -> dict[str, Any]:
        if name != "getUpdates":
            self.calls.append(Record(name, arguments, answer, self.world.clock.now()))
        return answer

    def _watch_update(self, update: Update) -> None:
        if self._witness is not None:
            self.problems += self._witness.check_update(update.as_json())

    async def _call_in_answer(self, body: dict[str, Any]) -> None:
        name = str(body.pop("method"))
        method = METHODS.get(name.lower())
        await self.carry_out(method, method.name if method else name, body)

    async def _answer_file(self, request: web.Request) -> web.Response:
        stored = self.world.files.by_path(request.match_info["path"])
        if request.match_info["token"] != self.token or stored is None:
            return _json(ApiError(404, "Not Found").as_json())
        return web.Response(body=stored.data, content_type="application/octet-stream")


def _json(body: dict[str, Any]) -> web.Response:
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(status=body.get("error_code", 200), text=text, content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    """Break the connection."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _raw_parameters(request: web.Request) -> dict[str, Any]:
    """The parameters as they came: from the address, a form, a form with files, or JSON."""
    raw: dict[str, Any] = dict(request.query)
    if not request.can_read_body:
        return raw
    try:
        if request.content_type == "application/json":
            body = json.loads(await request.text() or "{}")
            if not isinstance(body, dict):
                raise bad_request("object expected as the body")
            return raw | body
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except (ValueError, LookupError, RecursionError, web.HTTPException):
        raise bad_request("can't parse the request's body") from None
    for name, value in form.items():
        if isinstance(value, web.FileField):
            raw[name] = Upload(value.filename, value.content_type or "application/octet-stream", value.file.read())
        elif isinstance(value, (bytes, bytearray)):
            raw[name] = Upload(name, "application/octet-stream", bytes(value))
        else:
            raw[name] = value
    return raw
