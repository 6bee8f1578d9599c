"""The rooms of the house: imports run one way, the thinking touches nothing, files stay small and are named after what
they hold, and the content is data only."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
THINKING = sorted((ROOT / "flows").rglob("*.py"))
CODE = [*THINKING, *sorted((ROOT / "bot").rglob("*.py"))]
DOING = {"socket", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "telegram", "sqlite3", "sqlite_utils", "asyncio",
         "subprocess", "threading", "os", "time", "random", "tempfile", "shutil", "bot"}  # fmt: skip
READS_FILES = {"flows/facts/yaml_file.py", "flows/facts/content.py"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", THINKING, ids=_name)
def test_the_thinking_imports_nothing_that_does(path: Path) -> None:
    assert not _imports(path) & DOING


@pytest.mark.parametrize("path", THINKING, ids=_name)
def test_the_thinking_reads_no_clock(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in {"today", "now", "utcnow", "fromtimestamp"}, f"{_name(path)}:{node.lineno}"


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_a_file_holds_one_thing_and_is_named_after_it(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 320
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}


def test_the_content_is_data_only() -> None:
    kinds = {path.suffix for path in (ROOT / "content").rglob("*") if path.is_file()}
    assert kinds <= {".yaml"}


def test_only_known_libraries_stand_in_the_thinking() -> None:
    allowed = {
        "flows",
        "pydantic",
        "yaml",
        "dateutil",
        "transitions",
        "babel",
        "rapidfuzz",
        "dateparser",
        "snowballstemmer",
    }
    for path in THINKING:
        assert _imports(path) - set(sys.stdlib_module_names) <= allowed, _name(path)
