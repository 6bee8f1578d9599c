"""How updates reach a bot that asks for them, and how a webhook is served."""

import asyncio
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Conflict, InvalidToken

from bot.local_api import LocalApi, World, acting, membership
from tests.kit.fixtures import make_api, witnesses
from tests.kit.loopback import start
from tests.kit.people import PlayedWorld


def _speak(world: PlayedWorld, *texts: str) -> None:
    ana = world.private("Ana")
    for text in texts:
        acting.say(world.world, ana.user.id, ana.user.id, text)


async def test_updates_come_again_until_acknowledged(world: PlayedWorld, bot: Bot) -> None:
    _speak(world, "one", "two", "three")
    first = await bot.get_updates()
    assert [update.message.text for update in first] == ["one", "two", "three"]
    assert await bot.get_updates() == first
    assert await bot.get_updates(offset=first[1].update_id) == first[1:]
    assert await bot.get_updates(limit=1) == first[1:2]
    assert await bot.get_updates(offset=first[2].update_id + 1) == ()
    assert await bot.get_updates() == ()


async def test_negative_offset_keeps_the_newest(world: PlayedWorld, bot: Bot) -> None:
    _speak(world, "one", "two", "three")
    assert [update.message.text for update in await bot.get_updates(offset=-1)] == ["three"]
    assert len(await bot.get_updates()) == 1


