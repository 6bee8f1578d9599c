"""Takes raw updates in, from polling or from the webhook: translated, judged, stored. Only then are they acknowledged."""

from collections.abc import Iterable
from typing import Any

import structlog
from telegram import Bot

from bot import metrics, own_words
from bot.abuse import Budgets, Verdict
from bot.arrival import Arrival
from bot.engine import Engine
from bot.store.contract import StoreError
from bot.telegram.translate import translate

_log = structlog.get_logger(__name__)


class Intake:
    """``bot`` is initialized, so that it knows its own name; ``budgets`` None takes whatever comes."""

    def __init__(self, bot: Bot, engine: Engine, budgets: Budgets | None) -> None:
        self._bot = bot
        self._engine = engine
        self._budgets = budgets

    async def take(self, updates: Iterable[dict[str, Any]]) -> None:
        """Store those that concern us, durable once this returns; StoreError if none could be stored."""
        arrivals: list[Arrival] = []
        tell: list[Arrival] = []
        for update in updates:
            arrival = self._translated(update)
            if arrival is None:
                continue
            verdict = self._budgets.judge(arrival) if self._budgets else Verdict.TAKE
            if verdict is Verdict.TAKE:
                arrivals.append(arrival)
                continue
            metrics.UPDATES.labels(_kind(arrival), "refused").inc()
            if verdict is Verdict.TELL:
                tell.append(arrival)
        if arrivals:
            await self._store(arrivals)
        for arrival in tell:
            await self._engine.say(arrival, own_words.SLOW_DOWN)

    async def _store(self, arrivals: list[Arrival]) -> None:
        """All at once; where one of them is at fault, each by itself, so that it costs nobody else."""
        try:
            new = await self._engine.take(arrivals)
        except StoreError:
            raise
        except Exception as fault:
            if len(arrivals) > 1:
                for arrival in arrivals:
                    await self._store([arrival])
                return
            _log.error("update_not_kept", update=arrivals[0].update, fault=type(fault).__name__)
            metrics.UPDATES.labels(_kind(arrivals[0]), "not_kept").inc()
            return
        metrics.UPDATES.labels("any", "duplicate").inc(len(arrivals) - len(new))

    def _translated(self, update: dict[str, Any]) -> Arrival | None:
        """What is not an update as documented cannot become one by waiting: it is counted and passed over."""
        try:
            arrival = translate(update, self._bot.bot)
        except Exception as fault:
            number = update.get("update_id")
            _log.error("update_not_understood", update=number, fault=type(fault).__name__)
            metrics.UPDATES.labels("any", "not_understood").inc()
            return None
        if arrival is None:
            metrics.UPDATES.labels("any", "of_no_concern").inc()
        return arrival


def _kind(arrival: Arrival) -> str:
    return arrival.event.kind.value if arrival.event else "moved"
