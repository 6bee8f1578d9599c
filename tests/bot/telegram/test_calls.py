"""A plain call fails as the library's own method does, and its parameters mean the same."""

import json
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.local_api import LocalApi
from bot.telegram.calls import call
from bot.telegram.http import AiohttpRequest
from tests.bot.telegram.test_http import TOKEN, serving

pytestmark = pytest.mark.filterwarnings("ignore:Please use")

FAILURES: list[tuple[int, Any]] = [
    (400, {"description": "Bad Request: message is not modified"}),
    (400, {"description": "moved", "parameters": {"migrate_to_chat_id": -1005}}),
    (401, {"description": "Unauthorized"}),
    (403, {"description": "Forbidden: bot was blocked by the user"}),
    (404, {"description": "Not Found"}),
    (409, {"description": "Conflict: terminated by other getUpdates request"}),
    (429, {"description": "Too Many Requests", "parameters": {"retry_after": 7}}),
    (500, {"description": "Internal Server Error"}),
    (502, "<html>Bad Gateway</html>"),
]


@pytest.mark.parametrize(("status", "body"), FAILURES, ids=[f"{status}" for status, _ in FAILURES])
async def test_failures_are_those_of_the_library(status: int, body: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("/getMe"):
            return web.json_response({"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "B"}})
        text = body if isinstance(body, str) else json.dumps({"ok": False, "error_code": status, **body})
        return web.Response(status=status, text=text)

    async with (
        serving(answer) as url,
        Bot(TOKEN, base_url=url.partition(TOKEN)[0], request=AiohttpRequest()) as bot,
    ):
        with pytest.raises(TelegramError) as usual:
            await bot.send_message(1, "x")
        with pytest.raises(TelegramError) as ours:
            await call(bot, "sendMessage", chat_id=1, text="x")
        assert type(ours.value) is type(usual.value)
        if not isinstance(ours.value, InvalidToken):
            assert str(ours.value) == str(usual.value)
        assert TOKEN not in str(ours.value)


async def test_what_is_none_is_left_out(local_api: LocalApi) -> None:
    """The server refuses what it does not know, and a null is nothing it knows."""
    async with Bot(local_api.token, base_url=f"{local_api.address}/bot", request=AiohttpRequest()) as bot:
        found = await call(bot, "getMyDescription", language_code=None)
        assert found == {"description": ""}
