"""A group's core scenario on a Bot API server that others wrote: five join, one answers in the group, the board fills in."""

from tests.groups.elsewhere import GROUP, Played
from tests.groups.friends import FIVE
from tests.groups.test_whole_session import NAMES
from tests.kit.fixtures import StartBot
from tests.kit.foreign.emulator import ForeignServer

NOT_PLAYED_THERE = {"deleteEphemeralMessage", "setMyDescription"}  # the first asks whether it knows whispers


async def test_five_friends_on_a_foreign_server(bot_process: StartBot, mode: str) -> None:
    async with ForeignServer() as server:
        await bot_process(server, mode, IEC_TOGETHER_TODAY="2026-11-22", IEC_TOGETHER_SENDS_PER_SECOND="300")
        played = Played(server)
        await server.say("/together", 1, "Ana", GROUP)
        for user in (1, 2, 4, 5):
            await played.come_in(user)
        for user in (1, 2, 4, 5):
            for question, text in zip(("How old", "passport"), FIVE[user], strict=True):
                await played.until(lambda user=user, question=question: question in played.newest(user), question)
                await server.say(text, user, NAMES[user])
            await played.answer_all(user)
        await played.press(3, GROUP, "Ask me here")
        for answer in ("34", "Germany", "No, all new", "None of these", "Only that I am done"):
            await played.press(3, GROUP, answer)
        await played.until(lambda: "Everybody here has answered" in played.board(), "the whole board")
        board = played.board()
        assert "Cleo</b>: done" in board and "Germany" not in str(server.shown(GROUP))
        assert "Dan has more than one passport" in board and "Ben and Eva: no pool" in board
        refused = {call.method: call.refusal for call in server.calls if not call.ok}
        assert not set(refused) - NOT_PLAYED_THERE, refused
