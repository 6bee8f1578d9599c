"""The local server with every oracle, people, and a bot of python-telegram-bot that speaks to it."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.local_api import LocalApi
from tests.kit.fixtures import bot_process, local_api, world

__all__ = ["bot", "bot_process", "local_api", "world"]


@pytest.fixture
async def bot(local_api: LocalApi) -> AsyncIterator[Bot]:
    """An unmodified bot of python-telegram-bot."""
    async with Bot(local_api.token, local_api.base_url, local_api.base_file_url) as bot:
        yield bot
