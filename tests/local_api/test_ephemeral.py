"""Ephemeral messages: one member sees them, the rights they take, their own methods, and a server without them."""

from typing import Any

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, Message
from telegram.error import BadRequest, EndPointNotFound

from bot.local_api import World, acting, limits, membership
from bot.local_api.chats import Chat
from tests.kit.fixtures import make_api, witnesses
from tests.kit.people import Place, PlayedWorld

KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}


@pytest.fixture
async def scene(world: PlayedWorld, bot: Bot) -> tuple[Place, Place, Chat]:
    """Ana and Ben in a supergroup with the bot, which has posted a message with a button."""
    ana, ben = world.private("Ana"), world.private("Ben")
    group = world.group("Friends", ana, ben, supergroup=True)
    await bot.send_message(group.id, "board", api_kwargs={"reply_markup": KEYBOARD})
    return ana.in_chat(group), ben.in_chat(group), group


async def _whisper(bot: Bot, group: Chat, receiver: Place, text: str = "psst", **fields: Any) -> Message:
    parameters = {"receiver_user_id": receiver.user.id, **fields.pop("parameters", {})}
    return await bot.send_message(group.id, text, api_kwargs={"ephemeral_message_parameters": parameters, **fields})


async def test_a_press_lets_the_bot_answer_one_person(
    world: PlayedWorld, bot: Bot, scene: tuple[Place, Place, Chat]
) -> None:
    ana, ben, group = scene
    press = acting.press(world.world, ana.user.id, group.id, ana.card().id, "Yes")
    sent = await _whisper(bot, group, ana, reply_markup=KEYBOARD, parameters={"callback_query_id": press.id})
    assert sent.message_id == 0 and sent.api_kwargs["receiver_user"]["id"] == ana.user.id
    assert [seen.text for seen in ana.from_bot()] == ["board", "psst"]
    assert [seen.text for seen in ben.from_bot()] == ["board"]
    ephemeral_id = sent.api_kwargs["ephemeral_message_id"]
    which = {"chat_id": group.id, "receiver_user_id": ana.user.id, "ephemeral_message_id": ephemeral_id}
    acting.press(world.world, ana.user.id, group.id, ephemeral_id, "Yes", ephemeral=True)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None and query.message is not None
    assert query.message.api_kwargs["ephemeral_message_id"] == ephemeral_id
    assert await bot.do_api_request("editEphemeralMessageText", api_kwargs=which | {"text": "edited"})
    assert ana.card().text == "edited"
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.do_api_request("editEphemeralMessageText", api_kwargs=which | {"text": "edited"})
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("x", group.id, 0)
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        wrong = which | {"receiver_user_id": ben.user.id}
        await bot.do_api_request("deleteEphemeralMessage", api_kwargs=wrong)
    assert await bot.do_api_request("deleteEphemeralMessage", api_kwargs=which)
    assert [seen.text for seen in ana.from_bot()] == ["board"]


async def test_it_may_take_the_place_of_the_pressed_message(
    world: PlayedWorld, bot: Bot, scene: tuple[Place, Place, Chat]
) -> None:
    ana, ben, group = scene
    acting.say(world.world, ana.user.id, group.id, "/later")
    press = acting.press(world.world, ana.user.id, group.id, ana.card().id, "Yes")
    parameters = {"callback_query_id": press.id, "replace_callback_query_message": True}
    sent = await _whisper(bot, group, ana, parameters=parameters)
    assert [seen.text for seen in ana.messages() if not seen.service] == ["psst", "/later"]
    assert [seen.text for seen in ben.messages() if not seen.service] == ["board", "/later"]
    which = {"chat_id": group.id, "receiver_user_id": ana.user.id}
    which |= {"ephemeral_message_id": sent.api_kwargs["ephemeral_message_id"]}
    await bot.do_api_request("deleteEphemeralMessage", api_kwargs=which)
    assert [seen.text for seen in ana.messages() if not seen.service] == ["board", "/later"]
    with pytest.raises(BadRequest, match=r"(?i)replace_callback_query_message"):
        await _whisper(bot, group, ana, parameters={"replace_callback_query_message": True})


async def test_it_takes_a_recent_press_or_an_administrator(
    world: PlayedWorld, bot: Bot, scene: tuple[Place, Place, Chat]
) -> None:
    ana, ben, group = scene
    with pytest.raises(BadRequest, match=r"(?i)not enough rights"):
        await _whisper(bot, group, ana)
    press = acting.press(world.world, ana.user.id, group.id, ana.card().id, "Yes")
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await _whisper(bot, group, ben, parameters={"callback_query_id": press.id})
    world.world.clock.advance(limits.EPHEMERAL_WINDOW_SECONDS + 1)  # type: ignore[attr-defined]
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await _whisper(bot, group, ana, parameters={"callback_query_id": press.id})
    membership.promote_bot(world.world, ana.user.id, group.id)
    await _whisper(bot, group, ben, "at any time")
    assert ben.card().text == "at any time" and ben.card().ephemeral
    stranger = world.private("Stranger")
    with pytest.raises(BadRequest, match=r"(?i)user_not_participant"):
        await _whisper(bot, group, stranger)


async def test_an_ephemeral_command_is_seen_and_answered_by_two_only(
    world: PlayedWorld, bot: Bot, scene: tuple[Place, Place, Chat]
) -> None:
    ana, ben, group = scene
    mine = BotCommand("mine", "Only for you", api_kwargs={"is_ephemeral": True})
    await bot.set_my_commands([mine], BotCommandScopeAllGroupChats())
    acting.say(world.world, ana.user.id, group.id, "/mine please")
    acting.say(world.world, ana.user.id, group.id, "/together")
    assert [seen.text for seen in ben.messages() if not seen.from_bot and not seen.service] == ["/together"]
    message = next(
        each.message for each in await bot.get_updates() if each.message and each.message.text == "/mine please"
    )
    asked = message.api_kwargs["ephemeral_message_id"]
    await _whisper(bot, group, ana, "yours", reply_parameters={"ephemeral_message_id": asked})
    assert ana.card().text == "yours" and ben.card().text == "board"


async def test_not_in_private_chats(world: PlayedWorld, bot: Bot) -> None:
    ana = world.private("Ana")
    acting.say(world.world, ana.user.id, ana.user.id, "/start")
    with pytest.raises(BadRequest, match="only to groups"):
        await _whisper(bot, ana.chat, ana)


@pytest.mark.parametrize("strict", [True, False])
async def test_a_server_without_them(strict: bool) -> None:
    """A strict server says so. An older server of Telegram's shows such a message to everyone, and does not say so."""
    older = World(parser=witnesses()["parser"], supports_ephemeral=False)
    async with make_api(older, strict=strict) as api, Bot(api.token, api.base_url) as bot:
        played = PlayedWorld(api)
        ana, ben = played.private("Ana"), played.private("Ben")
        group = played.group("Friends", ana, ben)
        with pytest.raises(EndPointNotFound):
            await bot.do_api_request("editEphemeralMessageText", api_kwargs={"chat_id": group.id})
        if strict:
            with pytest.raises(BadRequest, match="does not support"):
                await _whisper(bot, group, ana)
            assert ben.in_chat(group).from_bot() == []
        else:
            await _whisper(bot, group, ana)
            assert ben.in_chat(group).card().text == "psst"
