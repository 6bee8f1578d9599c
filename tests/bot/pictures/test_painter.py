"""Pictures on their way: text first, drawn once, never in the way of anything, left out where nothing can draw."""

import asyncio
import base64
import json
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot import metrics
from bot.outgoing import Outgoing, outgoing_from_json, outgoing_to_json
from bot.pictures.orders import ORDERS, with_picture
from bot.pictures.painter import Painter
from bot.pictures.reader import LONGEST_CAPTION
from bot.render.render import render_plain, visible_length
from bot.sender import Sender
from bot.store.contract import Change
from bot.store.sqlite.store import SqliteStore
from flows.conversation.effect import Picture
from flows.conversation.view import Attachment, Slot, View
from tests.conversation.talk import COUPLE, SINGLE, Talk, content
from tests.kit.fixtures import StartBot
from tests.kit.people import PlayedWorld


def wishes(command: str, *said: str) -> list[Picture]:
    talk = Talk().say(*said, command)
    return [effect for effect in talk.effects if isinstance(effect, Picture)]


def ordered(command: str, *said: str) -> View:
    (wish,) = wishes(command, *said)
    return with_picture(wish, content().words)


def file_of(view: View) -> Attachment:
    assert view.attachment is not None
    return view.attachment


def drawings() -> float:
    """How many pictures this process has drawn."""
    (found,) = (each for each in metrics.DRAWING.collect()[0].samples if each.name.endswith("_count"))
    return found.value


@pytest.mark.parametrize(
    ("command", "said"), [("/odds", SINGLE), ("/odds", COUPLE), ("/dates", COUPLE), ("/share", COUPLE)]
)
def test_an_order_survives_the_outbox(command: str, said: tuple[str, ...]) -> None:
    told = (*said[:4], "12 May 1996", *said[5:]) if command == "/dates" else said
    file = file_of(ordered(command, *told))
    kept = outgoing_from_json(outgoing_to_json(Outgoing(7, Slot.MESSAGE, "words", attachment=file)))
    assert kept.attachment == file
    order = ORDERS.validate_json(file.drawing)
    assert ORDERS.dump_json(order).decode() == file.drawing


@pytest.mark.parametrize("said", [SINGLE, COUPLE])
def test_the_caption_fits_and_says_what_is_drawn(said: tuple[str, ...]) -> None:
    view = ordered("/odds", *said)
    caption = render_plain(view, content().words).text
    assert visible_length(caption) <= LONGEST_CAPTION
    assert "Ireland" in caption
    assert "2026" in caption or "2023" in caption


def test_one_date_alone_is_no_picture() -> None:
    assert wishes("/dates", *SINGLE) == []
    assert len(wishes("/dates", *SINGLE[:2], "12 May 1996", *SINGLE[3:])) == 1


async def test_it_is_drawn_once_for_the_same_answer_and_anew_for_another() -> None:
    painter, before = Painter(content), drawings()
    file = file_of(ordered("/odds", *SINGLE))
    one, other = await asyncio.gather(painter.finished(file), painter.finished(file))
    assert one is not None
    assert one == other
    assert drawings() == before + 1
    assert Image.open(BytesIO(one.data)).format == "PNG"
    assert await painter.finished(file_of(ordered("/odds", *COUPLE))) is not None
    assert drawings() == before + 2


async def test_a_file_that_is_there_is_left_alone() -> None:
    file = Attachment("dates.ics", "text/calendar", b"BEGIN:VCALENDAR")
    assert await Painter(content).finished(file) is file


@pytest.mark.parametrize("drawing", ["{}", "no JSON", '{"scene": {"odds": 7}, "names": {}, "language": "en"}'])
async def test_an_order_of_another_version_is_left_out(drawing: str) -> None:
    assert await Painter(content).finished(Attachment("chances.png", "image/png", b"", drawing)) is None


class Messenger:
    """Keeps what is delivered, and can be waited for."""

    whispers = False

    def __init__(self) -> None:
        self.delivered: list[Outgoing] = []
        self.came = asyncio.Event()

    async def deliver(self, outgoing: Outgoing, edit: int | None, thread: int | None) -> int | None:
        self.delivered.append(outgoing)
        self.came.set()
        return len(self.delivered)

    async def remove(self, chat: int, message: int) -> None: ...

    async def acknowledge(self, query: str) -> None: ...

    def start_link(self, token: str) -> str:
        return token


async def sent(tmp_path: Path, finish: Any, *outgoing: Outgoing) -> list[Outgoing]:
    store, messenger = SqliteStore(tmp_path / "store.db"), Messenger()
    await store.open()
    try:
        await store.commit(Change(outgoing=outgoing))
        sender = Sender(store, messenger, None, finish(messenger))
        for chat in {each.chat for each in outgoing}:
            sender.lanes.wake(chat)
        async with asyncio.timeout(30):
            await sender.lanes.idle()
        assert await store.unsent_chats() == {}
    finally:
        await store.close()
    return messenger.delivered


