"""Faults on order, and the limits of messages."""

import asyncio
import itertools
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.local_api import LocalApi, World, acting, limits
from bot.local_api.clock import HeldClock
from bot.local_api.faults import Fault, FaultKind
from tests.kit.fixtures import make_api, witnesses
from tests.kit.people import Place, PlayedWorld

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def _started(world: PlayedWorld, name: str = "Ana") -> Place:
    place = world.private(name)
    acting.say(world.world, place.user.id, place.user.id, "/start")
    return place


def _seconds(error: RetryAfter) -> int:
    """The wait that was asked for; the library gives a number or a span of time, as its users have chosen."""
    wait = error.retry_after
    return int(wait.total_seconds() if isinstance(wait, timedelta) else wait)


async def test_too_many_requests_on_demand(local_api: LocalApi, world: PlayedWorld, bot: Bot) -> None:
    ana = _started(world)
    local_api.faults.order(Fault(FaultKind.TOO_MANY, "send*", times=2, after=1, seconds=7))
    await bot.send_message(ana.user.id, "passes")
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(ana.user.id, "does not")
        assert _seconds(caught.value) == 7
    await bot.send_message(ana.user.id, "passes again")
    assert [seen.text for seen in ana.from_bot()] == ["passes", "passes again"]


@pytest.mark.parametrize(
    ("kind", "arrives"),
    [
        (FaultKind.SERVER_ERROR, False),
        (FaultKind.BAD_GATEWAY, False),
        (FaultKind.RESET, False),
        (FaultKind.LOST_ANSWER, True),
    ],
)
async def test_broken_calls(local_api: LocalApi, world: PlayedWorld, bot: Bot, kind: FaultKind, arrives: bool) -> None:
    ana, ben = _started(world), _started(world, "Ben")
    local_api.faults.order(Fault(kind, "sendMessage", chat_id=ana.user.id))
    await bot.send_message(ben.user.id, "another chat")
    with pytest.raises(NetworkError):
        await bot.send_message(ana.user.id, "hello")
    assert [seen.text for seen in ana.from_bot()] == ["hello"] * arrives
    await bot.send_message(ana.user.id, "hello again")


async def test_a_slow_call_is_not_quiet(local_api: LocalApi, world: PlayedWorld, bot: Bot) -> None:
    ana = _started(world)
    await bot.get_updates(offset=(await bot.get_updates())[-1].update_id + 1)
    local_api.faults.order(Fault(FaultKind.DELAY, "sendMessage", seconds=0.3))
    slow = asyncio.create_task(bot.send_message(ana.user.id, "hello"))
    await world.until(lambda: local_api.busy_with(), "the call")
    await world.settle()
    assert [seen.text for seen in ana.from_bot()] == ["hello"]
    await slow


async def test_updates_come_twice(local_api: LocalApi, world: PlayedWorld, bot: Bot) -> None:
    local_api.world.mailbox.repeats = 1
    _started(world)
    first = await bot.get_updates()
    assert await bot.get_updates(offset=first[0].update_id + 1) == first
    assert await bot.get_updates(offset=first[0].update_id + 1) == ()


async def test_updates_come_in_reverse(local_api: LocalApi, world: PlayedWorld, bot: Bot) -> None:
    local_api.world.mailbox.held_for_reversal = 3
    ana = _started(world)
    acting.say(world.world, ana.user.id, ana.user.id, "two")
    assert await bot.get_updates() == ()
    acting.say(world.world, ana.user.id, ana.user.id, "three")
    assert [update.message.text for update in await bot.get_updates()] == ["three", "two", "/start"]


async def test_the_real_limits() -> None:
    clock = HeldClock()
    paced = World(clock=clock, parser=witnesses()["parser"])
    async with make_api(paced, enforce_pace=True) as api, Bot(api.token, api.base_url) as bot:
        played = PlayedWorld(api)
        people = [_started(played, f"P{number}") for number in range(limits.MESSAGES_A_SECOND + 1)]
        group = played.group("Friends", people[0])
        await bot.send_message(people[0].user.id, "one")
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(people[0].user.id, "two in a second")
        assert _seconds(caught.value) == 1
        for each in people[1:-1]:
            await bot.send_message(each.user.id, "hello")
        with pytest.raises(RetryAfter):
            await bot.send_message(people[-1].user.id, "one too many in all")
        sent = 0
        for _ in itertools.count():
            clock.advance(1)
            try:
                await bot.send_message(group.id, "board")
            except RetryAfter as error:
                assert _seconds(error) == 60 - sent
                break
            sent += 1
        assert sent == limits.MESSAGES_A_MINUTE_IN_A_GROUP
        clock.advance(60 - sent)
        await bot.send_message(group.id, "board")


async def test_strictness_is_noticed() -> None:
    async with make_api() as api, Bot(api.token, api.base_url) as bot:
        ana = _started(PlayedWorld(api))
        with pytest.raises(BadRequest, match=r"(?i)unknown parameter"):
            await bot.send_message(ana.user.id, "x", api_kwargs={"disable_web_page_preview": True})
        with pytest.raises(Exception, match=r"(?i)not found"):
            await bot.do_api_request("sendNonsense")
        assert len(api.problems) == 2, api.problems
