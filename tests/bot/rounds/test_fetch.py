"""Fetching the weekly file from a real server on this machine, well-behaved and otherwise."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.rounds.archive import RoundArchive
from bot.rounds.fetch import FetchError, fetch_file
from bot.rounds.keeping import Kept
from bot.rounds.refresh import TRY_AGAIN, keep_fresh, next_try, refresh
from bot.rounds.selections import LARGEST_FILE, UnreadableFile
from flows.facts.content import CONTENT_ROOT, load_facts
from tests.bot.rounds.weekly_file import Line, weekly_file
from tests.kit.loopback import served

FACTS = load_facts(CONTENT_ROOT)
NOW = datetime(2026, 8, 22, tzinfo=UTC)
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/selections.xml", answer)
    async with served(app) as address:
        yield f"{address}/selections.xml"


async def test_the_file_is_asked_for_past_caches_and_kept(tmp_path: Path) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.headers["Cache-Control"])
        return web.Response(body=weekly_file("August 21, 2026", Line()))

    async with server(answer) as url:
        found = await refresh(tmp_path / "rounds.db", url, FACTS, NOW)
    assert (found.kept, found.newest, asked) == (Kept.NEW, date(2026, 8, 21), ["no-cache"])
    with RoundArchive(tmp_path / "rounds.db") as archive:
        assert next(archive.figures(FACTS)).source == url


async def missing(request: web.Request) -> web.Response:
    raise web.HTTPNotFound


async def round_and_round(request: web.Request) -> web.Response:
    raise web.HTTPFound("/selections.xml")


async def enormous(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(LARGEST_FILE // 65536 + 8):
        await response.write(b" " * 65536)
    return response


async def packed_tight(request: web.Request) -> web.Response:
    response = web.Response(body=b" " * (LARGEST_FILE * 20))
    response.enable_compression(web.ContentCoding.gzip)
    return response


async def cut_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "5000"})
    await response.prepare(request)
    await response.write(b"<temp>")
    assert request.transport is not None
    request.transport.abort()
    return response


async def silent(request: web.Request) -> web.Response:
    await asyncio.sleep(30)
    return web.Response()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (missing, "status 404"),
        (round_and_round, "cannot be fetched"),
        (enormous, "bytes"),
        (packed_tight, "bytes"),
        (cut_off, "cannot be fetched"),
        (silent, "in time"),
    ],
)
async def test_a_server_that_does_not_give_the_file(answer: Answer, told: str, tmp_path: Path) -> None:
    async with server(answer) as url:
        with pytest.raises(FetchError, match=told):
            await fetch_file(url, aiohttp.ClientTimeout(total=2))


async def test_nobody_at_the_address() -> None:
    with pytest.raises(FetchError, match="cannot be fetched"):
        await fetch_file("http://127.0.0.1:9/selections.xml", aiohttp.ClientTimeout(total=5))


async def test_a_web_page_instead_of_the_file_leaves_the_figures(tmp_path: Path) -> None:
    pages = [weekly_file("August 14, 2026", Line()), b"<html><body>We will be back</body></html>"]

    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=pages.pop(0))

    async with server(answer) as url:
        await refresh(tmp_path / "rounds.db", url, FACTS, NOW)
        with pytest.raises(UnreadableFile, match="format has changed"):
            await refresh(tmp_path / "rounds.db", url, FACTS, NOW)
    with RoundArchive(tmp_path / "rounds.db") as archive:
        assert archive.days == [date(2026, 8, 14)]


def test_the_next_file_is_fetched_after_the_friday_that_follows() -> None:
    friday = date(2026, 8, 21)
    assert next_try(None, NOW) == NOW
    assert next_try(friday, NOW).date() == date(2026, 8, 28)
    late = datetime(2026, 8, 30, tzinfo=UTC)
    assert next_try(friday, late) == late


async def test_the_bot_keeps_the_archive_fresh_through_failures(tmp_path: Path) -> None:
    """The clock moves only by sleeping: fetch, wait for the Friday, meet a failure and an old copy, go on."""
    path, clock, slept, told = tmp_path / "rounds.db", [NOW], [], []
    answers = [
        (200, weekly_file("August 21, 2026", Line())),
        (500, b""),
        (200, weekly_file("August 14, 2026", Line())),
        (200, weekly_file("August 28, 2026", Line())),
    ]

    async def answer(request: web.Request) -> web.Response:
        status, body = answers.pop(0)
        return web.Response(status=status, body=body)

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += timedelta(seconds=seconds)
        if not answers:
            raise asyncio.CancelledError

    async with server(answer) as url:
        with pytest.raises(asyncio.CancelledError):
            await keep_fresh(path, url, FACTS, kept=lambda: told.append(clock[0]), clock=lambda: clock[0], sleep=sleep)
    with RoundArchive(path) as archive:
        assert archive.days == [date(2026, 8, 21), date(2026, 8, 28)]
    assert len(told) == 2  # once for each week that was kept
    to_friday, after_failure, after_old_copy, to_next_friday = slept
    assert timedelta(days=6) < timedelta(seconds=to_friday) < timedelta(days=7)
    assert after_failure == after_old_copy == TRY_AGAIN.total_seconds()
    assert timedelta(days=6) < timedelta(seconds=to_next_friday) < timedelta(days=7)
