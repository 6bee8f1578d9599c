"""How flat dataclasses become the plain mappings that are stored: absent means default, unknown keys are passed over.

That is what lets a store written by an earlier or a later version be read during a rolling update.
"""

from dataclasses import Field, fields
from typing import Any

_KNOWN: dict[type[Any], tuple[Field[Any], ...]] = {}


def _fields(kind: type[Any]) -> tuple[Field[Any], ...]:
    if kind not in _KNOWN:
        _KNOWN[kind] = fields(kind)
    return _KNOWN[kind]


def given_fields(thing: Any) -> dict[str, Any]:
    """The fields of a dataclass instance that differ from their default."""
    found = ((field, getattr(thing, field.name)) for field in _fields(type(thing)))
    return {field.name: value for field, value in found if value != field.default}


def known_fields(kind: type, stored: dict[str, Any]) -> dict[str, Any]:
    """The entries of ``stored`` that this dataclass knows."""
    return {field.name: stored[field.name] for field in _fields(kind) if field.name in stored}