async def test_long_poll_wakes_with_the_first_update(world: PlayedWorld, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await world.until(lambda: world.api.delivery.polled, "polling")
    _speak(world, "hello")
    assert [update.message.text for update in await asyncio.wait_for(poll, 5)] == ["hello"]


async def test_long_poll_ends_empty(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_a_second_poll_ends_the_first(world: PlayedWorld, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await world.until(lambda: world.api.delivery.polled, "polling")
    async with Bot(world.api.token, world.api.base_url) as second:
        other = asyncio.create_task(second.get_updates(timeout=20))
        with pytest.raises(Conflict, match=r"(?i)terminated by other getUpdates"):
            await poll
        _speak(world, "hello")
        assert len(await other) == 1


async def test_no_polling_beside_a_webhook(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict, match=r"(?i)webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_only_the_kinds_that_were_asked_for(world: PlayedWorld, bot: Bot) -> None:
    ana, ben = world.private("Ana"), world.private("Ben")
    group = world.group("Friends", ana)
    membership.promote_bot(world.world, ana.user.id, group.id)
    await bot.get_updates(allowed_updates=["callback_query"])
    acting.say(world.world, ana.user.id, ana.user.id, "not wanted")
    assert [update.effective_message.text for update in await bot.get_updates() if update.message] == [None]
    await bot.get_updates(offset=-1, allowed_updates=[])
    membership.join(world.world, ben.user.id, group.id)  # by default without chat_member
    assert not any(update.chat_member for update in await bot.get_updates())
    await bot.get_updates(allowed_updates=["chat_member"])
    membership.leave(world.world, ben.user.id, group.id)
    assert (await bot.get_updates())[-1].chat_member.new_chat_member.status == "left"


async def test_updates_are_kept_a_day(world: PlayedWorld, bot: Bot) -> None:
    _speak(world, "hello")
    world.world.clock.advance(24 * 3600 + 1)  # type: ignore[attr-defined]
    assert await bot.get_updates() == ()


async def test_another_token_is_refused(local_api: LocalApi) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", local_api.base_url):
            pass


class Receiver:
    """A webhook: remembers what came, answers as told."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.answer: dict[str, Any] | None = None
        self.under_way = self.most_under_way = 0
        self.pause = 0.0

    async def __aenter__(self) -> "Receiver":
        app = web.Application()
        app.router.add_post("/", self._receive)
        self._runner, address = await start(app)
        self.url = f"{address}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(self.pause)
        self.under_way -= 1
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.updates.append(await request.json())
        return web.json_response(self.answer or {}, status=status)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


async def test_webhook_carries_the_secret_and_the_order(world: PlayedWorld, bot: Bot) -> None:
    async with Receiver() as receiver:
        receiver.statuses = [500, 302, 404]
        await bot.set_webhook(receiver.url, secret_token="s-E_7")
        _speak(world, *"abcdefgh")
        await world.until(lambda: len(receiver.updates) == 8, "eight updates")
        assert receiver.texts() == [*"abcdefgh"]
        assert set(receiver.secrets) == {"s-E_7"}
        assert len(receiver.secrets) == 11, "each refused delivery was tried again"
        info = await bot.get_webhook_info()
        assert info.url == receiver.url and info.pending_update_count == 0
        assert info.last_error_message == "Wrong response from the webhook: 404 Not Found"


async def test_webhook_that_is_down_gets_its_updates_later(world: PlayedWorld, bot: Bot) -> None:
    async with Receiver() as receiver:
        url = receiver.url
    await bot.set_webhook(url)
    _speak(world, "hello")
    await world.until(lambda: world.api.delivery.webhook_info().get("last_error_message"), "a failure")
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 1 and info.last_error_message.startswith("Connection failed")
    await bot.delete_webhook()
    assert [update.message.text for update in await bot.get_updates()] == ["hello"]


async def test_chats_do_not_wait_for_each_other_but_connections_are_limited(world: PlayedWorld, bot: Bot) -> None:
    async with Receiver() as receiver:
        receiver.pause = 0.05
        await bot.set_webhook(receiver.url, max_connections=3)
        for _ in range(9):
            _speak(world, "hello")
        await world.until(lambda: len(receiver.updates) == 9, "nine updates")
        assert receiver.most_under_way == 3


async def test_pending_updates_can_be_dropped(world: PlayedWorld, bot: Bot) -> None:
    _speak(world, "one")
    await bot.delete_webhook(drop_pending_updates=True)
    _speak(world, "two")
    assert [update.message.text for update in await bot.get_updates()] == ["two"]
    async with Receiver() as receiver:
        await bot.set_webhook(receiver.url, drop_pending_updates=True)
        _speak(world, "three")
        await world.until(lambda: receiver.updates, "an update")
        assert receiver.texts() == ["three"]


async def test_a_call_in_the_answer_is_carried_out(world: PlayedWorld, bot: Bot) -> None:
    async with Receiver() as receiver:
        await bot.set_webhook(receiver.url)
        ana = world.private("Ana")
        receiver.answer = {"method": "sendMessage", "chat_id": ana.user.id, "text": "in the answer"}
        await ana.say("hello")
        assert ana.card().text == "in the answer"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"url": "http://example.org/"}, "this machine only"),
        ({"url": "nonsense"}, "invalid webhook URL"),
        ({"url": "http://127.0.0.1:9/", "secret_token": "spaces are not allowed"}, "unallowed characters"),
        ({"url": "http://127.0.0.1:9/", "secret_token": "x" * 257}, "too long"),
        ({"url": "http://127.0.0.1:9/", "allowed_updates": ["nonsense"]}, "nonsense"),
    ],
)
async def test_bad_webhooks_are_refused(arguments: dict[str, Any], error: str) -> None:
    async with make_api() as api, Bot(api.token, api.base_url) as bot:
        with pytest.raises(BadRequest, match="(?i)" + error):
            await bot.set_webhook(**arguments)


async def test_presses_may_overtake_messages_where_telegram_lets_them(world: PlayedWorld) -> None:
    """With Telegram's own lanes a press does not wait for a message of the same chat that the bot refuses."""
    lanes = World(parser=witnesses()["parser"], telegram_lanes=True)
    async with make_api(lanes) as api, Bot(api.token, api.base_url) as bot, Receiver() as receiver:
        ana = PlayedWorld(api).private("Ana")
        ana.user.known = ana.user.started = True
        keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
        sent = await bot.send_message(ana.user.id, "Well?", api_kwargs={"reply_markup": keyboard})
        receiver.statuses = [500]
        acting.say(lanes, ana.user.id, ana.user.id, "hello")
        acting.press(lanes, ana.user.id, ana.user.id, sent.message_id, "Yes")
        await bot.set_webhook(receiver.url)
        await ana.played.until(lambda: len(receiver.updates) == 2, "both")
        assert ["callback_query" in update for update in receiver.updates] == [True, False]
