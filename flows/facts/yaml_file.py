"""Reads one YAML file so that every error can name file and line. Plain YAML 1.2 booleans: NO stays Norway."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """The safe loader with two changes: only true and false are booleans, and a key may not stand twice."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


class ContentError(Exception):
    """Something in the content is wrong. Each problem names file and line, what was found, expected, and the way out."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class YamlFile:
    """One parsed file: ``data`` and, for any path into it, the line."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        self.path = path
        try:
            loader = _Loader(path.read_text(encoding="utf-8") if text is None else text)
            try:
                self._node: yaml.Node | None = loader.get_single_node()
                problems = list(self._double_keys(self._node)) if self._node is not None else []
                if problems:
                    raise ContentError(problems)
                self.data: Any = loader.construct_document(self._node) if self._node is not None else None
            finally:
                loader.dispose()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            problem = getattr(error, "problem", None) or str(error)
            raise ContentError([f"{path}:{line}: not valid YAML: {problem}"]) from error

    def _double_keys(self, node: yaml.Node) -> list[str]:
        found = []
        if isinstance(node, yaml.MappingNode):
            seen: dict[str, int] = {}
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    line = key.start_mark.line + 1
                    if key.value in seen:
                        found.append(
                            f"{self.path}:{line}: the key {key.value!r} stands twice (first on line {seen[key.value]}); "
                            "keep one of them"
                        )
                    seen.setdefault(key.value, line)
                found.extend(self._double_keys(value))
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                found.extend(self._double_keys(value))
        return found

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """The line of the value at ``path``, or of the nearest thing around it that stands in the file."""
        node = self._node
        line = 1
        for part in path:
            following = None
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if isinstance(key, yaml.ScalarNode) and key.value == str(part):
                        line, following = key.start_mark.line + 1, value
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                following = node.value[part]
                line = following.start_mark.line + 1
            if following is None:
                break
            node = following
        return line

    def mappings(self) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
        """Every mapping in the file with its path, from the outside in."""
        waiting: list[tuple[tuple[str | int, ...], Any]] = [((), self.data)]
        while waiting:
            path, value = waiting.pop()
            if isinstance(value, dict):
                yield path, value
                waiting += [((*path, key), inner) for key, inner in reversed(value.items())]
            elif isinstance(value, list):
                waiting += [((*path, place), inner) for place, inner in reversed(list(enumerate(value)))]

    def problems_of(self, error: ValidationError, inside: tuple[str | int, ...] = ()) -> list[str]:
        """A validation error as lines of file, line, what is wrong, what was found."""
        found = []
        for item in error.errors():
            placed = getattr(item.get("ctx", {}).get("error"), "inside", ())
            location = inside + tuple(item["loc"]) + placed
            where = ".".join(str(part) for part in location) or "the file"
            message = item["msg"].removeprefix("Value error, ")
            if item["type"] == "extra_forbidden":
                message = "unknown key; take it out or correct its spelling"
            shown = (
                "" if item["type"] in ("extra_forbidden", "missing", "value_error") else f" (found {item['input']!r})"
            )
            found.append(f"{self.path}:{self.line_of(location)}: {where}: {message}{shown}")
        return found
