"""What the files in deploy/ say is true: their syntax by the tools themselves, every setting and command that they name."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY
from typer.main import get_command

from bot import metrics
from bot.__main__ import app
from bot.commands.store import ACTIONS
from bot.settings import Settings, variable_of

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file() and path.suffix != ".lock")
SETTINGS = {variable_of(field) for field in Settings.model_fields}


def _name(path: Path) -> str:
    return path.name


def tool(name: str) -> str:
    """The tool's path; on CI it must be there, elsewhere the test is skipped without it."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None and not os.environ.get("CI"):
        pytest.skip(f"{name} is not installed")
    assert found is not None, f"CI must have {name}"
    return found


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_every_setting_named_exists(path: Path) -> None:
    named = set(re.findall(r"\b(IEC_TOGETHER_[A-Z_]+|TELEGRAM_[A-Z_]+)\b", path.read_text()))
    assert named <= SETTINGS


def test_the_runbook_names_every_setting_that_an_operator_needs() -> None:
    text = (DEPLOY / "runbook.md").read_text()
    for_trying_out = {variable_of(field) for field in ("api_url", "today", "today_at", "rounds_url", "proxy")}
    assert {name for name in SETTINGS - for_trying_out if name not in text} == set()


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_every_command_named_exists(path: Path) -> None:
    commands = set(getattr(get_command(app), "commands"))  # noqa: B009 - a click group, untyped here
    for command, action in re.findall(r"python -m bot ([a-z]+(?:-[a-z]+)*)(?: ([a-z]+))?", path.read_text()):
        assert command in commands, command
        if command == "store":
            assert action in ACTIONS, action


def test_the_runbook_explains_every_metric() -> None:
    names = {metric.name for metric in REGISTRY.collect() if metric.name.startswith("iec_")}
    assert metrics.UPDATES._name in names
    explained = set(re.findall(r"`(iec_[a-z_]+?)(?:_total)?(?:\{|`)", (DEPLOY / "runbook.md").read_text()))
    assert explained == names


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".yaml"], ids=_name)
def test_yaml_is_whole(path: Path) -> None:
    documents = list(yaml.safe_load_all(path.read_text()))
    assert documents and all(isinstance(document, dict) for document in documents)


def _kubernetes(kind: str) -> dict[str, Any]:
    documents = yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text())
    (found,) = [document for document in documents if document["kind"] == kind]
    return dict(found)


def test_kubernetes_parts_fit_each_other() -> None:
    deployment, service, budget = (_kubernetes(kind) for kind in ("Deployment", "Service", "PodDisruptionBudget"))
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    for selector in (
        deployment["spec"]["selector"]["matchLabels"],
        service["spec"]["selector"],
        budget["spec"]["selector"]["matchLabels"],
    ):
        assert selector.items() <= labels.items()
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    (port,) = container["ports"]
    assert port["containerPort"] == int(_kubernetes("ConfigMap")["data"]["IEC_TOGETHER_WEBHOOK_LISTEN"].split(":")[1])
    assert {container[probe]["httpGet"]["path"] for probe in ("readinessProbe", "livenessProbe")} == {
        "/readyz",
        "/healthz",
    }
    assert budget["spec"]["minAvailable"] < deployment["spec"]["replicas"]


@pytest.mark.parametrize("unit", ["iec-together.service", "iec-together-drift.service", "iec-together-drift.timer"])
def test_systemd_takes_its_units(unit: str, tmp_path: Path) -> None:
    for path in DEPLOY.glob("iec-together*"):
        text = path.read_text().replace("/opt/iec-together/.venv/bin/python", "/bin/true")
        (tmp_path / path.name).write_text(text)
    checked = subprocess.run(
        [tool("systemd-analyze"), "verify", "--man=no", str(tmp_path / unit)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    told = [line for line in checked.stderr.splitlines() if "iec-together" in line]
    assert checked.returncode == 0 and told == [], checked.stderr


def test_the_unit_is_locked_down(tmp_path: Path) -> None:
    """The exposure that systemd computes: below 2 of 10 is its 'OK'."""
    (tmp_path / "iec-together.service").write_text((DEPLOY / "iec-together.service").read_text())
    judged = subprocess.run(
        [tool("systemd-analyze"), "security", "--offline=true", "--threshold=20", "--no-pager",
         str(tmp_path / "iec-together.service")],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert judged.returncode == 0, judged.stdout[-2000:] + judged.stderr


def test_caddy_takes_its_file(tmp_path: Path) -> None:
    checked = subprocess.run(
        [tool("caddy"), "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "BOT_DOMAIN": "bot.example.org", "BOT_UPSTREAM": "bot"},
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("file", ["compose.sqlite.yaml", "compose.postgres.yaml"])
def test_compose_takes_its_file(file: str, tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, timeout=60).returncode:
        pytest.skip("docker compose is not installed")
    (tmp_path / "deploy").mkdir()
    shutil.copy(DEPLOY / file, tmp_path / "deploy" / file)
    (tmp_path / "deploy" / "bot.env").write_text("TELEGRAM_BOT_TOKEN=1:a\n")
    checked = subprocess.run(
        [docker, "compose", "--file", str(tmp_path / "deploy" / file), "config", "--quiet"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
