"""The archive: weeks kept whole, in order, through corrections, old copies and kills."""

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.rounds.archive import RoundArchive
from bot.rounds.keeping import ArchiveError, Kept, Place, open_archive
from bot.rounds.known import CurrentContent, archived_figures
from bot.rounds.refresh import keep_file
from bot.rounds.selections import read_selections
from flows.content import load_content
from flows.facts.content import CONTENT_ROOT
from flows.odds.figures import round_figures
from flows.odds.round import Pool
from flows.party import Category
from tests.bot.rounds.weekly_file import EVERY_TRAP, Line, weekly_file
from tests.kit.postgres import cluster, needs_postgres
from tests.kit.process import free_port

CONTENT = load_content(CONTENT_ROOT)
FACTS = CONTENT.facts
NOW = datetime(2026, 8, 22, tzinfo=UTC)
GB = Pool("GB", Category.WORKING_HOLIDAY)


def british(day: str, invitations: str, candidates: str) -> bytes:
    line = Line(
        "United Kingdom", "gb", "wh", "9,285", "Week of January 19, 2026", "", invitations, candidates, "108", "5"
    )
    return weekly_file(day, line)


def keep(place: Place, raw: bytes) -> Kept:
    return keep_file(place, raw, "https://example.org/selections.xml", FACTS, NOW).kept


def weeks(place: Place) -> list[tuple[date, int | None]]:
    with open_archive(place) as archive:
        return [(figures.data_of, figures.invited) for figures in archive.figures(FACTS) if figures.pool == GB]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "rounds.db"


@pytest.fixture(params=["file", pytest.param("database", marks=needs_postgres)])
def place(request: pytest.FixtureRequest, path: Path) -> Place:
    """Where the archive lies: both kinds keep the same promises."""
    return path if request.param == "file" else cluster().new_place()


def test_weeks_become_a_history_of_each_pool(place: Place) -> None:
    assert keep(place, british("August 07, 2026", "14,359", "3,600")) is Kept.NEW
    assert keep(place, british("August 14, 2026", "14,383", "3,875")) is Kept.NEW
    assert weeks(place) == [(date(2026, 8, 7), 14359), (date(2026, 8, 14), 14383)]


def test_an_old_copy_never_takes_the_place_of_a_newer_one(place: Place) -> None:
    keep(place, british("July 17, 2026", "14,261", "2,786"))
    keep(place, british("July 24, 2026", "14,311", "3,052"))
    before = weeks(place)
    assert keep(place, british("July 17, 2026", "14,261", "2,786")) is Kept.STALE
    assert keep(place, british("July 10, 2026", "1", "1")) is Kept.STALE
    assert weeks(place) == before


def test_the_same_week_again_changes_nothing_and_a_correction_replaces_it(place: Place) -> None:
    keep(place, british("August 07, 2026", "14,359", "3,600"))
    keep(place, british("August 14, 2026", "14,383", "3,875"))
    assert keep(place, british("August 14, 2026", "14383", "3875")) is Kept.SAME
    assert keep(place, british("August 14, 2026", "14,384", "3,875")) is Kept.CORRECTED
    assert weeks(place) == [(date(2026, 8, 7), 14359), (date(2026, 8, 14), 14384)]


def test_everything_published_comes_back(place: Place) -> None:
    keep(place, weekly_file("February 10, 2023", *EVERY_TRAP))
    with open_archive(place) as archive:
        found = {(figures.pool.id, figures.within): figures for figures in archive.figures(FACTS)}
    korea, vie = found["working_holiday:KR", ""], found["young_professionals:FR", EVERY_TRAP[6].inside[0][0]]
    assert (korea.season, korea.quota, korea.label, korea.final_round) == (2023, 4000, 2, date(2023, 10, 2))
    assert vie.candidates == 52
    assert found["working_holiday:AU", ""].unlimited
    assert not found["working_holiday:UA", ""].accepting
    assert korea.source == "https://example.org/selections.xml"


def test_the_archive_goes_before_a_report_of_the_same_day(place: Place) -> None:
    keep(place, british("August 21, 2026", "14,999", "4,208"))
    with open_archive(place) as archive:
        known = round_figures(FACTS, archive.figures(FACTS), date(2026, 8, 22))
    assert known.series[GB][-1].invited == 14999
    assert known.series[GB][-2].invited == 14383  # of the week before, remembered as content


def test_special_lines_are_kept_but_nobody_s_odds_come_from_them(place: Place) -> None:
    keep(place, weekly_file("February 10, 2023", *EVERY_TRAP))
    with open_archive(place) as archive:
        known = round_figures(FACTS, archive.figures(FACTS), date(2026, 8, 22))
    french = known.series[Pool("FR", Category.YOUNG_PROFESSIONALS)]
    assert [figures.candidates for figures in french if figures.data_of == date(2023, 2, 10)] == [96]


def test_figures_that_are_kept_meanwhile_come_in_with_the_next_look(place: Place) -> None:
    """Archived before the start: there at once. Archived or corrected later: there after a look, without a restart."""
    keep(place, british("August 07, 2026", "14,359", "3,600"))
    current = CurrentContent(CONTENT, place)
    assert [figures.invited for figures in current().archived] == [14359]
    keep(place, british("August 14, 2026", "14,383", "3,875"))
    assert [figures.invited for figures in current().archived] == [14359]
    current.look()
    assert [figures.invited for figures in current().archived] == [14359, 14383]
    unchanged = current()
    current.look()
    assert current() is unchanged
    assert current().facts is FACTS
    assert current().asking is CONTENT.asking
    assert current().archived == archived_figures(place, FACTS)


def test_several_processes_that_fetch_the_same_week_keep_it_once(place: Place) -> None:
    keep(place, british("August 07, 2026", "14,359", "3,600"))
    with ThreadPoolExecutor(6) as pool:
        kept = list(pool.map(lambda _: keep(place, british("August 14, 2026", "14,383", "3,875")), range(6)))
    assert sorted(kept) == sorted([Kept.NEW, *[Kept.SAME] * 5])
    assert weeks(place) == [(date(2026, 8, 7), 14359), (date(2026, 8, 14), 14383)]


def test_a_file_that_is_no_archive_is_told_of(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"these are not the pages of a database, whatever the name says" * 20)
    with pytest.raises(ArchiveError, match="cannot be opened"):
        RoundArchive(path)


def test_a_broken_archive_does_not_keep_the_bot_from_talking(path: Path) -> None:
    keep(path, british("August 07, 2026", "14,359", "3,600"))
    current = CurrentContent(CONTENT, path)
    before = current().archived
    for broken in (path, path.with_name("rounds.db-wal"), path.with_name("rounds.db-shm")):
        broken.unlink(missing_ok=True)
    path.write_bytes(b"these are not the pages of a database, whatever the name says" * 20)
    current.look()
    assert current().archived == before
    assert CurrentContent(CONTENT, path)().archived == ()


@needs_postgres
def test_a_database_that_is_away_is_told_of_without_its_password() -> None:
    with pytest.raises(ArchiveError, match="does not serve") as told:
        open_archive(f"postgresql://iec:hidden-word@127.0.0.1:{free_port()}/postgres")
    assert "hidden-word" not in str(told.value)


def test_looking_makes_no_archive(path: Path) -> None:
    CurrentContent(CONTENT, path).look()
    assert archived_figures(path, FACTS) == ()
    assert not path.exists()


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
