"""From an HTTP request to a method's arguments: every parameter must be known, and of its kind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.local_api.errors import bad_request


class Kind(StrEnum):
    """What a parameter holds. ``UNPLAYED`` ones exist at Telegram, but this server does not act on them."""

    INTEGER = "integer"
    BOOLEAN = "boolean"
    TEXT = "text"
    CHAT = "chat"  # an id, or @username
    OBJECT = "object"  # JSON: an object or a list
    FILE = "file"  # an upload, or the text of a file_id
    UNPLAYED = "unplayed"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    media_type: str
    data: bytes


Raw = Mapping[str, Any]  # values are text or Upload from a form, anything from a JSON body
Arguments = dict[str, Any]


def decode(
    raw: Raw,
    kinds: Mapping[str, Kind],
    required: frozenset[str],
    method: str,
    strict: bool = True,
) -> Arguments:
    """The arguments of a call by name.

    Unknown parameters are refused; without ``strict`` they are dropped without a word, as Telegram's servers do.
    Uploads that a parameter points at with ``attach://name`` are put in its place.
    """
    attached = {name: value for name, value in raw.items() if isinstance(value, Upload) and name not in kinds}
    used: set[str] = set()
    arguments: Arguments = {}
    for name, value in raw.items():
        if name in attached:
            continue
        kind = kinds.get(name)
        if kind is None:
            if strict:
                raise bad_request(f'unknown parameter "{name}" of {method} (this server is strict)')
            continue
        if value is None or (isinstance(value, str) and not value and kind is not Kind.TEXT):
            continue
        if kind is Kind.UNPLAYED:
            raise bad_request(f'parameter "{name}" of {method} is not played by this local server')
        decoded = _DECODERS[kind](name, value)
        arguments[name] = _attach(decoded, attached, used) if kind in (Kind.OBJECT, Kind.FILE) else decoded
    unused = set(attached) - used
    if unused and strict:
        raise bad_request(f"uploaded but not pointed at by any parameter: {', '.join(sorted(unused))}")
    for name in sorted(required - arguments.keys()):
        raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
    return arguments


_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "message_id": "message identifier is not specified",
}


def _integer(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise bad_request(f'parameter "{name}" must be an Integer')
    try:
        number = int(value)
    except ValueError:
        raise bad_request(f'parameter "{name}" must be an Integer') from None
    if abs(number) >= 1 << 53:
        raise bad_request(f'parameter "{name}" is out of range')
    return number


def _boolean(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false", "1", "0", "yes", "no"):
        return value.lower() in ("true", "1", "yes")
    raise bad_request(f'parameter "{name}" must be a Boolean')


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise bad_request(f'parameter "{name}" must be a String')
    try:
        value.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return value


def _chat(name: str, value: Any) -> int | str:
    if isinstance(value, str) and value.startswith("@"):
        return value
    try:
        return _integer(name, value)
    except Exception:
        raise bad_request("chat not found") from None


def _object(name: str, value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
    if not isinstance(value, (dict, list)):
        raise bad_request(f"object or array expected as {name.replace('_', ' ')}")
    if _depth(value) > _DEEPEST:
        raise bad_request(f"{name.replace('_', ' ')} is nested too deeply")
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return value


_DEEPEST = 50


def _depth(value: Any) -> int:
    """How deep lists and objects are nested, counted only a little past what is allowed."""
    level, depth = [value], 0
    while level and depth <= _DEEPEST:
        depth += 1
        nested = [list(each.values()) if isinstance(each, dict) else each for each in level]
        level = [inner for each in nested for inner in each if isinstance(inner, (dict, list))]
    return depth


def _file(name: str, value: Any) -> Upload | str:
    if isinstance(value, (Upload, str)):
        return value
    raise bad_request(f'parameter "{name}" must be an upload or a String')


_DECODERS = {
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: _boolean,
    Kind.TEXT: _text,
    Kind.CHAT: _chat,
    Kind.OBJECT: _object,
    Kind.FILE: _file,
}


def _attach(value: Any, attached: Mapping[str, Upload], used: set[str]) -> Any:
    """Put uploads in the place of the ``attach://name`` that point at them, at any depth."""
    if isinstance(value, str) and value.startswith("attach://"):
        name = value.removeprefix("attach://")
        if name not in attached:
            raise bad_request(f"can't find file for {value}")
        used.add(name)
        return attached[name]
    if isinstance(value, list):
        return [_attach(each, attached, used) for each in value]
    if isinstance(value, dict):
        return {key: _attach(each, attached, used) for key, each in value.items()}
    return value
