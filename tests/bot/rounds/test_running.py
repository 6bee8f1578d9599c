"""Round figures reach the conversation: fetched by the running bot, found at start, and missed without harm."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web

from bot.local_api import LocalApi
from bot.rounds.keeping import open_archive
from tests.bot.rounds.weekly_file import Line, weekly_file
from tests.kit.fixtures import StartBot
from tests.kit.loopback import served
from tests.kit.people import Place, PlayedWorld

TODAY = "2027-03-06"


def british(day: str, invited: str, waiting: str) -> bytes:
    return weekly_file(
        day, Line("United Kingdom", "gb", "wh", "9,000", "Week of January 18, 2027", "", invited, waiting, "2,500", "3")
    )


class Publisher:
    """Canada's server, on loopback: what it answers and how often it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes]] = []
        self.asked = 0
        self.address = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        status, body = self.answers[min(self.asked, len(self.answers)) - 1]
        return web.Response(status=status, body=body)


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    found = Publisher()
    app = web.Application()
    app.router.add_get("/selections.xml", found.answer)
    async with served(app) as address:
        found.address = f"{address}/selections.xml"
        yield found


async def told_odds(person: Place) -> str:
    await person.say("/start")
    await person.press("Just me")
    await person.say("27")
    await person.say("British")
    await person.press("new")
    await person.say("/odds")
    return "\n\n".join(seen.text for seen in person.from_bot())  # its picture may already stand below the answer


async def test_figures_fetched_by_the_running_bot_are_in_the_next_odds(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, publisher: Publisher, mode: str, tmp_path: Path
) -> None:
    publisher.answers = [(200, british("March 05, 2027", "5,300", "1,000"))]
    bot = await bot_process(
        local_api,
        mode,
        IEC_TOGETHER_TODAY=TODAY,
        IEC_TOGETHER_ROUNDS_FETCH="on",
        IEC_TOGETHER_ROUNDS_URL=publisher.address,
    )
    await world.until(lambda: "rounds_fetched" in bot.log(), "the figures being fetched")
    told = await told_odds(world.private("Ana"))
    assert "From the figures of 5 March 2027" in told
    assert "Nobody can know" not in told
    assert publisher.asked == 1
    with open_archive(tmp_path / "store-rounds.db") as archive:
        assert archive.days == [date(2027, 3, 5)]
    assert await bot.stop() == 0


async def test_a_publisher_that_fails_ends_nothing_and_the_bot_says_that_it_does_not_know(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, publisher: Publisher, mode: str
) -> None:
    publisher.answers = [(500, b"")]
    bot = await bot_process(
        local_api,
        mode,
        IEC_TOGETHER_TODAY=TODAY,
        IEC_TOGETHER_ROUNDS_FETCH="on",
        IEC_TOGETHER_ROUNDS_URL=publisher.address,
    )
    await world.until(lambda: "rounds_not_refreshed" in bot.log(), "the failure being logged")
    told = await told_odds(world.private("Ana"))
    assert "no recent figures" in told
    assert "your odds for the season of 2027 yet" in told
    assert "2026" in told, "a past season, named as such"
    assert await bot.stop() == 0


async def test_switched_off_it_asks_nobody(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, publisher: Publisher, mode: str
) -> None:
    bot = await bot_process(local_api, mode, IEC_TOGETHER_TODAY=TODAY, IEC_TOGETHER_ROUNDS_URL=publisher.address)
    assert "no recent figures" in await told_odds(world.private("Ana"))
    assert publisher.asked == 0
    assert await bot.stop() == 0


def test_the_chat_knows_at_start_what_was_imported(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "IEC_TOGETHER_STORE": str(tmp_path / "bot.db"),
        "IEC_TOGETHER_TODAY": TODAY,
    }

    def bot(*words: str, given: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            capture_output=True,
            text=True,
            input=given,
            env=environment,
            check=True,
        )
        return done.stdout

    lines = [
        {"chat": "private", "user": 7, "text": text}
        for text in ("/start", "just me", "27", "British", "new to it", "/odds")
    ]
    talk = "\n".join(map(json.dumps, lines)) + "\n"
    assert "no recent figures" in bot("chat", "--json", "--today", TODAY, given=talk)
    (tmp_path / "selections.xml").write_bytes(british("March 05, 2027", "5,300", "1,000"))
    bot("rounds", "import", str(tmp_path / "selections.xml"))
    assert "From the figures of 5 March 2027" in bot("chat", "--json", "--today", TODAY, given=talk)
