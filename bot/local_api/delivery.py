"""How updates reach the bot: it asks for them (long polling), or they are posted to its webhook."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import Any

import aiohttp

from bot.local_api.errors import conflict
from bot.local_api.mailbox import Update
from bot.local_api.world import World

_LONGEST_RETRY_SECONDS = 60.0
_ANSWER_WITHIN = aiohttp.ClientTimeout(total=30)

CallInAnswer = Callable[[dict[str, Any]], Awaitable[Any]]


class Delivery:
    """One bot's way of receiving. ``retry_seconds`` is the first pause after a webhook did not answer with 2xx.

    ``call_in_answer`` carries out a method that the bot put into its answer to a webhook request.
    """

    def __init__(self, world: World, call_in_answer: CallInAnswer, retry_seconds: float = 1.0) -> None:
        self._world = world
        self._call_in_answer = call_in_answer
        self._retry_seconds = retry_seconds
        self._poll: asyncio.Future[None] | None = None
        self._url = ""
        self._secret = ""
        self._connections = 0
        self._last_error: tuple[int, str] | None = None
        self._posting: asyncio.Task[None] | None = None

    @property
    def polled(self) -> bool:
        """Whether the bot is waiting for updates at this moment."""
        return self._poll is not None

    # polling

    def refuse_polling_beside_webhook(self) -> None:
        """409 while a webhook is set."""
        if self._url:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Updates from ``offset`` on; waits up to ``seconds`` for the first. A newer poll ends an older one."""
        mailbox, pulse = self._world.mailbox, self._world.pulse
        if offset:
            mailbox.acknowledge_before(offset)
        self.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
        mine = self._poll = asyncio.get_running_loop().create_future()
        pulse.beat()
        try:
            async with asyncio.timeout(seconds) as patience:
                while not (updates := mailbox.waiting()[:limit]):
                    if seconds == 0:
                        return []
                    beat = asyncio.ensure_future(pulse.wait_past(pulse.count, seconds))
                    await asyncio.wait({beat, mine}, return_when=asyncio.FIRST_COMPLETED)
                    beat.cancel()
                    if mine.done():
                        mine.result()
        except TimeoutError:
            if not patience.expired():
                raise
            return []
        finally:
            if self._poll is mine:
                self._poll = None
        mailbox.held_for_reversal = 0
        return updates

    def end_poll(self, why: str = "terminated because the server is stopping") -> None:
        """Refuse the poll that is waiting, if any, with 409."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(why))
        self._poll = None

    # webhook

    async def set_webhook(self, url: str, secret: str, connections: int) -> None:
        """Post updates to ``url`` from now on; an empty one goes back to polling."""
        if url:
            self.end_poll("terminated by setWebhook request")
        await self.close()
        self._url, self._secret, self._connections = url, secret, connections
        self._last_error = None
        if url:
            self._posting = asyncio.create_task(self._post_all())

    async def close(self) -> None:
        """Stop posting."""
        if self._posting is not None:
            self._posting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._posting
            self._posting = None

    def webhook_info(self) -> dict[str, Any]:
        """The WebhookInfo of the Bot API."""
        info: dict[str, Any] = {
            "url": self._url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.mailbox.waiting()),
        }
        if self._url:
            info |= {"max_connections": self._connections, "ip_address": "127.0.0.1"}
        if self._last_error is not None:
            info |= {"last_error_date": self._last_error[0], "last_error_message": self._last_error[1]}
        if self._world.mailbox.asked_for:
            info["allowed_updates"] = self._world.mailbox.asked_for
        return info

    async def _post_all(self) -> None:
        """Post the oldest update of each lane, as many lanes at once as there may be connections."""
        mailbox, pulse = self._world.mailbox, self._world.pulse
        busy: dict[Hashable, asyncio.Task[None]] = {}

        def done(lane: Hashable, _: object) -> None:
            busy.pop(lane, None)
            pulse.beat()

        async with aiohttp.ClientSession(timeout=_ANSWER_WITHIN) as session:
            try:
                while True:
                    seen = pulse.count
                    for update in mailbox.waiting():
                        if len(busy) >= self._connections:
                            break
                        if update.lane not in busy:
                            task = asyncio.create_task(self._post(session, update))
                            busy[update.lane] = task
                            task.add_done_callback(partial(done, update.lane))
                    await pulse.wait_past(seen, 1.0)
            finally:
                for task in list(busy.values()):
                    task.cancel()

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> None:
        """Post one update until the bot takes it, pausing longer after each failure."""
        pause = self._retry_seconds
        while (error := await self._try(session, update)) is not None:
            self._last_error = (int(self._world.clock.now()), error)
            self._world.pulse.beat()
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_RETRY_SECONDS)
        self._world.mailbox.acknowledge(update.id)

    async def _try(self, session: aiohttp.ClientSession, update: Update) -> str | None:
        """None if the bot took the update, else what went wrong."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            async with session.post(self._url, json=update.as_json(), headers=headers, ssl=False) as answer:
                if not 200 <= answer.status < 300:
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
                body = await answer.json(content_type=None) if answer.content_type == "application/json" else None
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            return f"Connection failed: {type(error).__name__}"
        if isinstance(body, dict) and "method" in body:
            await self._call_in_answer(body)
        return None
