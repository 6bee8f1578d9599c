"""The people's side over HTTP, for other processes: ``POST /control/<verb>`` with a JSON object, a JSON answer.

``GET /control/file/<id>`` gives the bytes of a file that was sent.

For this machine's own use: the address must be a loopback one and the body JSON, which keeps web pages from elsewhere out.
"""

from __future__ import annotations

import base64
import inspect
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.local_api import acting, inline, membership, settling, viewing
from bot.local_api.chats import Chat
from bot.local_api.errors import NotPossible
from bot.local_api.faults import Fault, FaultKind
from bot.local_api.messages import Message
from bot.local_api.people import User
from bot.local_api.world import InlineQuestion, Press, World

if TYPE_CHECKING:
    from bot.local_api.server import LocalApi

_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


def _send_file(
    world: World, user_id: int, chat_id: int, name: str, media_type: str, data: str, caption: str = ""
) -> Message:
    return acting.send_file(world, user_id, chat_id, name, media_type, base64.b64decode(data), caption)


def _sees(world: World, user_id: int, chat_id: int, thread: int | None = None) -> list[dict[str, Any]]:
    return [message.as_json() for message in viewing.sees(world, user_id, chat_id, thread)]


def _notice(world: World, press_id: str) -> dict[str, Any] | None:
    press = world.presses.get(press_id)
    if press is None:
        raise NotPossible("there was no such press")
    return press.answer


def _offered(world: World, question_id: str) -> dict[str, Any] | None:
    question = world.inline_questions.get(question_id)
    if question is None:
        raise NotPossible("there was no such question")
    return question.answer


_VERBS: dict[str, Callable[..., Any]] = {
    "add_user": World.add_user,
    "say": acting.say,
    "send_file": _send_file,
    "edit": acting.edit,
    "delete": acting.delete,
    "press": acting.press,
    "notice": _notice,
    "open_link": acting.open_link,
    "react": acting.react,
    "block": acting.block,
    "unblock": acting.unblock,
    "create_group": membership.create_group,
    "create_topic": membership.create_topic,
    "two_people": membership.two_people,
    "join": membership.join,
    "leave": membership.leave,
    "remove": membership.remove,
    "add_bot": membership.add_bot,
    "remove_bot": membership.remove_bot,
    "promote_bot": membership.promote_bot,
    "rename": membership.rename,
    "migrate": membership.migrate,
    "ask_inline": inline.ask,
    "offered": _offered,
    "choose_inline": inline.choose,
    "send_prepared": inline.send_prepared,
    "sees": _sees,
    "commands": viewing.commands,
    "bot_action": viewing.bot_action,
    "chats": viewing.all_chats,
}


def _fault(api: LocalApi, kind: str, **fields: Any) -> None:
    try:
        api.faults.order(Fault(FaultKind(kind), **fields))
    except ValueError:
        raise NotPossible(f"no such fault: {kind}; there are {', '.join(FaultKind)}") from None


def _calls(api: LocalApi, after: int = 0) -> list[dict[str, Any]]:
    return [asdict(record) for record in api.calls[after:]]


def _advance(api: LocalApi, seconds: float) -> float:
    advance = getattr(api.world.clock, "advance", None)
    if advance is None:
        raise NotPossible("this clock cannot be moved")
    advance(seconds)
    return api.world.clock.now()


async def _settle(api: LocalApi, limit_seconds: float = 10.0) -> None:
    try:
        await settling.settle(api, limit_seconds)
    except TimeoutError as error:
        raise NotPossible(str(error)) from None


async def _changed(api: LocalApi, after: int, seconds: float = 25.0) -> int:
    await api.world.pulse.wait_past(after, min(seconds, 60.0))
    return api.world.pulse.count


def _repeat_updates(api: LocalApi, count: int) -> None:
    api.world.mailbox.repeats = count


def _reverse_updates(api: LocalApi, count: int) -> None:
    api.world.mailbox.held_for_reversal = count


_SERVER_VERBS: dict[str, Callable[..., Any]] = {
    "fault": _fault,
    "clear_faults": lambda api: api.faults.clear(),
    "repeat_updates": _repeat_updates,
    "reverse_updates": _reverse_updates,
    "calls": _calls,
    "problems": lambda api: list(api.problems),
    "advance_clock": _advance,
    "settle": _settle,
    "changed": _changed,
}


def add_routes(app: web.Application, api: LocalApi) -> None:
    """Answer under ``/control/``."""

    async def answer_file(request: web.Request) -> web.Response:
        stored = api.world.files.by_id(request.match_info["id"])
        if not _from_here(request) or stored is None:
            return _reply(404, {"ok": False, "error": "no such file"})
        return web.Response(body=stored.data, content_type=stored.media_type)

    async def answer(request: web.Request) -> web.Response:
        verb = request.match_info["verb"]
        if not _from_here(request) or request.content_type != "application/json":
            return _reply(403, {"ok": False, "error": "only this machine, and only JSON"})
        run = _VERBS.get(verb) or _SERVER_VERBS.get(verb)
        if run is None:
            known = ", ".join(sorted(_VERBS | _SERVER_VERBS))
            return _reply(404, {"ok": False, "error": f"no verb {verb!r}; there are {known}"})
        first = api.world if verb in _VERBS else api
        try:
            given = json.loads(await request.text() or "{}")
            bound = inspect.signature(run).bind(first, **given)
        except (ValueError, TypeError) as error:
            return _reply(400, {"ok": False, "error": f"{verb} does not take that: {error}"})
        try:
            result = run(*bound.args, **bound.kwargs)
            if inspect.isawaitable(result):
                result = await result
        except (NotPossible, KeyError, TypeError, ValueError, AttributeError) as error:
            return _reply(409, {"ok": False, "error": str(error)})
        return _reply(200, {"ok": True, "result": _plain(result)})

    app.router.add_get("/control/file/{id}", answer_file)
    app.router.add_post("/control/{verb}", answer)


def _from_here(request: web.Request) -> bool:
    """Whether the address asked for is a loopback one: a page from elsewhere cannot pretend that."""
    host = request.host if request.host.endswith("]") else request.host.partition(":")[0]
    return host in _LOOPBACK or request.host.startswith("[::1]:")


def _plain(result: Any) -> Any:
    match result:
        case User() | Message() | Chat():
            return result.as_json()
        case Press() | InlineQuestion():
            return {"id": result.id}
    return result


def _reply(status: int, body: dict[str, Any]) -> web.Response:
    return web.Response(status=status, text=json.dumps(body, default=str), content_type="application/json")
