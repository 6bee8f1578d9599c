"""Messages that facts have people told: each one named exists in the reference language, and none lies there unused."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.check.records import Record

REFERENCE = "en"
OF_FACTS = re.compile(r"(?:told|doubts)\.[a-z0-9_.]+")


def message_problems(root: Path, found: Sequence[Record]) -> Iterator[str]:
    """Names of messages that do not exist; messages of facts that no fact names or that would be said with a gap."""
    folder = root / REFERENCE
    messages = {
        f"{record.file.path.stem}.{key}": (record.where(key), text)
        for record in found
        if record.file.path.parent == folder and not record.inside
        for key, text in record.data.items()
    }
    named = {
        key: record.where(field)
        for record in found
        if record.file.path.parent != folder
        for field, key in _named(record.data)
    }
    for key in sorted(named.keys() - messages.keys()):
        file = folder / f"{key.split('.')[0]}.yaml"
        yield f"{named[key]}: there is no message {key}; write it in {file} or correct the name"
    for key, (where, text) in sorted(messages.items()):
        if OF_FACTS.fullmatch(key) and key not in named:
            yield f"{where}: {key} is named by no fact; name it there or take it out"
        if OF_FACTS.fullmatch(key) and "{" in str(text):
            yield f"{where}: {key}: nobody fills a placeholder in a message of a fact; write the text without {{ }}"


def _named(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field, value in data.items():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and OF_FACTS.fullmatch(text):
                yield field, text
