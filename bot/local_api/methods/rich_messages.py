"""Sending rich messages."""

from __future__ import annotations

from typing import Any

from bot.local_api.decoding import Kind
from bot.local_api.messages import Words
from bot.local_api.methods.checks import reachable
from bot.local_api.methods.registry import Call, method
from bot.local_api.methods.sending import SENDING, send
from bot.local_api.rich import checked_blocks, plain_text


@method("sendRichMessage", "chat_id", "rich_message", rich_message=Kind.OBJECT, **SENDING)
def send_rich_message(call: Call) -> dict[str, Any]:
    """Send headings, lists, tables and details as blocks."""
    chat = reachable(call.world, call.arguments["chat_id"])
    blocks = checked_blocks(call.arguments["rich_message"], chat)
    return send(call.world, chat, call.arguments, Words(plain_text(blocks)), None, rich=blocks)
