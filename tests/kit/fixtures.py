"""Fixtures for whole conversations. A conftest.py imports those it needs: ``from tests.kit.fixtures import ...``."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.local_api import LocalApi, World
from tests.kit import oracles
from tests.kit.people import PlayedWorld
from tests.kit.process import BotProcess, Server

StartBot = Callable[..., Awaitable[BotProcess]]


def witnesses() -> dict[str, Any]:
    """The oracles for a server: Telegram's own parser and, if it is installed, the schema.

    On CI (``CI`` is set) a missing oracle is an error, elsewhere the server does without and the tests say so.
    """
    from tests.kit import html_oracle

    if oracles.SCHEMA.exists():
        from tests.kit.schema_oracle import SchemaOracle

        return {"parser": html_oracle.parse, "witness": SchemaOracle()}
    if os.environ.get("CI"):
        raise RuntimeError(f"CI must have the oracles: {oracles.HOW}")
    return {"parser": html_oracle.parse, "witness": None}


needs_schema = pytest.mark.skipif(
    not oracles.SCHEMA.exists() and not os.environ.get("CI"),
    reason=f"the schema oracle is not installed: {oracles.HOW}",
)
needs_foreign_clients = pytest.mark.skipif(
    not oracles.AIOGRAM_PYTHON.exists() and not os.environ.get("CI"),
    reason=f"the other bot frameworks are not installed: {oracles.HOW}",
)
needs_foreign_driver = pytest.mark.skipif(
    not oracles.TEST_API.exists() and not os.environ.get("CI"),
    reason=f"telegram-test-api is not installed: {oracles.HOW}",
)


def make_api(world: World | None = None, **options: Any) -> LocalApi:
    """A server with every oracle there is; not yet started."""
    given = witnesses()
    world = world or World(parser=given["parser"])
    return LocalApi(world, witness=given["witness"], retry_seconds=0.05, **options)


@pytest.fixture
async def local_api() -> AsyncIterator[LocalApi]:
    """A started server with every oracle. At the end of the test nothing that it noticed may be wrong."""
    async with make_api() as api:
        yield api
        assert not api.problems, "the Bot API server found problems:\n" + "\n".join(api.problems)


@pytest.fixture
def world(local_api: LocalApi) -> PlayedWorld:
    """People and groups on that server."""
    return PlayedWorld(local_api)


@pytest.fixture
async def bot_process(tmp_path: Path) -> AsyncIterator[StartBot]:
    """Starts bots: ``bot = await bot_process(local_api, mode="webhook", IEC_TOGETHER_TODAY="2026-12-01")``.

    They are ended with the test, and none may have written its token to its output.
    """
    started: list[BotProcess] = []

    async def start(server: Server, mode: str = "polling", **options: Any) -> BotProcess:
        process = BotProcess(server, tmp_path, mode, **options)
        started.append(process)
        await process.start()
        return process

    yield start
    for process in started:
        await process.kill()
        process.close()
        assert process.server.token.partition(":")[2] not in process.log(), "the bot wrote its token to its output"
