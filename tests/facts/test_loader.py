"""Wrong content never gets further than loading, and each problem names the file and the line."""

from pathlib import Path

import pytest

from flows.facts.content import CONTENT_ROOT, load_facts
from flows.facts.yaml_file import ContentError, YamlFile
from tests.facts.broken import Copy

NZ_STAY = "working_holiday: {min_age: 18, max_age: 35, months: 23}"


NZ, JP, MONEY, LAW = "countries/nz.yaml", "countries/jp.yaml", "values/money.yaml", "sources/law.yaml"
NZ_START = "current_as_of: 2025-12-24"
JP_START = "effective_from: 2025-04-01"


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "says"),
    [
        pytest.param(NZ, "checked_on:", "chequed_on:", "chequed_on", "unknown key", id="unknown key"),
        pytest.param(NZ, "max_age: 35", "max_age: thirty", "thirty", "(found 'thirty')", id="bad type"),
        pytest.param(NZ, "max_age: 35", "max_age: 350", "350", "(found 350)", id="beyond all ages"),
        pytest.param(NZ, NZ_STAY, "holiday: {max_age: 35, months: 23}", "holiday", "holiday", id="category"),
        pytest.param(NZ, "code: NZ", "code: New Zealand", "code:", "(found 'New Zealand')", id="bad code"),
        pytest.param(NZ, "max_total: 1", "max_total: 1\n      max_total: 2", "max_total: 2", "stands twice", id="key"),
        pytest.param(NZ, "confidence: high", "confidence: quite", "quite", "(found 'quite')", id="confidence"),
        pytest.param(NZ, "checked_on: 2026-02-12", "checked_on: soon", "soon", "(found 'soon')", id="date"),
        pytest.param(NZ, "source: ircc_iec_agreements", "source: hearsay", "hearsay", "'hearsay'", id="source"),
        pytest.param(NZ, "also: [new_zealand_2015", "also: [rumour", "rumour", "'rumour'", id="further source"),
        pytest.param(NZ, "    source: ircc_iec_agreements\n", "", NZ_START, "source", id="no source"),
        pytest.param(
            NZ, NZ_START, f"{NZ_START}\n    effective_from: 2025-12-24", NZ_START, "exactly one of", id="two starts"
        ),
        pytest.param(NZ, f"{NZ_START}\n    ", "", "- source", "exactly one of", id="no start"),
        pytest.param(JP, JP_START, "effective_from: 2025-04-02", "2025-04-02", "gap", id="gap"),
        pytest.param(JP, JP_START, "effective_from: 2025-03-31", "from: 2025-03-31", "overlap", id="overlap"),
        pytest.param(JP, "to: 2025-03-31", "to: 2025-03-30", "current_as_of", "before the start", id="ends too early"),
        pytest.param(JP, "    effective_to: 2025-03-31\n", "", "current_as_of", "overlap", id="open end"),
        pytest.param(
            JP, JP_START, "current_as_of: 2025-04-01", "of: 2025-04-01", "only the first", id="late unknown start"
        ),
        pytest.param(
            MONEY, "effective_to: 2025-11-30", "effective_to: 2025-10-31", "value: 184.75", "gap", id="fee gap"
        ),
        pytest.param(MONEY, "id: fees.eta", "id: fees.iec # eta", "# eta", "fees.iec stands twice", id="double value"),
        pytest.param(LAW, "id: irpr_30\n", "id: irpr_2\n", "section 30:", "irpr_2 stands twice", id="double source"),
        pytest.param(LAW, "url: https://laws", "url: laws", "url: laws", "url", id="address"),
        pytest.param(
            "seasons.yaml", "year: 2019", "year: 2018", "opened: 2018-12-04", "2018 follows 2018", id="season"
        ),
        pytest.param("entry.yaml", "2025-11-25", "2025-11-27", "passports: [QA]", "passport QA: gap", id="passport"),
        pytest.param("entry.yaml", "  FO: DK", "  FR: DK", "  FR: DK", "FR stands both", id="territory"),
        pytest.param(
            "partner_permit.yaml", '{code: "33"}', '{code: "32101"}', "32101", "covered by 32", id="listed twice"
        ),
        pytest.param("partner_permit.yaml", "[0, 1, 2, 3]", "[0, 1, 2, 7]", "[0, 1, 2, 7]", "(found 7)", id="teer"),
    ],
)
def test_names_file_and_line(copy: Copy, name: str, old: str, new: str, at: str, says: str) -> None:
    copy.change(name, old, new)
    problems = copy.problems()
    near = [f"{copy.root / name}:{line}: " for line in copy.lines(name, at)]
    assert any(problem.startswith(tuple(near)) and says in problem for problem in problems), (near, problems)


