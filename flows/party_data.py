"""A party as plain data in the form of a party file: what ``flows.party_file`` reads back as the same party."""

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from flows.party import Party


def party_data(party: Party) -> dict[str, Any]:
    """``party`` as a mapping with the keys of a party file; days stay dates. What is not answered is left out, and so are
    names: an example needs none."""
    data: dict[str, Any] = _plain(party)
    for person in data["people"]:
        person.pop("name", None)
    return data


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        found = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: _plain(each) for name, each in found.items() if each is not None}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value