ORDER = Attachment("chances.png", "image/png", b"", "an order")
TEXT, PICTURE = Outgoing(7, Slot.MESSAGE, "the answer"), Outgoing(7, Slot.MESSAGE, "caption", attachment=ORDER)
AFTER, ELSEWHERE = Outgoing(7, Slot.MESSAGE, "what comes next"), Outgoing(8, Slot.MESSAGE, "of somebody else")


async def test_neither_the_answer_nor_anybody_else_waits_for_drawing(tmp_path: Path) -> None:
    """Drawing goes on only once the answer and the other's message are out: if either waited, this would never end."""

    def finish(messenger: Messenger) -> Any:
        async def draw(file: Attachment) -> Attachment:
            while {"the answer", "of somebody else"} - {each.text for each in messenger.delivered}:
                messenger.came.clear()
                await messenger.came.wait()
            return replace(file, data=b"drawn", drawing="")

        return draw

    delivered = await sent(tmp_path, finish, TEXT, PICTURE, AFTER, ELSEWHERE)
    assert [each.text for each in delivered if each.chat == 7] == ["the answer", "caption", "what comes next"]
    assert next(each for each in delivered if each.text == "caption").attachment == replace(
        ORDER, data=b"drawn", drawing=""
    )


async def test_what_cannot_be_drawn_is_left_out_and_the_chat_goes_on(tmp_path: Path) -> None:
    delivered = await sent(tmp_path, lambda _: Painter(content).finished, TEXT, PICTURE, AFTER)
    assert [each.text for each in delivered] == ["the answer", "what comes next"]


async def test_an_order_left_by_a_process_that_was_killed_is_drawn_by_the_next(tmp_path: Path) -> None:
    """All that is left of it is what stands in the store."""
    view = ordered("/odds", *COUPLE)
    waiting = Outgoing(7, Slot.MESSAGE, "caption", attachment=view.attachment)
    (delivered,) = await sent(tmp_path, lambda _: Painter(content).finished, waiting)
    assert delivered.attachment is not None
    assert Image.open(BytesIO(delivered.attachment.data)).size[0] > 0
    assert await sent(tmp_path, lambda _: Painter(content).finished) == []


WITHOUT = "import sys; sys.modules['matplotlib'] = None; from bot.__main__ import main; main()"


def chat(program: list[str], *texts: str) -> list[dict[str, Any]]:
    lines = "".join(json.dumps({"chat": "private", "user": 7, "name": "Ana", "text": text}) + "\n" for text in texts)
    done = subprocess.run(
        [sys.executable, *program, "chat", "--json", "--today", "2026-11-22"],
        input=lines,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "IEC_TOGETHER_ROUNDS_ARCHIVE": "/nowhere/rounds.db"},
        check=True,
    )
    return [line for line in map(json.loads, done.stdout.splitlines()) if "text" in line]


SAID = ("/start", "just me", "12 May 1996", "irish", "all new", "none of these", "/odds", "/dates", "/share")


def test_without_the_library_the_text_alone_goes_out_and_the_card_as_text() -> None:
    with_it, without = chat(["-m", "bot"], *SAID), chat(["-c", WITHOUT], *SAID)
    drawn = [line["file"]["name"] for line in with_it if line["file"]]
    assert drawn == ["chances.png", "dates.png", "canada-together.pdf"]
    assert base64.b64decode(with_it[-1]["file"]["base64"]).startswith(b"%PDF")
    plain = [line for line in without if line["file"]]
    assert [line["file"]["name"] for line in plain] == ["canada-together.txt"]
    assert "Ana (Ireland, 30)" in base64.b64decode(plain[0]["file"]["base64"]).decode()
    texts = [line["text"] for line in with_it if not line["file"]]
    assert texts == [line["text"] for line in without if not line["file"]]


async def test_a_photo_with_its_caption_and_a_document_over_the_bot_api(
    local_api: Any, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    bot = await bot_process(local_api, mode)
    ana = world.private("Zoë Łucja")
    for text in ("/start", "just me", "12 May 1996", "British", "all new", "none of these"):
        await ana.say(text)
    for command, method, media_type in (
        ("/odds", "sendPhoto", "image/png"),
        ("/dates", "sendPhoto", "image/png"),
        ("/share", "sendDocument", "application/pdf"),
    ):
        calls = len(local_api.calls)
        await ana.say(command)
        await world.until(lambda: any(each.file for each in ana.from_bot()[-1:]), "the picture")
        made = [call.method for call in local_api.calls[calls:] if call.method.startswith("send")]
        assert made == (["sendMessage", method] if method == "sendPhoto" else [method]), "the text goes first"
        seen = ana.from_bot()[-1]
        assert seen.file is not None
        assert seen.file.media_type == media_type
        assert 0 < visible_length(seen.text) <= LONGEST_CAPTION
    assert await bot.stop() == 0
