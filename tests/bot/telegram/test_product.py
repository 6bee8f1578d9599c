"""The whole product over the local Bot API server: the real conversation, by polling and by webhook."""

from bot.local_api import LocalApi
from tests.kit.fixtures import StartBot
from tests.kit.people import Place, PlayedWorld


async def reaches_the_answer(person: Place, between) -> int:
    """Say "I don't know" to whatever else is asked; how many questions that took."""
    for count in range(20):
        unknown = next((label for label in person.buttons() if "don’t know" in label), None)
        first = next((label for label in person.buttons() if "new" in label), unknown)
        if first is None:
            return count
        await between()
        await person.press(first)
    raise AssertionError(f"no answer in sight: {person.card().text}")


async def test_an_answer_with_a_restart_between_any_two_steps(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    bot = await bot_process(local_api, mode)
    ana = world.private("Ana")
    await ana.say("/start")
    await bot.restart()
    await ana.press("Just me")
    await bot.restart()
    await ana.say("31")
    await bot.restart()
    await ana.say("Irish")
    await reaches_the_answer(ana, bot.restart)
    assert "Working Holiday" in ana.card().text
    assert len(ana.from_bot()) == 1, "one living message"
    await bot.restart()
    await ana.say("/forget")
    await ana.press("Yes")
    await ana.say("/start")
    assert "Just me" in ana.buttons(), "nothing is remembered"
    assert await bot.stop() == 0


async def test_a_partner_joins_by_link_and_both_get_their_plan(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode)
    ana, ben = world.private("Ana"), world.private("Ben")
    await ana.say("/start")
    await ana.press("My partner")
    await ana.say("Ben")
    await ana.press("Married")
    await ana.say("/invite")
    await ben.follow((await ana.sees_button("private")).value)
    assert "Ana" in ben.card().text
    await ben.say("28")
    await ben.say("Irish")
    await ana.say("41")
    await ana.say("American")
    await world.settle()
    for person in (ben, ana):
        assert "✓" not in person.card().text or person.buttons(), "never a dead end"
