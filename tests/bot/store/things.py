"""Small arrivals, sessions and messages for the tests of the store."""

from bot.arrival import Arrival
from bot.outgoing import Outgoing
from bot.store.contract import Write
from flows.conversation.event import Event, EventKind
from flows.conversation.session import Session
from flows.conversation.view import Slot


def arrival(update: int, chat: int = 7, user: int | None = None, text: str = "hello") -> Arrival:
    who = user if user is not None else chat
    return Arrival(update, chat, who, Event(EventKind.TEXT, who, chat, text=text))


def session(name: str, *members: int, group: int | None = None, **answers: str) -> Session:
    people = {str(user): {"person": f"p{user}", "name": "", "language": "en", "shows": "done"} for user in members}
    made = Session(
        id=name,
        version=len(answers),
        answers=dict(answers),
        people=[f"p{user}" for user in members],
        members=people,  # type: ignore[typeddict-item]
    )
    if group is not None:
        made["group"] = group
    return made


def write(made: Session, revision: int = 0) -> Write:
    return Write(made["id"], revision, made)


def message(chat: int, text: str, slot: Slot = Slot.MESSAGE) -> Outgoing:
    return Outgoing(chat, slot, text)
