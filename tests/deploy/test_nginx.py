"""The webhook through a real nginx with the project's own configuration, over TLS with a certificate made for the test."""

import asyncio
import contextlib
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.local_api import LocalApi
from bot.webhook import PATH, SECRET_HEADER
from tests.bot.telegram.conftest import STANDIN
from tests.deploy.test_files import DEPLOY, tool
from tests.kit.fixtures import StartBot
from tests.kit.people import PlayedWorld
from tests.kit.process import WEBHOOK_SECRET, free_port


@dataclass
class Nginx:
    """Where it listens, the bot's place behind it, and its certificate."""

    port: int
    behind: int
    certificate: Path

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    async def ask(self, method: str, path: str, **given: object) -> int:
        trusted = ssl.create_default_context(cafile=str(self.certificate))
        async with aiohttp.ClientSession() as client, client.request(
            method, self.address + path, ssl=trusted, **given
        ) as answer:  # fmt: skip
            return answer.status


@pytest.fixture
async def nginx(tmp_path: Path) -> AsyncIterator[Nginx]:
    certificate, key = tmp_path / "fullchain.pem", tmp_path / "privkey.pem"
    subprocess.run(
        [tool("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=bot.example.org", "-addext", "subjectAltName=DNS:bot.example.org,IP:127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    built = Nginx(free_port(), free_port(), certificate)
    ours = (DEPLOY / "nginx.conf").read_text()
    for said, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{built.port} ssl;"),
        ("    listen [::]:443 ssl;\n", ""),
        ("127.0.0.1:8080", f"127.0.0.1:{built.behind}"),
        ("/etc/letsencrypt/live/bot.example.org", str(tmp_path)),
    ):
        assert said in ours
        ours = ours.replace(said, here)
    temporary = "".join(
        f"{kind}_temp_path {tmp_path / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"daemon off;\nmaster_process off;\npid {tmp_path / 'pid'};\nerror_log {tmp_path / 'error.log'};\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}{ours}}}\n"
    )
    command = [tool("nginx"), "-c", str(whole), "-p", str(tmp_path), "-e", str(tmp_path / "error.log")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=60)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    while process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", built.port)):
            break
        await asyncio.sleep(0.02)
    yield built
    process.kill()
    process.wait()


async def test_a_conversation_through_the_proxy(
    local_api: LocalApi,
    world: PlayedWorld,
    bot_process: StartBot,
    nginx: Nginx,
) -> None:
    await bot_process(
        local_api,
        "webhook",
        command=STANDIN,
        IEC_TOGETHER_WEBHOOK_URL=nginx.address,
        IEC_TOGETHER_WEBHOOK_LISTEN=f"127.0.0.1:{nginx.behind}",
    )
    ana = world.private("Ana")
    await ana.say("/start")
    await ana.say("31")
    assert ana.card().text.startswith("country")
    secret = {SECRET_HEADER: WEBHOOK_SECRET}
    assert await nginx.ask("POST", PATH, json={"update_id": 10**6}) == 403, (
        "the secret is asked for behind the proxy too"
    )
    assert await nginx.ask("POST", PATH, json={"update_id": 10**6}, headers=secret) == 200
    assert await nginx.ask("GET", PATH) == 403
    for inside in ("/metrics", "/healthz", "/readyz", "/"):
        assert await nginx.ask("GET", inside) == 404
    assert await nginx.ask("POST", PATH, data=b" " * (600 * 1024), headers=secret) == 413


async def test_a_bot_that_is_away_is_not_a_yes(nginx: Nginx) -> None:
    """Whatever is not a 200 Telegram brings again."""
    assert await nginx.ask("POST", PATH, json={"update_id": 1}, headers={SECRET_HEADER: WEBHOOK_SECRET}) == 502
