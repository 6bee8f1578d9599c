"""Draws what messages in the outbox ask for, beside everything else: one picture at a time, in a thread.

Without the extra ``pictures``, and where drawing fails, nobody is kept waiting: a picture is left out, since its message
before said everything, and a card becomes a plain text.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import structlog
from pydantic import ValidationError

from bot import metrics
from bot.pictures.orders import ORDERS, Card, Order
from flows.conversation.view import Attachment
from flows.pictures import ChanceScene, TimelineScene
from flows.words import WordBook

REMEMBERED = 32
"""Pictures kept in memory, some hundred thousand bytes each: who asks for the same again has it at once."""

_log = structlog.get_logger(__name__)


class Spoken(Protocol):
    """What has the words of all languages."""

    @property
    def words(self) -> WordBook: ...  # noqa: D102


class Painter:
    """``content`` gives what holds the words that are written into pictures."""

    def __init__(self, content: Callable[[], Spoken]) -> None:
        self._content = content
        self._drawn: OrderedDict[str, bytes | None] = OrderedDict()
        self._at_work = asyncio.Semaphore(1)

    async def finished(self, file: Attachment) -> Attachment | None:
        """The file with its bytes, drawn now if need be; None where there is nothing to send."""
        if not file.drawing:
            return file
        try:
            order = ORDERS.validate_json(file.drawing)
        except ValidationError:  # written by another version of this program
            _log.warning("picture_not_understood", file=file.name)
            return None
        async with self._at_work:
            if file.drawing not in self._drawn:
                self._drawn[file.drawing] = await self._draw(order, file.name)
                if len(self._drawn) > REMEMBERED:
                    self._drawn.popitem(last=False)
            data = self._drawn[file.drawing]
        if data is not None:
            return replace(file, data=data, drawing="")
        return as_text(order.scene, file.name) if isinstance(order.scene, Card) else None

    async def _draw(self, order: Order, name: str) -> bytes | None:
        try:
            with metrics.DRAWING.time():
                return await asyncio.to_thread(drawn, order, self._content().words)
        except ImportError:
            _log.warning("pictures_not_installed", file=name)
        except Exception as fault:  # whatever it is, it is not worth a message
            _log.error("picture_failed", file=name, fault=type(fault).__name__)
        return None


def drawn(order: Order, words: WordBook) -> bytes | None:
    """The bytes of one picture; None where there is nothing to show. ImportError where nothing can be drawn here.

    The library that draws is imported here, on first use: it takes longer than a whole start without it.
    """
    from bot.pictures.card import card_file
    from bot.pictures.chance import chance_picture
    from bot.pictures.timeline import timeline_picture

    reader = order.reader(words)
    match order.scene:
        case ChanceScene(odds):
            return chance_picture(odds, reader)
        case TimelineScene(dates, people, today):
            return timeline_picture(dates, people, today, reader)
        case Card(lines):
            return card_file(lines)


def as_text(card: Card, name: str) -> Attachment:
    """A card as a plain text that opens everywhere."""
    text = "\n\n".join(line.text for line in card.lines) + "\n"
    return Attachment(f"{name.rpartition('.')[0]}.txt", "text/plain", text.encode())
