"""The people's side over HTTP, as another process uses it."""

import base64
from typing import Any

import aiohttp
import pytest

from bot.local_api import LocalApi
from tests.kit.fixtures import StartBot
from tests.local_api.test_conversation import ECHO


class Control:
    """Calls verbs, expecting success."""

    def __init__(self, api: LocalApi, session: aiohttp.ClientSession) -> None:
        self._address = api.address
        self._session = session

    async def __call__(self, verb: str, status: int = 200, **given: Any) -> Any:
        async with self._session.post(f"{self._address}/control/{verb}", json=given) as answer:
            body = await answer.json()
            assert answer.status == status, body
            return body.get("result", body.get("error"))


async def test_a_conversation_from_another_process(local_api: LocalApi, bot_process: StartBot) -> None:
    await bot_process(local_api, command=ECHO)
    async with aiohttp.ClientSession() as session:
        do = Control(local_api, session)
        ana = (await do("add_user", first_name="Ana"))["id"]
        await do("open_link", user_id=ana, link="https://t.me/iec_together_bot?start=x")
        await do("settle")
        card = (await do("sees", user_id=ana, chat_id=ana))[-1]
        assert card["html"] == "<b>Hello</b> x"
        press = await do("press", user_id=ana, chat_id=ana, message_id=card["id"], button="Count")
        await do("settle")
        assert (await do("notice", press_id=press["id"]))["text"] == "1!"
        assert [call["method"] for call in await do("calls")][-2:] == ["answerCallbackQuery", "editMessageText"]
        group = (await do("create_group", user_id=ana, title="Friends", with_bot=True))["id"]
        await do("settle")
        assert (await do("sees", user_id=ana, chat_id=group))[-1]["text"] == "Thanks for having me"
        await do("fault", kind="too_many", method="sendMessage", seconds=3)
        before = await do("changed", after=-1)
        await do("say", user_id=ana, chat_id=ana, text="hello")
        assert await do("changed", after=before) > before
        await do("delete", user_id=ana, chat_id=ana, message_id=card["id"])
        assert card["id"] not in [each["id"] for each in await do("sees", user_id=ana, chat_id=ana)]
        assert await do("commands", user_id=ana, chat_id=group) == []
        assert await do("bot_action", chat_id=ana) is None
        assert {each["id"]: len(each["members"]) for each in await do("chats")} == {ana: 2, group: 2}
        await do("clear_faults")
        text = base64.b64encode(b"abc").decode()
        await do("send_file", user_id=ana, chat_id=ana, name="a.txt", media_type="text/plain", data=text)
        await do("settle")
        file = (await do("sees", user_id=ana, chat_id=ana))[-1]["file"]
        async with session.get(f"{local_api.address}/control/file/{file['id']}") as answer:
            assert await answer.read() == b"cba"
        assert await do("problems") == []


async def test_what_is_refused(local_api: LocalApi) -> None:
    async with aiohttp.ClientSession() as session:
        do = Control(local_api, session)
        assert "there are" in await do("nonsense", 404)
        assert "does not take that" in await do("say", 400, text="x")
        assert "no person" in await do("say", 409, user_id=1, chat_id=1, text="x")
        assert "no such fault" in await do("fault", 409, kind="nonsense")
        form = session.post(f"{local_api.address}/control/add_user", data={"first_name": "Ana"})
        other = session.post(f"{local_api.address}/control/add_user", json={}, headers={"Host": "evil.example"})
        for call in (form, other):
            async with call as answer:
                assert answer.status == 403
        assert local_api.world.users == {}


@pytest.mark.parametrize("body", [b"[1]", b"null", b"{", b"\xff"])
async def test_malformed_bodies(local_api: LocalApi, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for path in ("/control/say", f"/bot{local_api.token}/sendMessage"):
            async with session.post(local_api.address + path, data=body) as answer:
                assert answer.status == 400
