"""This project's own bot, store, sender and all, with the conversation of the benchmark; set up by its environment.

With the argument ``real`` each update costs a step of the real conversation on top (a couple with everything told, whose
routes and plans are evaluated): what this project's bot works out for people, and the others do not.
"""

import asyncio
import sys
from datetime import date
from typing import Any

from bot.assembly import Conversation
from bot.log import set_up_logging
from bot.running import run
from bot.settings import read_settings
from flows.content import load_content
from flows.conversation.event import Event, EventKind
from flows.conversation.session import Session
from flows.conversation.step import step as real_step
from flows.conversation.view import Choice, Slot, View, Words
from flows.facts.content import CONTENT_ROOT
from tests.bench.step import session_of
from tests.bot.diary import noted
from tests.bot.shown import render_values
from tests.bot.standin_bot import words

COUPLE = session_of(2)
SHOW = Event(EventKind.COMMAND, 7, 7, name="start", user_name="Person 1")


def step(session: Session, event: Event, content: Any, today: date) -> tuple[Session, tuple[View, ...]]:
    if content is not None:
        real_step(COUPLE, SHOW, content, today)
    afresh = event.kind is EventKind.COMMAND
    answers = [] if afresh else [*session["answers"][f"seven:p{event.user}"], event.text or event.press]
    choices = ((Choice("yes", Words("yes")),),) if len(answers) > 2 else ()
    view = View(event.chat, Slot.MESSAGE, (Words("q", {"text": f"question {len(answers)}"}),), choices)
    return noted(session, event, "seven", answers), (view,)


def main() -> None:
    settings = read_settings()
    set_up_logging(settings.log_level)
    content = load_content(CONTENT_ROOT) if "real" in sys.argv else None
    asyncio.run(run(settings, Conversation(step, lambda: content, render_values), words(), None))


if __name__ == "__main__":
    main()
