"""Inline mode: one's own card in another chat, as much of it as one chose, and a couple that links up from its own chat."""

from bot.local_api import LocalApi, membership, viewing
from tests.kit.fixtures import StartBot
from tests.kit.people import Place, PlayedWorld


def theirs(world: PlayedWorld, one: Place, other: Place) -> Place:
    """The chat of two people, without the bot, as the first sees it."""
    return one.in_chat(membership.two_people(world.world, one.user.id, other.user.id))


def newest(place: Place, reader: Place) -> viewing.Seen:
    """The newest message there, as the other reads it."""
    return viewing.sees(place.played.world, reader.user.id, place.chat.id)[-1]


async def test_a_card_tells_what_was_chosen_and_nothing_of_others(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode)
    ana, ben = world.private("Ana"), world.private("Ben")
    there = theirs(world, ana, ben)
    assert await there.ask_inline() == []
    (asked,) = [record for record in local_api.calls if record.method == "answerInlineQuery"]
    assert asked.arguments["is_personal"] and asked.arguments["cache_time"] == 0 and asked.arguments["button"]
    for text in ("/start", "I'm 30 and Irish, my boyfriend is 38, from Chile, we live together", "Luis"):
        await ana.say(text)
    assert [offer["id"] for offer in await there.ask_inline()] == ["partner"], "no card before all is answered"
    await ana.say("October 2024")
    await ana.press("Neither of us")
    await world.until(
        lambda: "fit either of you" in ana.card().text, "the next question, whose button has the same label"
    )
    await ana.press("Neither of us")
    await world.until(lambda: "Working Holiday" in ana.card().text, "the answer")
    offers = {offer["id"]: offer for offer in await there.ask_inline("anything")}
    assert set(offers) == {"route", "reason", "partner"}
    for chosen, told in (("route", False), ("reason", True)):
        await there.ask_inline()
        await there.choose(chosen)
        card = newest(there, ben)
        assert "Ana: Working Holiday" in card.text and ("Ireland" in card.text) is told
        assert not [word for word in ("Luis", "Chile", "partner", "38") if word in card.text]


async def test_a_couple_links_up_from_their_own_chat(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    bot = await bot_process(local_api, mode)
    ana, ben, eve = world.private("Ana"), world.private("Ben"), world.private("Eve")
    there = theirs(world, ana, ben)
    await ana.say("/start")
    await there.ask_inline()
    await there.choose("partner")
    await bot.restart()
    link = next(button.value for row in newest(there, ben).buttons for button in row if button.kind == "url")
    await ana.follow(link)
    assert "for somebody else" in " ".join(message.text for message in ana.from_bot()), "one's own link is to pass on"
    await ben.follow(link)
    assert "planning Canada together with Ana" in ben.card().text
    assert "Ben has joined" in " ".join(message.text for message in ana.from_bot())
    await eve.follow(link)
    assert "stays theirs" in " ".join(message.text for message in eve.from_bot()), "it works once"
    for person, said in ((ana, ("30", "Irish")), (ben, ("38", "Chilean"))):
        await person.say("/start")
        for text in said:
            await person.say(text)
    await ana.say("/start")
    await ana.press("Married")
    assert {offer["id"] for offer in await there.ask_inline()} <= {"route", "reason"}, "they are two already"


async def test_partner_gives_the_same_link_in_private(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode)
    ana, ben = world.private("Ana"), world.private("Ben")
    await ana.say("/start")
    await ana.press("Just me")
    await ana.say("/partner")
    link = next(button.value for row in ana.card().buttons for button in row if button.kind == "url")
    await ben.follow(link)
    assert "together with Ana" in ben.card().text
