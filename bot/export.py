"""What a user gets when they ask for their data: everything stored that is theirs, in one readable file."""

import json
from typing import Any

from bot.departing import people_of
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
    """The user's membership, and the answers about themself, about pairs they are in, and about people nobody else is."""
    mine = session["members"].get(str(user))
    others = {member["person"] for key, member in session["members"].items() if key != str(user)}
    me = {mine["person"]} if mine else set()
    answers = {
        key: value for key, value in session["answers"].items() if people_of(key) & me or not people_of(key) & others
    }
    return {"id": session["id"], "member": mine, "answers": answers, "group": session.get("group")}
