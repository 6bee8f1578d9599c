"""The bot's side of inline mode: results for a question, and messages prepared for sharing."""

from __future__ import annotations

from typing import Any

from bot.local_api import limits
from bot.local_api.decoding import Kind
from bot.local_api.errors import bad_request
from bot.local_api.keyboards import checked_markup
from bot.local_api.methods.checks import formatted, person
from bot.local_api.methods.registry import Call, method
from bot.local_api.methods.sending import media_from
from bot.local_api.world import World


@method(
    "answerInlineQuery",
    "inline_query_id",
    "results",
    inline_query_id=Kind.TEXT,
    results=Kind.OBJECT,
    cache_time=Kind.INTEGER,
    is_personal=Kind.BOOLEAN,
    next_offset=Kind.TEXT,
    button=Kind.OBJECT,
)
def answer_inline(call: Call) -> bool:
    """Offer results for what a person typed after the bot's name."""
    world, arguments = call.world, call.arguments
    question = world.inline_questions.get(arguments["inline_query_id"])
    oldest = world.clock.now() - limits.INLINE_ANSWERABLE_SECONDS
    if question is None or question.answer is not None or question.at < oldest:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    results = arguments["results"]
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > limits.INLINE_RESULTS:
        raise bad_request("too many inline query results specified")
    checked = [_checked_result(world, result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    question.answer = {"results": checked, "button": arguments.get("button"), "personal": arguments.get("is_personal")}
    world.pulse.beat()
    return True


@method(
    "savePreparedInlineMessage",
    "user_id",
    "result",
    user_id=Kind.INTEGER,
    result=Kind.OBJECT,
    allow_user_chats=Kind.BOOLEAN,
    allow_bot_chats=Kind.BOOLEAN,
    allow_group_chats=Kind.BOOLEAN,
    allow_channel_chats=Kind.BOOLEAN,
)
def save_prepared(call: Call) -> dict[str, Any]:
    """Prepare a message that a person can share from the bot's own page."""
    world, arguments = call.world, call.arguments
    user = person(world, arguments["user_id"])
    expires = int(world.clock.now()) + 3600
    prepared_id = f"prepared{world.number():08d}"
    result = _checked_result(world, arguments["result"])
    world.prepared[prepared_id] = {"user_id": user.id, "result": result, "expires": expires}
    return {"id": prepared_id, "expiration_date": expires}


def _checked_result(world: World, result: Any) -> dict[str, Any]:
    """A result with the words that choosing it will send, under ``_text`` and ``_entities``."""
    if not isinstance(result, dict):
        raise bad_request("inline query result must be an object")
    name = result.get("id")
    if not isinstance(name, str) or not 1 <= len(name.encode()) <= limits.INLINE_RESULT_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    content = result.get("input_message_content")
    if result.get("type") == "article":
        if not result.get("title"):
            raise bad_request("can't parse inline query result: can't find field \"title\"")
    elif result.get("type") in ("photo", "document") and f"{result['type']}_file_id" in result:
        media_from(world, result["type"], result[f"{result['type']}_file_id"])
        content = content or {"message_text": result.get("caption") or " ", "parse_mode": result.get("parse_mode")}
    else:
        raise bad_request(f'type "{result.get("type")}" of inline query results is not played by this local server')
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("can't parse inline query result: input message content is not specified")
    words = formatted(world, content["message_text"], content.get("parse_mode"), content.get("entities"))
    markup = checked_markup(result.get("reply_markup"), None, inline_only=True)
    return result | {"_text": words.text, "_entities": list(words.entities), "reply_markup": markup}
