"""Waking a member at their moment: what comes into the inbox for it, the same from every store."""

import hashlib

from bot.arrival import Arrival
from flows.conversation.event import Event, EventKind

AGAIN = 24 * 3600.0
"""Seconds after which somebody is woken again if nothing came of it."""


def waking_of(user: int, session: str, moment: float, now: float) -> Arrival:
    """The arrival for a member whose ``moment`` has come at ``now``.

    Its number is negative, where no messenger's numbers are, and the same for the same moment: taken twice, it is one.
    """
    digest = hashlib.blake2b(f"{user}:{session}:{moment}".encode(), digest_size=8).digest()
    number = -1 - (int.from_bytes(digest) >> 2)
    return Arrival(number, user, user, Event(EventKind.WOKEN, user, user, at=now), session=session)
