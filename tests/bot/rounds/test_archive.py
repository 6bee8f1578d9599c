"""The archive: weeks kept whole, in order, through corrections, old copies and kills."""

import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.rounds.archive import ArchiveError, Kept, RoundArchive
from bot.rounds.refresh import keep_file
from bot.rounds.selections import read_selections
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.odds.figures import round_figures
from flows.odds.round import Pool
from flows.party import Category
from tests.bot.rounds.weekly_file import EVERY_TRAP, Line, weekly_file

FACTS = load_facts(CONTENT_ROOT)
NOW = datetime(2026, 8, 22, tzinfo=UTC)
GB = Pool("GB", Category.WORKING_HOLIDAY)


def british(day: str, invitations: str, candidates: str) -> bytes:
    line = Line(
        "United Kingdom", "gb", "wh", "9,285", "Week of January 19, 2026", "", invitations, candidates, "108", "5"
    )
    return weekly_file(day, line)


def keep(path: Path, raw: bytes) -> Kept:
    return keep_file(path, raw, "https://example.org/selections.xml", FACTS, NOW).kept


def weeks(path: Path) -> list[tuple[date, int | None]]:
    with RoundArchive(path) as archive:
        return [(figures.data_of, figures.invited) for figures in archive.figures(FACTS) if figures.pool == GB]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "rounds.db"


def test_weeks_become_a_history_of_each_pool(path: Path) -> None:
    assert keep(path, british("August 07, 2026", "14,359", "3,600")) is Kept.NEW
    assert keep(path, british("August 14, 2026", "14,383", "3,875")) is Kept.NEW
    assert weeks(path) == [(date(2026, 8, 7), 14359), (date(2026, 8, 14), 14383)]


def test_an_old_copy_never_takes_the_place_of_a_newer_one(path: Path) -> None:
    keep(path, british("July 17, 2026", "14,261", "2,786"))
    keep(path, british("July 24, 2026", "14,311", "3,052"))
    before = weeks(path)
    assert keep(path, british("July 17, 2026", "14,261", "2,786")) is Kept.STALE
    assert keep(path, british("July 10, 2026", "1", "1")) is Kept.STALE
    assert weeks(path) == before


def test_the_same_week_again_changes_nothing_and_a_correction_replaces_it(path: Path) -> None:
    keep(path, british("August 07, 2026", "14,359", "3,600"))
    keep(path, british("August 14, 2026", "14,383", "3,875"))
    assert keep(path, british("August 14, 2026", "14383", "3875")) is Kept.SAME
    assert keep(path, british("August 14, 2026", "14,384", "3,875")) is Kept.CORRECTED
    assert weeks(path) == [(date(2026, 8, 7), 14359), (date(2026, 8, 14), 14384)]


def test_everything_published_comes_back(path: Path) -> None:
    keep(path, weekly_file("February 10, 2023", *EVERY_TRAP))
    with RoundArchive(path) as archive:
        found = {(figures.pool.id, figures.within): figures for figures in archive.figures(FACTS)}
    korea, vie = found["working_holiday:KR", ""], found["young_professionals:FR", EVERY_TRAP[6].inside[0][0]]
    assert (korea.season, korea.quota, korea.label, korea.final_round) == (2023, 4000, 2, date(2023, 10, 2))
    assert vie.candidates == 52
    assert found["working_holiday:AU", ""].unlimited
    assert not found["working_holiday:UA", ""].accepting
    assert korea.source == "https://example.org/selections.xml"


def test_the_archive_goes_before_a_report_of_the_same_day(path: Path) -> None:
    keep(path, british("August 21, 2026", "14,999", "4,208"))
    with RoundArchive(path) as archive:
        known = round_figures(FACTS, archive.figures(FACTS), date(2026, 8, 22))
    assert known.series[GB][-1].invited == 14999
    assert known.series[GB][-2].invited == 14383  # of the week before, remembered as content


def test_special_lines_are_kept_but_nobody_s_odds_come_from_them(path: Path) -> None:
    keep(path, weekly_file("February 10, 2023", *EVERY_TRAP))
    with RoundArchive(path) as archive:
        known = round_figures(FACTS, archive.figures(FACTS), date(2026, 8, 22))
    french = known.series[Pool("FR", Category.YOUNG_PROFESSIONALS)]
    assert [figures.candidates for figures in french if figures.data_of == date(2023, 2, 10)] == [96]


def test_a_file_that_is_no_archive_is_told_of(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"these are not the pages of a database, whatever the name says" * 20)
    with pytest.raises(ArchiveError, match="cannot be opened"):
        RoundArchive(path)


def test_a_full_disk_leaves_the_weeks_before(path: Path) -> None:
    keep(path, british("August 07, 2026", "14,359", "3,600"))
    with RoundArchive(path) as archive:
        pages = archive._db.execute("PRAGMA page_count").fetchone()[0]
        archive._db.execute(f"PRAGMA max_page_count = {pages}")
        many = [Line(code=f"{a}{b}") for a in "abcdefghij" for b in "klmnopqrst"]
        file = read_selections(weekly_file("August 14, 2026", *many), FACTS.rounds.feed, NOW.date())
        with pytest.raises(ArchiveError, match="nothing was changed"):
            archive.keep(file, "https://example.org", NOW)
    assert weeks(path) == [(date(2026, 8, 7), 14359)]


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.rounds import archive
from bot.rounds.refresh import keep_file
from flows.facts.content import CONTENT_ROOT, load_facts

facts, left = load_facts(CONTENT_ROOT), [int(sys.argv[2])]

def count(statement):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)

opened = archive.RoundArchive.__init__

def watched(self, path):
    opened(self, path)
    self._db.conn.set_trace_callback(count)

archive.RoundArchive.__init__ = watched
keep_file(Path(sys.argv[1]), sys.stdin.buffer.read(), "https://example.org", facts, datetime(2026, 8, 22, tzinfo=UTC))
print(-left[0])
"""


def test_a_kill_at_any_statement_leaves_whole_weeks(path: Path) -> None:
    raw = weekly_file("August 14, 2026", *EVERY_TRAP, Line("United Kingdom", "gb", invitations="14,383"))
    seen = set()
    for after in (1, 4, 8, 12, 16, 20, 22, 24, 25, 26):
        path.unlink(missing_ok=True)
        keep(path, british("August 07, 2026", "14,359", "3,600"))
        done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(after)], input=raw, check=False)
        assert done.returncode == -signal.SIGKILL
        with RoundArchive(path) as archive:
            rows = [figures.data_of for figures in archive.figures(FACTS)]
            kept = [(day, rows.count(day)) for day in archive.days]
        assert kept in ([(date(2026, 8, 7), 1)], [(date(2026, 8, 7), 1), (date(2026, 8, 14), 13)])
        assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
        seen.add(len(kept))
        assert keep(path, raw) in (Kept.NEW, Kept.SAME)
        assert weeks(path) == [(date(2026, 8, 7), 14359), (date(2026, 8, 14), 14383)]
    assert seen == {1, 2}  # some kills came before the week was in, some after
