"""A bare Bot API on a raw socket, and people who talk to the bot through it: it has to cost less than what it measures.

Everybody plays the same conversation over and over: /start, three texts, three presses, each as soon as the answer to the
one before is there (``saturate``), or at moments of their own (``pace``).
"""

import asyncio
import json
import random
import re
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl, urlsplit

STEPS = 7
_CONNECTIONS = 20  # of the webhook, to each bot
_CHAT = re.compile(rb'chat_id(?:=|": ?)(\d+)')
_ME = {"id": 1, "is_bot": True, "first_name": "bench", "username": "bench_bot", "can_join_groups": True}
_BUTTON = {"inline_keyboard": [[{"text": "yes", "callback_data": "yes"}]]}


@dataclass(slots=True)
class Player:
    """One person; ``step`` is the next of the conversation, ``since`` when the one before was available to the bot."""

    id: int
    step: int = 0
    since: float | None = None


@dataclass
class StubApi:
    """Start it on a port of loopback, then let people play."""

    players: dict[int, Player] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    signed_in: asyncio.Event = field(default_factory=asyncio.Event)
    webhooks: list[str] = field(default_factory=list)  # where to bring updates; empty: they are fetched
    secret: str = ""
    calls: Counter[str] = field(default_factory=Counter)  # by method
    _pending: deque[dict[str, Any]] = field(default_factory=deque)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _out: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue)
    _number: int = 0
    _again: bool = True
    _posting: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> str:
        """Listen; the address."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1024)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Stop listening and bringing."""
        for task in self._posting:
            task.cancel()
        self._server.close()

    def bring(self) -> None:
        """Bring updates to the webhooks from now on."""
        self._posting = [asyncio.create_task(self._post(url)) for url in self.webhooks for _ in range(_CONNECTIONS)]

    async def saturate(self, people: int, seconds: float) -> int:
        """Everybody answers at once, all the time; how many answers came."""
        self.latencies.clear()
        self._again = True
        for number in range(people):
            player = self.players.setdefault(1000 + number, Player(1000 + number))
            if player.since is None:
                self._say(player)
        await asyncio.sleep(seconds)
        return len(self.latencies)

    async def settle(self) -> None:
        """No more answers from people; wait for those of the bot."""
        self._again = False
        with suppress(TimeoutError):
            async with asyncio.timeout(20):
                while any(player.since is not None for player in self.players.values()):
                    await asyncio.sleep(0.02)

    async def pace(self, per_second: float, seconds: float) -> int:
        """People at random moments, so many a second in all, whether or not others have their answers yet."""
        self.latencies.clear()
        self._again = False
        chance = random.Random(5)
        end = due = perf_counter()
        end += seconds
        free = deque(player for player in self.players.values() if player.since is None)
        said = 0
        while (now := perf_counter()) < end:
            while due <= now:
                due += chance.expovariate(per_second)
                while free and free[0].since is not None:
                    free.rotate(-1)
                self._say(free[0])
                free.rotate(-1)
                said += 1
            await asyncio.sleep(max(0.0, due - perf_counter()))
        return said

    def _say(self, player: Player) -> None:
        self._number += 1
        who = {"id": player.id, "is_bot": False, "first_name": "Player", "language_code": "en"}
        chat = {"id": player.id, "type": "private", "first_name": "Player"}
        message: dict[str, Any] = {"message_id": self._number, "date": 1_790_000_000, "chat": chat, "from": who}
        if player.step == 0:
            message |= {"text": "/start", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
        else:
            message["text"] = f"answer {player.step}"
        update: dict[str, Any] = {"update_id": self._number, "message": message}
        if player.step > 3:
            under = {**message, "from": _ME, "text": f"question {player.step - 1}", "reply_markup": _BUTTON}
            query = {"id": str(self._number), "from": who, "chat_instance": "1", "data": "yes", "message": under}
            update = {"update_id": self._number, "callback_query": query}
        player.step = (player.step + 1) % STEPS
        player.since = perf_counter()
        if self.webhooks:
            self._out.put_nowait(json.dumps(update).encode())
        else:
            self._pending.append(update)
            self._arrived.set()

    def _answered(self, chat: int) -> None:
        player = self.players.get(chat)
        if player is None or player.since is None:
            return
        self.latencies.append(perf_counter() - player.since)
        player.since = None
        if self._again:
            self._say(player)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: *(\d+)", head)
                body = await reader.readexactly(int(length[1])) if length else b""
                method = head.split(b" ", 2)[1].rpartition(b"/")[2].decode()
                answer = json.dumps({"ok": True, "result": await self._result(method, body)}).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                    % (len(answer), answer)
                )
        writer.close()

    async def _result(self, method: str, body: bytes) -> Any:
        self.calls[method] += 1
        if method in ("sendMessage", "editMessageText"):
            found = _CHAT.search(body)
            chat = int(found[1]) if found else 0
            self._number += 1
            self._answered(chat)
            where = {"id": chat, "type": "private", "first_name": "Player"}
            return {"message_id": self._number, "date": 1_790_000_000, "chat": where, "from": _ME, "text": "x"}
        if method == "getUpdates":
            self.signed_in.set()
            return await self._updates(_parameters(body))
        if method == "getMe":
            return _ME
        if method == "setWebhook":
            self.secret = str(_parameters(body)["secret_token"])
            self.signed_in.set()
        return True

    async def _updates(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        offset = int(asked.get("offset", 0))
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
        if not self._pending:
            self._arrived.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), 5)
        return [self._pending[place] for place in range(min(100, len(self._pending)))]

    async def _post(self, url: str) -> None:
        parts = urlsplit(url)
        head = (
            f"POST {parts.path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {self.secret}\r\nContent-Length: "
        ).encode()
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while True:
            body = await self._out.get()
            writer.write(b"%b%d\r\n\r\n%b" % (head, len(body), body))
            answer = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: *(\d+)", answer)
            await reader.readexactly(int(length[1]) if length else 0)
            if b" 200 " not in answer[:20]:
                raise RuntimeError(f"the bot refused an update: {answer[:80]!r}")


def _parameters(body: bytes) -> dict[str, Any]:
    """What was asked, as JSON or as a form."""
    if body.startswith(b"{"):
        return dict(json.loads(body))
    return dict(parse_qsl(body.decode()))
