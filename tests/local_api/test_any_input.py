"""Whatever comes in: an answer, or a refusal with its reason, never a failure of the server."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.local_api import LocalApi, acting, inline, membership
from bot.local_api.decoding import Upload
from bot.local_api.methods import METHODS
from tests.kit.fixtures import make_api
from tests.local_api.pictures import png

ANY_TEXT = st.text(max_size=40)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | ANY_TEXT,
    lambda children: st.lists(children, max_size=3) | st.dictionaries(ANY_TEXT, children, max_size=3),
    max_leaves=8,
)
KEYBOARD = {
    "inline_keyboard": [[{"text": "A", "callback_data": "a", "style": "primary"}, {"text": "B", "url": "x.org"}]]
}
ENTITIES = [
    {"type": "bold", "offset": 0, "length": 1},
    {"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 1, "is_bot": False, "first_name": "x"}},
]
ARTICLE = {
    "type": "article",
    "id": "1",
    "title": "x",
    "input_message_content": {"message_text": "x", "entities": ENTITIES},
    "reply_markup": KEYBOARD,
}
BLOCKS = [
    {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": ["x", {"type": "bold", "text": "y"}]}]}]},
    {"type": "table", "cells": [[{"text": "x", "align": "left", "valign": "top", "colspan": 2}]]},
    {"type": "details", "summary": "x", "blocks": [{"type": "paragraph", "text": "x"}]},
    {"type": "buttons", "align": "left", "buttons": [{"text": "x", "callback_data": "x"}]},
]
# Calls that succeed in the scene below; names in capitals stand for what is in it.
SOUND: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {"chat_id": "ANA", "text": "xy", "entities": ENTITIES, "reply_markup": KEYBOARD}),
    (
        "sendMessage",
        {"chat_id": "ANA", "text": "<b>x</b>", "parse_mode": "HTML", "reply_parameters": {"message_id": 1}},
    ),
    ("sendMessage", {"chat_id": "ANA", "text": "x", "reply_markup": {"keyboard": [[{"text": "x"}, {"text": "y"}]]}}),
    ("sendMessage", {"chat_id": "ANA", "text": "x", "link_preview_options": {"is_disabled": True}}),
    (
        "sendMessage",
        {
            "chat_id": "GROUP",
            "text": "x",
            "ephemeral_message_parameters": {"receiver_user_id": "ANA", "callback_query_id": "PRESS"},
        },
    ),
    ("sendPhoto", {"chat_id": "ANA", "photo": "PHOTO", "caption": "xy", "caption_entities": ENTITIES}),
    ("sendRichMessage", {"chat_id": "ANA", "rich_message": {"blocks": BLOCKS}, "reply_markup": KEYBOARD}),
    ("sendChatAction", {"chat_id": "ANA", "action": "typing"}),
    ("editMessageText", {"chat_id": "ANA", "message_id": "SENT", "text": "new", "reply_markup": KEYBOARD}),
    ("editMessageText", {"chat_id": "ANA", "message_id": "SENT", "rich_message": {"blocks": BLOCKS}}),
    (
        "editMessageMedia",
        {"chat_id": "ANA", "message_id": "SENT", "media": {"type": "photo", "media": "PHOTO", "caption": "x"}},
    ),
    ("editMessageReplyMarkup", {"chat_id": "ANA", "message_id": "SENT", "reply_markup": KEYBOARD}),
    ("deleteMessages", {"chat_id": "ANA", "message_ids": [1, 2]}),
    ("setMessageReaction", {"chat_id": "ANA", "message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}]}),
    ("answerCallbackQuery", {"callback_query_id": "PRESS", "text": "x"}),
    (
        "answerInlineQuery",
        {"inline_query_id": "QUESTION", "results": [ARTICLE], "button": {"text": "x", "start_parameter": "x"}},
    ),
    ("savePreparedInlineMessage", {"user_id": "ANA", "result": ARTICLE, "allow_user_chats": True}),
    (
        "setMyCommands",
        {
            "commands": [{"command": "go", "description": "Go"}],
            "scope": {"type": "chat_member", "chat_id": "GROUP", "user_id": "ANA"},
        },
    ),
    (
        "setChatMenuButton",
        {"chat_id": "ANA", "menu_button": {"type": "web_app", "text": "x", "web_app": {"url": "https://x.org"}}},
    ),
    ("getChatMember", {"chat_id": "GROUP", "user_id": "ANA"}),
    ("getUpdates", {"offset": 1, "timeout": 0, "allowed_updates": ["message", "callback_query"]}),
    ("setWebhook", {"url": "", "allowed_updates": ["message"]}),
]


@st.composite
def damaged(draw: st.DrawFn, value: Any, odds: int = 12) -> Any:
    """``value`` with some of its parts replaced by anything, or missing; one in ``odds``."""
    if draw(st.integers(1, odds)) == 1:
        return draw(ANY_JSON)
    if isinstance(value, list):
        return [draw(damaged(each, odds)) for each in value]
    if isinstance(value, dict):
        return {key: draw(damaged(each, odds)) for key, each in value.items() if draw(st.integers(1, 2 * odds)) != 1}
    return value


DAMAGED = st.sampled_from(SOUND).flatmap(
    lambda call: st.tuples(
        st.just(call[0]), st.fixed_dictionaries({name: damaged(value) for name, value in call[1].items()})
    )
)
NOISE = st.sampled_from(sorted(method.name for method in METHODS.values())).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.dictionaries(
            st.sampled_from([*METHODS[name.lower()].parameters, "unknown"]), ANY_TEXT | ANY_JSON, max_size=5
        ),
    )
)


async def _scene(api: LocalApi) -> dict[str, Any]:
    world = api.world
    ana = world.add_user("Ana")
    acting.say(world, ana.id, ana.id, "/start")
    group = membership.create_group(world, ana.id, "Friends", with_bot=True)
    ids: list[int] = []
    for chat in (ana.id, group.id):
        raw = {
            "chat_id": chat,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]},
        }
        sent = await api.carry_out(METHODS["sendmessage"], "sendMessage", raw)
        ids.append(sent["result"]["message_id"])
    photo = Upload("a.png", "image/png", png(2, 2))
    pictured = await api.carry_out(METHODS["sendphoto"], "sendPhoto", {"chat_id": ana.id, "photo": photo})
    return {
        "ANA": ana.id,
        "GROUP": group.id,
        "PRESS": acting.press(world, ana.id, group.id, ids[1], "A").id,
        "QUESTION": inline.ask(world, ana.id, ana.id, "").id,
        "PHOTO": pictured["result"]["photo"][0]["file_id"],
        "SENT": ids[0],
    }


def _with_names(value: Any, names: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_with_names(each, names) for each in value]
    if isinstance(value, dict):
        return {key: _with_names(each, names) for key, each in value.items()}
    return names.get(value, value) if isinstance(value, str) else value


async def _call(
    api: LocalApi, session: aiohttp.ClientSession, method: str, arguments: dict[str, Any], as_form: bool
) -> dict[str, Any]:
    body: dict[str, Any] = {"data": _form(arguments)} if as_form else {"json": arguments}
    async with session.post(f"{api.base_url}{api.token}/{method}", **body) as answer:
        told: dict[str, Any] = await answer.json()
        assert answer.status < 500, (method, arguments, api.problems)
        assert told["ok"] == (answer.status == 200)
        if not told["ok"]:
            assert told["description"] and told["error_code"] == answer.status
        return told


def _form(arguments: dict[str, Any]) -> dict[str, str]:
    """As clients send forms: text as it is, anything else as JSON. Lone surrogates cannot be sent at all."""
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
    return {name: value.encode("utf-8", "replace").decode() for name, value in form.items()}


@pytest.mark.parametrize(("method", "arguments"), SOUND)
@pytest.mark.parametrize("as_form", [True, False])
async def test_sound_calls_succeed(method: str, arguments: dict[str, Any], as_form: bool) -> None:
    """What is damaged below is sound to begin with."""
    async with make_api() as api, aiohttp.ClientSession() as session:
        told = await _call(api, session, method, _with_names(arguments, await _scene(api)), as_form)
        assert told["ok"], told
        assert not api.problems


@given(st.lists(DAMAGED | NOISE, min_size=1, max_size=4), st.booleans(), st.booleans())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_calls(made: list[tuple[str, dict[str, Any]]], as_form: bool, alone: bool) -> None:
    """``alone`` is the server without oracles, which keep much from it."""

    async def make() -> None:
        async with LocalApi() if alone else make_api() as api, aiohttp.ClientSession() as session:
            names = await _scene(api)
            for method, arguments in made:
                if method != "getUpdates" or not arguments.get("timeout"):
                    await _call(api, session, method, _with_names(arguments, names), as_form)
            own_fault = ("failed", "(results)", "update ")
            assert not [problem for problem in api.problems if any(each in problem for each in own_fault)]

    asyncio.run(make())


@pytest.mark.parametrize(
    "markup",
    [
        '{"inline_keyboard": [[{"text": "\\ud800", "callback_data": "x"}]]}',
        '{"keyboard": ' + "[" * 900 + "]" * 900 + "}",
        "[" * 100_000,
        '{"inline_keyboard": [[{"text": 1e999, "callback_data": "x"}]]}',
        '{"inline_keyboard": {"0": []}}',
        "null",
        "\x00",
    ],
)
async def test_hostile_json_is_refused(markup: str) -> None:
    async with make_api() as api, aiohttp.ClientSession() as session:
        ana = (await _scene(api))["ANA"]
        form = {"chat_id": str(ana), "text": "x", "reply_markup": markup}
        async with session.post(f"{api.base_url}{api.token}/sendMessage", data=form) as answer:
            assert answer.status == 400, await answer.text()


@given(st.text(min_size=1, max_size=4096))
@settings(max_examples=150, deadline=None)
def test_any_text_from_a_person(text: str) -> None:
    """Whatever a person types reaches the bot as an update that others' schema knows, and is shown as it was typed."""
    api = make_api()
    ana = api.world.add_user("Ana")
    if not text.strip():
        return
    said = acting.say(api.world, ana.id, ana.id, text)
    assert said.words.text == text.strip()
    assert len(api.world.mailbox.waiting()) == 1
    assert not api.problems
