"""A conversation played in a test: what people type and tap, and what they get to read."""

from datetime import date
from functools import cache
from typing import Any

from bot.render.render import Rendered, render_html, render_plain
from flows.content import Content, load_content
from flows.conversation.effect import Calendar, Effect, Picture
from flows.conversation.event import Event, EventKind
from flows.conversation.session import Session
from flows.conversation.step import step
from flows.conversation.turn import empty_session
from flows.conversation.view import Slot, View
from flows.facts.content import CONTENT_ROOT

TODAY = date(2026, 11, 22)
ANA, BEN = 7, 8


@cache
def content() -> Content:
    """All content, loaded once."""
    return load_content(CONTENT_ROOT)


class Talk:
    """One session with its users; every reply is kept, rendered."""

    def __init__(self, today: date = TODAY, names: dict[int, str] | None = None) -> None:
        self.session: Session = empty_session("s")
        self.today = today
        self.names = {ANA: "Ana", BEN: "Benjamin"} | (names or {})
        self.buttons: dict[int, dict[str, str]] = {}
        self.effects: list[Effect] = []
        self.replies: list[tuple[View, Rendered]] = []
        self.turns = 0

    def say(self, *texts: str, user: int = ANA, **more: Any) -> "Talk":
        """Type these, one after the other; what begins with a slash is a command, [so] is a button."""
        for text in texts:
            if text.startswith("["):
                self.tap(self.buttons[user][text.strip("[]")], user=user)
            elif text.startswith("/"):
                name, _, rest = text[1:].partition(" ")
                self.send(
                    Event(EventKind.COMMAND, user, user, name=name, text=rest, user_name=self.names[user], **more)
                )
            else:
                self.send(Event(EventKind.TEXT, user, user, text=text, user_name=self.names[user], **more))
        return self

    def tap(self, press: str, user: int = ANA) -> "Talk":
        """Press a button by its id."""
        return self.send(Event(EventKind.PRESS, user, user, press=press, user_name=self.names[user]))

    def send(self, event: Event) -> "Talk":
        """Let an event happen."""
        self.turns += 1
        self.session, shown = step(self.session, event, content(), self.today)
        self.replies = []
        for view in shown:
            if not isinstance(view, View):
                self.effects.append(view)
                if not isinstance(view, Calendar | Picture):
                    continue
                view = view.view
            rendered = render_html(view, content().words)
            self.replies.append((view, render_plain(view, content().words)))
            if rendered.buttons and view.slot is not Slot.NOTICE:
                self.buttons[view.chat] = {b.label: b.id for row in rendered.buttons for b in row}
        return self

    @property
    def text(self) -> str:
        """Everything that the last event brought, as plain text."""
        return "\n\n".join(rendered.text for _, rendered in self.replies)

    @property
    def answers(self) -> dict[str, Any]:
        """The stored answers."""
        return self.session["answers"]

    @property
    def done(self) -> bool:
        """Whether the first user has their answer."""
        return self.session["members"][str(ANA)].get("shown") is None


SINGLE = ("/start", "[Just me]", "30", "irish", "[No, all new]", "[None of these]")
COUPLE = (
    "/start",
    "[My partner and I]",
    "Ben",
    "[Living together]",
    "30",
    "36",
    "irish",
    "american",
    "[For a year or longer]",
    "[Neither of us]",
    "[Neither of us]",
)
