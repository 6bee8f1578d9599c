"""Puts the parts together: one engine for one messenger, whichever it is."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.engine import Engine
from bot.handler import Handler, Step
from bot.pacing import Pacing
from bot.pictures.painter import Painter
from bot.presenting import Presenter, Render
from bot.sender import Sender
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
    admin_chat: int | None = None,
    clock: Callable[[], float] = time.time,
) -> Engine:
    """An engine over an open store; ``pacing`` None sends at once, ``today`` None follows the clock (UTC)."""
    presenter = Presenter(conversation.render, transport, clock)
    handler = Handler(
        store,
        conversation.step,
        conversation.content,
        presenter,
        today=lambda: today or datetime.now(UTC).date(),
        clock=clock,
    )
    sender = Sender(store, transport, pacing, Painter(conversation.content).finished)
    return Engine(store, handler, sender, presenter, admin_chat=admin_chat)
