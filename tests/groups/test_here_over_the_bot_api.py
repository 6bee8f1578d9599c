"""Answering in the group, over the Bot API server: whispered where the server can, by buttons of one's own where not."""

import pytest

from bot.local_api import World, limits
from tests.groups.test_whole_session import SHARES, board_of, come_in
from tests.kit.fixtures import LocalApi, StartBot, make_api, witnesses
from tests.kit.people import Place, PlayedWorld

PATIENCE = 60.0  # seconds: what everybody reads is paced
ANSWERS = ["30", "Ireland", "No, all new", "None of these", SHARES]


async def asked_here(here: Place, *answers: str) -> None:
    await here.press("Ask me here")
    for answer in answers:
        await here.press(answer)


async def test_only_the_member_sees_what_is_asked_and_answered(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    bot = await bot_process(local_api, mode, IEC_TOGETHER_SENDS_PER_SECOND="300")
    ana, ben = world.private("Ana"), world.private("Ben")
    group = world.group("Canada", ana, ben, supergroup=True)
    here, there = ana.in_chat(group), ben.in_chat(group)
    await here.say("/together")
    await asked_here(here, "Yes, ask me here", "30")
    await bot.restart()
    await asked_here(there, "Yes, ask me here")
    for answer in ANSWERS[1:]:
        await here.press(answer)
    assert "Working Holiday" in here.card().text and here.card().ephemeral
    assert "How old" in there.card().text, "each has their own"
    assert len(there.from_bot()) == 2 and len(here.from_bot()) == 2, "the board, and one message in which all is asked"
    await world.until(lambda: "Ireland" in there.from_bot()[0].text, "what Ana chose to show")
    shown = "\n".join(world.ever_shown(group))
    assert "How old" not in shown and "passport do you" not in shown and "30" not in shown
    sent = [record for record in local_api.calls if record.method == "sendMessage"]
    assert not [record for record in sent if "How old" in str(record.arguments)], "nothing personal is ever sent anew"
    await here.press("Dates")
    assert here.last_press is not None and here.last_press.answer is not None
    await ana.follow(here.last_press.answer["url"])
    assert "Working Holiday" in ana.card().text, "goes on in private"


async def test_a_whisper_that_is_gone_is_not_sent_for_all_to_see(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode, IEC_TOGETHER_SENDS_PER_SECOND="300")
    ana, ben = world.private("Ana"), world.private("Ben")
    group, here = await board_of(world, ana, ben)
    await asked_here(here, "Yes, ask me here", "30")
    press = here.press_now("Ireland")
    group.ephemeral[here.card().id].deleted = True
    await world.until(lambda: press.answer is not None, "the press to be taken")
    await world.settle()
    assert len(here.from_bot()) == 1 and "Ireland" not in "\n".join(world.ever_shown(group))
    await asked_here(here, "Yes, ask me here")
    assert "had to do with IEC" in here.card().text, "a new one goes on where it was"


@pytest.mark.parametrize("strict", [True, False])
async def test_on_a_server_without_such_messages_nothing_personal_is_sent(
    bot_process: StartBot, mode: str, strict: bool
) -> None:
    """Also on one that leaves out unknown parameters without a word: what it can do is found out without showing anything."""
    older = World(parser=witnesses()["parser"], supports_ephemeral=False)
    async with make_api(older, strict=strict) as api:
        world = PlayedWorld(api)
        bot = await bot_process(api, mode, IEC_TOGETHER_SENDS_PER_SECOND="300")
        ana, ben = world.private("Ana"), world.private("Ben")
        group = world.group("Canada", ana, ben)
        here, there = ana.in_chat(group), ben.in_chat(group)
        await here.say("/together")
        await here.press("Ask me here")
        await here.press("30")
        await there.press("Germany")
        assert there.last_press is not None and there.last_press.answer is not None
        assert "somebody else" in there.last_press.answer["text"]
        await bot.restart()
        for answer in ANSWERS[1:]:
            await here.press(answer)
        assert "Only Ana can answer" in there.card().text or "thank you" in there.card().text
        await world.until(lambda: "Ireland" in there.from_bot()[0].text, "what Ana chose to show", PATIENCE)
        texts = "\n".join(message.text + "".join(message.before) for message in there.from_bot()[1:])
        assert "Only Ana can answer" in texts and "Ireland" not in texts and "30" not in texts
        assert len(there.from_bot()) == 2 and not ana.from_bot(), "the board, and one message in which all was asked"
        assert not [record for record in api.calls if "ephemeral_message_parameters" in str(record.arguments)]
        assert not api.problems


async def test_a_server_that_takes_whispers_for_messages_is_found_out_by_one_that_says_nothing(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one of Bot API 10.2 would: it has the methods, but another way of addressing a new message."""
    monkeypatch.setattr("bot.local_api.methods.sending.ephemeral_receiver", lambda *_: None)
    await bot_process(local_api, mode, IEC_TOGETHER_SENDS_PER_SECOND="300")
    ana, ben = world.private("Ana"), world.private("Ben")
    group, here = await board_of(world, ana, ben)
    await here.press("Ask me here")
    assert len(here.from_bot()) == 1, "taken away again"
    await asked_here(here, *ANSWERS)
    await world.until(lambda: "Ireland" in here.from_bot()[0].text, "what Ana chose to show", PATIENCE)
    assert "Only Ana can answer" in "\n".join(world.ever_shown(group))


async def test_a_press_of_long_ago_leads_nowhere_and_the_next_one_works(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    bot = await bot_process(local_api, mode, IEC_TOGETHER_SENDS_PER_SECOND="300")
    ana, ben = world.private("Ana"), world.private("Ben")
    group, here = await board_of(world, ana, ben)
    await bot.kill()
    here.press_now("Ask me here")
    local_api.world.clock.advance(limits.EPHEMERAL_WINDOW_SECONDS + 1)  # type: ignore[attr-defined]
    await bot.start()
    await world.until(lambda: "Ana" in here.card().text, "the board, with Ana")
    await asked_here(here, "Yes, ask me here")
    assert "How old" in here.card().text
    await come_in(ben, group)
    assert "How old" in ben.card().text
