"""Keyboards under messages: what Telegram accepts as one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.local_api import limits
from bot.local_api.errors import bad_request

if TYPE_CHECKING:
    from bot.local_api.chats import Chat

_WHAT_A_BUTTON_DOES = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
}
_STYLES = ("danger", "success", "primary")


def checked_markup(markup: Any, chat: Chat | None, inline_only: bool = False) -> Mapping[str, Any] | None:
    """``markup`` as it is kept, or None if it is absent or has no buttons; refused where Telegram refuses it."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline_keyboard")
        if sum(map(len, rows)) > limits.BUTTONS:
            raise bad_request("reply markup is too long")
        kept = [[checked_button(button, chat) for button in row] for row in rows if row]
        return {"inline_keyboard": kept} if kept else None
    if inline_only:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        for row in _rows(markup["keyboard"], "keyboard"):
            for button in row:
                _reply_button(button, chat)
        return markup
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return markup
    raise bad_request("can't parse reply keyboard markup JSON object")


def _rows(rows: Any, name: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    return rows


def checked_button(button: Any, chat: Chat | None) -> dict[str, Any]:
    """An inline button as it is kept; refused where Telegram refuses it."""
    if not isinstance(button, dict):
        raise _unparsed("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise _unparsed('Field "text" must be of type String')
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    does = _WHAT_A_BUTTON_DOES & button.keys()
    if not does:
        raise _unparsed("Text buttons are unallowed in the inline keyboard")
    if len(does) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if button.get("style") not in (None, *_STYLES):
        raise _unparsed("invalid button style specified")
    _check_action(does.pop(), button, chat)
    return dict(button)


def _check_action(kind: str, button: dict[str, Any], chat: Chat | None) -> None:
    value = button[kind]
    match kind:
        case "callback_data":
            if not isinstance(value, str) or not 1 <= len(value.encode()) <= limits.CALLBACK_DATA_BYTES:
                raise bad_request("BUTTON_DATA_INVALID")
        case "url":
            _check_url(value)
        case "copy_text":
            text = value.get("text") if isinstance(value, dict) else None
            if not isinstance(text, str) or not 1 <= len(text) <= limits.BUTTON_COPY_TEXT:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case "web_app":
            if chat is None or chat.kind != "private":
                raise bad_request("BUTTON_TYPE_INVALID")
        case "switch_inline_query" | "switch_inline_query_current_chat":
            if not isinstance(value, str) or len(value) > limits.INLINE_QUERY_LENGTH:
                raise bad_request("SWITCH_INLINE_QUERY_INVALID")
        case "switch_inline_query_chosen_chat":
            allowed = ("allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats")
            if not isinstance(value, dict) or not any(value.get(key) for key in allowed):
                raise bad_request("can't use switch_inline_query_chosen_chat with no chat types")


def _check_url(value: Any) -> None:
    if not isinstance(value, str):
        raise bad_request("BUTTON_URL_INVALID")
    if re.match(r"tg://(user\?id=\d+|resolve\?)", value):
        return
    address = value if "://" in value else f"http://{value}"
    found = re.fullmatch(r"(?i)(https?|tg|ton)://([^/?#\s]*)([/?#]\S*)?", address)
    if found is None or (found[1].lower() != "tg" and "." not in found[2].strip(".")):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")


def _reply_button(button: Any, chat: Chat | None) -> None:
    text = button if isinstance(button, str) else button.get("text") if isinstance(button, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise bad_request("keyboard button text must be non-empty")
    asks = {"request_users", "request_chat", "request_contact", "request_location", "request_poll", "web_app"}
    if isinstance(button, dict) and asks & button.keys() and (chat is None or chat.kind != "private"):
        raise bad_request("users, chats, contacts, locations and polls can be requested in private chats only")


def _unparsed(text: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {text}")
