"""How the bot receives updates: by asking for them, or by a webhook; never both."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.local_api import limits
from bot.local_api.decoding import Kind
from bot.local_api.errors import bad_request
from bot.local_api.mailbox import KINDS
from bot.local_api.methods.registry import Call, method

ALL_KINDS = KINDS | {
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction_count",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
    "subscription",
    "stopped_message_generation",
}


def _ask_for(call: Call) -> None:
    kinds = call.arguments.get("allowed_updates")
    if kinds is None:
        return
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise bad_request("can't parse allowed updates: expected an Array of String")
    unknown = set(kinds) - ALL_KINDS
    if unknown:
        raise bad_request(f"unknown kinds of updates: {', '.join(sorted(unknown))}")
    call.world.mailbox.ask_for(kinds)


@method(
    "getUpdates",
    offset=Kind.INTEGER,
    limit=Kind.INTEGER,
    timeout=Kind.INTEGER,
    allowed_updates=Kind.OBJECT,
)
async def get_updates(call: Call) -> list[dict[str, Any]]:
    """Waiting updates; asking with an offset acknowledges all before it."""
    call.delivery.refuse_polling_beside_webhook()
    _ask_for(call)
    limit = min(max(call.arguments.get("limit", limits.UPDATES_AT_ONCE), 1), limits.UPDATES_AT_ONCE)
    timeout = min(max(call.arguments.get("timeout", 0), 0), limits.POLL_SECONDS)
    updates = await call.delivery.poll(call.arguments.get("offset", 0), limit, timeout)
    return [update.as_json() for update in updates]


@method(
    "setWebhook",
    "url",
    url=Kind.TEXT,
    certificate=Kind.FILE,
    ip_address=Kind.TEXT,
    max_connections=Kind.INTEGER,
    allowed_updates=Kind.OBJECT,
    drop_pending_updates=Kind.BOOLEAN,
    secret_token=Kind.TEXT,
)
async def set_webhook(call: Call) -> bool:
    """Have updates sent to an address. Here it must be on this machine, and need not be HTTPS."""
    arguments = call.arguments
    url, secret = arguments["url"], arguments.get("secret_token", "")
    if len(secret) > limits.SECRET_TOKEN_LENGTH:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    connections = arguments.get("max_connections", limits.WEBHOOK_DEFAULT_CONNECTIONS)
    if url:
        address = urlsplit(url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise bad_request("invalid webhook URL specified")
        if address.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise bad_request("bad webhook: this local server sends updates to this machine only")
    _ask_for(call)
    if arguments.get("drop_pending_updates"):
        call.world.mailbox.clear()
    connections = min(max(connections, 1), limits.WEBHOOK_CONNECTIONS)
    await call.delivery.set_webhook(url, secret, connections)
    return True


@method("deleteWebhook", drop_pending_updates=Kind.BOOLEAN)
async def delete_webhook(call: Call) -> bool:
    """Go back to asking for updates."""
    if call.arguments.get("drop_pending_updates"):
        call.world.mailbox.clear()
    await call.delivery.set_webhook("", "", 0)
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> dict[str, Any]:
    """How the webhook fares."""
    return call.delivery.webhook_info()


@method("close")
def close(call: Call) -> bool:
    """The bot's instance is closed before it moves to another server."""
    return True


@method("logOut")
def log_out(call: Call) -> bool:
    """The bot moves away from this server."""
    return True
