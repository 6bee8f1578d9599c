"""Somebody in several plans: a button belongs to its own, one tap changes over, and blocking the bot leaves all of them."""

from bot.local_api import LocalApi
from tests.groups.test_whole_session import SHARES, answer_all, come_in
from tests.kit.fixtures import StartBot
from tests.kit.people import PlayedWorld

FAST = "300"


async def test_a_button_acts_in_the_plan_it_belongs_to_and_leads_back_there(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    bot = await bot_process(local_api, mode, IEC_TOGETHER_SENDS_PER_SECOND=FAST)
    ana, ben = world.private("Ana"), world.private("Ben")
    work, home = world.group("Work", ana, ben), world.group("Home", ana, ben)
    for group in (work, home):
        await ana.in_chat(group).say("/together")
    await ana.say("/start")
    await ana.press("Just me")
    await come_in(ana, work)
    assert "For the group Work" in ana.card().text and "/plans" in ana.card().text
    await ana.say("33")
    await come_in(ana, home)
    assert "For the group Home" in ana.card().text
    await ana.press("No, ask me anew")
    await ana.press("20")
    await bot.restart()
    await ana.say("/plans")
    assert ana.buttons()[:-1] == ["Your own", "Group Work"] and "Group Home: you are here" in ana.card().text
    await ana.press("Group Work")
    assert "For the group Work" in ana.card().text and "passport" in ana.card().text, "where it was"
    await ana.say("Irish")
    await answer_all(ana, SHARES)
    await world.until(lambda: "Ireland" in ana.in_chat(work).card().text, "Work's board")
    assert "Ireland" not in "\n".join(world.ever_shown(home)), "nothing of one plan in the other"
    assert "answering" in ana.in_chat(home).card().text
    await ana.say("/plans")
    await ana.press("Your own")
    assert "How old" in ana.card().text and "For the group" not in ana.card().text


async def test_a_question_of_one_group_is_answered_there_whatever_else_goes_on(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode, IEC_TOGETHER_SENDS_PER_SECOND=FAST)
    ana, ben = world.private("Ana"), world.private("Ben")
    work, home = world.group("Work", ana, ben), world.group("Home", ana, ben)
    for group in (work, home):
        await ana.in_chat(group).say("/together")
        for person in (ana, ben):
            await come_in(person, group)
    await ana.say("/plans")
    await ana.press("Group Work")
    await ana.say("/partner")
    await ana.press("Ben")
    await ben.press("Yes, we are")
    assert "For the group Work" in ben.card().text, "Ben was busy with the other group's"
    assert "linked" in " ".join(message.text for message in ben.from_bot())
    await ben.say("/plans")
    await ben.press("Group Home")
    await ben.say("/partner")
    assert "Ana" in ben.buttons(), "in that group they are no couple"


async def test_whoever_blocks_the_bot_leaves_every_board(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode, IEC_TOGETHER_SENDS_PER_SECOND=FAST)
    ana, ben = world.private("Ana"), world.private("Ben")
    groups = [world.group("Work", ana, ben), world.group("Home", ana, ben)]
    for group in groups:
        await ana.in_chat(group).say("/together")
        await come_in(ben, group)
    await ben.block()
    for group in groups:
        here = ana.in_chat(group)
        await world.until(lambda here=here: "Ben" not in here.card().text, "a board without Ben")


async def test_whoever_has_no_plan_of_their_own_can_begin_one(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode, IEC_TOGETHER_SENDS_PER_SECOND=FAST)
    ana, ben = world.private("Ana"), world.private("Ben")
    group = world.group("Work", ana, ben)
    await ana.in_chat(group).say("/together")
    await come_in(ana, group)
    await ana.say("/plans")
    await ana.press("Begin one of my own")
    await ana.press("Just me")
    await ana.say("/plans")
    assert ana.buttons()[:-1] == ["Group Work"]
