"""Is it the Bot API? Calls, results and updates against the types that another project generates from its documentation.

Shapes only: which methods, fields and values exist, not how long a text may be.
"""

import json
from functools import cache
from typing import Any

import jsonschema
import jsonschema_rs

from bot.local_api.decoding import Upload
from tests.kit.oracles import SCHEMA


class SchemaOracle:
    """A witness for the local server. Each check returns what is wrong, or nothing."""

    def __init__(self) -> None:
        self._definitions = _definitions()

    def check_call(self, method: str, arguments: dict[str, Any]) -> list[str]:
        """The method exists and takes these arguments."""
        return self._check("Calls", method, _plain(arguments))

    def check_result(self, method: str, result: Any) -> list[str]:
        """The method may give this result."""
        return self._check("Results", method, result)

    def check_update(self, update: dict[str, Any]) -> list[str]:
        """The Bot API sends updates of this form."""
        wrong = _first_error(self._definitions, json.dumps({"$ref": "#/definitions/TelegramUpdate"}), update)
        return [f"update {update['update_id']}: {wrong}"] if wrong else []

    def parameters(self, method: str) -> tuple[set[str], set[str]]:
        """The names of all parameters of a method, and of those that must be given."""
        schema = self._definitions["Calls"]["properties"][method]
        while "$ref" in schema:
            schema = self._definitions[schema["$ref"].rpartition("/")[2]]
        return set(schema.get("properties", {})), set(schema.get("required", ()))

    @property
    def methods(self) -> set[str]:
        """The names of all methods."""
        return set(self._definitions["Calls"]["properties"])

    @property
    def update_kinds(self) -> set[str]:
        """What an update may carry."""
        return set(self._definitions["TelegramUpdate"]["properties"]) - {"update_id"}

    def _check(self, part: str, method: str, value: Any) -> list[str]:
        schema = self._definitions[part]["properties"].get(method)
        if schema is None:
            return [f"there is no method {method} in the Bot API"]
        wrong = _first_error(self._definitions, json.dumps(schema), value)
        return [f"{method} ({part.lower()}): {wrong}"] if wrong else []


@cache
def _definitions() -> "_Definitions":
    raw = json.loads(SCHEMA.read_text())["definitions"]
    # A file is an object of JavaScript's there; here an upload stands for one. {"not": {}} keeps text out.
    raw["TelegramInputFile"] = {"type": "object", "required": ["uploaded"], "additionalProperties": False}
    raw["TelegramInputFile"]["properties"] = {"uploaded": {"type": "string"}}
    # The documentation says of RichText: a String, an Array of RichText, or one of the types; those types lost the first
    # two, which grammY's have.
    raw["TelegramRichText"]["anyOf"] += [
        {"type": "string"},
        {"type": "array", "items": {"$ref": "#/definitions/TelegramRichText"}},
    ]
    return _Definitions(_without_methods(raw))


class _Definitions(dict[str, Any]):
    """The definitions by name; hashable by identity, so that validators can be cached for them."""

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)


def _without_methods(value: Any) -> Any:
    """Without descriptions, and without alternatives that are JavaScript objects with methods (toJSON, toString)."""
    if isinstance(value, list):
        return [_without_methods(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _without_methods(each) for key, each in value.items() if not _is_description(key, each)}
    if "anyOf" in kept:
        kept["anyOf"] = [each for each in kept["anyOf"] if not {"toJSON", "toString"} & set(each.get("properties", ()))]
    return kept


def _is_description(key: str, value: Any) -> bool:
    return key == "description" and isinstance(value, str)


@cache
def _validator(definitions: _Definitions, schema: str) -> Any:
    return jsonschema_rs.Draft7Validator(json.loads(schema) | {"definitions": definitions})


def _first_error(definitions: _Definitions, schema: str, value: Any) -> str | None:
    if _validator(definitions, schema).is_valid(value):
        return None
    slow = jsonschema.Draft7Validator(json.loads(schema) | {"definitions": definitions})
    worst = next(slow.iter_errors(value), None)
    if worst is None:
        raise AssertionError("the two validators disagree")
    while worst.context:  # none of several alternatives fits: tell about the one that fits best
        branches: dict[Any, list[jsonschema.ValidationError]] = {}
        for error in worst.context:
            branches.setdefault(error.schema_path[0], []).append(error)
        worst = max(branches.values(), key=lambda errors: (-len(errors), len(errors[0].path)))[0]
    return f"at {worst.json_path}: {worst.message[:300]}"


def _plain(value: Any) -> Any:
    """Arguments as JSON, with uploads as objects that name them."""
    if isinstance(value, Upload):
        return {"uploaded": value.name}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value
