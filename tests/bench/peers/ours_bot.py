"""This project's own bot, store, sender and all, with the conversation of the benchmark; set up by its environment."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.assembly import Conversation
from bot.log import set_up_logging
from bot.running import run
from bot.settings import read_settings
from flows.conversation.event import Event, EventKind
from flows.conversation.session import Session
from flows.conversation.view import Choice, Slot, View, Words
from flows.words import WordBook
from tests.bot.standin_bot import words


@dataclass(frozen=True)
class Button:
    id: str
    label: str
    url: str | None = None
    start: str | None = None


@dataclass(frozen=True)
class Rendered:
    text: str
    buttons: tuple[tuple[Button, ...], ...]


def render(view: View) -> Rendered:
    buttons = tuple(tuple(Button(choice.id, choice.label.key) for choice in row) for row in view.choices)
    return Rendered(" ".join(str(value) for value in view.words[0].values.values()), buttons)


def step(session: Session, event: Event, content: Any, today: date) -> tuple[Session, tuple[View, ...]]:
    user, key = str(event.user), f"seven:p{event.user}"
    answers = [] if event.kind is EventKind.COMMAND else [*session["answers"][key], event.text or event.press]
    member = {"person": f"p{user}", "name": "", "language": "en", "shows": "done"}
    after = {
        **session,
        "members": {user: member},
        "answers": {key: answers},
        "version": session["version"] + 1,
    }
    choices = ((Choice("yes", Words("yes")),),) if len(answers) > 2 else ()
    view = View(event.chat, Slot.MESSAGE, (Words("q", {"text": f"question {len(answers)}"}),), choices)
    return Session(**after), (view,)  # type: ignore[typeddict-item]


def main() -> None:
    settings = read_settings()
    set_up_logging(settings.log_level)
    book: WordBook = words()
    asyncio.run(run(settings, Conversation(step, lambda: None, render), book, None))


if __name__ == "__main__":
    main()
