"""How fast messages may go out: a small burst, then evenly, for each chat and over all chats.

Telegram's figures (1 message a second in a chat, 20 a minute in a group, 30 a second overall) are upper bounds over any
stretch of that length, so burst and rate are chosen such that together they never exceed them in a group and overall;
in private chats short bursts are allowed by the messenger. The binding word is its "retry after" (bot.sender).
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.transport import Flood

_USUAL = 30
_REMEMBERED = 20_000  # chats; those longest silent are forgotten first, and start with a full burst again


@dataclass(frozen=True, slots=True)
class Pace:
    """``burst`` messages at once, then ``rate`` a second."""

    burst: int
    rate: float

    def part(self, of: int, seconds: float) -> "Pace":
        """The pace of one of so many processes, such that all together keep to what is allowed in so many seconds."""
        if of == 1:
            return self
        allowed = self.burst + self.rate * seconds
        burst = max(1, self.burst // of)
        return Pace(burst, max(allowed - of * burst, allowed / 10) / seconds / of)


@dataclass(frozen=True, slots=True)
class Paces:
    """The paces of a private chat, a group, and everything together."""

    private: Pace = Pace(5, 1.0)
    group: Pace = Pace(8, 0.2)  # 8 + 60 * 0.2 = 20 in any minute
    overall: Pace = Pace(5, 25.0)  # 5 + 25 = 30 in any second

    def of_one_of(self, processes: int) -> "Paces":
        """What one of so many processes may send. A private chat's pace stays: only its person's updates lead to messages
        there, nearly always one process at a time, and the messenger lets short bursts pass."""
        return Paces(self.private, self.group.part(processes, 60), self.overall.part(processes, 1))


def paces_for(sends_per_second: int) -> Paces:
    """The paces where the messenger allows so many messages a second in all; a sixth of them may go in one burst.

    Beyond the usual 30 the limits of single chats no longer bind either (a paid allowance, or a server of one's own).
    """
    burst = max(1, sends_per_second // 6)
    overall = Pace(burst, max(1, sends_per_second - burst))
    if sends_per_second <= _USUAL:
        return Paces(overall=overall)
    return Paces(private=overall, group=overall, overall=overall)


class Pacing:
    """Hands out the moments at which messages may go."""

    def __init__(self, paces: Paces | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._all = self._paces = paces or Paces()
        self._clock = clock
        self._due: OrderedDict[int, float] = OrderedDict()  # by chat: when its burst would be used up evenly
        self._overall_due = 0.0
        self._floods: dict[int, float] = {}
        self._silent_until = 0.0

    def shared_by(self, processes: int) -> None:
        """From now on so many processes send, this one included."""
        self._paces = self._all.of_one_of(processes)

    def wait_for_chat(self, chat: int) -> float:
        """Seconds until the next message to this chat may go; it counts as sent then."""
        pace = self._paces.group if chat < 0 else self._paces.private
        now = self._clock()
        due, wait = _next(self._due.pop(chat, 0.0), pace, now)
        self._due[chat] = due
        while len(self._due) > _REMEMBERED:
            self._due.popitem(last=False)
        return wait

    def wait_for_all(self) -> float:
        """Seconds until the next message to anyone may go; it counts as sent then."""
        now = self._clock()
        self._overall_due, wait = _next(self._overall_due, self._paces.overall, now)
        return max(wait, self._silent_until - now)

    def flooded(self, chat: int, flood: Flood) -> None:
        """The messenger asked for silence in this chat; asked for in a second one meanwhile, it is meant for all."""
        now = self._clock()
        self._floods = {other: until for other, until in self._floods.items() if until > now}
        self._floods[chat] = now + flood.seconds
        if len(self._floods) > 1:
            self._silent_until = max(self._floods.values())


def _next(due: float, pace: Pace, now: float) -> tuple[float, float]:
    """The new due time and the wait, by the generic cell rate algorithm."""
    due = max(due, now)
    wait = due - (pace.burst - 1) / pace.rate - now
    return due + 1 / pace.rate, max(0.0, wait)
