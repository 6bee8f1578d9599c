"""The bot's mailbox: updates wait here until the bot has acknowledged them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.local_api import limits
from bot.local_api.clock import Clock
from bot.local_api.pulse import Pulse

KINDS = frozenset(
    {
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "chosen_inline_result",
        "my_chat_member",
        "chat_member",
        "message_reaction",
    }
)
ONLY_IF_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Update:
    """One update. Within a ``lane`` updates are delivered one after the other; lanes do not wait for each other."""

    id: int
    kind: str
    body: dict[str, Any]
    lane: Hashable
    at: float

    def as_json(self) -> dict[str, Any]:
        """The Update of the Bot API."""
        return {"update_id": self.id, self.kind: self.body}


class Mailbox:
    """Waiting updates, in order. Unacknowledged ones are given again, as Telegram does, for a day."""

    def __init__(self, clock: Clock, pulse: Pulse, first_id: int = 730_000_001) -> None:
        self._clock = clock
        self._pulse = pulse
        self._next_id = first_id
        self._waiting: dict[int, Update] = {}  # oldest first
        self._asked: frozenset[str] = frozenset()  # empty: all but those that must be asked for
        self._repeated: set[int] = set()
        self.repeats = 0  # so many of the next updates are delivered once more after they were acknowledged
        self.held_for_reversal = 0  # so many are held back, then delivered newest first
        self.listeners: list[Callable[[Update], None]] = []

    @property
    def asked_for(self) -> list[str]:
        """The kinds of updates that the bot asked for; empty means the usual ones."""
        return sorted(self._asked)

    def ask_for(self, kinds: Iterable[str]) -> None:
        """The bot names the kinds it wants from now on."""
        self._asked = frozenset(kinds)

    def wants(self, kind: str) -> bool:
        """Whether updates of this kind are delivered."""
        return kind in self._asked if self._asked else kind not in ONLY_IF_ASKED

    def put(self, kind: str, body: dict[str, Any], lane: Hashable) -> Update | None:
        """Add an update as things are now; None if the bot does not want its kind."""
        if not self.wants(kind):
            return None
        update = Update(self._next_id, kind, copy.deepcopy(body), lane, self._clock.now())
        self._next_id += 1
        self._waiting[update.id] = update
        for listener in self.listeners:
            listener(update)
        self._pulse.beat()
        return update

    def waiting(self) -> list[Update]:
        """All that wait, in the order of delivery; what is older than a day is gone."""
        oldest = self._clock.now() - limits.UPDATE_KEPT_SECONDS
        while self._waiting and (first := next(iter(self._waiting.values()))).at < oldest:
            del self._waiting[first.id]
        ordered = list(self._waiting.values())
        if not self.held_for_reversal:
            return ordered
        if len(ordered) < self.held_for_reversal:
            return []
        return ordered[: self.held_for_reversal][::-1] + ordered[self.held_for_reversal :]

    def acknowledge(self, update_id: int) -> None:
        """This one arrived."""
        update = self._waiting.pop(update_id, None)
        if update is None:
            return
        if self.repeats > 0 and update_id not in self._repeated:
            self.repeats -= 1
            self._repeated.add(update_id)
            self._waiting = dict(sorted({**self._waiting, update_id: update}.items()))
        self._pulse.beat()

    def acknowledge_before(self, offset: int) -> None:
        """All with a smaller id arrived. A negative offset keeps only that many of the newest."""
        ids = list(self._waiting)
        gone = ids[:offset] if offset < 0 else [key for key in ids if key < offset]
        for update_id in gone:
            self.acknowledge(update_id)

    def clear(self) -> None:
        """Drop everything that waits."""
        self._waiting.clear()
        self._pulse.beat()
