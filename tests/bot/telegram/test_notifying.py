"""notify-changes beside a bot at work: counted first, told once, sent by the bot that runs."""

import asyncio
import shutil
import sys
from pathlib import Path

import pytest

from bot.local_api import LocalApi
from tests.kit.fixtures import StartBot
from tests.kit.people import PlayedWorld
from tests.kit.postgres import cluster, needs_postgres
from tests.kit.process import BotProcess

ROOT = Path(__file__).resolve().parents[3]


def newer_project(place: Path) -> Path:
    """The project as it is, but for the content: Ireland's pools take people up to 40."""
    for room in ("bot", "flows", "content"):
        shutil.copytree(ROOT / room, place / room, ignore=shutil.ignore_patterns("__pycache__"))
    ireland = place / "content" / "countries" / "ie.yaml"
    ireland.write_text(ireland.read_text().replace("max_age: 35", "max_age: 40"))
    return place


async def notify(bot: BotProcess, project: Path, *options: str) -> str:
    """Run the command of that project with the bot's settings; what it prints."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "notify-changes", *options),
        cwd=project,
        env=bot.environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await process.communicate()
    assert process.returncode == 0, told.decode()
    return told.decode()


@pytest.mark.parametrize("kind", [pytest.param("postgres", marks=needs_postgres), "sqlite"])
async def test_counted_told_once_and_sent_by_the_bot_that_runs(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, tmp_path: Path, kind: str
) -> None:
    given = {"DATABASE_URL": cluster().new_place()} if kind == "postgres" else {}
    bot = await bot_process(local_api, **given)
    ana, ben = world.private("Ana"), world.private("Ben")
    for person, passport in ((ana, "irish"), (ben, "french")):
        await person.say("/start")
        await person.press("Just me")
        await person.say("2 April 1996")
        await person.say(passport)
        await person.press("No, all new")
        await person.press("None of these")
        await person.press("Tell me if my answer changes")
        await world.until(lambda who=person: "From now on" in who.card().text, "the promise")
    project = newer_project(tmp_path / "newer")
    counted = await notify(bot, project, "--dry-run")
    assert "2 people asked to be told, 1 answers changed (last_day 1), 0 told" in counted
    assert "Ana" not in counted and str(ana.user.id) not in counted
    assert "1 told" in await notify(bot, project)
    await world.until(lambda: "has changed" in ana.card().text, "the news")
    assert "1 April 2037" in ana.card().text and "Before: 1 April 2032" in ana.card().text
    assert "0 told" in await notify(bot, project)
    await bot.restart()
    await world.settle()
    assert sum("has changed" in seen.text for seen in ana.from_bot()) == 1
    assert not any("has changed" in seen.text for seen in ben.from_bot())
    await ana.press("Don’t tell me any more")
