"""Sends what the outbox holds: each chat in order and paced, several chats side by side, until it is really out.

A message leaves the outbox after the messenger took it, so after a crash the last one may be sent twice, never not at
all. An outdated card or board is not sent where a newer one waits behind it.
"""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot import metrics
from bot.lanes import Lanes
from bot.moving import change_for_move
from bot.outgoing import Outgoing
from bot.pacing import Pacing
from bot.store.contract import Chat, Conflict, Queued, Store, StoreError
from bot.transport import ChatGone, ChatMoved, Flood, MessageGone, Refused, Transport, Unreached
from flows.conversation.view import Attachment, Slot

_log = structlog.get_logger(__name__)
_HELD_PAUSE = 0.25  # seconds before looking again at a chat that another process sends to
_FIRST_PAUSE = 0.5  # seconds before the second try; doubled with every other
_LONGEST_PAUSE = 60.0
Finish = Callable[[Attachment], Awaitable[Attachment | None]]
_PARALLEL = 1000  # lanes; most of them sleep


class Sender:
    """Wake it for a chat that has unsent messages. ``pacing`` None sends at once (a local face). ``finish`` makes the
    bytes of a file that is made as late as it is sent, or says with None that its message is to be left out."""

    def __init__(self, store: Store, transport: Transport, pacing: Pacing | None, finish: Finish | None = None) -> None:
        self._store = store
        self._transport = transport
        self._pacing = pacing
        self._finish = finish
        self.lanes = Lanes(self._empty, parallel=_PARALLEL)
        self._stopping = asyncio.Event()
        self._asides: set[asyncio.Task[None]] = set()

    async def sweep(self) -> None:
        """Wake every chat that has something to send: at start, and for what another process left behind.

        See how many processes share the pace, too.
        """
        if self._pacing:
            self._pacing.shared_by(await self._store.others.count())
        for chat, delay in (await self._store.unsent_chats()).items():
            self.lanes.wake(chat, delay)

    def acknowledge(self, query: str) -> None:
        """Take a press's waiting sign away, aside from everything else; lost in a crash, it goes away by itself."""
        task = asyncio.create_task(self._acknowledge(query))
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def stop(self) -> None:
        """Let the requests under way come back; what is unsent stays in the outbox."""
        self._stopping.set()
        await self.lanes.stop()
        if self._asides:
            await asyncio.wait(self._asides, timeout=5)

    async def _acknowledge(self, query: str) -> None:
        try:
            await self._transport.acknowledge(query)
        except (Flood, Unreached, ChatGone, Refused):
            metrics.SENDS.labels("unacknowledged").inc()

    async def _empty(self, chat: int) -> float | None:
        try:
            async with self._store.hold(f"out:{chat}") as mine:
                if not mine:
                    return _HELD_PAUSE
                while rows := await self._store.unsent(chat):
                    if self._stopping.is_set():
                        return None
                    if rows[0].ready_in > 0:
                        return rows[0].ready_in
                    if await self._rest(chat, rows[0].outgoing):
                        rows = await self._store.unsent(chat)  # newer ones may have come, or all been forgotten
                    pause = await self._send_first(chat, rows) if rows and not self._stopping.is_set() else None
                    if pause is not None:
                        return pause
        except StoreError as error:
            _log.error("outbox_unavailable", problem=str(error))
            return 1.0
        return None

    async def _rest(self, chat: int, outgoing: Outgoing) -> bool:
        """Wait for this chat's turn and then for everybody's; whether there was anything to wait for."""
        if self._pacing is None or outgoing.query:  # a press is answered at once, or its answer comes too late
            return False
        waited = await self._sleep(self._pacing.wait_for_chat(chat))
        return await self._sleep(self._pacing.wait_for_all()) or waited

    async def _sleep(self, seconds: float) -> bool:
        if seconds <= 0:
            return False
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            pass
        return True

    async def _send_first(self, chat: int, rows: Sequence[Queued]) -> float | None:
        """Send the first message that is not outdated; the pause wanted before the next, or None."""
        row, outdated = first_worth_sending(rows)
        ids = [row.id, *outdated]
        outgoing = await self._finished(row.outgoing)
        if outgoing is None:
            metrics.SENDS.labels("left_out").inc()
            await self._store.sent(chat, ids)
            return None
        memory = await self._store.chat(chat)
        try:
            remember, gone = await self._place(outgoing, memory)
        except Flood as flood:
            metrics.FLOODS.inc()
            if self._pacing:
                self._pacing.flooded(chat, flood)
            await self._store.retry(rows[0].id, flood.seconds)
            return flood.seconds
        except Unreached as error:
            pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(rows[0].tries, 10))
            _log.warning("messenger_unreached", problem=str(error), tries=rows[0].tries + 1, pause=pause)
            metrics.SENDS.labels("retried").inc()
            await self._store.retry(rows[0].id, pause)
            return pause
        except ChatMoved as moved:
            try:
                await self._store.commit(await change_for_move(self._store, row.outgoing.place, moved.chat))
            except Conflict:  # someone answered meanwhile: once more
                return _FIRST_PAUSE
            if row.outgoing.shown_in is not None:  # meant for a message of the old group
                await self._store.sent(chat, ids)
            self.lanes.wake(moved.chat)
            return None
        except ChatGone:
            metrics.SENDS.labels("chat_gone").inc()
            lost = [each.id for each in rows if each.outgoing.place == row.outgoing.place]
            await self._store.sent(chat, lost)
            return None
        except Refused as refused:
            _log.error("message_refused", message=row.id, slot=row.outgoing.slot, problem=str(refused))
            metrics.SENDS.labels("refused").inc()
            await self._store.sent(chat, ids)
            return None
        metrics.SENDS.labels("sent").inc()
        await self._store.sent(chat, ids, Chat() if row.outgoing.farewell else remember)
        if gone is not None:
            await self._remove(chat, gone)
        return None

    async def _finished(self, outgoing: Outgoing) -> Outgoing | None:
        """With the bytes of its file, where they are still to be made; None where there is nothing to send."""
        if outgoing.attachment is None or self._finish is None:
            return outgoing
        file = await self._finish(outgoing.attachment)
        return None if file is None else dataclasses.replace(outgoing, attachment=file)

    async def _place(self, outgoing: Outgoing, memory: Chat) -> tuple[Chat | None, int | None]:
        """Send or edit; what to remember of the chat (None: nothing new) and the message that is outdated now."""
        if outgoing.whispered or outgoing.slot is Slot.IN_PLACE:
            await self._in_place(outgoing, memory)
            return None, None
        if outgoing.slot not in (Slot.CARD, Slot.BOARD):
            await self._transport.deliver(outgoing, None, memory.thread)
            return None, None
        living = memory.board
        if outgoing.slot is Slot.CARD:
            living = memory.card if memory.card is not None else outgoing.pressed
        in_place = living is not None and not outgoing.below and outgoing.pressed in (None, living)
        if in_place:
            try:
                await self._transport.deliver(outgoing, living, memory.thread)
            except MessageGone:
                living = None
            else:
                return None, None
        message = await self._transport.deliver(outgoing, None, memory.thread)
        if outgoing.slot is Slot.CARD:
            return dataclasses.replace(memory, card=message), living
        return dataclasses.replace(memory, board=message), living

    async def _in_place(self, outgoing: Outgoing, memory: Chat) -> None:
        """Edit the pressed message. A whisper that is gone is not whispered anew; something else is sent again."""
        thread = outgoing.thread if outgoing.whispered else memory.thread
        try:
            await self._transport.deliver(outgoing, outgoing.pressed, thread)
        except MessageGone:
            if not outgoing.whispered:
                await self._transport.deliver(outgoing, None, thread)

    async def _remove(self, chat: int, message: int) -> None:
        try:
            await self._transport.remove(chat, message)
        except (Flood, Unreached, ChatGone, ChatMoved, MessageGone, Refused):
            metrics.SENDS.labels("not_removed").inc()


