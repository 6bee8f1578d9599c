"""The conversation at a terminal: numbers for buttons, typed answers, also through a pipe."""

import io
import re
import shutil
from datetime import date
from pathlib import Path

from bot.assembly import Conversation
from bot.faces.local import Shown
from bot.faces.terminal import Screen, talk_at_terminal
from bot.outgoing import Button
from bot.store.sqlite.store import SqliteStore
from flows.conversation.view import Attachment
from tests.bot.standin import render, step


async def played(place: Path, *typed: str) -> str:
    store = SqliteStore(place / "chat.db")
    await store.open()
    out = io.StringIO()
    source = io.StringIO("".join(line + "\n" for line in typed))
    await talk_at_terminal(Conversation(step, lambda: None, render), store, date(2026, 11, 22), source, out)
    await store.close()
    return out.getvalue()


async def test_it_greets_takes_typed_answers_and_numbers(tmp_path: Path) -> None:
    seen = await played(tmp_path, "31", "", "1")
    assert seen.index("age today") < seen.index("country age:p1=31") < seen.index("result age:p1=31 country:p1=unknown")
    assert "  1  unknown" in seen


async def test_a_number_beyond_the_buttons_is_an_answer_and_a_label_is_a_button(tmp_path: Path) -> None:
    assert "country age:p1=2" in await played(tmp_path, "2")
    assert "result age:p1=2 country:p1=unknown" in await played(tmp_path, "Unknown")


def test_where_numbers_are_answers_no_button_takes_one() -> None:
    screen = Screen(io.StringIO())
    ages = tuple(Button(f"age:{age}", str(age)) for age in (20, 21))
    screen.show(Shown(1, 1, 1, False, "How old?", (ages, (Button("back", "Back"), Button("none", "No idea"))), None))
    screen.flush()
    found = {typed: screen.chosen(typed) for typed in ("20", "1", "3", "19", "a", "B", "back")}
    assert {typed: button and button.id for typed, button in found.items()} == {
        "20": "age:20",
        "1": None,
        "3": None,
        "19": None,
        "a": "back",
        "B": "none",
        "back": "back",
    }


def test_a_file_can_be_opened_where_the_screen_says() -> None:
    out = io.StringIO()
    screen = Screen(out)
    for data in (b"one", b"another"):
        screen.show(Shown(1, 1, None, False, "Here it is.", (), Attachment("chances.png", "image/png", data)))
        screen.flush()
    first, second = re.findall(r"^\[(.*chances\.png)\]$", out.getvalue(), re.MULTILINE)
    assert first == second
    assert Path(first).read_bytes() == b"another"
    shutil.rmtree(Path(first).parent)
