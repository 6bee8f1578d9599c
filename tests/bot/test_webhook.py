"""The webhook server over real HTTP: only Telegram is listened to, and only what is stored is acknowledged."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.store.contract import StoreError
from bot.store.sqlite.store import SqliteStore
from bot.webhook import LARGEST_UPDATE, PATH, SECRET_HEADER, listening_socket, server_for, webhook_app
from tests.bot.store.things import arrival

SECRET = "the-secret-of-this-test"


@dataclass
class Door:
    """The server, what got through, and a client that knows the secret."""

    address: str
    client: aiohttp.ClientSession
    store: SqliteStore
    taken: list[dict[str, Any]] = field(default_factory=list)
    failing: bool = False
    ready: bool = True

    async def take(self, updates: list[dict[str, Any]]) -> None:
        if self.failing:
            raise StoreError("the disk is full")
        self.taken += updates

    async def post(
        self, body: bytes | str | AsyncIterator[bytes], secret: str | None = SECRET, path: str = PATH
    ) -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with self.client.post(self.address + path, data=body, headers=headers) as answer:
            await answer.read()
            return answer.status

    async def get(self, path: str) -> tuple[int, str]:
        async with self.client.get(self.address + path) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    store = SqliteStore(tmp_path / "store.db")
    await store.open()
    listening = listening_socket("127.0.0.1:0")
    async with aiohttp.ClientSession() as client:
        built = Door(f"http://127.0.0.1:{listening.getsockname()[1]}", client, store)
        server = server_for(webhook_app(built, store, SECRET, lambda: built.ready))
        serving = asyncio.create_task(server.serve([listening]))
        yield built
        server.should_exit = True
        await serving
    await store.close()


UPDATE = {"update_id": 5, "message": {"text": "hello"}}


async def test_an_update_with_the_secret_is_taken(door: Door) -> None:
    assert await door.post(json.dumps(UPDATE)) == 200
    assert door.taken == [UPDATE]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "ünïcode"])
async def test_without_the_secret_nothing_is_taken(door: Door, secret: str | None) -> None:
    assert await door.post(json.dumps(UPDATE), secret) == 403
    assert door.taken == []


async def test_what_is_too_large_is_refused_however_it_comes(door: Door) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b" " * 10_000

    assert await door.post(b" " * (LARGEST_UPDATE + 1)) == 413
    with contextlib.suppress(aiohttp.ClientError):  # the server may hang up on whoever goes on sending
        assert await door.post(endless()) == 413
    assert await door.post(json.dumps(UPDATE)) == 200, "and the door still opens"


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "{}", '{"update_id": "5"}', "[" * 100_000, b"\xff\xfe"])
async def test_what_is_no_update_is_refused(door: Door, body: bytes | str) -> None:
    assert await door.post(body) == 400
    assert door.taken == []


async def test_what_cannot_be_stored_is_not_acknowledged(door: Door) -> None:
    door.failing = True
    assert await door.post(json.dumps(UPDATE)) == 503
    door.failing = False
    assert await door.post(json.dumps(UPDATE)) == 200


async def test_other_ways_in_are_closed(door: Door) -> None:
    assert (await door.get(PATH))[0] == 405
    assert (await door.get("/"))[0] == 404
    assert await door.post(json.dumps(UPDATE), path="/") in (404, 405)


async def test_health_and_readiness(door: Door) -> None:
    assert await door.get("/healthz") == (200, "ok")
    assert (await door.get("/readyz"))[0] == 200
    door.ready = False
    assert (await door.get("/readyz"))[0] == 503
    assert (await door.get("/healthz"))[0] == 200
    door.ready = True
    await door.store.close()
    assert (await door.get("/readyz"))[0] == 503


async def test_metrics_tell_what_waits(door: Door) -> None:
    await door.store.accept([arrival(1), arrival(2)])
    status, text = await door.get("/metrics")
    assert status == 200
    assert 'iec_waiting{queue="inbox"} 2.0' in text
    assert "iec_update_handling_seconds_bucket" in text
