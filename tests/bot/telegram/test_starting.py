"""Starting and stopping under bad conditions: one clear line, the right exit status, and no hanging about."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.local_api import LocalApi, acting
from tests.bot.telegram.conftest import STANDIN
from tests.kit.fixtures import StartBot
from tests.kit.people import PlayedWorld
from tests.kit.process import BotProcess, free_port


def ended(tmp_path: Path, **environment: str) -> tuple[int, str]:
    """The exit status and the output of a bot that cannot run."""
    usual = {"IEC_TOGETHER_STORE": str(tmp_path / "s.db"), "PYTHONPATH": str(Path.cwd())}
    run = subprocess.run(
        [sys.executable, "-m", "bot", "run"], env=usual | environment, capture_output=True, text=True, timeout=60
    )
    return run.returncode, run.stderr.strip()


async def test_an_unknown_token_is_told_in_one_line(local_api: LocalApi, tmp_path: Path) -> None:
    bot = BotProcess(local_api, tmp_path, command=STANDIN, TELEGRAM_BOT_TOKEN="1:wrong")
    await bot.start(ready=False)
    await asyncio.wait_for(bot._process.wait(), 60)  # type: ignore[union-attr]
    bot.close()
    assert "Telegram does not know this token" in bot.log() and "1:wrong" not in bot.log()


async def test_it_waits_for_a_telegram_that_is_away_and_stops_when_told(local_api: LocalApi, tmp_path: Path) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    bot = BotProcess(local_api, tmp_path, command=STANDIN, IEC_TOGETHER_API_URL=away)
    await bot.start(ready=False)
    await bot._until(lambda: "messenger_unreached" in bot.log(), "trying")
    assert await bot.stop() == 0
    bot.close()


async def test_what_people_wrote_never_reaches_the_log(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    bot = await bot_process(local_api, mode, command=STANDIN, IEC_TOGETHER_LOG_LEVEL="debug")
    ana = world.private("Hedwigis", last_name="Unmistakable")
    await ana.say("/start")
    await ana.say("my-age-is-313131")
    await ana.press("unknown")
    await ana.say("explode", reaction=False)
    await world.until(lambda: "update_failed" in bot.log(), "the failure being logged")
    assert await bot.stop() == 0
    for personal in ("Hedwigis", "Unmistakable", "313131", "explode", str(ana.user.id)):
        assert personal not in bot.log()


@pytest.mark.parametrize("mode", ["webhook"])
async def test_a_port_that_is_taken_is_told_in_one_line(local_api: LocalApi, tmp_path: Path, mode: str) -> None:
    port = int(local_api.address.rpartition(":")[2])
    bot = BotProcess(local_api, tmp_path, mode, command=STANDIN, IEC_TOGETHER_WEBHOOK_LISTEN=f"127.0.0.1:{port}")
    await bot.start(ready=False)
    await asyncio.wait_for(bot._process.wait(), 60)  # type: ignore[union-attr]
    bot.close()
    assert "IEC_TOGETHER_WEBHOOK_LISTEN: cannot listen" in bot.log()


async def test_a_token_that_is_revoked_meanwhile_ends_it(
    local_api: LocalApi, world: PlayedWorld, tmp_path: Path
) -> None:
    bot = BotProcess(local_api, tmp_path, command=STANDIN)
    await bot.start()
    former, local_api.world.bot.token = local_api.token, "7000000001:another"
    ana = world.private("Ana")
    acting.say(local_api.world, ana.user.id, ana.chat.id, "this ends the request that is waiting")
    await asyncio.wait_for(bot._process.wait(), 60)  # type: ignore[union-attr]
    bot.close()
    assert "Telegram no longer accepts this token" in bot.log() and former not in bot.log()
