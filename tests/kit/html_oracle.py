"""Telegram's own parser of formatted text (TDLib), called without a network or an account."""

import json
from typing import Any

import tdjson

from bot.local_api.errors import bad_request

_MODES = {
    "html": {"@type": "textParseModeHTML"},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
}
_KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
    "BotCommand": "bot_command",
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "Url": "url",
    "EmailAddress": "email",
    "PhoneNumber": "phone_number",
    "BankCardNumber": "bank_card_number",
}


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps(request).encode())
    return json.loads(answer)


_execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def parse(source: str, parse_mode: str) -> tuple[str, list[dict[str, Any]]]:
    """The text and entities as Telegram understands ``source``; ApiError with Telegram's words where it refuses it."""
    mode = _MODES.get(parse_mode.lower())
    if mode is None:
        raise bad_request("unsupported parse_mode")
    answer = _execute({"@type": "parseTextEntities", "text": source, "parse_mode": mode})
    if answer["@type"] == "error":
        text = answer["message"]
        raise bad_request(text[:1].lower() + text[1:])
    return answer["text"], [_entity(entity) for entity in answer["entities"]]


def found_in(text: str) -> list[dict[str, Any]]:
    """What Telegram recognises in plain ``text``: commands, mentions, links and the like."""
    found = _execute({"@type": "getTextEntities", "text": text})["entities"]
    return [_entity(each) for each in found if each["type"]["@type"].removeprefix("textEntityType") in _KINDS]


def _entity(given: dict[str, Any]) -> dict[str, Any]:
    kind = given["type"]
    entity = {
        "type": _KINDS[kind["@type"].removeprefix("textEntityType")],
        "offset": given["offset"],
        "length": given["length"],
    }
    if "url" in kind:
        entity["url"] = kind["url"]
    if "language" in kind:
        entity["language"] = kind["language"]
    if "user_id" in kind:
        entity["user"] = {"id": kind["user_id"]}
    if "custom_emoji_id" in kind:
        entity["custom_emoji_id"] = str(kind["custom_emoji_id"])
    if "unix_time" in kind:
        entity["unix_time"] = kind["unix_time"]
    return entity
