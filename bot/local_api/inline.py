"""Inline mode from the person's side: ask the bot from any chat, choose a result, see it sent."""

from __future__ import annotations

from typing import Any

from bot.local_api import limits
from bot.local_api.chats import Chat, ChatKind
from bot.local_api.errors import NotPossible
from bot.local_api.messages import Message, Words
from bot.local_api.world import InlineQuestion, World


def ask(world: World, user_id: int, chat_id: int, query: str) -> InlineQuestion:
    """The person types the bot's name and ``query`` in a chat."""
    user, chat = world.user(user_id), world.chat(chat_id)
    if not world.bot.inline:
        raise NotPossible("the bot's owner has not switched inline mode on")
    if len(query) > limits.INLINE_QUERY_LENGTH or not chat.has(user.id):
        raise NotPossible("this query cannot be typed here")
    question = InlineQuestion(str(6_000_000_000_000_000 + world.number()), user, chat, query, world.clock.now())
    world.inline_questions[question.id] = question
    user.known = True
    body = {
        "id": question.id,
        "from": user.as_json(),
        "query": query,
        "offset": "",
        "chat_type": _chat_type(chat),
    }
    world.tell_bot("inline_query", body, lane=("inline", user.id))
    return question


def _chat_type(chat: Chat) -> str:
    return {ChatKind.PRIVATE: "sender", ChatKind.BETWEEN: "private"}.get(chat.kind, str(chat.kind))


def choose(world: World, question_id: str, result_id: str) -> Message:
    """The person chooses one of the results that the bot offered; it is sent into the chat they asked from."""
    question = world.inline_questions.get(question_id)
    if question is None or question.answer is None:
        raise NotPossible("the bot has offered no results")
    result = next((each for each in question.answer["results"] if each["id"] == result_id), None)
    if result is None:
        raise NotPossible(f"the bot offered no result {result_id!r}")
    message = _send(world, question.user.id, question.chat, result)
    if world.bot.inline_feedback:
        body: dict[str, Any] = {"result_id": result_id, "from": question.user.as_json(), "query": question.query}
        if message.inline_id is not None:
            body["inline_message_id"] = message.inline_id
        world.tell_bot("chosen_inline_result", body, lane=("inline", question.user.id))
    return message


def send_prepared(world: World, user_id: int, prepared_id: str, chat_id: int) -> Message:
    """The person shares a message that the bot prepared for them into a chat of theirs."""
    prepared = world.prepared.get(prepared_id)
    if prepared is None or prepared["user_id"] != user_id or prepared["expires"] < world.clock.now():
        raise NotPossible("there is no such prepared message for this person")
    return _send(world, user_id, world.chat(chat_id), prepared["result"])


def _send(world: World, user_id: int, chat: Chat, result: dict[str, Any]) -> Message:
    user = world.user(user_id)
    if not chat.has(user.id) or chat.migrated_to is not None:
        raise NotPossible(f"{user.first_name} cannot write here")
    markup = result.get("reply_markup")
    inline_id = f"AgAAAInline{world.number():08d}" if markup else None
    message = world.post(
        chat,
        user,
        words=Words(result["_text"], tuple(result["_entities"])),
        markup=markup,
        via_bot=world.bot,
        inline_id=inline_id,
    )
    if inline_id is not None:
        world.inline_messages[inline_id] = message
    return message
