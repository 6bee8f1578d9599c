"""The bot's answer to a pressed button: once, in time, at most 200 characters."""

from __future__ import annotations

from bot.local_api import limits
from bot.local_api.decoding import Kind
from bot.local_api.errors import bad_request
from bot.local_api.methods.registry import Call, method


@method(
    "answerCallbackQuery",
    "callback_query_id",
    callback_query_id=Kind.TEXT,
    text=Kind.TEXT,
    show_alert=Kind.BOOLEAN,
    url=Kind.TEXT,
    cache_time=Kind.INTEGER,
)
def answer_press(call: Call) -> bool:
    """Tell the person's app that the press was dealt with, perhaps with a short notice."""
    world, arguments = call.world, call.arguments
    press = world.presses.get(arguments["callback_query_id"])
    if press is None or press.answer is not None or press.at < world.clock.now() - limits.CALLBACK_ANSWERABLE_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = arguments.get("text", "")
    if len(text) > limits.CALLBACK_ANSWER_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    url = arguments.get("url", "")
    if url and not url.startswith(f"https://t.me/{world.bot.username}?start="):
        raise bad_request("URL_INVALID")
    press.answer = {"text": text, "show_alert": arguments.get("show_alert", False), "url": url}
    world.pulse.beat()
    return True