def first_worth_sending(rows: Sequence[Queued]) -> tuple[Queued, list[int]]:
    """What to send first of a chat's unsent messages, and the ids of those before it that are outdated.

    A card (or board, or what takes a message's place) is outdated when a newer one waits. The next one takes its wish for
    a new place along, unless something else is to be said in between: then that wish has to be fulfilled first.
    """
    rows = _questions_first(rows)
    outdated: list[int] = []
    wishes: set[_Living] = set()
    for place, row in enumerate(rows):
        living = _living(row.outgoing)
        if row.outgoing.below and living is not None:
            wishes.add(living)
        following = [_living(later.outgoing) for later in rows[place + 1 :]]
        newer_waits = living is not None and living in following
        wish_is_passed_on = living not in wishes or following[:1] == [living]
        if newer_waits and wish_is_passed_on:
            outdated.append(row.id)
            continue
        below = living in wishes
        return dataclasses.replace(row, outgoing=dataclasses.replace(row.outgoing, below=below)), outdated
    raise ValueError("no messages")


def _questions_first(rows: Sequence[Queued]) -> Sequence[Queued]:
    """Somebody waits for everything but a board that is only edited: that comes last, unless it is to be posted anew."""
    if any(row.outgoing.slot is Slot.BOARD and row.outgoing.below for row in rows):
        return rows
    return sorted(rows, key=lambda row: row.outgoing.slot is Slot.BOARD)


_Living = tuple[Slot, int, int | None]


def _living(outgoing: Outgoing) -> _Living | None:
    """Which message this changes, by the slot, the chat, and its id where there may be several; None for a new one."""
    if outgoing.slot is Slot.IN_PLACE or (outgoing.whispered and outgoing.slot is Slot.CARD):
        return outgoing.slot, outgoing.place, outgoing.pressed
    return (outgoing.slot, outgoing.place, None) if outgoing.slot in (Slot.CARD, Slot.BOARD) else None
