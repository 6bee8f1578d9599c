"""Whatever the Bot API can send is shown as apps show it, to those who may see it: here the test itself is the bot."""

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import expect

from bot.local_api import LocalApi, acting
from bot.playground.pages import Pages
from bot.playground.stage import Stage
from tests.kit.loopback import served
from tests.local_api.pictures import png
from tests.playground.conftest import violations
from tests.playground.visitor import Visitor

QUOTE = "<blockquote expandable><b>Why</b>\nBecause of the rule</blockquote>"


class Bot:
    """The bot's side: calls of the local server, and people who have met it."""

    def __init__(self, api: LocalApi, stage: Stage, http: aiohttp.ClientSession) -> None:
        self.api, self.stage, self._http, self._offset = api, stage, http, 0

    async def call(self, method: str, files: dict[str, tuple[str, bytes, str]] | None = None, **fields: Any) -> Any:
        """Call a method; ``files`` are name, bytes and media type."""
        form = aiohttp.FormData()
        for name, value in fields.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (filename, data, media_type) in (files or {}).items():
            form.add_field(name, data, filename=filename, content_type=media_type)
        async with self._http.post(f"{self.api.base_url}{self.api.token}/{method}", data=form) as answer:
            body = await answer.json()
        assert body["ok"], body
        return body["result"]

    async def next_update(self, kind: str) -> Any:
        """Wait for the next update of this kind; all others before it are let go."""
        while True:
            for update in await self.call("getUpdates", offset=self._offset, timeout=20):
                self._offset = update["update_id"] + 1
                if kind in update:
                    return update[kind]

    def meets(self, name: str) -> int:
        """A person who has started the bot, with a phone; their id."""
        phone = self.stage.add_person(name)
        acting.say(self.stage.world, phone.user.id, phone.chat.id, "/start")
        return phone.user.id


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with LocalApi() as api, aiohttp.ClientSession() as http:
        yield Bot(api, Stage(api, tmp_path / "none.sqlite", date(2026, 11, 22)), http)


@pytest.fixture
async def playground(bot: Bot) -> AsyncIterator[str]:
    """The pages over a stage on which no bot runs."""
    async with served(Pages(bot.stage).application("127.0.0.1")) as address:
        yield f"{address}/"


async def test_a_picture_comes_with_its_caption_and_buttons(visitor: Visitor, bot: Bot, axe: str) -> None:
    ana = bot.meets("Ana")
    await expect(visitor.phone("Ana")).to_be_visible()
    keys = {"inline_keyboard": [[{"text": "More", "callback_data": "x"}]]}
    caption = f"<b>Your odds</b>, week by week\n{QUOTE}"
    await bot.call(
        "sendPhoto",
        {"photo": ("odds.png", png(900, 600), "image/png")},
        chat_id=ana,
        caption=caption,
        parse_mode="HTML",
        reply_markup=keys,
    )
    message = visitor.messages("Ana").last
    picture = message.get_by_role("img", name="Picture: Your odds, week by week")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 900)
    await expect(message.locator("b").first).to_have_text("Your odds")
    await expect(message.locator("blockquote")).to_be_hidden()
    await message.locator("summary").click()
    await expect(message.locator("blockquote")).to_be_visible()
    await expect(message.get_by_role("button", name="More")).to_be_in_viewport()  # the chat has followed the picture
    screen = visitor.phone("Ana").locator(".screen")
    assert await screen.evaluate("screen => screen.scrollWidth <= screen.clientWidth")
    assert await violations(visitor.page, axe) == []


async def test_a_picture_without_a_name_that_tells_its_kind_is_shown(visitor: Visitor, bot: Bot) -> None:
    ana = bot.meets("Ana")
    await expect(visitor.phone("Ana")).to_be_visible()
    await bot.call("sendPhoto", {"photo": ("photo", png(30, 20), "application/octet-stream")}, chat_id=ana)
    picture = visitor.messages("Ana").last.get_by_role("img")
    await expect(picture).to_have_js_property("naturalWidth", 30)


async def test_a_document_is_taken_and_not_shown(visitor: Visitor, bot: Bot) -> None:
    ana = bot.meets("Ana")
    await expect(visitor.phone("Ana")).to_be_visible()
    calendar = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    await bot.call(
        "sendDocument", {"document": ("dates.ics", calendar, "text/calendar")}, chat_id=ana, caption="All dates"
    )
    message = visitor.messages("Ana").last
    await expect(message).to_contain_text("All dates")
    async with visitor.page.expect_download() as waiting:
        await message.get_by_role("link", name="dates.ics").click()
    taken = await waiting.value
    assert taken.suggested_filename == "dates.ics"
    assert (await taken.path()).read_bytes() == calendar


async def test_typing_is_shown_where_it_happens(visitor: Visitor, bot: Bot) -> None:
    ana, _ = bot.meets("Ana"), bot.meets("Ben")
    await expect(visitor.phone("Ben")).to_be_visible()
    await bot.call("sendChatAction", chat_id=ana, action="typing")
    await expect(visitor.phone("Ana").get_by_text("The bot is typing")).to_be_visible()
    await expect(visitor.phone("Ben").get_by_text("The bot is typing")).to_be_hidden()


