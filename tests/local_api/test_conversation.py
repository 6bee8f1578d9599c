"""A bot in its own process, by polling and by webhook: what people do reaches it, what it does reaches them."""

import pytest

from bot.local_api import LocalApi, membership
from tests.kit.fixtures import StartBot
from tests.kit.people import PlayedWorld

ECHO = ("-m", "tests.kit.echo_bot")

pytestmark = pytest.mark.parametrize("mode", ["polling", "webhook"])


async def test_talks_presses_and_files(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode, command=ECHO)
    ana = world.private("Ana")
    await ana.say("/start")
    assert (ana.card().html, ana.buttons()) == ("<b>Hello</b>", ["Count"])
    await ana.press("Count")
    await ana.press("Count")
    assert (ana.card().text, ana.card().edits, ana.notice()) == ("Counted to 2", 2, "2!")
    await ana.send_file("a.txt", "text/plain", b"abc")
    sent = ana.card().file
    assert sent is not None
    stored = local_api.world.files.by_id(sent.id)
    assert stored is not None and (stored.data, stored.name, ana.card().text) == (b"cba", "reversed.txt", "3 bytes")


async def test_deep_link_and_group(local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str) -> None:
    await bot_process(local_api, mode, command=ECHO)
    ana, ben = world.private("Ana"), world.private("Ben")
    private = await ana.follow("https://t.me/iec_together_bot?start=aZ_-09")
    assert private.card().text == "Hello aZ_-09"
    group = world.group("Friends", ana, ben, with_bot=False)
    await world.reaction(lambda: membership.add_bot(world.world, ana.user.id, group.id), "being added")
    assert ben.in_chat(group).card().text == "Thanks for having me"
    await ben.in_chat(group).say("not for the bot", reaction=False)
    assert ben.in_chat(group).messages()[-1].text == "not for the bot"
    await ben.in_chat(group).say("/start@iec_together_bot")
    assert ben.in_chat(group).card().text == "Hello"


async def test_nothing_is_lost_when_the_bot_is_killed(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    bot = await bot_process(local_api, mode, command=ECHO)
    ana = world.private("Ana")
    await ana.say("/start")
    await bot.kill()
    with pytest.raises(AssertionError, match="reaction"):
        await _say_within(ana, "while it was away", 0.3)
    await bot.start()
    await world.until(lambda: ana.card().text == "while it was away", "the answer to what was said meanwhile")


async def _say_within(place, text: str, seconds: float) -> None:  # type: ignore[no-untyped-def]
    from bot.local_api import acting

    acting.say(place.played.world, place.user.id, place.chat.id, text)
    await place.played.until(lambda: place.card().text == text, "a reaction", seconds)
