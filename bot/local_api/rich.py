"""Rich messages: headings, lists, tables, details and buttons as a list of blocks, checked against Telegram's limits.

Only blocks are played, not the HTML or Markdown they can also be written in, and no media in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.local_api import limits
from bot.local_api.errors import bad_request
from bot.local_api.keyboards import checked_button

if TYPE_CHECKING:
    from bot.local_api.chats import Chat

_UNPLAYED = {
    "animation",
    "audio",
    "collage",
    "document",
    "map",
    "photo",
    "slideshow",
    "thinking",
    "video",
    "voice_note",
}
_NESTED = (
    "text",
    "summary",
    "caption",
    "credit",
    "expression",
    "label",
    "cells",
    "blocks",
    "items",
    "buttons",
    "button",
)


def checked_blocks(rich: Any, chat: Chat | None) -> list[dict[str, Any]]:
    """The blocks of an InputRichMessage as the message will carry them; refused where Telegram refuses them."""
    if not isinstance(rich, dict):
        raise bad_request("object expected as rich message")
    if "blocks" not in rich:
        raise bad_request("rich messages as HTML or Markdown are not played by this local server: send blocks")
    blocks = rich["blocks"]
    if not isinstance(blocks, list) or not blocks:
        raise bad_request("rich message must be non-empty")
    kept = [_checked_block(block, chat, 1) for block in blocks]
    if sum(1 for block in kept for _ in _inner_blocks(block)) > limits.RICH_BLOCKS:
        raise bad_request("RICH_MESSAGE_TOO_LONG")
    text = plain_text(kept)
    if not text.strip():
        raise bad_request("rich message must be non-empty")
    if len(text) > limits.RICH_LENGTH:
        raise bad_request("RICH_MESSAGE_TOO_LONG")
    return kept


def _checked_block(block: Any, chat: Chat | None, depth: int) -> dict[str, Any]:
    if not isinstance(block, dict) or not isinstance(block.get("type"), str):
        raise bad_request("can't parse rich message block: expected an Object with a type")
    if depth > limits.RICH_DEPTH:
        raise bad_request("RICH_MESSAGE_TOO_DEEP")
    kind = block["type"]
    if kind in _UNPLAYED:
        raise bad_request(f'block "{kind}" of rich messages is not played by this local server')
    kept = dict(block)
    if kind == "table":
        rows = block.get("cells")
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise bad_request("table cells must be an Array of Arrays")
        if any(sum(_columns(cell) for cell in row) > limits.RICH_COLUMNS for row in rows):
            raise bad_request("RICH_TABLE_TOO_WIDE")
    if kind == "list":
        kept["items"] = [
            _checked_item(item, number, chat, depth) for number, item in enumerate(_listed(block, "items"))
        ]
    if "blocks" in block:
        kept["blocks"] = [_checked_block(inner, chat, depth + 1) for inner in _listed(block, "blocks")]
    for button in buttons_in([block]):
        checked_button(button, chat)
    return kept


def _checked_item(item: Any, number: int, chat: Chat | None, depth: int) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise bad_request("list item must be an Object")
    ordered = "type" in item or "value" in item
    label = f"{item.get('value', number + 1)}." if ordered else "•"
    return item | {
        "label": label,
        "blocks": [_checked_block(each, chat, depth + 1) for each in _listed(item, "blocks")],
    }


def _listed(holder: dict[str, Any], name: str) -> list[Any]:
    if not isinstance(holder.get(name), list):
        raise bad_request(f'field "{name}" must be an Array')
    return list(holder[name])


def _columns(cell: Any) -> int:
    span = cell.get("colspan", 1) if isinstance(cell, dict) else 1
    return span if isinstance(span, int) else 1


def _inner_blocks(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The block and every block, list item and table row inside it."""
    yield block
    for item in _items(block):
        yield item
        yield from (inner for each in item.get("blocks", []) for inner in _inner_blocks(each))
    for row in block["cells"] if block["type"] == "table" else []:
        yield {"row": row}
    yield from (inner for each in block.get("blocks", []) for inner in _inner_blocks(each))


def _items(block: dict[str, Any]) -> list[dict[str, Any]]:
    return list(block["items"]) if block["type"] == "list" else []


def plain_text(value: Any) -> str:
    """All that can be read in blocks, one line for each block or table cell."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        inline = all(isinstance(each, str) or (isinstance(each, dict) and "blocks" not in each) for each in value)
        apart = "" if inline and any(isinstance(each, str) for each in value) else "\n"
        return apart.join(filter(None, map(plain_text, value)))
    if isinstance(value, dict):
        return "\n".join(filter(None, (plain_text(value[key]) for key in _NESTED if key in value)))
    return ""


def buttons_in(value: Any) -> list[dict[str, Any]]:
    """The buttons inside blocks, in reading order."""
    if isinstance(value, list):
        return [button for each in value for button in buttons_in(each)]
    if not isinstance(value, dict):
        return []
    found = list(value["buttons"]) if value.get("type") == "buttons" and isinstance(value.get("buttons"), list) else []
    if value.get("type") == "button" and isinstance(value.get("button"), dict):
        found.append(value["button"])
    flat = [button for each in found for button in (each if isinstance(each, list) else [each])]
    return flat + [
        button for key in _NESTED if key not in ("button", "buttons") for button in buttons_in(value.get(key))
    ]
