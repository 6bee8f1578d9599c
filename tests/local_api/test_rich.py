"""Rich messages: blocks are shown, edited and pressed, limits hold, and a server may not know them."""

from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound

from bot.local_api import World, acting
from tests.kit.fixtures import make_api, witnesses
from tests.kit.people import Place, PlayedWorld

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBUserWarning")
HEADING = {"type": "heading", "size": 2, "text": "Your routes"}
TABLE = {
    "type": "table",
    "is_bordered": True,
    "cells": [
        [{"text": "Ana", "is_header": True, "align": "left", "valign": "top"}],
        [{"text": {"type": "bold", "text": "Working Holiday"}, "align": "left", "valign": "top"}],
    ],
}
LIST = {
    "type": "list",
    "items": [{"blocks": [{"type": "paragraph", "text": ["one ", {"type": "italic", "text": "two"}]}]}],
}
DETAILS = {"type": "details", "summary": "Why", "blocks": [{"type": "paragraph", "text": "Because"}]}
BUTTONS = {"type": "buttons", "align": "left", "buttons": [{"text": "More", "callback_data": "more"}]}


@pytest.fixture
def ana(world: PlayedWorld) -> Place:
    place = world.private("Ana")
    acting.say(world.world, place.user.id, place.user.id, "/start")
    return place


async def _send(bot: Bot, place: Place, *blocks: Any) -> dict[str, Any]:
    arguments = {"chat_id": place.chat.id, "rich_message": {"blocks": list(blocks)}}
    result = await bot.do_api_request("sendRichMessage", api_kwargs=arguments)
    assert isinstance(result, dict)
    return result


async def test_blocks_are_shown_edited_and_pressed(world: PlayedWorld, bot: Bot, ana: Place) -> None:
    sent = await _send(bot, ana, HEADING, TABLE, LIST, DETAILS, BUTTONS)
    seen = ana.card()
    assert seen.rich is not None and [block["type"] for block in seen.rich] == [
        "heading",
        "table",
        "list",
        "details",
        "buttons",
    ]
    assert seen.rich[2]["items"][0]["label"] == "•"
    assert seen.text.split("\n")[:3] == ["Your routes", "Ana", "Working Holiday"] and "one two" in seen.text
    assert ana.buttons() == ["More"]
    acting.press(world.world, ana.user.id, ana.chat.id, seen.id, "More")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None and query.data == "more"
    which = {"chat_id": ana.chat.id, "message_id": sent["message_id"]}
    await bot.do_api_request("editMessageText", api_kwargs=which | {"rich_message": {"blocks": [HEADING]}})
    assert (ana.card().text, ana.buttons()) == ("Your routes", [])
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.do_api_request("editMessageText", api_kwargs=which | {"rich_message": {"blocks": [HEADING]}})
    await bot.edit_message_text("plain", **which)
    assert (ana.card().text, ana.card().rich) == ("plain", None)


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([], "non-empty"),
        ([{"type": "divider"}], "non-empty"),
        ([{"type": "paragraph", "text": "x" * 32_769}], "rich_message_too_long"),
        ([{"type": "paragraph", "text": "x"}] * 501, "rich_message_too_long"),
        ([{"type": "table", "cells": [[{"text": "x", "align": "left", "valign": "top"}] * 21]}], "rich_table_too_wide"),
        (
            [{"type": "buttons", "align": "left", "buttons": [{"text": "x", "callback_data": "x" * 65}]}],
            "button_data_invalid",
        ),
    ],
)
async def test_what_is_refused(bot: Bot, ana: Place, blocks: list[Any], error: str) -> None:
    with pytest.raises(BadRequest, match="(?i)" + error):
        await _send(bot, ana, *blocks)


async def test_a_server_without_them() -> None:
    older = World(parser=witnesses()["parser"], supports_rich=False)
    async with make_api(older) as api, Bot(api.token, api.base_url) as bot:
        ana = PlayedWorld(api).private("Ana")
        acting.say(older, ana.user.id, ana.user.id, "/start")
        with pytest.raises(EndPointNotFound):
            await _send(bot, ana, HEADING)
