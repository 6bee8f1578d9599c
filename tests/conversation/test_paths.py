"""Conversations at random: whatever is tapped and typed, every view renders within the limits and nothing is broken."""

import copy
import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.render import LONGEST_MESSAGE, LONGEST_NOTICE, render_html, render_plain, visible_length
from flows.conversation.event import Event, EventKind
from flows.conversation.session import Session
from flows.conversation.step import step
from flows.conversation.turn import empty_session
from flows.conversation.view import Slot, View
from tests.conversation.talk import ANA, BEN, TODAY, content
from tests.kit.html_oracle import parse

HOSTILE = "<b>&\"'</a>{name}%s\u202e\u0000🧨" * 4
NAMES = ("Ana", HOSTILE, "x" * 4000, "", "Ana", "محمد", "山田 太郎")
TYPED = (
    "31", "17", "irish", "german and american", "I'm 31 and Irish, my girlfriend is 36 and American", "no", "never", "once",
    "14 March 1995", "barista", "since last summer", "May 2019 to May 2021", "married", "Tom, Aiko and Lea", "Tom and Aiko",
    "does a PACS count?", "should she decline?", "should I", "hello", "💥", HOSTILE, "x" * 4096, "not yet", "I don't know",
    "12 June 2027", "0", "-1", "99999999999999999999", "austrla", "?", "   ", "just friends", "Spain",
)  # fmt: skip
COMMANDS = (
    "start", "routes", "why", "whatif", "checklist", "edit", "ask", "invite", "invited", "share", "language", "privacy",
    "remind", "notify", "export", "restart", "cancel", "help", "nonsense",
)  # fmt: skip


class Player:
    """Two users who do anything; every view that they get is rendered and checked."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.session: Session = empty_session("s")
        self.presses: dict[int, list[str]] = {ANA: [], BEN: []}
        self.links: list[str] = []
        self.names = {ANA: data.draw(st.sampled_from(NAMES)), BEN: data.draw(st.sampled_from(NAMES))}

    def turn(self) -> None:
        event = self.event()
        before = copy.deepcopy(self.session)
        after, shown = step(self.session, event, content(), TODAY)
        assert self.session == before, "the session that was given must stay as it is"
        again, shown_again = step(self.session, event, content(), TODAY)
        assert (after, list(shown)) == (again, list(shown_again)), "the same input must give the same output"
        assert json.loads(json.dumps(after)) == after, "a session must survive JSON"
        assert after["version"] >= before["version"]
        self.session = after
        for view in shown:
            if isinstance(view, View):
                self.look_at(view)

    def event(self) -> Event:
        user = BEN if str(BEN) in self.session["members"] and self.data.draw(st.booleans()) else ANA
        name = self.names[user]
        kinds = ["press"] * 6 + ["text"] * 4 + ["command"]
        if self.links and str(BEN) not in self.session["members"]:
            kinds += ["join"] * 2
        kind = self.data.draw(st.sampled_from(kinds))
        if kind == "join":
            link = self.data.draw(st.sampled_from(self.links))
            return Event(EventKind.COMMAND, BEN, BEN, name="start", text=link, user_name=self.names[BEN])
        if kind == "press" and self.presses[user]:
            press = self.data.draw(st.sampled_from(self.presses[user]), label="press")
            return Event(EventKind.PRESS, user, user, press=press, user_name=name)
        if kind == "command":
            command = self.data.draw(st.sampled_from(COMMANDS), label="command")
            return Event(EventKind.COMMAND, user, user, name=command, user_name=name)
        text = self.data.draw(st.sampled_from(TYPED), label="text")
        return Event(EventKind.TEXT, user, user, text=text, user_name=name)

    def look_at(self, view: View) -> None:
        limit = LONGEST_NOTICE if view.slot is Slot.NOTICE else LONGEST_MESSAGE
        plain, html = render_plain(view, content().words), render_html(view, content().words)
        assert plain.text.strip()
        seen, _ = parse(html.text, "html")
        assert visible_length(seen) <= limit, f"{visible_length(seen)} of {limit}: {seen[:200]}"
        presses = []
        for row in html.buttons:
            for button in row:
                assert button.label.strip(), "a button without words"
                assert len(button.id.encode()) <= 64, button.id
                presses.append(button.id)
                if button.start:
                    self.links.append(button.start)
        assert len(presses) <= 100, "the messenger takes no more buttons"
        if view.slot is not Slot.NOTICE and presses:
            # Old buttons stay within reach: people scroll up.
            self.presses[view.chat] = (presses * 3 + self.presses[view.chat])[:60]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_every_view_on_every_path_renders_within_the_limits(data: st.DataObject) -> None:
    player = Player(data)
    for _ in range(data.draw(st.integers(5, 40))):
        player.turn()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_tapping_alone_always_leads_to_an_answer(data: st.DataObject) -> None:
    """Whoever only taps, and types where nothing can be tapped, arrives."""
    session = empty_session("s")
    event = Event(EventKind.COMMAND, ANA, ANA, name="start", user_name="Ana")
    typed = {"birth_date": "14 March 1995", "wedding_on": "12 June 2027", "companions": "Tom, Aiko"}
    for _ in range(80):
        session, shown = step(session, event, content(), TODAY)
        place = session["members"][str(ANA)].get("shown")
        if place is None:
            break
        card = next(view for view in reversed(shown) if isinstance(view, View) and view.slot is Slot.CARD)
        forward = [c.id for row in card.choices for c in row if c.id.split(":")[1] in ("a", "k")]
        if not forward:
            text = typed.get(place["question"], "May 2019 to May 2020")
            event = Event(EventKind.TEXT, ANA, ANA, text=text, user_name="Ana")
            continue
        event = Event(EventKind.PRESS, ANA, ANA, press=data.draw(st.sampled_from(forward)), user_name="Ana")
    assert session["members"][str(ANA)].get("shown") is None


@settings(max_examples=40, deadline=None)
@given(st.data(), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_any_day_gives_an_answer(data: st.DataObject, today: date) -> None:
    session = empty_session("s")
    for text in ("/start", "just me", data.draw(st.sampled_from(["17", "30", "35", "36"])), "german", "never", "none"):
        kind = EventKind.COMMAND if text.startswith("/") else EventKind.TEXT
        session, shown = step(
            session, Event(kind, ANA, ANA, name=text.lstrip("/"), text=text, user_name="Ana"), content(), today
        )
        for view in shown:
            if isinstance(view, View):
                render_plain(view, content().words)
