"""Every mapping in the content's YAML files with the file and line it stands on, so that findings can point at it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.facts.yaml_file import ContentError, YamlFile

NAMED_BY = ("id", "code", "year")


@dataclass(frozen=True, slots=True)
class Record:
    """One mapping of a file: ``name`` is its ``id``, ``code`` or ``year`` or that of the nearest mapping around it."""

    file: YamlFile
    inside: tuple[str | int, ...]
    data: Mapping[str, Any]
    name: str

    def where(self, key: str | None = None) -> str:
        """``file:line`` of this record, or of one of its keys."""
        path = self.inside if key is None else (*self.inside, key)
        return f"{self.file.path}:{self.file.line_of(path)}"


def read_records(root: Path) -> tuple[list[Record], list[str]]:
    """Every mapping below ``root``, file by file, and the problems of files that cannot be read."""
    found: list[Record] = []
    problems: list[str] = []
    for path in sorted(root.rglob("*.yaml")):
        try:
            found += _records(YamlFile(path))
        except ContentError as error:
            problems += error.problems
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{path}:1: cannot be read: {error}; expected a YAML file in UTF-8")
    return found, problems


def _records(file: YamlFile) -> Iterator[Record]:
    names: dict[tuple[str | int, ...], str] = {(): file.path.stem}
    for inside, data in file.mappings():
        around = next(names[inside[:end]] for end in range(len(inside), -1, -1) if inside[:end] in names)
        names[inside] = str(next((data[key] for key in NAMED_BY if key in data), around))
        yield Record(file, inside, data, names[inside])
