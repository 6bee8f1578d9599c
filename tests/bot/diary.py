"""A conversation for counting: it writes down every word of everybody and confirms each with its number."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.conversation.event import Event
from flows.conversation.session import Session
from flows.conversation.view import Slot, View, Words


@dataclass(frozen=True)
class Rendered:
    text: str
    buttons: tuple[tuple[Any, ...], ...] = ()


def render(view: View) -> Rendered:
    return Rendered(" ".join(str(value) for value in view.words[0].values.values()))


def step(session: Session, event: Event, content: Any, today: date) -> tuple[Session, tuple[View, ...]]:
    user, key = str(event.user), f"diary:p{event.user}"
    member = {"person": f"p{user}", "name": "", "language": "en", "shows": "done"}
    written = [*session["answers"].get(key, []), event.text]
    after = Session(
        **{
            **session,
            "members": {**session["members"], user: member},
            "answers": {**session["answers"], key: written},
            "version": session["version"] + 1,
        }
    )
    number = View(event.chat, Slot.MESSAGE, (Words("n", {"n": event.text}),))
    card = View(event.chat, Slot.CARD, (Words("all", {"count": f"written: {len(written)}"}),))
    return after, (number, card)
