"""Twenty members at once, in random order, with duplicates, crashes and refusals: the board ends in the one right state."""

import asyncio
import contextlib
import random

import pytest

from bot.local_api import LocalApi, acting
from bot.local_api.faults import Fault, FaultKind
from tests.groups.friends import NEWCOMER
from tests.kit.fixtures import StartBot
from tests.kit.people import Place, PlayedWorld

SHARES = {
    "Only that I am done": "done ✓",
    "My route": "Working Holiday",
    "My route, passport and last day": "Working Holiday",
}
PATIENCE = 240.0  # seconds; far more than it takes, so that a busy machine fails nothing
MEMBERS = 20


class Member:
    """One person going all the way by themself, however long the bot is away in between."""

    def __init__(self, world: PlayedWorld, number: int, chance: random.Random) -> None:
        self.world = world
        self.person = world.private(f"Friend{number}")
        self.passport = ("Irish", "German", "Japanese")[number % 3]
        self.country = ("Ireland", "Germany", "Japan")[number % 3]
        self.shows = list(SHARES)[number % 4 % 3]
        self.pause = lambda: chance.random() * 0.2

    async def goes(self, group) -> None:
        here = self.person.in_chat(group)
        press = here.press_now("I’m in")
        await self._until(lambda: press.answer, "the way into the private chat")
        acting.open_link(self.world.world, self.person.user.id, press.answer["url"])
        for text, question in (("12 May 1996", "How old"), (self.passport, "passport")):
            await self._until(lambda wanted=question: self._reads(wanted), question)
            await asyncio.sleep(self.pause())
            self.person.say_now(text)
        while True:
            await self._until(lambda: self._choices(), "a question or the answer")
            label = self._choices()[0]
            if label == "All routes":
                return
            asked = self._newest()
            self.person.press_now(label)
            if label != "I don’t know" and self.pause() < 0.05:
                self.person.press_now(label)  # a double tap
            await self._until(lambda before=asked: self._newest() != before, f"what follows {label}")

    async def goes_here(self, group) -> None:
        """All the way in the group, where only they see it; a tap that came to nothing is repeated, as people do."""
        here = self.person.in_chat(group)
        wanted = (
            "Yes, ask me here",
            "30",
            self.country,
            NEWCOMER["iec_so_far"],
            NEWCOMER["work"],
            self.shows,
            "I don’t know",
        )
        while True:
            whispers = [message for message in here.from_bot() if message.ephemeral]
            labels = [button.label for row in whispers[-1].buttons for button in row] if whispers else ["Ask me here"]
            if "All routes" in labels:
                return
            before = whispers[-1].html if whispers else ""
            chosen = next((label for word in wanted for label in labels if word in label), "Ask me here")
            here.press_now(chosen, None)
            if self.pause() < 0.05:
                here.press_now("Ask me here")
            with contextlib.suppress(AssertionError):
                await self.world.until(lambda before=before: self._whispered(here) != before, chosen, 3.0)

    def _whispered(self, here: Place) -> str:
        return next((message.html for message in reversed(here.from_bot()) if message.ephemeral), "")

    def _newest(self) -> str:
        return self.person.from_bot()[-1].html

    def _reads(self, words: str) -> bool:
        return bool(self.person.from_bot()) and words in self._newest()

    def _choices(self) -> list[str]:
        labels = self.person.buttons() if self.person.from_bot() else []
        wanted = (self.shows, NEWCOMER["iec_so_far"], NEWCOMER["work"], "All routes")
        if "How old" in self._newest() or "20" in labels:
            return []
        return [label for label in wanted if label in labels] or ["I don’t know"] * ("I don’t know" in labels)

    async def _until(self, reached, what: str) -> None:
        await self.world.until(reached, f"{self.person.name}: {what}", PATIENCE)


def _whispers_to(group, member: Member) -> list[str]:
    """Every text that was ever shown to this member alone."""
    mine = [message for message in group.ephemeral.values() if message.receiver is member.person.user]
    return [version.words.text for message in mine for version in (*message.earlier, message)]


@pytest.mark.parametrize("seed", [1])
async def test_twenty_at_once_end_on_the_one_right_board(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str, seed: int
) -> None:
    chance = random.Random(seed)
    bot = await bot_process(local_api, mode)
    members = [Member(world, number, chance) for number in range(MEMBERS)]
    group = world.group("Canada", *(member.person for member in members), supergroup=True)
    here: Place = members[0].person.in_chat(group)
    await here.say("/together")
    board = here.card().id
    local_api.world.mailbox.repeats = 200
    local_api.faults.order(Fault(FaultKind.TOO_MANY, "editMessageText", times=6, seconds=1))
    local_api.faults.order(Fault(FaultKind.TOO_MANY, "sendMessage", times=4, seconds=1))

    async def crashes() -> None:
        for _ in range(3):
            await asyncio.sleep(1 + chance.random() * 2)
            await bot.restart()

    chance.shuffle(members)
    ways = [member.goes_here(group) if number % 4 == 3 else member.goes(group) for number, member in enumerate(members)]
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(crashes(), *ways)
    await world.until(lambda: "Everybody here has answered" in here.message(board).text, "the last state", PATIENCE)
    rows = here.message(board).text.split("\n\n")[1]
    for member in members:
        assert f"{member.person.name}: {SHARES[member.shows]}" in rows.splitlines(), rows
    assert sum(line.startswith("Friend") for line in rows.splitlines()) == MEMBERS, "nobody twice"
    assert sum(message.from_bot for message in here.messages() if message.text) == 1, "one board"
    shown = "\n".join(world.ever_shown(group))
    openly = {member.country for member in members if member.shows == "My route, passport and last day"}
    assert not [country for country in {"Ireland", "Germany", "Japan"} - openly if country in shown]
    assert "1996" not in shown and "How old" not in shown and "Yes, ask me here" not in shown
    for member in members:  # nor in what each alone was shown
        whispered = "\n".join(_whispers_to(group, member))
        hidden = {"Ireland", "Germany", "Japan"} - openly - {member.country}
        assert not [country for country in hidden if country in whispered]
