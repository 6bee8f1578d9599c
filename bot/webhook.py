"""The webhook server: an update is stored before it is acknowledged, and only Telegram is listened to.

The path says nothing; who may post is decided by the secret that Telegram sends along with every update. Whatever cannot
be stored is answered 503, and Telegram brings it again.
"""

import asyncio
import contextlib
import hmac
import json
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Protocol

import structlog
import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.store.contract import Store, StoreError

PATH = "/updates"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST_UPDATE = 512 * 1024  # bytes; real ones have a few thousand

_log = structlog.get_logger(__name__)


class Taker(Protocol):
    """Stores raw updates (bot.telegram.intake.Intake)."""

    async def take(self, updates: list[dict[str, Any]]) -> None:
        """StoreError if they could not be stored."""


def webhook_app(taker: Taker, store: Store, secret: str, ready: Callable[[], bool]) -> Starlette:
    """The application: updates in, health and metrics out."""

    async def updates(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return _refused("wrong_secret", 403)
        body = await _body(request)
        if body is None:
            return _refused("too_large", 413)
        update = _update(body)
        if update is None:
            return _refused("no_update", 400)
        try:
            await taker.take([update])
        except StoreError as error:
            _log.error("store_unavailable", problem=str(error))
            return PlainTextResponse("not stored, bring it again", 503)
        return PlainTextResponse("ok")

    return Starlette(
        routes=[
            Route(PATH, updates, methods=["POST"]),
            Route("/healthz", _alive, methods=["GET"]),
            Route("/readyz", _readiness(store, ready), methods=["GET"]),
            Route("/metrics", _metrics(store), methods=["GET"]),
        ]
    )


class Server(uvicorn.Server):
    """uvicorn, with signals left to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def listening_socket(listen: str) -> socket.socket:
    """A socket bound to ``host:port``; OSError if that is not possible."""
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, int(port)), family=family, backlog=1024)
    # Connections inherit it. Without it an answer's body waits up to 40 ms for the acknowledgement of its head.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def server_for(app: Starlette) -> Server:
    """A server for ``app``, to be served on a bound socket."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, lifespan="off", timeout_graceful_shutdown=10
    )
    return Server(config)


async def _alive(_: Request) -> Response:
    return PlainTextResponse("ok")


def _readiness(store: Store, ready: Callable[[], bool]) -> Callable[[Request], Awaitable[Response]]:
    async def readyz(_: Request) -> Response:
        """Ready while updates can be stored and the bot is not about to stop."""
        if not ready():
            return PlainTextResponse("stopping", 503)
        try:
            async with asyncio.timeout(5):
                await store.next_update()
        except (StoreError, TimeoutError):
            return PlainTextResponse("the store does not answer", 503)
        return PlainTextResponse("ok")

    return readyz


def _metrics(store: Store) -> Callable[[Request], Awaitable[Response]]:
    async def exposed(_: Request) -> Response:
        """What is counted, with what waits in the store now."""
        with contextlib.suppress(StoreError):
            counts = await store.counts()
            metrics.WAITING.labels("inbox").set(counts.inbox)
            metrics.WAITING.labels("outbox").set(counts.outbox)
            metrics.OLDEST.labels("inbox").set(counts.inbox_age)
            metrics.OLDEST.labels("outbox").set(counts.outbox_age)
            metrics.ASIDE.set(counts.aside)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return exposed


async def _body(request: Request) -> bytes | None:
    """The body, or None once it is known to be too large, however it is announced."""
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > LARGEST_UPDATE:
            return None
    return bytes(received)


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict) and isinstance(found.get("update_id"), int):
        return found
    return None


def _refused(reason: str, status: int) -> Response:
    metrics.REFUSED_UPDATES.labels(reason).inc()
    return PlainTextResponse(reason.replace("_", " "), status)
