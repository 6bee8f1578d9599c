"""``python -m bot check``: everything that can be wrong with the content, one line each."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from bot.check.messages import message_problems
from bot.check.reach import unreachable_seasons
from bot.check.records import read_records
from bot.check.review import stale_facts
from bot.check.sources import source_problems
from flows.content import load_content
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.facts.yaml_file import ContentError
from flows.understanding.word_check import word_problems


@dataclass(frozen=True, slots=True)
class Findings:
    """Lines of ``file:line: what is wrong, what was expected, how to mend it``. Warnings leave the content usable."""

    errors: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    summary: str = ""


def check_content(root: Path, today: date) -> Findings:
    """Load everything below ``root`` and look for what loading alone does not find. ``today`` decides what is stale."""
    found, problems = read_records(root)
    try:
        facts = load_facts(root)
    except ContentError as error:
        return Findings(tuple(dict.fromkeys([*problems, *error.problems])))
    try:
        load_content(root)
    except ContentError as error:
        problems += error.problems
    problems += [
        *source_problems(root, found),
        *unreachable_seasons(root, facts),
        *message_problems(root, found),
        *word_problems(root / "understanding"),
    ]
    warnings = tuple(stale_facts(found, facts.sources, today))
    summary = (
        f"content {facts.version}: {len(facts.every_fact())} dated facts on {len(facts.sources)} sources, "
        f"{len(facts.countries)} countries, {len(facts.values)} values; oldest check {facts.oldest_check}"
    )
    return Findings(tuple(dict.fromkeys(problems)), warnings, summary)


def run_check(root: Path = CONTENT_ROOT, today: date | None = None) -> int:
    """Print what was found: problems on standard error, one line each. 1 where there are errors, else 0."""
    findings = check_content(root, today or date.today())
    here = f"{Path.cwd()}/"
    for line in findings.errors:
        typer.echo(line.replace(here, ""), file=sys.stderr)
    for line in findings.warnings:
        typer.echo("warning: " + line.replace(here, ""), file=sys.stderr)
    if findings.summary:
        typer.echo(f"{findings.summary}; {len(findings.errors)} errors, {len(findings.warnings)} warnings")
    return 1 if findings.errors else 0
