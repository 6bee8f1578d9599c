"""The bot as its people see it, by polling and by webhook."""

from pathlib import Path

import aiohttp

from bot.local_api import LocalApi, acting, membership
from tests.kit.fixtures import StartBot
from tests.kit.people import PlayedWorld
from tests.kit.process import BotProcess


async def test_a_conversation_with_a_restart_between_any_two_steps(
    local_api: LocalApi, world: PlayedWorld, standin: StartBot
) -> None:
    bot = await standin(local_api)
    ana = world.private("Ana")
    await ana.say("/start")
    assert ana.card().text.startswith("age")
    await bot.restart()
    await ana.say("31")
    assert "age:p" in ana.card().text and ana.card().text.startswith("country")
    await bot.restart()
    await ana.press("unknown")
    assert ana.card().text.startswith("result")
    assert len(ana.from_bot()) == 1, "one living message"
    assert await bot.stop() == 0


async def test_taps_edit_the_card_and_typed_words_bring_it_down(
    local_api: LocalApi, world: PlayedWorld, standin: StartBot
) -> None:
    await standin(local_api)
    ana = world.private("Ana")
    await ana.say("/start")
    first = ana.card()
    await ana.press("unknown")
    assert ana.card().id == first.id and ana.card().text.startswith("country")
    await ana.say("Ireland")
    card = ana.card()
    assert card.id > first.id and card.text.startswith("result")
    assert [message.id for message in ana.from_bot()] == [card.id]


async def test_a_double_tap_and_an_old_button_are_harmless(
    local_api: LocalApi, world: PlayedWorld, standin: StartBot
) -> None:
    await standin(local_api)
    ana = world.private("Ana")
    await ana.say("/start")
    card = ana.card()
    await ana.press_old("0:unknown", card.id)
    await ana.press_old("0:unknown", card.id)
    assert ana.card().text.startswith("country")
    await ana.press_old("forged:::" + "x" * 50, card.id)
    assert ana.card().text.startswith("country")
    assert ana.notice() is not None, "every press is answered"


async def test_a_board_that_was_deleted_comes_back(local_api: LocalApi, world: PlayedWorld, standin: StartBot) -> None:
    await standin(local_api)
    ana = world.private("Ana")
    in_group = ana.in_chat(world.group("Canada", ana))
    await in_group.say("/together")
    board = in_group.card()
    await in_group.press("join")
    await ana.follow(in_group.last_press.answer["url"])
    await call(local_api, "deleteMessage", chat_id=in_group.chat.id, message_id=board.id)
    assert in_group.from_bot() == []
    await ana.say("31")
    assert in_group.card().text == f"board u{ana.user.id}=1" and in_group.card().id > board.id


async def test_friends_on_one_board_each_answering_in_private(
    local_api: LocalApi, world: PlayedWorld, standin: StartBot
) -> None:
    await standin(local_api)
    ana, ben, eve = world.private("Ana"), world.private("Ben"), world.private("Eve")
    group = world.group("Canada", ana, ben, eve)
    await ana.in_chat(group).say("/together")
    board = ana.in_chat(group).card()
    in_group = ben.in_chat(group)
    await in_group.press("join")
    link = in_group.last_press.answer["url"]
    await ben.follow(link)
    assert ben.card().text.startswith("age")
    await ben.say("28")
    seen = ana.in_chat(group).card()
    assert seen.id == board.id and seen.text == f"board u{ben.user.id}=1", "the board is edited, not posted again"
    await eve.follow(link)
    assert "delivery.link_taken" in [message.text for message in eve.from_bot()]
    await ben.follow(link)
    assert ben.card().text.startswith("country"), "one's own link leads back to the same place"


async def test_what_the_bot_is_not_meant_to_hear_in_a_group(
    local_api: LocalApi, world: PlayedWorld, standin: StartBot
) -> None:
    await standin(local_api)
    ana, ben = world.private("Ana"), world.private("Ben")
    group = world.group("Canada", ana, ben)
    membership.promote_bot(local_api.world, ana.user.id, group.id)
    await world.settle()
    calls = len(local_api.calls)
    await ben.in_chat(group).say("I am 28 and my passport is Irish", reaction=False)
    await ben.in_chat(group).say("/together@another_bot", reaction=False)
    assert [record.method for record in local_api.calls[calls:] if record.method != "getUpdates"] == []


