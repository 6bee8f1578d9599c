"""The way of an update: stored, then handled chat by chat, then its messages sent. Start it, feed it, stop it.

What ``take`` returned from is stored and will be handled, whatever happens to this process. Updates of one chat are
handled one after the other in the order of their numbers, those of different chats side by side.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog

from bot import metrics, own_words
from bot.arrival import Arrival
from bot.cleaning import cleaned
from bot.handler import Handler
from bot.lanes import Lanes
from bot.outgoing import Outgoing
from bot.presenting import Presenter
from bot.sender import Sender
from bot.store.contract import Change, Store, StoreError, Waiting
from flows.conversation.view import Slot, View
from flows.message import Message

_log = structlog.get_logger(__name__)
_PAUSES = (0.2, 1.0)  # seconds after the first and second failure; after the third the update is set aside
_SWEEP = 5.0  # seconds between looks for what another process left behind
_HELD_PAUSE = 0.25  # seconds before looking again at a chat that another process works on
_UNAVAILABLE_PAUSE = 1.0  # seconds before the store is asked again
_PARALLEL = 64  # chats handled side by side: enough for one commit to serve many


class Engine:
    """``moments`` tells the time, in seconds since 1970: the present moment last, before it those that may have been passed
    over. ``admin_chat`` is told of updates that were set aside."""

    def __init__(
        self,
        store: Store,
        handler: Handler,
        sender: Sender,
        presenter: Presenter,
        *,
        moments: Callable[[], Sequence[float]],
        admin_chat: int | None = None,
    ) -> None:
        self._store = store
        self._handler = handler
        self._sender = sender
        self._presenter = presenter
        self._moments = moments
        self._admin_chat = admin_chat
        self._lanes = Lanes(self._work_off, parallel=_PARALLEL)
        self._looking: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Take up what an earlier run left, and keep looking."""
        await self._sweep()
        self._looking = [asyncio.create_task(self._sweep_for_ever()), asyncio.create_task(self._take_over_for_ever())]

    async def stop(self) -> None:
        """Finish what is in hand; the rest is in the store, for whoever else works on it to take over at once."""
        for task in self._looking:
            task.cancel()
        await asyncio.gather(*self._looking, return_exceptions=True)
        await self._lanes.stop()
        await self._sender.stop()
        with contextlib.suppress(StoreError):
            await self._store.others.tell()

    async def take(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """Store arrivals and see to it that they are handled; those that were new. StoreError: none of them is taken."""
        new = await self._store.accept([self._stamped(cleaned(arrival)) for arrival in arrivals])
        for arrival in new:
            self._lanes.wake(arrival.chat)
        return new

    def _stamped(self, arrival: Arrival) -> Arrival:
        """With the time at which it was taken: what is handled later, or twice, is handled as of then."""
        return replace(arrival, event=replace(arrival.event, at=self._moments()[-1])) if arrival.event else arrival

    async def say(self, arrival: Arrival, message: Message) -> None:
        """Answer an arrival that is not handled: beside the press, else in the user's private chat."""
        event = arrival.event
        if event is None:
            return
        chat = event.chat if arrival.query else event.user
        view = View(chat, Slot.NOTICE, (message(),), language=event.language)
        outgoing = self._presenter.present(arrival, event, [("", view)]).outgoing
        await self._store.commit(Change(outgoing=outgoing))
        for waiting in {each.chat for each in outgoing}:
            self._sender.lanes.wake(waiting)

    async def idle(self) -> None:
        """Wait until everything taken has been handled and sent."""
        while self._lanes.busy or self._sender.lanes.busy:
            await self._lanes.idle()
            await self._sender.lanes.idle()

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP)
            try:
                await self._sweep()
            except StoreError as error:
                _log.error("store_unavailable", problem=str(error))

    async def _take_over_for_ever(self) -> None:
        while True:
            try:
                await self._store.others.told()
                await self._sweep()
            except StoreError:  # the other task says so
                await asyncio.sleep(_SWEEP)

    async def _sweep(self) -> None:
        *earlier, now = self._moments()
        for moment in earlier:  # the hours of a fixed day: what each of them brings is done before the next
            woken = await self._store.wake(moment)
            for arrival in woken:
                self._lanes.wake(arrival.chat)
            if woken:
                await self._lanes.idle()
        await self._store.wake(now)
        for chat, delay in (await self._store.waiting_chats()).items():
            self._lanes.wake(chat, delay)
        await self._sender.sweep()

    async def _work_off(self, chat: int) -> float | None:
        try:
            async with self._store.hold(f"in:{chat}") as mine:
                if not mine:
                    return _HELD_PAUSE
                while not self._lanes.stopping and (waiting := await self._store.next_arrival(chat)):
                    if waiting.ready_in > 0:
                        return waiting.ready_in
                    pause = await self._handle(waiting)
                    if pause is not None:
                        return pause
        except StoreError as error:
            _log.error("store_unavailable", problem=str(error))
            return _UNAVAILABLE_PAUSE
        return None

    async def _handle(self, waiting: Waiting) -> float | None:
        """Handle one arrival; the pause wanted before the next try where it failed."""
        arrival = waiting.arrival
        kind = arrival.event.kind.value if arrival.event else "moved"
        try:
            with metrics.HANDLING.time():
                handled = await self._handler.handle(arrival)
        except StoreError:
            raise
        except Exception as fault:
            return await self._failed(waiting, kind, fault)
        metrics.UPDATES.labels(kind, "handled").inc()
        if handled.press_unanswered and arrival.query:
            self._sender.acknowledge(arrival.query)
        for chat in {message.chat for message in handled.outgoing}:
            self._sender.lanes.wake(chat)
        return None

    async def _failed(self, waiting: Waiting, kind: str, fault: Exception) -> float | None:
        arrival = waiting.arrival
        # The traceback without the exception's own text, which may quote what the person wrote.
        _log.error(
            "update_failed",
            update=arrival.update,
            tries=waiting.tries + 1,
            fault=type(fault).__name__,
            at=_place_of(fault),
        )
        if waiting.tries < len(_PAUSES):
            await self._store.postpone(arrival.update, _PAUSES[waiting.tries])
            return _PAUSES[waiting.tries]
        told = self._notices(arrival, type(fault).__name__)
        await self._store.set_aside(arrival.update, told)
        metrics.UPDATES.labels(kind, "aside").inc()
        for message in told:
            self._sender.lanes.wake(message.chat)
        return None

    def _notices(self, arrival: Arrival, problem: str) -> tuple[Outgoing, ...]:
        """To the person, so that they are not left waiting, and to whoever runs the bot."""
        event = arrival.event
        views: list[tuple[str, View]] = []
        if event is not None and event.private:
            views.append(("", View(event.chat, Slot.MESSAGE, (own_words.BROKEN(),), language=event.language)))
        if self._admin_chat is not None:
            words = own_words.ADMIN_ASIDE(update=str(arrival.update), problem=problem)
            views.append(("", View(self._admin_chat, Slot.MESSAGE, (words,))))
        return self._presenter.present(arrival, event, views).outgoing if event is not None else ()


def _place_of(fault: Exception) -> str:
    """Where it happened: file and line of the innermost frame."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
