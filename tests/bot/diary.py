"""A conversation for counting: it writes down every word of everybody and confirms each with its number."""

from datetime import date
from typing import Any

from flows.conversation.event import Event
from flows.conversation.session import Session
from flows.conversation.view import Slot, View, Words
from tests.bot.shown import render_values as render

__all__ = ["noted", "render", "step"]


def step(session: Session, event: Event, content: Any, today: date) -> tuple[Session, tuple[View, ...]]:
    written = [*session["answers"].get(f"diary:p{event.user}", []), event.text]
    number = View(event.chat, Slot.MESSAGE, (Words("n", {"n": event.text}),))
    card = View(event.chat, Slot.CARD, (Words("all", {"count": f"written: {len(written)}"}),))
    return noted(session, event, "diary", written), (number, card)


def noted(session: Session, event: Event, question: str, answer: Any) -> Session:
    """The session of whoever wrote, with this answer of theirs."""
    person = f"p{event.user}"
    member = {"person": person, "name": "", "language": "en", "shows": "done"}
    return Session(
        **{
            **session,
            "members": {**session["members"], str(event.user): member},
            "answers": {**session["answers"], f"{question}:{person}": answer},
            "version": session["version"] + 1,
        }
    )
