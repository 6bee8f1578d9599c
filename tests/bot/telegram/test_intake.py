"""What comes in: every kind of update becomes the right event or none, and none that is broken holds up another."""

import copy
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.abuse import Budget, Budgets
from bot.assembly import Conversation, assemble
from bot.engine import Engine
from bot.faces.local import LocalMessenger
from bot.local_api import LocalApi
from bot.store.contract import Store
from bot.store.sqlite.store import SqliteStore
from bot.telegram.http import AiohttpRequest
from bot.telegram.intake import Intake
from bot.telegram.translate import translate
from flows.conversation.event import EventKind
from tests.bot.standin import render, step

ANA = {"id": 7, "is_bot": False, "first_name": "Ana", "last_name": "M", "language_code": "fr"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ana"}
GROUP = {"id": -100, "type": "supergroup", "title": "Canada"}


@pytest.fixture
async def bot(local_api: LocalApi) -> AsyncIterator[Bot]:
    made = Bot(local_api.token, base_url=f"{local_api.address}/bot", request=AiohttpRequest())
    async with made:
        yield made


def message(chat: dict[str, Any] = PRIVATE, user: dict[str, Any] | None = ANA, **content: Any) -> dict[str, Any]:
    made = {"message_id": 5, "date": 1, "chat": chat, **content}
    return {"update_id": 1, "message": made if user is None else made | {"from": user}}


def pressed(**details: Any) -> dict[str, Any]:
    under = {"message_id": 9, "date": 1, "chat": PRIVATE, "text": "x"}
    query = {"id": "q", "from": ANA, "chat_instance": "c", "data": "1:a", "message": under}
    return {"update_id": 1, "callback_query": query | details}


def membership(kind: str, chat: dict[str, Any], status: str, who: dict[str, Any] = ANA) -> dict[str, Any]:
    old, new = {"user": who, "status": "member"}, {"user": who, "status": status, "until_date": 0}
    return {
        "update_id": 1,
        kind: {"chat": chat, "from": ANA, "date": 1, "old_chat_member": old, "new_chat_member": new},
    }


def read(bot: Bot, update: dict[str, Any]) -> Any:
    return translate(copy.deepcopy(update), bot.bot)


async def test_words_commands_and_presses(bot: Bot) -> None:
    said = read(bot, message(text="31"))
    assert (said.event.kind, said.event.text, said.event.user, said.event.chat) == (EventKind.TEXT, "31", 7, 7)
    assert (said.event.user_name, said.event.language, said.event.private) == ("Ana M", "fr", True)
    command = read(bot, message(text="/Start  abc def")).event
    assert (command.kind, command.name, command.text) == (EventKind.COMMAND, "start", "abc def")
    press = read(bot, pressed())
    assert (press.event.press, press.event.message, press.query) == ("1:a", 9, "q")
    old = read(bot, pressed(message={"message_id": 9, "date": 0, "chat": PRIVATE}))
    assert old.event.press == "1:a", "a message too old to be shown still has its buttons"


async def test_what_is_no_words_is_an_empty_text(bot: Bot) -> None:
    voice = {"file_id": "f", "file_unique_id": "u", "duration": 1}
    assert read(bot, message(voice=voice)).event.text == ""
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    assert read(bot, message(photo=photo, caption="31")).event.text == "31"
    assert read(bot, message(GROUP, voice=voice)) is None
    assert read(bot, message(pinned_message={"message_id": 1, "date": 1, "chat": PRIVATE})) is None


async def test_in_groups_only_what_is_meant_for_the_bot(bot: Bot) -> None:
    own = {"id": bot.id, "is_bot": True, "first_name": "B", "username": bot.username}
    answered = {"message_id": 1, "date": 1, "chat": GROUP, "from": own, "text": "x"}
    mention = f"@{bot.username} 31"
    entity = {"type": "mention", "offset": 0, "length": len(bot.username) + 1}
    assert read(bot, message(GROUP, text="hello all")) is None
    assert read(bot, message(GROUP, text="/together@somebody_else_bot")) is None
    assert read(bot, message(GROUP, text=f"/together@{bot.username}")).event.name == "together"
    assert read(bot, message(GROUP, text="31", reply_to_message=answered)).event.text == "31"
    assert read(bot, message(GROUP, text=mention, entities=[entity])).event.text == "31"
    topic = message(GROUP, text="/together", message_thread_id=44, is_topic_message=True)
    assert read(bot, topic).thread == 44


async def test_coming_going_and_moving(bot: Bot) -> None:
    assert read(bot, message(GROUP, left_chat_member=ANA)).event.kind is EventKind.LEFT
    assert read(bot, membership("chat_member", GROUP, "left")).event.kind is EventKind.LEFT
    assert read(bot, membership("chat_member", GROUP, "kicked")).event.kind is EventKind.LEFT
    assert read(bot, membership("my_chat_member", PRIVATE, "kicked")).event.kind is EventKind.BLOCKED
    assert read(bot, membership("my_chat_member", GROUP, "left")) is None
    moved = read(bot, message({"id": -5, "type": "group", "title": "x"}, migrate_to_chat_id=-1005))
    assert (moved.chat, moved.moved_to, moved.event) == (-5, -1005, None)


async def test_what_is_of_no_concern_is_passed_over(bot: Bot) -> None:
    channel = {"id": -9, "type": "channel", "title": "x"}
    robot = {"id": 3, "is_bot": True, "first_name": "R"}
    for update in (
        {"update_id": 1},
        {"update_id": 1, "edited_message": message(text="x")["message"]},
        {"update_id": 1, "channel_post": {"message_id": 1, "date": 1, "chat": channel, "text": "x"}},
        message(channel, text="x"),
        message(text="x", user=robot),
        message(text="x", user=None),
        pressed(data=None, game_short_name="g"),
        pressed(message=None, inline_message_id="i"),
    ):
        assert read(bot, update) is None


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[tuple[Engine, Store, list[Any]]]:
    store = SqliteStore(tmp_path / "s.db")
    await store.open()
    shown: list[Any] = []
    engine = assemble(Conversation(step, lambda: None, render), store, LocalMessenger(shown.append), pacing=None)
    yield engine, store, shown
    await engine.stop()
    await store.close()


async def test_a_broken_update_holds_up_none_beside_it(bot: Bot, house: tuple[Engine, Store, list[Any]]) -> None:
    engine, _, shown = house
    broken: list[dict[str, Any]] = [
        {},
        {"update_id": "x", "message": 5},
        {"update_id": 2, "message": {"text": "no chat"}},
        {"update_id": 3, "callback_query": []},
        message(text="x") | {"update_id": 2**80},
        message({"id": 2**80, "type": "private"}, text="x") | {"update_id": 4},
        message(text="\ud83d half a character \x00") | {"update_id": 5},
    ]
    await Intake(bot, engine, None).take([*broken, message(text="/start") | {"update_id": 6}])
    await engine.idle()
    assert shown[-1].text.startswith("country age:p7= half a character"), "the fifth was cleaned, the sixth handled"


async def test_a_flood_is_answered_once(bot: Bot, house: tuple[Engine, Store, list[Any]]) -> None:
    engine, store, shown = house
    intake = Intake(bot, engine, Budgets(Budget(3, 0.001)))
    await intake.take([message(text=str(number)) | {"update_id": number} for number in range(1, 20)])
    await engine.idle()
    assert [each.text for each in shown].count("delivery.slow_down") == 1
    assert await store.next_update() == 4, "what is over the budget is not even stored"
