"""The core scenarios with people whom others made (telegram-test-api): a couple in two private chats, a group's board."""

from collections.abc import AsyncIterator

import pytest

from tests.groups.elsewhere import GROUP, Played
from tests.groups.friends import FIVE
from tests.groups.test_whole_session import NAMES
from tests.kit.fixtures import StartBot, needs_foreign_driver
from tests.kit.foreign.driver import ForeignDriver

pytestmark = needs_foreign_driver

SHOWN = "My route, and why"
NOT_PLAYED_THERE = {"deleteEphemeralMessage", "setMyCommands", "setMyDescription", "setMyShortDescription"}


@pytest.fixture
async def played(bot_process: StartBot, mode: str) -> AsyncIterator[Played]:
    """The bot on that server; at the end it was refused only what is not played there."""
    async with ForeignDriver() as server:
        await bot_process(server, mode, IEC_TOGETHER_TODAY="2026-11-22", IEC_TOGETHER_SENDS_PER_SECOND="300")
        yield Played(server)
        assert not server.problems
        refused = {call.method: call.refusal for call in server.calls if not call.ok}
        assert not set(refused) - NOT_PLAYED_THERE, refused
        for chat in (1, 2, GROUP):
            await _stands_in_its_record(server, chat)


async def _stands_in_its_record(server: ForeignDriver, chat: int) -> None:
    """All that stands in the chat as the bot was answered, the server has too, once the bot is at rest."""
    recorded, told = {}, {0: ""}
    for _ in range(30):
        count = server.pulse.count
        told = {each["message_id"]: each["text"] for each in server.shown(chat)}
        recorded = {each["message_id"]: each["text"] for each in await server.record(chat)}
        if told.items() <= recorded.items():
            return
        await server.pulse.wait_past(count, 1.0)
    assert told == recorded


async def test_a_couple_in_two_private_chats(played: Played) -> None:
    ana, ben = 1, 2
    await played.say(ana, "/start")
    await played.press(ana, ana, "My partner and I")
    await played.asked(ana, "your partner")
    await played.say(ana, "Ben")
    await played.press(ana, ana, "Married")
    await played.asked(ana, "How old")
    await played.say(ana, "/invite")
    await played.asked(ana, "Answer your part here")
    await played.say(ben, f"/start {played.link_shown(ana)}")
    await played.asked(ben, "How old")
    await played.asked(ana, "Ben has joined")
    await played.say(ana, "/start")
    for user in (ben, ana):
        for question, text in zip(("How old", "passport"), FIVE[user], strict=True):
            await played.asked(user, question)
            await played.say(user, text)
        await played.answer_all(user, SHOWN)
    await played.asked(ana, "You can both go, one after the other.")
    assert "<b>Ben</b> (Chile, 38)" in played.newest(ana) and "Open work permit as your partner" in played.newest(ana)
    await played.asked(ben, "Ana has answered too")
    await played.press(ben, ben, "See our plan")
    await played.asked(ben, "You can both go, one after the other.")
    assert "<b>Ana</b> (Ireland, 30)" in played.newest(ben)


async def test_a_board_with_three_who_come_by_link(played: Played) -> None:
    await played.say(1, "/together", GROUP)
    for user in (1, 2, 4):
        await played.come_in(user)
    assert "Waiting for" not in played.board() and "just joined" in played.board()
    for user in (1, 2, 4):
        for question, text in zip(("How old", "passport"), FIVE[user], strict=True):
            await played.asked(user, question)
            await played.say(user, text)
        await played.answer_all(user)
    await played.until(lambda: "Everybody here has answered" in played.board(), "the whole board")
    board = played.board()
    assert "Ana</b>: Working Holiday" in board and "Dan has more than one passport" in board
    assert "Ben</b>: no pool, but other ways" in board and NAMES[3] not in board