async def test_whoever_blocks_the_bot_is_let_go(local_api: LocalApi, world: PlayedWorld, standin: StartBot) -> None:
    await standin(local_api)
    ana = world.private("Ana")
    await ana.say("/start")
    await ana.say("31")
    await ana.block()
    await ana.unblock()
    await ana.say("/start")
    assert ana.card().text.startswith("age"), "the stand-in drops those who blocked it"


async def test_a_group_that_becomes_a_supergroup_keeps_its_party(
    local_api: LocalApi, world: PlayedWorld, standin: StartBot
) -> None:
    await standin(local_api)
    ana, ben = world.private("Ana"), world.private("Ben")
    group = world.group("Canada", ana, ben)
    in_group = ana.in_chat(group)
    await in_group.say("/together")
    await in_group.press("join")
    await ana.follow(in_group.last_press.answer["url"])
    moved = membership.migrate(local_api.world, ana.user.id, group.id)
    await world.settle()
    await ana.say("31")
    assert ana.in_chat(moved).card().text == f"board u{ana.user.id}=1"


async def test_a_picture_or_a_voice_is_answered_kindly(
    local_api: LocalApi, world: PlayedWorld, standin: StartBot
) -> None:
    await standin(local_api)
    ana = world.private("Ana")
    await ana.send_file("voice.ogg", "audio/ogg", b"0" * 100)
    assert ana.card().text == "delivery.only_text"


async def test_export_comes_as_a_file_and_forget_leaves_nothing(
    local_api: LocalApi, world: PlayedWorld, standin: StartBot
) -> None:
    bot = await standin(local_api)
    ana = world.private("Ana")
    await ana.say("/start")
    await ana.say("secret-answer")
    await ana.say("/export")
    assert any(message.text == "delivery.exported" for message in ana.from_bot())
    await ana.say("/forget")
    await bot.stop()
    left = _kept_in(bot)
    assert b"secret-answer" not in left
    assert str(ana.user.id).encode() not in left


async def test_the_menu_is_there_before_the_first_word(
    local_api: LocalApi, world: PlayedWorld, standin: StartBot
) -> None:
    await standin(local_api)
    await world.until(
        lambda: any(record.method == "setMyShortDescription" for record in local_api.calls), "the menu being set"
    )
    private, groups = [
        {command["command"] for command in record.arguments["commands"]}
        for record in local_api.calls
        if record.method == "setMyCommands"
    ]
    assert private == {"start", "help", "forget"} and groups == {"together", "help"}


async def test_a_hostile_name_and_text_stay_harmless(
    local_api: LocalApi, world: PlayedWorld, standin: StartBot
) -> None:
    await standin(local_api)
    eve = world.private("\u202e<b>Eve</b>\x00", last_name="x" * 60)
    await eve.say("/start")
    for text in ("<a href='tg://user?id=1'>click</a>", "&amp;&lt;\u202e", "'; DROP TABLE sessions; --", "x" * 4096):
        await eve.say(text)
    assert eve.card().text.startswith("result")


async def test_a_flood_is_told_once_and_then_ignored(
    local_api: LocalApi, world: PlayedWorld, standin: StartBot
) -> None:
    await standin(local_api, IEC_TOGETHER_SENDS_PER_SECOND="1000")
    eve, ana = world.private("Eve"), world.private("Ana")
    for _ in range(60):
        acting.say(local_api.world, eve.user.id, eve.chat.id, "again")
    await ana.say("/start")
    assert ana.card().text.startswith("age"), "others are served meanwhile"
    await world.settle()
    told = [message.text for message in eve.from_bot()]
    assert told.count("delivery.slow_down") == 1


def _kept_in(bot: BotProcess) -> bytes:
    return Path(bot.environment["IEC_TOGETHER_STORE"]).read_bytes()


async def call(api: LocalApi, method: str, **arguments: object) -> None:
    """Do something with the bot's own rights, as another program of its owner could."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{api.address}/bot{api.token}/{method}", json=arguments) as answer,
    ):
        assert answer.status == 200, await answer.text()
