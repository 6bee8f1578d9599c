"""Keeps the playground for whoever started it: no real token, this machine's pages only, nothing fetched from elsewhere."""

import ipaddress
import os
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.settings import variable_of

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def refusal() -> str | None:
    """Why the playground may not start here, in one line; None if it may."""
    token = variable_of("telegram_bot_token")
    if os.environ.get(token):
        return (
            f"{token} is set: the playground takes no real token and never talks to Telegram. Unset it and try again."
        )
    return None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def guarded(listening: str) -> Middleware:
    """A middleware for pages served at host ``listening``.

    A name of somebody else's that points here (DNS rebinding) and a form on somebody else's page are both refused:
    an address by number cannot be faked that way, and browsers tell where a form comes from.
    """

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        asked = urlsplit(f"//{request.host}").hostname or ""
        origin = request.headers.get("Origin")
        if not (asked in ("localhost", listening) or _is_number(asked)):
            raise web.HTTPForbidden(text="This page is for this machine only.")
        if request.method != "GET" and origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text="This form comes from another page.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return guard


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
