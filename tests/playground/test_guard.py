"""The playground is for whoever started it: no real token, no pages from elsewhere, nothing fetched from elsewhere."""

import asyncio
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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


async def test_there_is_no_story_to_save_before_anything_was_said(playground: str) -> None:
    async with aiohttp.ClientSession() as session:
        assert "no story to save" in await text_of(session, f"{playground}story.yaml")


async def test_only_this_machine_reaches_any_part_of_it(tmp_path: Path) -> None:
    if not Path("/proc/net/tcp").exists():
        pytest.skip("which sockets a process listens on is read from /proc")
    process, told = await started("--store", str(tmp_path / "store.sqlite"))
    try:
        listening = listening_addresses(process.pid)
        assert len(listening) == 2  # the pages, and the server that stands for Telegram
        assert all(ip_address(host).is_loopback for host, _ in listening), listening
        assert str(urlsplit(told).port) in {str(port) for _, port in listening}
    finally:
        process.terminate()
        await process.communicate()


async def test_who_opens_it_to_others_is_warned() -> None:
    process, _ = await started("--listen", "0.0.0.0:0")
    process.terminate()
    _, errors = await process.communicate()
    assert errors.decode().startswith("Warning: ") and errors.decode().count("\n") == 1


async def test_settings_of_a_real_bot_do_not_reach_the_playgrounds(tmp_path: Path) -> None:
    real = {
        "IEC_TOGETHER_API_URL": "http://127.0.0.1:1",
        "IEC_TOGETHER_WEBHOOK_URL": "https://bot.example/hook",
        "IEC_TOGETHER_WEBHOOK_SECRET": "a-secret-of-a-real-bot",
        "DATABASE_URL": "postgresql://127.0.0.1:1/none",
    }
    process, address = await started("--store", str(tmp_path / "store.sqlite"), **real)
    try:
        async with aiohttp.ClientSession() as session, asyncio.timeout(60):
            while 'data-state="ready"' not in (page := await text_of(session, address)):
                if 'data-state="ended"' in page:
                    pytest.fail(page.partition('wrote last">')[2][:300])
                await asyncio.sleep(0.5)
    finally:
        process.terminate()
        await process.communicate()


def test_a_bot_that_serves_telegram_has_no_playground_in_it() -> None:
    parts = "bot.commands.run, bot.running, bot.webhook, bot.handler, bot.telegram.transport"
    found = "sorted(name for name in sys.modules if 'playground' in name or 'local_api' in name)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {parts}; print({found})"], capture_output=True, text=True, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


async def started(*options: str, **environment: str) -> tuple[asyncio.subprocess.Process, str]:
    """A playground in a process of its own, and its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "playground", "--no-browser", *options),
        env=inherited() | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    told = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    return process, next(word for word in told.split() if word.startswith("http://"))


async def text_of(session: aiohttp.ClientSession, address: str) -> str:
    async with session.get(address) as answer:
        return await answer.text()


def listening_addresses(pid: int) -> list[tuple[str, int]]:
    """Where a process listens, as /proc tells it."""
    links = [str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir() if each.is_symlink()]
    own = {link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:[")}
    found = []
    for table in ("tcp", "tcp6"):
        lines = Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
        for columns in (line.split() for line in lines):
            if columns[3] == "0A" and columns[9] in own:
                host, port = columns[1].split(":")
                words = [bytes.fromhex(host[at : at + 8])[::-1] for at in range(0, len(host), 8)]
                found.append((str(ip_address(b"".join(words))), int(port, 16)))
    return found