def test_tells_all_problems_at_once(copy: Copy) -> None:
    copy.change("countries/nz.yaml", "max_age: 35", "max_age: old")
    copy.change("values/money.yaml", "value: 7,", "worth: 7,")
    copy.change("seasons.yaml", "year: 2019", "year: nineteen")
    found = {Path(problem.split(":", 1)[0]).name for problem in copy.problems()}
    assert found == {"nz.yaml", "money.yaml", "seasons.yaml"}


def test_wrong_file_name(copy: Copy) -> None:
    (copy.root / "countries/nz.yaml").rename(copy.root / "countries/xx.yaml")
    assert copy.problems() == [
        f"{copy.root}/countries/xx.yaml:1: holds NZ; rename it to nz.yaml or correct the code",
    ]


@pytest.mark.parametrize("name", ["partner_permit.yaml", "entry.yaml", "seasons.yaml", "partner_exceptions.yaml"])
def test_missing_file(copy: Copy, name: str) -> None:
    (copy.root / name).unlink()
    assert any(problem.startswith(f"{copy.root / name}:1: cannot be read") for problem in copy.problems())


def test_folder_in_place_of_a_file(copy: Copy) -> None:
    (copy.root / "values/more.yaml").mkdir()
    assert any(problem.startswith(f"{copy.root}/values/more.yaml:1: cannot be read") for problem in copy.problems())


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"code: \xff\xfe", ":1: not UTF-8"),
        (b"code: [NZ\nversions: 1\n", ":2: not valid YAML"),
        (b"code: NZ\n\tversions: 1\n", ":2: not valid YAML"),
        (b"", ":1: the file: "),
        (b"- NZ\n", ":1: the file: "),
        (b"code: !!python/object/apply:os.getcwd []\n", ":1: not valid YAML"),
    ],
)
def test_unreadable_file(copy: Copy, raw: bytes, says: str) -> None:
    (copy.root / "countries/nz.yaml").write_bytes(raw)
    assert any(problem.startswith(f"{copy.root}/countries/nz.yaml{says}") for problem in copy.problems())


def test_no_countries_at_all(copy: Copy) -> None:
    for path in (copy.root / "countries").iterdir():
        path.unlink()
    assert any("no country can be read" in problem for problem in copy.problems())


@pytest.mark.parametrize("word", ["NO", "no", "No", "ON", "on", "off", "yes", "y", "n"])
def test_words_stay_words(tmp_path: Path, word: str) -> None:
    """In older YAML these are booleans, and Norway disappears."""
    assert YamlFile(tmp_path / "x.yaml", f"code: {word}\n").data == {"code": word}


def test_norway_without_quotes(copy: Copy) -> None:
    copy.change("countries/no.yaml", 'code: "NO"', "code: NO")
    assert load_facts(copy.root).countries["NO"].code == "NO"


def test_version_tells_contents_apart(copy: Copy) -> None:
    before = load_facts(copy.root).version
    assert load_facts(CONTENT_ROOT).version == before
    copy.change("countries/nz.yaml", "max_age: 35", "max_age: 34")
    assert load_facts(copy.root).version != before


def test_error_is_readable_as_a_whole(copy: Copy) -> None:
    copy.change("countries/nz.yaml", "max_age: 35", "max_age: old")
    with pytest.raises(ContentError) as caught:
        load_facts(copy.root)
    assert str(caught.value).splitlines() == caught.value.problems
