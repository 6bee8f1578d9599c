"""A playground of its own for each test, in a process as people start it, and a real browser to use it with."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright

from flows.answer import Answer
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.party_file import party_of
from flows.routes.evaluate import evaluate
from tests.kit import oracles
from tests.playground.visitor import Visitor
from tests.stories.story import Story, differences, read_stories

CHROMIUM = Path("/usr/bin/chromium")
AXE = oracles.NODE_MODULES / "axe-core" / "axe.min.js"
TODAY = "2026-11-22"
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def inherited() -> dict[str, str]:
    """The environment without what steers the product."""
    steers = ("TELEGRAM_BOT_TOKEN", "DATABASE_URL", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return {
        name: value for name, value in os.environ.items() if not name.startswith("IEC_TOGETHER_") and name not in steers
    }


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a running playground; at the end it must have ended by itself, and quietly."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "playground", "--no-browser", "--listen", "127.0.0.1:0", "--today", TODAY),
        *("--store", str(tmp_path / "store.sqlite")),
        env=inherited(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    told = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    yield next(word for word in told.split() if word.startswith("http://"))
    process.send_signal(signal.SIGINT)
    try:
        _, errors = await asyncio.wait_for(process.communicate(), 30)
    except TimeoutError:
        process.kill()
        raise
    assert (process.returncode, errors.decode()) == (0, "")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium. Where it is missing the test is skipped, on CI it fails."""
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed: run `bash tests/kit/install_browser.sh`")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield started
        await started.close()


@pytest.fixture
async def visitor(browser: Browser, playground: str) -> AsyncIterator[Visitor]:
    """Somebody at the playground's page. Nothing may be wrong on the console, or be asked of any other server."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page: Page = await context.new_page()
    wrong: list[str] = []
    asked: list[str] = []
    page.on("console", lambda line: wrong.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(playground)
    yield Visitor(page, playground)
    assert not wrong
    assert [url for url in asked if not url.startswith(playground)] == []
    await context.close()


@pytest.fixture
def axe() -> str:
    """The accessibility checker's code. Where it is missing the test is skipped, on CI it fails."""
    if not AXE.exists() and not os.environ.get("CI"):
        pytest.skip(f"axe-core is not installed: {oracles.HOW}")
    return AXE.read_text(encoding="utf-8")


async def played_again(visitor: Visitor) -> list[dict[str, Any]]:
    """What the bot shows where the saved script is played in the chat for scripts; no line of it may be refused."""
    async with visitor.page.expect_download() as waiting:
        await visitor.page.get_by_role("link", name="Save as a script").click()
    saved = await (await waiting.value).path()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "chat", "--json", "--today", TODAY),
        env=inherited(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await asyncio.wait_for(process.communicate(saved.read_bytes()), 60)
    lines = [json.loads(line) for line in printed.decode().splitlines()]
    assert not [line for line in lines if "error" in line]
    return [line for line in lines if "text" in line]


async def saved_story(visitor: Visitor, folder: Path) -> tuple[Story, Answer]:
    """What lies behind the first phone, saved as a story, and what comes out for its party now; they must agree."""
    await visitor.page.get_by_role("link", name="Behind the answer").click()
    async with visitor.page.expect_download() as waiting:
        await visitor.page.get_by_role("link", name="Save as a story").click()
    await (await waiting.value).save_as(folder / "stories" / "saved.yaml")
    [(_, story)] = read_stories(folder / "stories")
    answer = evaluate(party_of(story.party, date.min), load_facts(CONTENT_ROOT))
    assert differences(story, answer) == []
    return story, answer


async def violations(page: Page, axe: str) -> list[Any]:
    """What axe finds wrong with the page as it is: rule, help, and the elements."""
    await page.evaluate(axe)
    found = await page.evaluate("() => axe.run(document)")
    return [(each["id"], each["help"], [node["html"] for node in each["nodes"]][:3]) for each in found["violations"]]
