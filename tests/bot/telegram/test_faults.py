"""Telegram and the machine on a bad day: nothing lost, order kept, silence kept when it is asked for."""

import random

from bot.local_api import LocalApi, acting
from bot.local_api.faults import Fault, FaultKind
from tests.bot.telegram.conftest import STANDIN
from tests.kit.fixtures import StartBot
from tests.kit.people import Place, PlayedWorld

DIARY = (*STANDIN, "diary")
FAST = {"IEC_TOGETHER_SENDS_PER_SECOND": "1000"}
OUTAGES = (FaultKind.SERVER_ERROR, FaultKind.BAD_GATEWAY, FaultKind.RESET, FaultKind.LOST_ANSWER)
METHODS = ("sendMessage", "editMessageText", "deleteMessage", "getUpdates", "*")


def confirmed(person: Place) -> list[str]:
    """The words that the bot has confirmed to a person, each at its first time."""
    said = [message.text for message in person.from_bot() if not message.text.startswith("written")]
    return list(dict.fromkeys(said))


async def test_silence_is_kept_when_asked_for(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode, command=DIARY, **FAST)
    ana = world.private("Ana")
    await ana.say("one")
    local_api.faults.order(Fault(FaultKind.TOO_MANY, "sendMessage", seconds=2))
    await ana.say("two")
    await world.until(lambda: confirmed(ana) == ["one", "two"], "the second confirmation")
    sends = [record for record in local_api.calls if record.method == "sendMessage"]
    refused = next(place for place, record in enumerate(sends) if not record.ok)
    assert sends[refused + 1].at - sends[refused].at >= 2, "no sooner than Telegram said"


async def test_a_bad_day(local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str) -> None:
    """Killed again and again while Telegram drops, refuses and forgets; in the end all words stand, each once, in order."""
    chance = random.Random(20261122)
    bot = await bot_process(local_api, mode, command=DIARY, **FAST)
    people = [world.private(f"Person{number}") for number in range(4)]
    words = {person.user.id: [f"{person.name}-{number}" for number in range(12)] for person in people}
    for number in range(12):
        for person in people:
            acting.say(local_api.world, person.user.id, person.chat.id, words[person.user.id][number])
        local_api.faults.order(Fault(chance.choice(OUTAGES), chance.choice(METHODS), after=chance.randrange(4)))
        if number % 4 == 1:
            local_api.faults.order(Fault(FaultKind.TOO_MANY, "sendMessage", seconds=1))
        if number % 3 == 2:
            await bot.restart()
    for person in people:
        await world.until(lambda who=person: all_there(who, words[who.user.id]), f"everything for {person.name}", 60)


def all_there(person: Place, words: list[str]) -> bool:
    """Every word confirmed in order, and the last state shown."""
    texts = [message.text for message in person.from_bot()]
    return confirmed(person) == words and f"written: {len(words)}" in texts