async def test_an_ephemeral_message_is_on_the_phone_of_its_person_alone(visitor: Visitor, bot: Bot) -> None:
    ana, _ = bot.meets("Ana"), bot.meets("Ben")
    group = bot.stage.add_group("Friends")
    await expect(visitor.phone("Friends")).to_be_visible()
    phone, keys = visitor.phone("Friends"), {"inline_keyboard": [[{"text": "Ask me", "callback_data": "x"}]]}
    await bot.call("sendMessage", chat_id=group.chat.id, text="For all", reply_markup=keys)
    await phone.get_by_role("button", name="Ask me").click()
    pressed = await bot.next_update("callback_query")
    only = {"receiver_user_id": ana, "callback_query_id": pressed["id"]}
    await bot.call(
        "sendMessage", chat_id=group.chat.id, text="How old?", reply_markup=keys, ephemeral_message_parameters=only
    )
    await expect(phone.locator(".ephemeral")).to_contain_text("Only Ana sees this")
    await expect(phone.locator(".ephemeral")).to_contain_text("How old?")
    await phone.locator(".ephemeral").get_by_role("button", name="Ask me").click()
    assert (await bot.next_update("callback_query"))["message"]["receiver_user"]["id"] == ana
    await phone.locator(".actors").get_by_role("button", name="Ben").click()
    await expect(phone.get_by_label("Message as Ben")).to_be_visible()
    await expect(phone).to_contain_text("For all")
    await expect(phone.get_by_text("How old?")).to_have_count(0)


async def test_inline_results_are_offered_and_the_chosen_one_is_sent(visitor: Visitor, bot: Bot, axe: str) -> None:
    ana, _ = bot.meets("Ana"), bot.meets("Ben")
    bot.stage.add_group("Friends")
    await expect(visitor.phone("Friends")).to_be_visible()
    phone = visitor.phone("Friends")
    await visitor.say("Friends", "@iec_together_bot can we go together")
    asked = await bot.next_update("inline_query")
    assert (asked["query"], asked["from"]["id"]) == ("can we go together", ana)
    await expect(phone).to_contain_text("The bot is asked")
    link = f"https://t.me/{bot.stage.world.bot.username}?start=abc"
    results = [
        {
            "type": "article",
            "id": "1",
            "title": "Together",
            "description": "One of you leads",
            "input_message_content": {"message_text": "<b>Yes</b>, often", "parse_mode": "HTML"},
            "reply_markup": {"inline_keyboard": [[{"text": "Ask the bot", "url": link}]]},
        },
        {"type": "article", "id": "2", "title": "Odds", "input_message_content": {"message_text": "It depends"}},
    ]
    await bot.call("answerInlineQuery", inline_query_id=asked["id"], results=results)
    await expect(phone.locator(".offers")).to_contain_text("One of you leads")
    assert await violations(visitor.page, axe) == []
    await phone.get_by_role("button", name="Together One of you leads").click()
    await expect(visitor.messages("Friends").last.locator(".mine b")).to_have_text("Yes")
    await expect(visitor.messages("Friends").last).to_contain_text("via @iec_together_bot")
    await expect(phone.locator(".offers button")).to_have_count(0)
    assert (await bot.next_update("chosen_inline_result"))["result_id"] == "1"
    await phone.get_by_role("button", name="Ask the bot").click()
    assert (await bot.next_update("message"))["text"] == "/start abc"


@pytest.mark.parametrize(
    ("way", "kind", "told"),
    [("Send it as a message", "message", "@iec_together_bot hello"), ("Ask in private", "message", "/start group")],
)
async def test_inline_mode_has_two_other_ways_out(visitor: Visitor, bot: Bot, way: str, kind: str, told: str) -> None:
    bot.meets("Ana")
    bot.stage.add_group("Friends")
    await expect(visitor.phone("Friends")).to_be_visible()
    await visitor.say("Friends", "@iec_together_bot hello")
    asked = await bot.next_update("inline_query")
    private = {"text": "Ask in private", "start_parameter": "group"}
    await bot.call("answerInlineQuery", inline_query_id=asked["id"], results=[], button=private)
    await visitor.phone("Friends").get_by_role("button", name=way).click()
    assert (await bot.next_update(kind))["text"] == told


async def test_a_bot_that_takes_no_inline_questions_is_told_from_one_that_has_not_answered(
    visitor: Visitor, bot: Bot
) -> None:
    bot.meets("Ana")
    await bot.call("getUpdates", allowed_updates=["message"])
    await expect(visitor.phone("Ana")).to_be_visible()
    await visitor.say("Ana", "@iec_together_bot hello")
    await expect(visitor.phone("Ana").locator(".offers")).to_contain_text("takes no questions by inline mode")
    await visitor.phone("Ana").get_by_role("button", name="Close").click()
    await expect(visitor.phone("Ana").locator(".offers")).to_be_empty()


async def test_a_button_that_asks_inline_asks_in_the_chat_that_is_chosen(visitor: Visitor, bot: Bot) -> None:
    ana = bot.meets("Ana")
    group = bot.stage.add_group("Friends")
    await expect(visitor.phone("Friends")).to_be_visible()
    rows = [
        [{"text": "Share", "switch_inline_query": "mine"}],
        [{"text": "Here", "switch_inline_query_current_chat": "h"}],
    ]
    await bot.call("sendMessage", chat_id=ana, text="Tell them", reply_markup={"inline_keyboard": rows})
    await visitor.phone("Ana").get_by_role("button", name="Here").click()
    assert (await bot.next_update("inline_query"))["chat_type"] == "sender"
    await visitor.phone("Ana").get_by_label("In the chat of").select_option("Friends")
    await visitor.phone("Ana").get_by_role("button", name="Share").click()
    asked = await bot.next_update("inline_query")
    assert (asked["query"], asked["chat_type"]) == ("mine", group.chat.kind)
    await expect(visitor.phone("Friends").locator(".offers")).to_contain_text("The bot is asked")
