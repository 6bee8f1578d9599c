"""Ways in which people answer: nothing may be silently wrong, and nearly all must be understood or asked back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.facts.content import Facts
from flows.facts.yaml_file import YamlFile
from flows.understanding.result import Understood
from flows.understanding.understand import understand

TABLES = sorted(Path(__file__).parent.glob("*phrasings.yaml"))


def rows(table: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for question, phrasings in YamlFile(table).data.items():
        for row in phrasings:
            yield question, row


def verdict(row: dict[str, Any], understood: Understood) -> str:
    if "value" in row:
        if understood.error is None and not understood.ask_back:
            return "right" if understood.value == row["value"] else "wrong"
        return "asked" if row["value"] in understood.ask_back else "missed"
    if "ask" in row:
        if understood.ask_back:
            return "right" if all(candidate in understood.ask_back for candidate in row["ask"]) else "missed"
        return "missed" if understood.error else "wrong"
    if understood.error is None:
        return "missed" if understood.ask_back else "wrong"
    return "right" if understood.error.endswith(f".{row['error']}") else "missed"


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_phrasings(table: Path, facts: Facts, today: date) -> None:
    verdicts = [
        (verdict(row, understood := understand(question, row["text"], today, facts)), question, row["text"], understood)
        for question, row in rows(table)
    ]
    assert [line for line in verdicts if line[0] == "wrong"] == []
    missed = [line for line in verdicts if line[0] == "missed"]
    assert len(missed) <= 0.03 * len(verdicts), missed
    asked = [line for line in verdicts if line[0] == "asked"]
    assert len(asked) <= 0.08 * len(verdicts), asked
