"""The same small bot against a server that others wrote: what the kit needs for a second opinion works."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.fixtures import StartBot
from tests.kit.foreign.emulator import ForeignServer
from tests.local_api.test_conversation import ECHO


async def _until(server: ForeignServer, reached: Callable[[], Any]) -> None:
    async with asyncio.timeout(15):
        while not reached():
            await server.pulse.wait_past(server.pulse.count, 1.0)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_conversation_on_a_foreign_server(bot_process: StartBot, mode: str) -> None:
    async with ForeignServer() as server:
        await bot_process(server, mode, command=ECHO)
        await server.say("/start x")
        await _until(server, lambda: server.sent())
        assert server.sent()[-1].fields["text"] == "<b>Hello</b> x"
        await server.press("count:0", server.sent()[-1].result["message_id"])
        await _until(server, lambda: len(server.sent()) == 2)
        assert server.sent()[-1].fields["text"] == "Counted to 1"
        assert [call.refusal for call in server.calls if not call.ok] == []
