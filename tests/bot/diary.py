"""A conversation for counting: it writes down every word of everybody and confirms each with its number.

Of a word that ends in an exclamation mark it reminds them as soon as it can, and writes down that it did.
"""

from datetime import date
from typing import Any

from flows.conversation.event import Event, EventKind
from flows.conversation.session import Session
from flows.conversation.view import Slot, View, Words
from tests.bot.shown import render_values as render

__all__ = ["noted", "render", "step"]


def step(session: Session, event: Event, content: Any, today: date) -> tuple[Session, tuple[View, ...]]:
    if event.kind is EventKind.WOKEN:
        return _reminded(session, event)
    written = [*session["answers"].get(f"diary:p{event.user}", []), event.text]
    number = View(event.chat, Slot.MESSAGE, (Words("n", {"n": event.text}),))
    card = View(event.chat, Slot.CARD, (Words("all", {"count": f"written: {len(written)}"}),))
    moment = event.at - len(written) / 1000  # each word's own, however many come at once
    due = _due(session, event) | ({event.text: moment} if event.text.endswith("!") else {})
    return _to_be_reminded(noted(session, event, "diary", written), event, due), (number, card)


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


def _reminded(session: Session, event: Event) -> tuple[Session, tuple[View, ...]]:
    due = _due(session, event)
    told = [word for word, moment in due.items() if moment <= event.at]
    reminded = [*session["answers"].get(f"reminded:p{event.user}", []), *told]
    left = {word: moment for word, moment in due.items() if word not in told}
    views = tuple(View(event.chat, Slot.MESSAGE, (Words("r", {"of": f"reminded of {word}"}),)) for word in told)
    return _to_be_reminded(noted(session, event, "reminded", reminded), event, left), views


def _due(session: Session, event: Event) -> dict[str, float]:
    reminders = session["members"].get(str(event.user), {}).get("reminders")
    return dict(reminders["due"]) if reminders else {}


def _to_be_reminded(session: Session, event: Event, due: dict[str, float]) -> Session:
    if due:
        wake = min(due.values())
        session["members"][str(event.user)]["reminders"] = {"zone": "UTC", "due": due, "wake": wake}
    return session
