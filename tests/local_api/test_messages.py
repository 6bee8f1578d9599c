"""Messages as Telegram takes and refuses them: texts, keyboards, edits, deletions, files, reactions."""

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReactionTypeEmoji
from telegram.error import BadRequest, Forbidden

from bot.local_api import LocalApi, acting, limits
from tests.kit.people import Place, PlayedWorld
from tests.local_api.pictures import png


@pytest.fixture
def ana(world: PlayedWorld) -> Place:
    """Ana, who has started the bot."""
    place = world.private("Ana")
    acting.say(world.world, place.user.id, place.user.id, "/start")
    return place


def keyboard(*labels: str, **fields: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, **(fields or {"callback_data": label}))] for label in labels]
    )


async def test_html_is_shown(bot: Bot, ana: Place) -> None:
    source = 'A &lt; <b>bold <i>both</i></b> <a href="https://example.org/a?b=1&amp;c=2">link</a>'
    source += "<blockquote expandable>why</blockquote>"
    message = await bot.send_message(ana.user.id, source, parse_mode="HTML")
    assert message.text == "A < bold both linkwhy"
    assert ana.card().html == source


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("<b>x", "Can't find end tag corresponding to start tag"),
        ("<b>x</i>", "Unmatched end tag at byte offset 4"),
        ("a < b", "Unsupported start tag"),
        ("<ul>x</ul>", 'Unsupported start tag "ul"'),
        ("</b>", "Unexpected end tag"),
    ],
)
async def test_broken_html_is_refused(bot: Bot, ana: Place, source: str, error: str) -> None:
    with pytest.raises(BadRequest, match="(?i)" + error):
        await bot.send_message(ana.user.id, source, parse_mode="HTML")


async def test_length_is_counted_after_parsing(bot: Bot, ana: Place) -> None:
    full = "é" * limits.TEXT_LENGTH
    message = await bot.send_message(ana.user.id, f"<b>{full}</b>", parse_mode="HTML")
    assert message.text == full
    with pytest.raises(BadRequest, match=r"(?i)too long"):
        await bot.send_message(ana.user.id, full + "x")
    for empty in ("", "  \n", "<b> </b>"):
        with pytest.raises(BadRequest, match=r"(?i)empty"):
            await bot.send_message(ana.user.id, empty, parse_mode="HTML")


async def test_text_is_trimmed_with_its_entities(bot: Bot, ana: Place) -> None:
    message = await bot.send_message(ana.user.id, "\n  <b> hi </b>\r\n ", parse_mode="HTML")
    assert message.text == "hi"
    assert message.parse_entities() == {message.entities[0]: "hi"}


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([[{"text": "x", "callback_data": "é" * 33}]], "BUTTON_DATA_INVALID|Button_data_invalid"),
        ([[{"text": " ", "callback_data": "x"}]], "text must be non-empty"),
        ([[{"text": "x"}]], "Text buttons are unallowed"),
        ([[{"text": "x", "url": "not a link"}]], "URL 'not a link' is invalid"),
        ([[{"text": "x", "callback_data": str(n)}] for n in range(101)], "reply markup is too long"),
        ([[{"text": "x", "web_app": {"url": "https://example.org"}, "callback_data": "x"}]], "(?i)BUTTON_TYPE_INVALID"),
    ],
)
async def test_wrong_buttons_are_refused(bot: Bot, ana: Place, rows: Any, error: str) -> None:
    with pytest.raises(BadRequest, match="(?i)" + error):
        await bot.send_message(ana.user.id, "x", api_kwargs={"reply_markup": {"inline_keyboard": rows}})


async def test_the_largest_keyboard_passes(bot: Bot, ana: Place) -> None:
    await bot.send_message(ana.user.id, "x", reply_markup=keyboard(*(str(n) for n in range(100))))
    await bot.send_message(ana.user.id, "x", reply_markup=keyboard("x", callback_data="é" * 32))
    assert len(ana.buttons()) == 1


async def test_edits_replace_text_and_buttons(bot: Bot, ana: Place) -> None:
    sent = await bot.send_message(ana.user.id, "one", reply_markup=keyboard("A"))
    edited = await bot.edit_message_text("two", ana.user.id, sent.message_id)
    assert edited.reply_markup is None and edited.edit_date is not None
    assert (ana.card().text, ana.card().before, ana.buttons()) == ("two", ["one"], [])
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("two", ana.user.id, sent.message_id)
    await bot.edit_message_reply_markup(ana.user.id, sent.message_id, reply_markup=keyboard("B"))
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_reply_markup(ana.user.id, sent.message_id, reply_markup=keyboard("B"))
    assert (ana.card().text, ana.buttons()) == ("two", ["B"])


