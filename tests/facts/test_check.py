"""``python -m bot check``: what it finds, where it points, and when it refuses."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.commands.check import check_content, run_check
from flows.facts.content import CONTENT_ROOT
from tests.facts.broken import Copy

TODAY = date(2026, 11, 22)
LAW, MONEY = "sources/law.yaml", "values/money.yaml"
SPARE = "- {id: spare, title: S, url: 'https://a.org/'}\n- id: irpa_2"
LINE = re.compile(r"\S+(:\d+)?: \S.*")


def test_the_content_is_sound() -> None:
    findings = check_content(CONTENT_ROOT, TODAY)
    assert findings.errors == ()
    assert all(LINE.fullmatch(line) for line in findings.warnings)


def test_command_ends_well_and_counts() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check"], capture_output=True, text=True, cwd=CONTENT_ROOT.parent
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"\d+ dated facts .* 0 errors, \d+ warnings", done.stdout)
    assert all(line.startswith("warning: ") for line in done.stderr.splitlines())


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "says"),
    [
        pytest.param(LAW, "url: https://", "url: https://localhost/", "localhost", "public host", id="host"),
        pytest.param(LAW, ".gc.ca/", ".gc.ca:8443/", ":8443", "a port", id="port"),
        pytest.param(LAW, "section-2.html", "section-2.html.", "2.html.", "ends in", id="full stop"),
        pytest.param(LAW, "section-2.html", "x?utm_source=a", "utm_", "tracker", id="tracker"),
        pytest.param(LAW, "section-7.1.html", "section-7.01.html", "who needs an eTA", "irpr_7_01", id="same page"),
        pytest.param(LAW, "- id: irpa_2", SPARE, "spare", "no fact", id="uncited"),
        pytest.param(
            "en/doubts.yaml", "iceland_once:", "iceland_twice:", "iceland_twice", "named by no fact", id="unused"
        ),
        pytest.param("understanding/who.yaml", "  single:", "  Single: 1\n  single:", "Single", "who.yaml", id="words"),
        pytest.param(MONEY, "on: 2026-07-19", "on: 2024-12-01", "2024-12-01", "is of 2024-12-03", id="too early"),
    ],
)
def test_errors_point_at_the_line(copy: Copy, name: str, old: str, new: str, at: str, says: str) -> None:
    copy.change(name, old, new)
    errors = check_content(copy.root, TODAY).errors
    near = tuple(f"{copy.root / name}:{line}: " for line in range(copy.lines(name, at)[0], copy.lines(name, at)[1] + 2))
    assert any(error.startswith(near) and says in error for error in errors), (near, errors)


def test_a_message_that_a_fact_names_must_exist(copy: Copy) -> None:
    copy.change("countries/is.yaml", "doubts.iceland_once", "doubts.iceland_never")
    assert any("doubts.iceland_never" in error for error in check_content(copy.root, TODAY).errors)


def test_messages_named_deep_inside_a_rule_must_exist_too(copy: Copy) -> None:
    copy.change("partner_permit.yaml", "doubts.athletes_and_coaches", "doubts.athletes")
    copy.change("countries/au.yaml", "doubts.australia_coop_length", "doubts.australia")
    copy.change("countries/au.yaml", "told.recognized_organization_second_stay", "told.second_stay")
    errors = " ".join(check_content(copy.root, TODAY).errors)
    assert [key in errors for key in ("doubts.athletes", "doubts.australia", "told.second_stay")] == [True] * 3


def test_a_season_that_never_shows(copy: Copy) -> None:
    copy.change("seasons.yaml", "closed: 2024-10-21", "closed: 2024-12-31")
    copy.change("seasons.yaml", "effective_to: 2024-10-21", "effective_to: 2024-12-31")
    # Two seasons at a time: on the day that the later one is said to open, the earlier one still shows.
    assert any("2025" in error and "seasons.yaml" in error for error in check_content(copy.root, TODAY).errors)


def test_broken_file_that_no_loader_reads(copy: Copy) -> None:
    (copy.root / "stories").mkdir(exist_ok=True)
    (copy.root / "stories/broken.yaml").write_text("people: [\n", encoding="utf-8")
    assert any("stories/broken.yaml" in error for error in check_content(copy.root, TODAY).errors)


def test_problems_of_facts_are_told_together_and_refused(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    copy.change("countries/nz.yaml", "max_age: 35", "max_age: old")
    copy.change("values/money.yaml", "value: 7,", "worth: 7,")
    assert run_check(copy.root, TODAY) == 1
    told = capsys.readouterr().err.splitlines()
    assert any("nz.yaml:" in line for line in told)
    assert any("money.yaml:" in line for line in told)
    assert not any(line.startswith("warning") for line in told)


@pytest.mark.parametrize(("day", "late"), [(date(2027, 1, 31), False), (date(2027, 2, 1), True)])
def test_stale_facts_are_warnings_from_the_day_after(copy: Copy, day: date, late: bool) -> None:
    """The partner's rule was checked on 2026-10-03 and asks for a look after 120 days."""
    findings = check_content(copy.root, day)
    assert any("sixteen_months" in line and "2027-01-31" in line for line in findings.warnings) == late
    assert findings.errors == ()


def test_stale_facts_do_not_refuse(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_check(copy.root, date(2036, 1, 1)) == 0
    told = capsys.readouterr()
    assert len(told.err.splitlines()) > 50
    assert all(line.startswith("warning: ") and "; look at http" in line for line in told.err.splitlines())


def test_past_versions_never_grow_stale(copy: Copy) -> None:
    warnings = check_content(copy.root, date(2036, 1, 1)).warnings
    assert not any("any_teer" in line for line in warnings)


def test_paths_are_shown_from_here(
    copy: Copy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.root.parent)
    run_check(copy.root, date(2036, 1, 1))
    assert all(
        Path(line.removeprefix("warning: ").split(":")[0]).exists() for line in capsys.readouterr().err.splitlines()
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("en/told.yaml", "Costa Rican citizens", "{citizens} citizens", "told.costa_rica_visa"),
        ("en/told.yaml", "Costa Rican citizens", "<u>Costa Rican</u> citizens", "told.costa_rica_visa"),
        ("en/doubts.yaml", "Older pages", "Older {pages", "doubts.luxembourg_age"),
    ],
)
def test_words_that_cannot_be_said(copy: Copy, name: str, old: str, new: str, says: str) -> None:
    copy.change(name, old, new)
    errors = check_content(copy.root, TODAY).errors
    assert any(says in error and name in error for error in errors), errors
