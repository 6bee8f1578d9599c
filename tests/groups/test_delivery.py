"""How a group's messages are delivered: a tap is answered at once, topics keep their board, lost rights hurt nobody."""

from bot.local_api import LocalApi, membership
from bot.local_api.faults import Fault, FaultKind
from tests.groups.test_whole_session import board_of, come_in
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


async def test_a_board_stays_in_its_topic(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    bot = await bot_process(local_api, mode)
    ana, ben = world.private("Ana"), world.private("Ben")
    group = world.group("Canada", ana, ben, supergroup=True, forum=True)
    topic, other = (membership.create_topic(local_api.world, ana.user.id, group.id, name) for name in ("Plan", "Else"))
    here = ana.in_chat(group)
    await here.say("/together", thread=topic)
    await world.until(
        lambda: here.from_bot() and here.card().thread == topic, "the board, posted where it was asked for"
    )
    board = here.card()
    await come_in(ana, group)
    await bot.restart()
    await come_in(ben, group)
    assert "Ben" in here.message(board.id).text and here.message(board.id).thread == topic
    assert "How old" in ben.card().text, "in private as ever"
    await ben.in_chat(group).press("Ask me here")
    assert ben.in_chat(group).card().ephemeral and ben.in_chat(group).card().thread == topic
    await here.say("/board", thread=other)
    assert here.card().thread == other and len(here.from_bot()) == 1, "posted where it was asked for, and only there"
    await ana.say("/leave")
    await world.until(lambda: "Ana" not in here.card().text, "the board without Ana")
    assert here.card().thread == other


async def test_a_board_is_true_again_once_the_bot_may_write_again(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    """Without the right to write, the board stands still; nobody's private chat suffers, and nothing is lost."""
    await bot_process(local_api, mode)
    ana, ben = world.private("Ana"), world.private("Ben")
    group, _ = await board_of(world, ana, ben)
    await come_in(ana, group)
    membership.remove_bot(local_api.world, ana.user.id, group.id)
    await ana.say("30")
    assert "passport" in ana.card().text
    await ana.say("/leave")
    membership.add_bot(local_api.world, ben.user.id, group.id)
    await world.until(lambda: "Who wants to go" in ben.in_chat(group).card().text, "an empty board")


async def test_leaving_by_command_and_coming_back(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode)
    ana, ben = world.private("Ana"), world.private("Ana")
    group, here = await board_of(world, ana, ben)
    for person in (ana, ben):
        await come_in(person, group)
    await here.say("/leave")
    await world.until(lambda: "Ana (2): just joined" in here.from_bot()[0].text, "the other Ana alone")
    assert "Ana: " not in here.from_bot()[0].text and "off the group" in ana.card().text
    await come_in(ana, group)
    await world.until(lambda: "Ana: just joined" in here.from_bot()[0].text, "both, told apart")
    membership.leave(local_api.world, ben.user.id, group.id)
    await world.until(lambda: "Ana (2)" not in here.from_bot()[0].text, "the board without the one who left")
