"""What a user gets when they ask for their data: everything stored that is theirs, in one readable file."""

import json
from typing import Any

from bot.departing import without_user
from flows.conversation.session import Session
from flows.conversation.view import Attachment


def export_file(user: int, stored: dict[str, Any], this_update: int) -> Attachment:
    """``stored`` (Store.export) as a JSON file; of a shared session only what is not another member's own.

    ``this_update`` is the wish itself, which is not listed among the updates that wait.
    """
    found = {
        "user": user,
        "sessions": [_own_part(session, user) for session in stored["sessions"]],
        "messages_on_their_way": [message.text for message in stored["messages"]],
        "updates_waiting": [
            arrival.event.text for arrival in stored["updates"] if arrival.event and arrival.update != this_update
        ],
        "links": stored["links"],
    }
    text = json.dumps(found, ensure_ascii=False, indent=2, default=str)
    return Attachment("iec-together.json", "application/json", text.encode())


def _own_part(session: Session, user: int) -> dict[str, Any]:
    mine = session["members"].get(str(user))
    rest = session
    for other in session["members"]:
        if other != str(user):
            rest = without_user(rest, int(other))
    return {"id": session["id"], "member": mine, "answers": rest["answers"], "group": session.get("group")}
