"""Budgets: how much one user and one group may send before the bot stops listening for a while.

Whoever goes over is told once; then nothing of theirs is taken until they have been quiet for a moment. Nothing that was
taken before is lost.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from time import monotonic

from bot.arrival import Arrival
from flows.conversation.event import EventKind

_REMEMBERED = 50_000
_ALWAYS = (EventKind.LEFT, EventKind.BLOCKED)


class Verdict(Enum):
    """What to do with an arrival."""

    TAKE = "take"
    TELL = "tell"  # over the budget for the first time: say so
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Budget:
    """``burst`` updates at once and ``rate`` a second over time."""

    burst: int
    rate: float


@dataclass(slots=True)
class _Account:
    left: float
    since: float
    told: bool = False


class Budgets:
    """Judges arrivals by their user, and by their group."""

    def __init__(
        self,
        user: Budget = Budget(30, 1.0),
        group: Budget = Budget(200, 5.0),
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._budgets = {"user": user, "group": group}
        self._accounts: OrderedDict[tuple[str, int], _Account] = OrderedDict()
        self._clock = clock

    def judge(self, arrival: Arrival) -> Verdict:
        """Whether to take it. Counts it if it is taken."""
        event = arrival.event
        if event is None or event.kind in _ALWAYS:
            return Verdict.TAKE
        accounts = [self._account("user", event.user)]
        if not event.private:
            accounts.append(self._account("group", event.chat))
        empty = next((account for account in accounts if account.left < 1), None)
        if empty is None:
            for account in accounts:
                account.left -= 1
            return Verdict.TAKE
        if empty.told:
            return Verdict.IGNORE
        empty.told = True
        return Verdict.TELL

    def _account(self, kind: str, owner: int) -> _Account:
        budget, now = self._budgets[kind], self._clock()
        account = self._accounts.pop((kind, owner), None) or _Account(budget.burst, now)
        account.left = min(budget.burst, account.left + (now - account.since) * budget.rate)
        account.since = now
        if account.left >= budget.burst / 2:
            account.told = False
        self._accounts[kind, owner] = account
        while len(self._accounts) > _REMEMBERED:
            self._accounts.popitem(last=False)
        return account
