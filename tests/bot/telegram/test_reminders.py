"""Reminders over the local Bot API server: the day moves, the bot dies, each reminder comes once, in the morning."""

import pytest

from bot.local_api import LocalApi
from tests.kit.fixtures import StartBot
from tests.kit.people import Place, PlayedWorld
from tests.kit.process import BotProcess

REMINDED = "last day to accept or decline"


async def wants_reminders(person: Place, *where: str) -> None:
    """Somebody who was invited on 20 November, and so has until the 30th, turns reminders on."""
    await person.say("/start")
    await person.press("Just me")
    await person.say("30")
    await person.say("irish")
    await person.press("Invited")
    await person.say("20 November")
    await person.press("Never")
    await person.press("None of these")
    await person.say("/dates")
    await person.press("Remind me")
    for text in where:
        await person.say(text)
    await person.played.until(lambda: "Reminders are on" in person.card().text, "that reminders are on")


async def day_comes(bot: BotProcess, day: str, at: str, world: PlayedWorld) -> None:
    """The process is killed and starts again on another day, in another hour."""
    await bot.kill()
    bot.environment |= {"IEC_TOGETHER_TODAY": day, "IEC_TOGETHER_TODAY_AT": at}
    await bot.start()
    await world.settle()


def reminders(person: Place) -> list[str]:
    return [seen.text.partition("\n")[0] for seen in person.from_bot() if REMINDED in seen.text and "In " in seen.text]


@pytest.mark.parametrize(
    ("place", "before", "morning"),
    [("Lyon", "07:59", "08:01"), ("Vancouver", "15:59", "16:01"), ("Osaka", None, "00:01")],
)
async def test_a_reminder_comes_once_in_the_morning(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, place: str, before: str | None, morning: str
) -> None:
    bot = await bot_process(local_api)
    ana = world.private("Ana")
    await wants_reminders(ana, place)
    if before is not None:
        await day_comes(bot, "2026-11-25", before, world)
        assert reminders(ana) == []
    await day_comes(bot, "2026-11-25", morning, world)
    await world.until(lambda: len(reminders(ana)) == 1, "the reminder")
    for _ in range(2):
        await day_comes(bot, "2026-11-25", morning, world)
    assert reminders(ana) == ["In 5 days, 30 November 2026"]
    await day_comes(bot, "2026-11-27", "20:00", world)
    await world.until(lambda: len(reminders(ana)) == 2, "the next reminder")
    await ana.press("No more reminders")
    await day_comes(bot, "2026-11-29", "20:00", world)
    assert reminders(ana) == ["In 5 days, 30 November 2026", "In 3 days, 30 November 2026"]


async def test_after_forgetting_nothing_comes(local_api: LocalApi, world: PlayedWorld, bot_process: StartBot) -> None:
    bot = await bot_process(local_api)
    ana = world.private("Ana")
    await wants_reminders(ana, "half past eight in the evening", "Dublin")
    await ana.say("/forget")
    await ana.press("Yes")
    await day_comes(bot, "2026-11-29", "20:00", world)
    assert reminders(ana) == []
