"""Whatever comes in: an answer, a refusal with its reason, never a failure of the server, and never a lost chat."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.local_api import LocalApi, acting, membership
from bot.local_api.methods import METHODS
from tests.kit.fixtures import make_api

ANY_TEXT = st.text(max_size=40)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | ANY_TEXT,
    lambda children: st.lists(children, max_size=3) | st.dictionaries(ANY_TEXT, children, max_size=3),
    max_leaves=8,
)
KNOWN_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "chat_id": st.sampled_from(["ana", "group", -5, 0, "@x"]),
    "user_id": st.sampled_from(["ana", 0]),
    "message_id": st.integers(0, 4),
    "parse_mode": st.sampled_from(["HTML", "MarkdownV2", "", "x"]),
    "callback_query_id": st.sampled_from(["1", "x"]),
    "reply_markup": st.builds(
        lambda label, data: {"inline_keyboard": [[{"text": label, "callback_data": data}]]}, ANY_TEXT, ANY_TEXT
    )
    | ANY_JSON,
    "commands": st.lists(st.fixed_dictionaries({"command": ANY_TEXT, "description": ANY_TEXT})) | ANY_JSON,
    "timeout": st.just(0),
    "url": ANY_TEXT,
}


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    method = draw(st.sampled_from(sorted(METHODS.values(), key=lambda each: each.name)))
    names = draw(st.lists(st.sampled_from([*method.parameters, "unknown"]), unique=True)) if method.parameters else []
    chosen = {*names, *method.required}
    return method.name, {name: draw(KNOWN_VALUES.get(name, ANY_TEXT | ANY_JSON)) for name in sorted(chosen)}


@given(st.lists(calls(), min_size=1, max_size=6), st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_calls(made: list[tuple[str, dict[str, Any]]], as_form: bool) -> None:
    asyncio.run(_make(made, as_form))


async def _make(made: list[tuple[str, dict[str, Any]]], as_form: bool) -> None:
    async with make_api() as api, aiohttp.ClientSession() as session:
        ids = _scene(api)
        for method, given_arguments in made:
            arguments = {
                name: ids.get(value, value) if isinstance(value, str) else value
                for name, value in given_arguments.items()
            }
            body = {"json": arguments} if not as_form else {"data": _form(arguments)}
            async with session.post(f"{api.base_url}{api.token}/{method}", **body) as answer:
                told = await answer.json()
                assert answer.status < 500, told
                assert told["ok"] == (answer.status == 200)
                if not told["ok"]:
                    assert told["description"] and told["error_code"] == answer.status
        wrong = [
            problem for problem in api.problems if "failed" in problem or "(results)" in problem or "update " in problem
        ]
        assert not wrong


def _scene(api: LocalApi) -> dict[str, int]:
    ana = api.world.add_user("Ana")
    acting.say(api.world, ana.id, ana.id, "/start")
    group = membership.create_group(api.world, ana.id, "Friends", with_bot=True)
    return {"ana": ana.id, "group": group.id}


def _form(arguments: dict[str, Any]) -> dict[str, str]:
    """As clients send forms: text as it is, anything else as JSON. Lone surrogates cannot be sent at all."""
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
    return {name: value.encode("utf-8", "replace").decode() for name, value in form.items()}


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
        ana = _scene(api)["ana"]
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
