"""The command: one JSON object, exactly one of its three set; exit status 1 for what was not understood, 2 for no question."""

import json
from datetime import date
from typing import Any

import pytest

from bot.commands.understand import run_understand

TODAY = date(2026, 11, 22)


def run(question: str, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    status = run_understand(question, text, as_json=True, today=TODAY)
    printed: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(printed) == {"value", "ask_back", "error"}
    return status, printed


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("citizenships", "irish and british", ["GB", "IE"]),
        ("age_or_birth_date", "I'm 31", {"age": 31}),
        ("student", "no, I work", False),
        ("participations", "never", []),
        ("children", "none", 0),
        ("lives_in", "don't know", "unknown"),
    ],
)
def test_a_value(question: str, text: str, value: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(question, text, capsys) == (0, {"value": value, "ask_back": [], "error": None})


def test_candidates(capsys: pytest.CaptureFixture[str]) -> None:
    status, printed = run("age_or_birth_date", "04/05/1995", capsys)
    assert (status, printed["value"], printed["error"]) == (0, None, None)
    assert printed["ask_back"] == [{"born": "1995-05-04"}, {"born": "1995-04-05"}]


def test_an_error_says_what_was_expected(capsys: pytest.CaptureFixture[str]) -> None:
    status, printed = run("citizenships", "Europe", capsys)
    assert (status, printed["value"], printed["ask_back"]) == (1, None, [])
    assert "?" in printed["error"]


def test_no_such_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_understand("shoe_size", "44", as_json=True, today=TODAY) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "citizenships" in printed.err


def test_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_understand("lives_in", "Perth", as_json=False, today=TODAY) == 0
    assert capsys.readouterr().out == "which one? AU | GB\n"
    assert run_understand("lives_in", "Dublin", as_json=False, today=TODAY) == 0
    assert capsys.readouterr().out == "IE\n"
