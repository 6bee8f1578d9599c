"""Five friends from the first command to the plan: in lines of JSON, and over the Bot API server by both ways in."""

import io
import json
from pathlib import Path
from typing import Any

from bot.conversation import conversation_plain, current_content
from bot.faces.json_lines import talk_in_lines
from bot.local_api import LocalApi, membership
from bot.local_api.chats import Chat
from bot.store.sqlite.store import SqliteStore
from tests.groups.friends import FIVE, NEWCOMER, TODAY
from tests.kit.fixtures import StartBot
from tests.kit.people import Place, PlayedWorld

NAMES = dict(enumerate(("Ana", "Ben", "Cleo", "Dan", "Eva"), start=1))
SHARES = "My route, passport and last day"


class Script:
    """A session in lines, each line in a process of its own on the same store."""

    def __init__(self, place: Path) -> None:
        self.file = place / "chat.db"
        self.conversation = conversation_plain(current_content(Path("/nowhere/rounds.db")))
        self.buttons: dict[int, dict[str, str]] = {}
        self.shown: list[dict[str, Any]] = []
        self.text: dict[int, str] = {}
        self.board = ""

    async def do(self, user: int, chat: str, **deed: str) -> list[dict[str, Any]]:
        line = {"chat": chat, "user": user, "name": NAMES[user], **deed}
        out = io.StringIO()
        store = SqliteStore(self.file)
        await store.open()
        await talk_in_lines(self.conversation, store, TODAY, io.StringIO(json.dumps(line) + "\n"), out)
        await store.close()
        lines = [json.loads(each) for each in out.getvalue().splitlines()]
        assert lines.pop() == {"end": True}
        for each in lines:
            assert "error" not in each
            if each["to"] is None:
                self.board = each["text"]
            else:
                self.text[each["to"]] = each["text"]
                self.buttons.setdefault(each["to"], {}).update(
                    {b["label"]: b["id"] for r in each["buttons"] for b in r}
                )
                if each["chat"] == "private":
                    self.buttons[each["to"]] = {b["label"]: b["id"] for r in each["buttons"] for b in r}
        self.shown += lines
        return lines

    async def press(self, user: int, label: str) -> None:
        await self.do(user, "private", press=self.buttons[user][label])


async def test_a_whole_group_session_in_lines_with_a_restart_at_every_line(tmp_path: Path) -> None:
    script = Script(tmp_path)
    await script.do(1, "friends", text="/together")
    assert "I’m in" in str(script.shown[-1]["buttons"])
    for user in NAMES:
        (notice,) = await script.do(user, "friends", press=script.shown[0]["buttons"][0][0]["id"])
        assert notice["to"] == user and notice["message"] is None
        token = notice["buttons"][0][0]["url"].partition("start=")[2]
        await script.do(user, "private", text=f"/start {token}")
    for user, said in FIVE.items():
        for text in said:
            await script.do(user, "private", text=text)
        while SHARES not in script.buttons[user]:
            waiting = next((label for label in NEWCOMER.values() if label in script.buttons[user]), "I don’t know")
            await script.press(user, waiting)
        await script.press(user, SHARES)
    await script.press(1, "I’m here with my partner")
    await script.press(1, "Ben")
    await script.press(2, "Yes, we are")
    await script.press(2, "Married")
    while "All routes" not in script.buttons[2]:
        waiting = next((label for label in NEWCOMER.values() if label in script.buttons[2]), "I don’t know")
        await script.press(2, waiting)
    assert "Ben: partner’s permit, after Ana" in script.board
    assert "Dan has more than one passport" in script.board and "Eva: no pool" in script.board
    assert "Ana, Cleo and Dan" in script.board and "Waiting" not in script.board
    boards = [line for line in script.shown if line["to"] is None]
    assert [line["edit"] for line in boards] == [False] + [True] * (len(boards) - 1), "one message, edited"
    await script.do(3, "friends", text="/leave")
    assert "Cleo" not in script.board


async def board_of(world: PlayedWorld, first: Place, *others: Place) -> tuple[Chat, Place]:
    """A group of these people for whom the first has asked for a board; the group, and the first one's place in it."""
    group = world.group("Canada", first, *others)
    here = first.in_chat(group)
    await here.say("/together")
    return group, here


