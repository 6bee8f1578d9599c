"""The commands ``rounds import`` and ``rounds fetch``, as somebody types them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.rounds.archive import RoundArchive
from flows.facts.content import CONTENT_ROOT, load_facts
from tests.bot.rounds.weekly_file import Line, weekly_file


@pytest.fixture
def run(tmp_path: Path) -> object:
    def run_rounds(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "IEC_TOGETHER_STORE": str(tmp_path / "bot.db"), **settings}
        return subprocess.run(
            [sys.executable, "-m", "bot", "rounds", *words],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )

    return run_rounds


def test_import_keeps_a_week_and_refuses_an_older_one(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    newer, older = tmp_path / "newer.xml", tmp_path / "older.xml"
    newer.write_bytes(weekly_file("July 24, 2026", Line()))
    older.write_bytes(weekly_file("July 17, 2026", Line()))
    first, second = run("import", str(newer)), run("import", str(older))
    assert (first.returncode, first.stdout) == (0, "1 pools of 2026-07-24: new\n")
    assert second.returncode == 1
    assert len(second.stderr.splitlines()) == 1
    assert "2026-07-17" in second.stderr
    with RoundArchive(tmp_path / "bot-rounds.db") as archive:
        sources = {figures.source for figures in archive.figures(load_facts(CONTENT_ROOT))}
    assert all(source.startswith("https://") for source in sources), "people are led to Canada's page, not to a folder"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("import",), 2),
        (("import", "no such file"), 1),
        (("export", "file"), 2),
        (("fetch",), 1),
        (("fetch", "file"), 2),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run, words: tuple[str, ...], status: int) -> None:  # type: ignore[no-untyped-def]
    done = run(*words, IEC_TOGETHER_ROUNDS_URL="http://127.0.0.1:9/selections.xml")
    assert (done.returncode, len(done.stderr.splitlines()), done.stdout) == (status, 1, "")
