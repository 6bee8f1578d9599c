"""Logs hold no token and nothing that people wrote, whoever logs it."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.log import set_up_logging

TOKEN = "123456789:AAFabcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers, root.level)
    yield
    root.handlers, root.level = before
    structlog.reset_defaults()


def test_tokens_are_blotted_out_wherever_they_stand(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("debug")
    structlog.get_logger("ours").info("calling", url=f"https://api.telegram.org/bot{TOKEN}/getMe", nested={"a": TOKEN})
    logging.getLogger("theirs").error("failed: %s", f"POST /bot{TOKEN}/sendMessage")
    try:
        raise RuntimeError(f"cannot reach {TOKEN}")
    except RuntimeError:
        structlog.get_logger("ours").exception("oops")
        logging.getLogger("theirs").exception("oops")
    written = capsys.readouterr().err
    assert TOKEN not in written and TOKEN.partition(":")[2] not in written
    assert all(json.loads(line) for line in written.splitlines()), "one JSON object a line"


def test_what_people_wrote_is_withheld(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("debug")
    structlog.get_logger("ours").info("got", text="I am 31", user_name="Ana", update=5)
    (line,) = map(json.loads, capsys.readouterr().err.splitlines())
    assert line["update"] == 5 and "31" not in str(line["text"]) and "Ana" not in str(line["user_name"])


def test_libraries_that_log_addresses_are_silent(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("debug")
    for name in ("httpx", "telegram.Bot", "telegram.request.BaseRequest", "aiohttp.client", "uvicorn.access"):
        logging.getLogger(name).info("HTTP Request: POST https://example.org")
        logging.getLogger(name).debug("the whole update")
    assert capsys.readouterr().err == ""