async def test_what_cannot_be_edited(bot: Bot, ana: Place) -> None:
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("x", ana.user.id, 999)
    with pytest.raises(BadRequest, match=r"(?i)message can't be edited"):
        await bot.edit_message_text("x", ana.user.id, ana.messages()[0].id)
    picture = await bot.send_photo(ana.user.id, png(4, 3))
    with pytest.raises(BadRequest, match=r"(?i)there is no text in the message to edit"):
        await bot.edit_message_text("x", ana.user.id, picture.message_id)
    await bot.delete_message(ana.user.id, picture.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_caption(ana.user.id, picture.message_id, caption="x")


async def test_deleting(world: PlayedWorld, bot: Bot, ana: Place) -> None:
    sent = [await bot.send_message(ana.user.id, str(number)) for number in range(3)]
    await bot.delete_message(ana.user.id, sent[0].message_id)
    await bot.delete_messages(ana.user.id, [sent[1].message_id, 999])
    assert [seen.text for seen in ana.from_bot()] == ["2"]
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await bot.delete_message(ana.user.id, sent[0].message_id)
    world.world.clock.advance(limits.DELETABLE_SECONDS + 1)  # type: ignore[attr-defined]
    with pytest.raises(BadRequest, match=r"(?i)can't be deleted"):
        await bot.delete_message(ana.user.id, sent[2].message_id)


async def test_strangers_and_those_who_blocked(world: PlayedWorld, bot: Bot, ana: Place) -> None:
    stranger = world.private("Stranger")
    with pytest.raises(BadRequest, match=r"(?i)Chat not found"):
        await bot.send_message(stranger.user.id, "hello")
    group = world.group("Friends", stranger)
    acting.say(world.world, stranger.user.id, group.id, "/hello")
    with pytest.raises(Forbidden, match=r"(?i)can't initiate conversation"):
        await bot.send_message(stranger.user.id, "hello")
    acting.block(world.world, ana.user.id)
    with pytest.raises(Forbidden, match=r"(?i)bot was blocked by the user"):
        await bot.send_message(ana.user.id, "hello")
    blocked = (await bot.get_updates())[-1].my_chat_member
    assert blocked is not None and blocked.new_chat_member.status == "kicked"
    acting.unblock(world.world, ana.user.id)
    await bot.send_message(ana.user.id, "hello again")


async def test_pictures_and_documents(local_api: LocalApi, bot: Bot, ana: Place) -> None:
    sent = await bot.send_photo(ana.user.id, png(40, 30), caption="<i>a</i>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height, sent.caption_html) == (40, 30, "<i>a</i>")
    again = await bot.send_photo(ana.user.id, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    document = await bot.send_document(ana.user.id, b"data", filename="dates.ics", caption="your dates")
    assert document.document is not None
    received = await document.document.get_file()
    assert bytes(await received.download_as_bytearray()) == b"data"
    assert ana.card().file is not None and ana.card().file.name == "dates.ics"
    edited = await bot.edit_message_media(InputMediaPhoto(png(5, 5), caption="new"), ana.user.id, sent.message_id)
    assert edited.photo[-1].width == 5
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(ana.user.id, b"no picture")
    with pytest.raises(BadRequest, match=r"(?i)photo_invalid_dimensions"):
        await bot.send_photo(ana.user.id, png(100, 4))
    with pytest.raises(BadRequest, match=r"(?i)caption is too long"):
        await bot.send_document(ana.user.id, b"data", caption="x" * (limits.CAPTION_LENGTH + 1))
    with pytest.raises(BadRequest, match=r"(?i)invalid file_id"):
        await bot.get_file("nonsense")


async def test_presses_are_answered_once_and_in_time(world: PlayedWorld, bot: Bot, ana: Place) -> None:
    sent = await bot.send_message(ana.user.id, "x", reply_markup=keyboard("A"))
    press = acting.press(world.world, ana.user.id, ana.user.id, sent.message_id, "A")
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.answer_callback_query(press.id, "x" * 201)
    await bot.answer_callback_query(press.id, "x" * 200)
    assert press.answer is not None and press.answer["text"] == "x" * 200
    too_old = "query is too old and response timeout expired or query ID is invalid"
    with pytest.raises(BadRequest, match="(?i)" + too_old):
        await bot.answer_callback_query(press.id)
    with pytest.raises(BadRequest, match="(?i)" + too_old):
        await bot.answer_callback_query("12345")
    late = acting.press(world.world, ana.user.id, ana.user.id, sent.message_id, "A")
    world.world.clock.advance(limits.CALLBACK_ANSWERABLE_SECONDS + 1)  # type: ignore[attr-defined]
    with pytest.raises(BadRequest, match="(?i)" + too_old):
        await bot.answer_callback_query(late.id)


async def test_a_press_tells_the_message_as_it_was_pressed(world: PlayedWorld, bot: Bot, ana: Place) -> None:
    sent = await bot.send_message(ana.user.id, "x", reply_markup=keyboard("A"))
    acting.press(world.world, ana.user.id, ana.user.id, sent.message_id, "A")
    await bot.edit_message_text("y", ana.user.id, sent.message_id)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None and query.message is not None
    assert (query.data, query.message.text, query.from_user.first_name) == ("A", "x", "Ana")


async def test_replies_reactions_and_typing(bot: Bot, ana: Place) -> None:
    first = ana.messages()[0].id
    sent = await bot.send_message(ana.user.id, "re", reply_to_message_id=first)
    assert sent.reply_to_message.message_id == first
    with pytest.raises(BadRequest, match=r"(?i)message to be replied not found"):
        await bot.send_message(ana.user.id, "re", reply_to_message_id=999)
    await bot.set_message_reaction(ana.user.id, first, ReactionTypeEmoji("👍"))
    assert list(ana.messages()[0].reactions.values()) == [[{"type": "emoji", "emoji": "👍"}]]
    await bot.send_chat_action(ana.user.id, "typing")
    assert ana.chat.last_bot_action is not None and ana.chat.last_bot_action[0] == "typing"


async def test_more_than_a_hundred_entities_are_refused(bot: Bot, ana: Place) -> None:
    await bot.send_message(ana.user.id, " ".join(["<b>x</b>"] * 100), parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"(?i)entities_too_long"):
        await bot.send_message(ana.user.id, " ".join(["<b>x</b>"] * 101), parse_mode="HTML")
