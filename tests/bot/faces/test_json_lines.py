"""The conversation for scripts: lines in, lines out, whatever comes in."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assembly import Conversation
from bot.faces.json_lines import talk_in_lines
from bot.store.sqlite.store import SqliteStore
from tests.bot.standin import render, step

TODAY = date(2026, 11, 22)
STANDIN = Conversation(step, lambda: None, render)


class Script:
    """One process's worth of lines after another on the same store."""

    def __init__(self, place: Path) -> None:
        self.file = place / "chat.db"

    async def play(self, *lines: Any) -> list[list[dict[str, Any]]]:
        """What came for each line, without its end."""
        source = io.StringIO("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
        out = io.StringIO()
        store = SqliteStore(self.file)
        await store.open()
        await talk_in_lines(STANDIN, store, TODAY, source, out)
        await store.close()
        turns: list[list[dict[str, Any]]] = [[]]
        for line in out.getvalue().splitlines():
            found = json.loads(line)
            if found == {"end": True}:
                turns.append([])
            else:
                turns[-1].append(found)
        assert turns.pop() == [], "every turn has its end"
        return turns


def said(user: int, text: str, chat: Any = "private") -> dict[str, Any]:
    return {"chat": chat, "user": user, "text": text}


def pressed(user: int, button: str, chat: Any = "private") -> dict[str, Any]:
    return {"chat": chat, "user": user, "press": button}


async def test_a_conversation_in_lines(tmp_path: Path) -> None:
    hello, age, country = await Script(tmp_path).play(said(7, "/start"), said(7, "31"), pressed(7, "1:unknown"))
    assert hello == [
        {
            "chat": "private",
            "to": 7,
            "message": 1,
            "edit": False,
            "text": "age today=2026-11-22",
            "buttons": [[{"id": "0:unknown~000001", "label": "unknown"}]],
            "file": None,
        }
    ]
    assert [line["text"] for line in age] == ["country age:p7=31 today=2026-11-22"]
    assert (country[0]["edit"], country[0]["message"]) == (True, age[0]["message"]), "a press edits"


async def test_a_stored_conversation_goes_on_in_the_next_process(tmp_path: Path) -> None:
    script = Script(tmp_path)
    first = await script.play(said(7, "/start"), said(7, "31"))
    second = await script.play(pressed(7, "1:unknown"), said(8, "/start"))
    assert second[0][0]["text"].startswith("result age:p7=31")
    messages = [line["message"] for turn in (*first, *second) for line in turn if not line["edit"]]
    assert len(set(messages)) == len(messages)


async def test_several_people_and_groups_under_any_name(tmp_path: Path) -> None:
    for group in (-100, 55, "friends", 0, 10**30):
        script = Script(tmp_path / str(group))
        script.file.parent.mkdir()
        board, notice, private, both = await script.play(
            said(7, "/together", group), pressed(8, "0:join", group), pressed(8, "open", group), said(8, "31")
        )
        assert (board[0]["chat"], board[0]["to"]) == (group, None)
        assert (notice[0]["chat"], notice[0]["to"], notice[0]["message"]) == (group, 8, None)
        assert (private[0]["chat"], private[0]["to"]) == ("private", 8)
        assert {(line["chat"], line["edit"]) for line in both} == {("private", False), (group, True)}


async def test_a_deep_link_works_for_whoever_types_it(tmp_path: Path) -> None:
    script = Script(tmp_path)
    *_, invite = await script.play(said(7, "/start"), said(7, "/invite"))
    (button,) = invite[0]["buttons"][0]
    token = button["url"].partition("start=")[2]
    (joined,) = await script.play(said(8, f"/start {token}"))
    assert joined[0]["to"] == 8 and joined[0]["text"].startswith("age")


async def test_a_link_is_followed_by_where_it_was_shown(tmp_path: Path) -> None:
    lines = [said(7, "/start"), said(7, "/invite"), {"chat": 7, "user": 8, "follow": 1}]
    *_, joined, none = await Script(tmp_path).play(*lines, {"chat": 7, "user": 9, "follow": 2})
    assert joined[0]["to"] == 8 and joined[0]["text"].startswith("age")
    assert "follow" in none[0]["error"]


async def test_a_file_comes_whole(tmp_path: Path) -> None:
    *_, (shown,) = await Script(tmp_path).play(said(7, "/start"), said(7, "/export"))
    assert shown["file"]["name"] == "iec-together.json" and shown["file"]["base64"]


async def test_a_line_that_is_not_understood_says_why_and_changes_nothing(tmp_path: Path) -> None:
    wrong = [
        "nonsense",
        "[]",
        '{"chat": "private"}',
        '{"chat": "private", "user": 7}',
        '{"chat": "private", "user": 7, "text": "a", "press": "b"}',
        '{"chat": "private", "user": "7", "text": "a"}',
        '{"chat": "private", "user": -7, "text": "a"}',
        '{"chat": null, "user": 7, "text": "a"}',
        '{"chat": "private", "user": 7, "text": "a", "txet": "b"}',
        '{"chat": "private", "user": 7, "text": 31}',
    ]
    _, *errors, last = await Script(tmp_path).play(said(7, "/start"), *wrong, said(7, "31"))
    for line, turn in zip(wrong, errors, strict=True):
        assert [set(each) for each in turn] == [{"error"}], line
        assert "expected" in turn[0]["error"]
    assert last[0]["text"].startswith("country age:p7=31")


LINES = st.one_of(
    st.text(max_size=60).filter(lambda line: line.strip() and len(line.splitlines()) == 1),
    st.dictionaries(
        st.sampled_from(["chat", "user", "text", "press", "left", "name"]),
        st.one_of(st.text(max_size=20), st.integers(), st.booleans(), st.none(), st.floats(), st.lists(st.text())),
    ).map(json.dumps),
    st.builds(said, st.integers(1, 3), st.text(max_size=30), st.sampled_from(["private", "g"])),
    st.builds(pressed, st.integers(1, 3), st.text(max_size=70), st.sampled_from(["private", "g"])),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES, max_size=8))
async def test_whatever_comes_in_every_line_has_its_end(tmp_path_factory: Any, lines: list[Any]) -> None:
    turns = await Script(tmp_path_factory.mktemp("any")).play(*lines)
    assert len(turns) == len(lines)
