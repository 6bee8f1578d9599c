"""Inline mode, prepared messages, and what the bot says about itself."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    MenuButtonCommands,
)
from telegram.error import BadRequest

from bot.local_api import acting, inline, membership, viewing
from bot.local_api.errors import NotPossible
from tests.kit.people import PlayedWorld


def _article(name: str, text: str, *buttons: str) -> InlineQueryResultArticle:
    markup = InlineKeyboardMarkup.from_row([InlineKeyboardButton(each, callback_data=each) for each in buttons])
    content = InputTextMessageContent(text, parse_mode="HTML")
    return InlineQueryResultArticle(name, "Title", content, reply_markup=markup if buttons else None)


async def test_a_card_is_shared_into_a_chat_without_the_bot(world: PlayedWorld, bot: Bot) -> None:
    ana, ben = world.private("Ana"), world.private("Ben")
    theirs = membership.two_people(world.world, ana.user.id, ben.user.id)
    question = inline.ask(world.world, ana.user.id, theirs.id, "card")
    query = (await bot.get_updates())[-1].inline_query
    assert query is not None and (query.query, query.chat_type) == ("card", "private")
    with pytest.raises(NotPossible, match="no results"):
        inline.choose(world.world, question.id, "1")
    await bot.answer_inline_query(query.id, [_article("1", "<b>Card</b>", "Join")], is_personal=True)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_inline_query(query.id, [])
    inline.choose(world.world, question.id, "1")
    shown = viewing.sees(world.world, ben.user.id, theirs.id)[-1]
    assert (shown.html, shown.sender) == ("<b>Card</b>", "Ana")
    chosen = (await bot.get_updates())[-1].chosen_inline_result
    assert chosen is not None and chosen.result_id == "1"
    acting.press(world.world, ben.user.id, theirs.id, shown.id, "Join")
    press = (await bot.get_updates())[-1].callback_query
    assert press is not None and press.message is None and press.inline_message_id == chosen.inline_message_id
    assert await bot.edit_message_text("Joined", inline_message_id=press.inline_message_id) is True
    assert viewing.sees(world.world, ana.user.id, theirs.id)[-1].text == "Joined"
    with pytest.raises(BadRequest, match=r"(?i)message_id_invalid"):
        await bot.edit_message_text("x", inline_message_id="nonsense")


async def test_a_prepared_message_is_shared_by_its_owner_only(world: PlayedWorld, bot: Bot) -> None:
    ana, ben = world.private("Ana"), world.private("Ben")
    acting.say(world.world, ana.user.id, ana.user.id, "/start")
    theirs = membership.two_people(world.world, ana.user.id, ben.user.id)
    prepared = await bot.save_prepared_inline_message(ana.user.id, _article("1", "Card"), allow_user_chats=True)
    with pytest.raises(NotPossible):
        inline.send_prepared(world.world, ben.user.id, prepared.id, theirs.id)
    inline.send_prepared(world.world, ana.user.id, prepared.id, theirs.id)
    assert viewing.sees(world.world, ben.user.id, theirs.id)[-1].text == "Card"


async def test_wrong_results_are_refused(world: PlayedWorld, bot: Bot) -> None:
    ana = world.private("Ana")
    question = inline.ask(world.world, ana.user.id, ana.user.id, "")
    with pytest.raises(BadRequest, match=r"(?i)result_id_duplicate"):
        await bot.answer_inline_query(question.id, [_article("1", "a"), _article("1", "b")])
    with pytest.raises(BadRequest, match=r"(?i)too many inline query results"):
        results = [_article(str(number), "a") for number in range(51)]
        await bot.answer_inline_query(
            question.id, results, api_kwargs={"results": [each.to_dict() for each in results]}
        )
    with pytest.raises(BadRequest, match=r"(?i)can't parse entities"):
        await bot.answer_inline_query(question.id, [_article("1", "<b>a")])


async def test_commands_by_scope_and_language(world: PlayedWorld, bot: Bot) -> None:
    ana = world.private("Ana")
    group = world.group("Friends", ana)
    scopes = [
        None,
        BotCommandScopeAllGroupChats(),
        BotCommandScopeChat(group.id),
        BotCommandScopeChatMember(group.id, ana.user.id),
    ]
    for number, scope in enumerate(scopes):
        await bot.set_my_commands([BotCommand("go", f"Number {number}")], scope, "")
        await bot.set_my_commands([BotCommand("go", f"Nummer {number}")], scope, "de")
    for number, scope in enumerate(scopes):
        assert [each.description for each in await bot.get_my_commands(scope)] == [f"Number {number}"]
        assert [each.description for each in await bot.get_my_commands(scope, "de")] == [f"Nummer {number}"]
        assert await bot.get_my_commands(scope, "fr") == ()
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    for wrong in (
        BotCommand("Go", "x"),
        BotCommand("go", "x" * 257),
        BotCommand("a-b", "x"),
        BotCommand("x" * 33, "x"),
    ):
        with pytest.raises(BadRequest, match=r"(?i)bot_command"):
            await bot.set_my_commands([wrong])
    with pytest.raises(BadRequest, match=r"(?i)bot_commands_too_much"):
        await bot.set_my_commands([BotCommand(f"c{number}", "x") for number in range(101)])


async def test_names_descriptions_and_menu(world: PlayedWorld, bot: Bot) -> None:
    await bot.set_my_name("Together")
    await bot.set_my_description("Long", "de")
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_name("fr")).name == "Together"
    assert [(await bot.get_my_description(code)).description for code in ("de", "fr")] == ["Long", ""]
    assert (await bot.get_my_short_description()).short_description == "Short"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_short_description("x" * 121)
    with pytest.raises(BadRequest, match=r"(?i)invalid language code"):
        await bot.set_my_description("x", "english")
