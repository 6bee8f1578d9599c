"""The playground is for whoever started it: no real token, no pages from elsewhere, nothing fetched from elsewhere."""

import subprocess
import sys
from typing import Any

import aiohttp
import pytest

from bot.playground.guard import is_loopback
from tests.playground.conftest import inherited


def test_a_real_token_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "playground", "--no-browser"],
        env=inherited() | {"TELEGRAM_BOT_TOKEN": "123456789:a-token"},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 1 and not done.stdout
    assert done.stderr.count("\n") == 1 and "TELEGRAM_BOT_TOKEN" in done.stderr and "a-token" not in done.stderr


@pytest.mark.parametrize("listen", ["nonsense", ":80", "127.0.0.1:99999", "localhost"])
def test_a_wrong_address_is_told_in_one_line(listen: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "playground", "--no-browser", "--listen", listen],
        env=inherited(),
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1) and "--listen" in done.stderr


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("bot", False),
    ],
)
def test_loopback_is_told_from_other_addresses(host: str, own: bool) -> None:
    assert is_loopback(host) is own


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Host": "rebound.example"}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_forms_from_elsewhere_are_refused(playground: str, headers: dict[str, str], status: int) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{playground}people", data={"name": "Ana"}, headers=headers, allow_redirects=False) as answer,
    ):
        assert answer.status == status


async def test_nothing_may_be_fetched_from_elsewhere_or_shown_in_a_frame(playground: str) -> None:
    async with aiohttp.ClientSession() as session:
        for address in ("", "behind", "static/playground.js"):
            async with session.get(playground + address) as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert answer.status == 200 and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
                assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("people", {"name": ""}),
        ("people", {"name": "x" * 65}),
        ("day", {"day": "tomorrow"}),
        ("day", {"day": "0001-01-01"}),
        ("groups", {"title": "Canada"}),
        ("casts/none", {}),
        ("phones/none/say", {"text": "hello"}),
    ],
)
async def test_what_cannot_be_done_is_said(playground: str, address: str, fields: dict[str, Any]) -> None:
    async with aiohttp.ClientSession() as session:
        json = {"Accept": "application/json"}
        async with session.post(playground + address, data=fields, headers=json) as answer:
            assert answer.status == 200 and (await answer.json())["problem"]
        async with session.post(playground + address, data=fields) as answer:  # and without scripts, on the page
            assert answer.status == 200 and 'role="alert"><' not in await answer.text()
