"""What is shipped is whole: a wheel of this project works where there is nothing else of it."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTY = {
    "as_of": "2026-11-22",
    "people": [{"id": "p1", "born": "1996-04-02", "citizenships": ["IE"], "lives_in": "IE"}],
}


def _packed() -> set[str]:
    """The files of the project that a program that runs needs."""
    kept = subprocess.run(
        ["git", "ls-files", "bot", "flows", "content"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name for name in kept.stdout.splitlines() if not name.endswith((".md", ".txt")) and (ROOT / name).exists()}


def test_a_wheel_runs_by_itself(tmp_path: Path) -> None:
    copy = tmp_path / "project"
    for name in {*_packed(), "pyproject.toml", "README.md", "LICENSE"}:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((ROOT / name).read_bytes())
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    built = subprocess.run(
        [str(python), "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(copy)],
        capture_output=True, text=True, timeout=300, env={**os.environ, **clean},
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert _packed() - set(archive.namelist()) == set(), "everything that runs is inside"
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True,
        timeout=300,
        env=clean,
    )
    # The dependencies are those of this environment, and nothing of the project is to be found through them.
    (site,) = (tmp_path / "venv").glob("lib/*/site-packages")
    dependencies = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "dependencies.pth").write_text(dependencies + "\n")
    told = subprocess.run(
        [str(python), "-c", "import bot, flows.facts.content as c; print(bot.__file__, c.CONTENT_ROOT)"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, env=clean,
    )  # fmt: skip
    assert str(ROOT) not in told.stdout and told.stdout.count(str(site)) == 2, told.stderr
    answered = subprocess.run(
        [str(python), "-m", "bot", "routes", "-", "--json"],
        input=json.dumps(PARTY), cwd=tmp_path, capture_output=True, text=True, timeout=120, env=clean,
    )  # fmt: skip
    assert answered.returncode == 0, answered.stderr
    (person,) = json.loads(answered.stdout)["people"]
    assert any(route["route"] == "working_holiday" for route in person["routes"])
