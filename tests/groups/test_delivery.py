"""How a group's messages are delivered: a tap is answered at once, topics keep their board, lost rights hurt nobody."""

from bot.local_api import LocalApi
from bot.local_api.faults import Fault, FaultKind
from tests.kit.fixtures import StartBot
from tests.kit.people import PlayedWorld

LONG = 600  # seconds; the test never waits for it


async def test_a_tap_is_answered_while_the_board_has_to_wait(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode)
    ana, ben = world.private("Ana"), world.private("Ben")
    group = world.group("Canada", ana, ben)
    await ana.in_chat(group).say("/together")
    local_api.faults.order(Fault(FaultKind.TOO_MANY, "*Message*", times=1000, seconds=LONG, chat_id=group.id))
    for person in (ana, ben):
        here = person.in_chat(group)
        await here.press("I’m in")
        assert here.last_press is not None and here.last_press.answer is not None
        await person.follow(here.last_press.answer["url"])
        assert "How old" in person.card().text
    await world.settle()
    assert "Ana" not in ana.in_chat(group).card().text, "the board still waits"
