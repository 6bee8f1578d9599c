"""How fast a bot may send: a message a second in a chat, twenty a minute in a group, thirty a second in all."""

from __future__ import annotations

import math
from collections import deque

from bot.local_api import limits
from bot.local_api.clock import Clock
from bot.local_api.errors import too_many_requests


class Pace:
    """Counts messages and edits; refuses with 429 and the seconds to wait. Off unless ``enforced``.

    Telegram lets short bursts pass; this does not, so that a bot that obeys it here is safe there.
    """

    def __init__(self, clock: Clock, enforced: bool = False) -> None:
        self._clock = clock
        self.enforced = enforced
        self._sent: dict[object, deque[float]] = {}

    def count(self, chat_id: int, is_group: bool) -> None:
        """Let one more message to this chat pass, or raise the 429."""
        if not self.enforced:
            return
        now = self._clock.now()
        windows: list[tuple[object, int, float]] = [
            ("all", limits.MESSAGES_A_SECOND, 1.0),
            (chat_id, limits.MESSAGES_A_SECOND_IN_A_CHAT, 1.0),
        ]
        if is_group:
            windows.append(((chat_id, "minute"), limits.MESSAGES_A_MINUTE_IN_A_GROUP, 60.0))
        wait = max(self._wait(key, allowed, seconds, now) for key, allowed, seconds in windows)
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        for key, _, _ in windows:
            self._sent[key].append(now)

    def _wait(self, key: object, allowed: int, seconds: float, now: float) -> float:
        sent = self._sent.setdefault(key, deque())
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        return sent[-allowed] + seconds - now if len(sent) >= allowed else 0.0
