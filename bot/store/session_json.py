"""Sessions as text, the same in every store."""

import json
from typing import cast

from bot.store.contract import StoreError
from flows.conversation.session import Session


def session_to_json(session: Session) -> str:
    """The session as JSON text."""
    return json.dumps(session, ensure_ascii=False, separators=(",", ":"))


def moments_of(session: Session) -> dict[int, float | None]:
    """The members, and when each is to be woken next."""
    wanted = {int(user): member.get("reminders") for user, member in session["members"].items()}
    return {user: reminders["wake"] if reminders else None for user, reminders in wanted.items()}


def same_around(before: Session, after: Session) -> bool:
    """Whether the session has the same members, to be woken at the same moments, and belongs to the same group."""
    return moments_of(before) == moments_of(after) and before.get("group") == after.get("group")


def session_from_json(text: str) -> Session:
    """The session written by ``session_to_json``; StoreError if it is none."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise StoreError("a stored session is not readable: restore it from a backup") from error
    if not isinstance(found, dict) or not {"id", "answers", "members"} <= found.keys():
        raise StoreError("a stored session lacks its parts: restore it from a backup")
    return cast(Session, found)
