"""Whole conversations over the local Bot API server, with the stand-in conversation in the bot's own process."""

import sys

import pytest

from tests.kit.fixtures import StartBot, bot_process, local_api, world  # noqa: F401

STANDIN = (sys.executable, "-m", "tests.bot.standin_bot")


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest) -> str:
    """Every scenario by both ways in."""
    return str(request.param)


@pytest.fixture
def standin(bot_process: StartBot, mode: str) -> StartBot:  # noqa: F811
    """Starts the bot with the stand-in conversation."""

    async def start(api, **environment):
        return await bot_process(api, mode, command=STANDIN, **environment)

    return start
