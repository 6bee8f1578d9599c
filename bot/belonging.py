"""Somebody may be in several plans: a button in a private chat tells which one it belongs to, and leads there."""

from dataclasses import replace
from uuid import uuid4

from bot.arrival import Arrival
from bot.store.contract import Loaded, Store
from flows.conversation.event import Event, EventKind
from flows.conversation.plans_view import ANEW, BELONGS

_LENGTH = 6  # signs of a session's id: enough to tell one user's sessions apart


def random_id(_: Arrival) -> str:
    """The id of a new session: unlike any other, whoever else makes some."""
    return uuid4().hex


def id_by_update(arrival: Arrival) -> str:
    """The id of a new session where one process alone makes them all: the same words then give the same buttons."""
    return f"{arrival.update:06x}"


def with_session(press_id: str, session_id: str) -> str:
    """A button's id with the session it belongs to, unless it names one itself."""
    return press_id if BELONGS in press_id or not session_id else press_id + BELONGS + session_id[:_LENGTH]


async def where_pressed(store: Store, event: Event, present: Loaded | None) -> tuple[Event, Loaded | None]:
    """The press as the conversation knows it, and the session in which it counts: the present one or another of the user's.

    A button of a plan that the user is not part of is one of the present plan: whether it is still fresh is seen there.
    """
    if event.kind is not EventKind.PRESS or not event.private or BELONGS not in event.press:
        return event, present
    press, _, belongs = event.press.rpartition(BELONGS)
    event = replace(event, press=press)
    if belongs == ANEW:
        return event, None
    if present is not None and present.session["id"].startswith(belongs):
        return event, present
    others = [each for each in await store.sessions_with(event.user) if each.session["id"].startswith(belongs)]
    return (event, others[0]) if others else (event, present)
