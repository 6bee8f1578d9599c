"""A copy of the content that a test may break, and what the loader then says."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.facts.content import load_facts
from flows.facts.yaml_file import ContentError


@dataclass(frozen=True)
class Copy:
    root: Path

    def change(self, name: str, old: str, new: str) -> None:
        """Replace the first ``old`` in a file. Fails where it is not there."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def lines(self, name: str, mark: str) -> tuple[int, int]:
        """The first line that holds ``mark``, and the one before it (an entry may begin there)."""
        found = (self.root / name).read_text(encoding="utf-8").splitlines()
        first = next(number for number, line in enumerate(found, start=1) if mark in line)
        return first - 1, first

    def problems(self) -> list[str]:
        """What the loader finds; fails where it finds nothing."""
        with pytest.raises(ContentError) as caught:
            load_facts(self.root)
        return caught.value.problems
