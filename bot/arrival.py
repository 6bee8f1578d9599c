"""An arrival: one update from the messenger, reduced to what the bot needs, as it is kept in the inbox.

Only wanted things are kept: no raw update, no fields that nothing reads.
"""

import json
from dataclasses import dataclass, replace

from bot.plain_json import given_fields, known_fields
from flows.conversation.event import Event, EventKind


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update. ``update`` identifies it (the same one may come twice); ``chat`` is the lane in which order is kept.

    ``event`` is what the conversation gets; ``query`` identifies a button press that waits for its short answer;
    ``thread`` is the topic inside a forum group; ``moved_to`` says that this group goes on under another id (no event);
    ``session`` is the one it is about, where that need not be the user's present one.
    """

    update: int
    chat: int
    user: int = 0
    event: Event | None = None
    query: str | None = None
    thread: int | None = None
    moved_to: int | None = None
    session: str | None = None


def in_chat(arrival: Arrival, chat: int) -> Arrival:
    """The arrival as of ``chat``: the id of its group may have changed since it was stored."""
    if arrival.chat == chat:
        return arrival
    event = replace(arrival.event, chat=chat) if arrival.event else None
    return replace(arrival, chat=chat, event=event)


def arrival_to_json(arrival: Arrival) -> str:
    """The arrival as JSON text, without what has its default value."""
    fields = given_fields(arrival)
    if arrival.event is not None:
        fields["event"] = given_fields(arrival.event)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def arrival_from_json(text: str) -> Arrival:
    """The arrival written by ``arrival_to_json``; keys of other versions are passed over. ValueError if it is none."""
    try:
        fields = known_fields(Arrival, json.loads(text))
        event = fields.get("event")
        if event is not None:
            event = known_fields(Event, event)
            fields["event"] = Event(**{**event, "kind": EventKind(event["kind"])})
        return Arrival(**fields)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"expected a stored arrival, found something else ({type(error).__name__})") from error
