"""A bot in its own process, by polling and by webhook: what people do reaches it, what it does reaches them.

The same bot is written in three frameworks: a field that one of them rejects is a fault of the server.
"""

import sys

import pytest

from bot.local_api import LocalApi, membership
from tests.kit.fixtures import StartBot, needs_foreign_clients
from tests.kit.oracles import AIOGRAM_PYTHON, NODE_MODULES, ROOT
from tests.kit.people import PlayedWorld
from tests.kit.process import BotProcess

ECHO = (sys.executable, "-m", "tests.kit.echo_bot")
FOREIGN = ROOT / "tests" / "kit" / "foreign"
FRAMEWORKS = {
    "python-telegram-bot": ECHO,
    "aiogram": (str(AIOGRAM_PYTHON), str(FOREIGN / "aiogram_bot.py")),
    "grammy": ("node", str(FOREIGN / "grammy_bot.mjs")),
}

pytestmark = pytest.mark.parametrize("mode", ["polling", "webhook"])
in_every_framework = pytest.mark.parametrize(
    "framework",
    ["python-telegram-bot", *(pytest.param(name, marks=needs_foreign_clients) for name in ("aiogram", "grammy"))],
)


async def _start(bot_process: StartBot, api: LocalApi, mode: str, framework: str) -> BotProcess:
    return await bot_process(api, mode, command=FRAMEWORKS[framework], NODE_MODULES=str(NODE_MODULES))


@in_every_framework
async def test_talks_presses_and_files(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str, framework: str
) -> None:
    bot = await _start(bot_process, local_api, mode, framework)
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
    assert "rror" not in bot.log()


@in_every_framework
async def test_deep_link_and_group(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str, framework: str
) -> None:
    bot = await _start(bot_process, local_api, mode, framework)
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
    assert "rror" not in bot.log()


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


@pytest.mark.parametrize(
    "framework", [pytest.param(name, marks=needs_foreign_clients) for name in ("aiogram", "grammy")]
)
async def test_a_group_goes_through_its_life_in_other_frameworks(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str, framework: str
) -> None:
    """A board that is edited, a way into private, something whispered, a move to a supergroup, a leaver, a card elsewhere."""
    bot = await _start(bot_process, local_api, mode, framework)
    ana, ben, eve = world.private("Ana"), world.private("Ben"), world.private("Eve")
    group = world.group("Friends", ana, ben, eve)
    here, there = ana.in_chat(group), ben.in_chat(group)
    await here.say("/together")
    await here.press("in")
    await there.press("in")
    assert there.last_press is not None and there.last_press.answer is not None
    assert [message.text for message in here.from_bot()][-1] == "Board, Ana, Ben"
    private = await ben.follow(there.last_press.answer["url"])
    assert private.card().html == f"<b>Hello</b> in-{ben.user.id}"
    await here.press("here")
    await here.press("yes")
    assert here.card().text == "Still only you" and "only you" not in str(
        [message.text for message in there.from_bot()]
    )
    moved = membership.migrate(local_api.world, ana.user.id, group.id)
    await world.until(lambda: ana.in_chat(moved).from_bot(), "the new group being noticed")
    assert ana.in_chat(moved).card().text == f"From {group.id}"
    membership.leave(local_api.world, eve.user.id, moved.id)
    await world.until(lambda: ana.in_chat(moved).card().text == "Eve is gone", "the leaver being noticed")
    forum = world.group("Topics", ana, ben, supergroup=True, forum=True)
    topic = membership.create_topic(local_api.world, ana.user.id, forum.id, "Canada")
    await ana.in_chat(forum).say("/together", thread=topic)
    assert ana.in_chat(forum).card().thread == topic
    own = ana.in_chat(membership.two_people(local_api.world, ana.user.id, ben.user.id))
    offered = await own.ask_inline("card")
    assert [offer["title"] for offer in offered] == ["Card"]
    await own.choose("card")
    assert "rror" not in bot.log()
