"""Puts the parts together: one engine for one messenger, whichever it is."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from typing import Any

from bot.arrival import Arrival
from bot.belonging import random_id
from bot.engine import Engine
from bot.handler import Handler, Step
from bot.pacing import Pacing
from bot.pictures.painter import Painter
from bot.presenting import Presenter, Render
from bot.sender import Sender
from bot.settings import HELD_AT
from bot.store.contract import Store
from bot.transport import Transport


@dataclass(frozen=True, slots=True)
class Conversation:
    """The pure side as the engine needs it: what to say (``step`` over ``content``) and how it reads (``render``).

    ``content`` gives the present one for each step: round figures come in while the bot runs.
    """

    step: Step
    content: Callable[[], Any]
    render: Render


def assemble(
    conversation: Conversation,
    store: Store,
    transport: Transport,
    *,
    pacing: Pacing | None,
    today: date | None = None,
    held_at: time_of_day = HELD_AT,
    admin_chat: int | None = None,
    clock: Callable[[], float] = time.time,
    new_id: Callable[[Arrival], str] = random_id,
) -> Engine:
    """An engine over an open store; ``pacing`` None sends at once, ``today`` None follows the clock (UTC).
    ``new_id`` names the session that an arrival begins.

    On a fixed day time stands still at ``held_at``, after the hours before it have passed.
    """

    def moments() -> list[float]:
        if today is None:
            return [clock()]
        hours = (datetime.combine(today, time_of_day(hour), UTC) for hour in range(held_at.hour + 1))
        return [*(hour.timestamp() for hour in hours), datetime.combine(today, held_at, UTC).timestamp()]

    presenter = Presenter(conversation.render, transport, clock)
    handler = Handler(
        store,
        conversation.step,
        conversation.content,
        presenter,
        today=lambda: today or datetime.fromtimestamp(clock(), UTC).date(),
        clock=clock,
        new_id=new_id,
    )
    sender = Sender(store, transport, pacing, Painter(conversation.content).finished)
    return Engine(store, handler, sender, presenter, moments=moments, admin_chat=admin_chat)
