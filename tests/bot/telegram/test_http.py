"""The HTTP client keeps the contract of python-telegram-bot's request classes, over real connections on loopback."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, InputMediaDocument
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, HTTPXRequest

from bot.telegram.http import AiohttpRequest
from tests.kit.loopback import served

TOKEN = "123456:very-secret-token"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[str]:
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{rest:.*}", answer)
    async with served(app) as address:
        yield f"{address}/bot{TOKEN}/getMe"


@asynccontextmanager
async def raw_server(
    behave: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[Any]],
) -> AsyncIterator[str]:
    tasks = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.current_task())
        try:
            await behave(reader, writer)
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot{TOKEN}/getMe"
    finally:
        server.close()
        for task in tasks:
            task.cancel()


async def fine(_: web.Request) -> web.Response:
    return web.json_response({"ok": True, "result": True})


async def test_status_and_body_come_as_they_are() -> None:
    async def answer(request: web.Request) -> web.Response:
        status = int(request.query["status"])
        return web.Response(status=status, body=b"\x00body", headers={"Location": "/elsewhere"})

    async with serving(answer) as url, AiohttpRequest() as request:
        for status in (200, 302, 400, 403, 429, 500, 502):
            assert await request.do_request(f"{url}?status={status}", "POST") == (status, b"\x00body")
            assert await request.do_request(f"{url}?status={status}", "GET") == (status, b"\x00body")


async def test_the_server_gets_what_it_gets_from_the_usual_client() -> None:
    """Both clients make the same calls; the server must not be able to tell them apart by the parameters it receives."""
    received: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        fields = []
        if request.content_type.startswith("multipart"):
            async for part in await request.multipart():
                kind = part.headers.get("Content-Type") if part.filename else None
                fields.append((part.name, part.filename, kind, bytes(await part.read())))
        elif request.content_type == "application/json":
            fields = [
                (name, value if isinstance(value, str) else json.dumps(value))
                for name, value in (await request.json()).items()
            ]
        else:
            fields = list((await request.post()).items())
        received.append((request.method, request.path, request.headers["User-Agent"], sorted(fields, key=str)))
        result = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
        return web.json_response({"ok": True, "result": [result] if "Group" in request.path else result})

    async def calls(bot: Bot) -> None:
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("ä", callback_data="1:yes")]])
        await bot.send_message(
            1, "Zürich 🇨🇭 & <b>more</b>=+%", parse_mode="HTML", reply_markup=buttons, protect_content=True
        )
        await bot.send_document(1, InputFile(bytes(range(256)), filename="Ünï & more.ics"), caption="ä")
        await bot.send_media_group(1, [InputMediaDocument(f"file {n}".encode(), filename=f"{n}.txt") for n in range(3)])

    async with serving(answer) as url:
        seen = []
        for kind in (HTTPXRequest, AiohttpRequest):
            bot = Bot(TOKEN, base_url=url.partition(TOKEN)[0], request=kind())
            async with bot.request:
                await calls(bot)
            seen.append([_without_random_names(each) for each in received])
            received.clear()
        assert seen[0] == seen[1]


def _without_random_names(received: Any) -> Any:
    """Files of a group are called by random names that the caption refers to."""
    method, path, agent, fields = received
    if "Group" not in path:
        return received
    return method, path, agent, sorted(str(field[1:]) for field in fields if field[1]), len(fields)


async def test_a_slow_answer_times_out_and_its_own_timeout_counts() -> None:
    never = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if "started" in request.query:
            await response.prepare(request)
            await response.write(b"{")
        await never.wait()
        return response

    async with serving(answer) as url, AiohttpRequest(read_timeout=0.1) as request:
        for query in ("", "?started"):
            with pytest.raises(TimedOut):
                await request.do_request(url + query, "POST")
        with pytest.raises(TimedOut):
            await request.do_request(url, "POST", read_timeout=0.2)
        never.set()
        assert (await request.do_request(url, "POST", read_timeout=None))[0] == 200
    assert AiohttpRequest(read_timeout=3).read_timeout == 3


async def test_a_server_that_does_not_take_the_connection_times_out() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        async with AiohttpRequest(connect_timeout=0.2) as request:
            with pytest.raises(TimedOut):
                await request.do_request(f"http://127.0.0.1:{address[1]}/bot{TOKEN}/getMe", "POST")
        for one in waiting:
            one.close()


async def test_an_upload_that_is_not_taken_times_out() -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        await asyncio.sleep(60)

    async with raw_server(deaf) as url:
        usual = AiohttpRequest(connect_timeout=0.1, read_timeout=0.1, media_write_timeout=0.3)
        bot = Bot(TOKEN, base_url=url.partition(TOKEN)[0], request=usual)
        async with bot.request:
            with pytest.raises(TimedOut):
                await bot.send_document(1, InputFile(b"x" * 30_000_000, filename="big"))


async def test_the_pool_is_limited_and_waiting_for_it_times_out() -> None:
    inside = most = 0
    full, go_on = asyncio.Event(), asyncio.Event()

    async def answer(_: web.Request) -> web.Response:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        if inside == 3:
            full.set()
        await go_on.wait()
        inside -= 1
        return web.Response()

    async with serving(answer) as url, AiohttpRequest(3, pool_timeout=None) as request:
        calls = [asyncio.create_task(request.do_request(url, "POST")) for _ in range(10)]
        await full.wait()
        with pytest.raises(TimedOut, match="Pool timeout"):
            await request.do_request(url, "POST", pool_timeout=0.05)
        go_on.set()
        assert [status for status, _ in await asyncio.gather(*calls)] == [200] * 10
        assert most == 3


async def test_a_cancelled_call_leaves_nothing_behind() -> None:
    left, never = asyncio.Event(), asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        if "wait" in request.query:
            try:
                await never.wait()
            finally:
                left.set()
        return web.Response()

    async def raw_wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        assert await reader.read() == b"", "the connection is closed"
        left.set()

    async with raw_server(raw_wait) as url, AiohttpRequest(1) as request:
        call = asyncio.create_task(request.do_request(url, "POST"))
        await asyncio.sleep(0.05)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        await asyncio.wait_for(left.wait(), 5)
        async with serving(answer) as other:
            assert (await request.do_request(other, "POST"))[0] == 200, "its place in the pool is free again"


async def test_what_breaks_on_the_way_is_a_network_error_without_the_token() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
        await writer.drain()

    async def nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"what?\r\n\r\n")
        await writer.drain()

    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    addresses = [f"http://127.0.0.1:{port}/bot{TOKEN}/getMe", f"http://no such host/bot{TOKEN}/getMe"]
    async with AiohttpRequest() as request:
        for address in addresses:
            await _fails_discreetly(request, address)
        for behaviour in (hang_up, half, nonsense):
            async with raw_server(behaviour) as url:
                await _fails_discreetly(request, url)


async def _fails_discreetly(request: BaseRequest, url: str) -> None:
    with pytest.raises(NetworkError) as caught:
        await request.post(url)
    assert not isinstance(caught.value, BadRequest)
    assert TOKEN not in str(caught.value) and TOKEN not in repr(caught.value)


async def test_the_library_reads_errors_as_ever() -> None:
    async def answer(request: web.Request) -> web.Response:
        if "429" in request.query:
            return web.json_response({"ok": False, "description": "x", "parameters": {"retry_after": 7}}, status=429)
        return web.json_response({"ok": False, "description": "Bad Request: chat not found"}, status=400)

    async with serving(answer) as url, AiohttpRequest() as request:
        with pytest.raises(RetryAfter):
            await request.post(url + "?429")
        with pytest.raises(BadRequest, match="Chat not found"):
            await request.post(url)


async def test_it_opens_and_closes_as_often_as_wanted() -> None:
    request = AiohttpRequest()
    with pytest.raises(RuntimeError):
        await request.do_request("http://127.0.0.1:9/", "POST")
    await request.shutdown()
    async with serving(fine) as url:
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            assert (await request.do_request(url, "POST"))[0] == 200
            await request.shutdown()
            await request.shutdown()
        with pytest.raises(RuntimeError):
            await request.do_request(url, "POST")


async def test_a_proxy_is_used_for_everything() -> None:
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()

    async with raw_server(proxy) as url, AiohttpRequest(proxy=url.partition("/bot")[0]) as request:
        assert await request.do_request("http://bot-api.invalid/botX/getMe", "POST") == (200, b"ok")
    assert asked == [b"POST http://bot-api.invalid/botX/getMe HTTP/1.1"]