async def come_in(person: Place, group: Any) -> None:
    """Two taps: "I'm in", and the link that it opens."""
    here = person.in_chat(group)
    await here.press("I’m in")
    assert here.last_press is not None and here.last_press.answer is not None
    await person.follow(here.last_press.answer["url"])


async def answer_all(person: Place, shows: str = SHARES) -> None:
    """Whatever is asked, as somebody new; then what the group sees."""
    for _ in range(20):
        labels = person.buttons()
        if shows in labels:
            await person.press(shows)
            return
        if "All routes" in labels:
            return
        await person.press(next((label for label in NEWCOMER.values() if label in labels), "I don’t know"))
    raise AssertionError(person.card().text)


async def test_five_friends_over_the_bot_api(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    bot = await bot_process(local_api, mode)
    friends = {user: world.private(name) for user, name in NAMES.items()}
    ana, ben, cleo, dan, eva = friends.values()
    group, here = await board_of(world, *friends.values())
    board = here.card().id
    for person in friends.values():
        await come_in(person, group)
    for user, (born, passports) in FIVE.items():
        await friends[user].say(born)
        await friends[user].say(passports)
        await answer_all(friends[user], "Only that I am done" if user == 3 else SHARES)
    await bot.restart()
    await ana.press("I’m here with my partner")
    await ana.press("Ben")
    await ben.press("Yes, we are")
    await ben.press("Married")
    await answer_all(ben)
    await world.until(lambda: "after Ana" in here.message(board).text, "the couple on the board")
    text = here.message(board).text
    assert "Cleo: done ✓" in text and "Dan has more than one passport. Best for this: Australia." in text
    assert "Eva: no pool" in text and "Ana goes first. Ben follows" in text
    assert len(here.from_bot()) == 1, "one message, edited"
    assert not [
        shown for shown in world.ever_shown(group) if "Germany" in shown or "1988" in shown or "February" in shown
    ]

    await cleo.say("/share")
    await cleo.press("What the others see")
    await cleo.press(SHARES)
    await world.until(lambda: "Germany" in here.message(board).text, "what Cleo shares now")
    membership.remove(local_api.world, ana.user.id, eva.user.id, group.id)
    await world.until(lambda: "Eva" not in here.message(board).text, "a board without Eva")
    await dan.block()
    await world.until(lambda: "Dan" not in here.message(board).text, "a board without Dan")
    await here.say("/board")
    assert here.card().id > board and len(here.from_bot()) == 1, "posted anew because it was asked for"


async def test_the_board_survives_a_new_group_id_and_the_bot_being_removed(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode)
    ana, ben = world.private("Ana"), world.private("Ben")
    group = world.group("Canada", ana, ben)
    await ana.in_chat(group).say("/together")
    await come_in(ana, group)
    moved = membership.migrate(local_api.world, ana.user.id, group.id)
    await world.until(lambda: ana.in_chat(moved).from_bot(), "the board in the supergroup")
    await world.settle()
    assert "Ana" in ana.in_chat(moved).card().text
    await come_in(ben, moved)
    assert "Ben" in ana.in_chat(moved).card().text
    membership.remove_bot(local_api.world, ana.user.id, moved.id)
    await ben.say("12 May 1996")
    await ben.say("Irish")
    await answer_all(ben)
    membership.add_bot(local_api.world, ana.user.id, moved.id)
    await world.until(lambda: "Ben: Working Holiday" in ana.in_chat(moved).card().text, "a board that is true again")


async def test_nothing_is_asked_in_the_group_and_a_link_is_for_one_person(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode)
    ana, ben = world.private("Ana"), world.private("Ben")
    group, here = await board_of(world, ana, ben)
    await here.say("/routes")
    assert "private" in here.card().text
    await here.press("I’m in")
    assert here.last_press is not None and here.last_press.answer is not None
    link = here.last_press.answer["url"]
    await ben.follow(link)
    assert "stays theirs" in " ".join(message.text for message in ben.from_bot())
    assert "Ben" not in " ".join(world.ever_shown(group))
    await ana.follow(link)
    await ana.follow(link)
    await world.settle()
    assert "on the board already" in ana.card().text
    assert sum("Ana" in line for line in here.from_bot()[0].text.splitlines()) == 1, "one row"
