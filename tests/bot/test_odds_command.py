"""``odds FILE`` as somebody types it: words and JSON, with and without live figures, and never a bare number."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.rounds.weekly_file import Line, weekly_file

COUPLE = """
people:
  - {id: p1, name: Ana, born: 1996-04-02, citizenships: [GB], participations: [], stage: in_pool, lives_in: GB}
  - {id: p2, name: Ben, born: 1995-04-02, citizenships: [IE, GB], participations: [], stage: in_pool, lives_in: IE}
relationships:
  - {between: [p1, p2], kind: dating}
"""
CHANCE = re.compile(r"\d+%")
SPREAD = re.compile(r"\(.*%.*\)|\d+% to |under 1%|over 99%")


class Shell:
    """A place with a party file and a store of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.environment = {"PATH": os.environ["PATH"], "IEC_TOGETHER_STORE": str(place / "bot.db")}

    def bot(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            capture_output=True,
            text=True,
            input=given,
            env=self.environment,
            check=False,
        )


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.mark.parametrize("on", ["2026-02-01", "2026-08-22", "2026-11-22", "2023-02-18"])
def test_every_chance_is_told_with_its_spread_and_its_date(shell: Shell, on: str) -> None:
    done = shell.bot("odds", "-", "--on", on, given=COUPLE)
    assert (done.returncode, done.stderr) == (0, "")
    assert not re.search(r"\b(0|100)%", done.stdout)
    for sentence in re.split(r"(?<=[.:])\s", done.stdout):
        if CHANCE.search(sentence) and "about" in sentence:
            assert SPREAD.search(sentence) or sentence.count("about") == 1, sentence
    assert re.search(r"\d{1,2} (January|February|August) 202\d", done.stdout)
    assert "Ana" in done.stdout
    assert "Ben" in done.stdout


def test_between_seasons_it_says_that_nobody_knows_and_names_the_past_season(shell: Shell) -> None:
    said = shell.bot("odds", "-", "--on", "2026-11-22", given=COUPLE).stdout
    assert "2027" in said.split(".")[0]
    assert "no recent figures" in said
    assert "2026" in said


def test_json_without_live_figures_has_no_number_for_the_season(shell: Shell) -> None:
    told = json.loads(shell.bot("odds", "-", "--json", "--on", "2026-11-22", given=COUPLE).stdout)
    assert told["figures_of"] is None
    assert [someone["season"] for someone in told["people"]] == [None, None]
    assert told["together"]["season"] is None
    assert told["together"]["past_round"]["everyone"]["low"] > 0
    assert told["people"][0]["pools"][0]["past"]["season"] == 2026


def test_imported_weeks_change_the_odds(shell: Shell) -> None:
    """Nothing is known of next year's British pool; then two weeks of it are imported."""
    shell.environment["IEC_TOGETHER_TODAY"] = "2027-03-06"
    before = json.loads(shell.bot("odds", "-", "--json", "--on", "2027-03-06", given=COUPLE).stdout)
    for day, invited, waiting in (("February 26, 2027", "5,000", "900"), ("March 05, 2027", "5,300", "1,000")):
        file = shell.place / "selections.xml"
        line = Line(
            "United Kingdom", "gb", "wh", "9,000", "Week of January 18, 2027", "", invited, waiting, "2,500", "3"
        )
        file.write_bytes(weekly_file(day, line))
        assert shell.bot("rounds", "import", str(file)).returncode == 0
    after = json.loads(shell.bot("odds", "-", "--json", "--on", "2027-03-06", given=COUPLE).stdout)
    assert (before["figures_of"], before["people"][0]["season"]) == (None, None)
    assert (after["figures_of"], after["season"]["year"]) == ("2027-03-05", 2027)
    ana = after["people"][0]
    assert ana["next_round"]["low"] == pytest.approx(
        300 / 1400, abs=1e-6
    )  # 300 invited of 900 and 400 newcomers; 1,000 now
    assert ana["season"]["low"] > ana["next_round"]["low"]
    assert after["together"]["season"]["everyone"]["likely"] > 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("people: [{id: p1, citizenship: IE}]", "citizenship"),
        ("people: []", "people"),
        ("[1, 2", "not valid YAML"),
    ],
)
def test_a_wrong_party_is_told_in_one_line(shell: Shell, text: str, told: str) -> None:
    done = shell.bot("odds", "-", given=text)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert told in done.stderr


def test_a_broken_archive_is_told_in_one_line(shell: Shell) -> None:
    (shell.place / "bot-rounds.db").write_bytes(b"no database at all, but long enough to be one" * 100)
    done = shell.bot("odds", "-", given=COUPLE)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "archive of rounds" in done.stderr
