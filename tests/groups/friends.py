"""A group played at the pure step: who joins, answers, chooses and leaves, and everything the group got to read."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from bot.render.render import render_plain
from flows.content import Content, load_content
from flows.conversation.effect import Picture
from flows.conversation.event import Event, EventKind
from flows.conversation.group_joining import ARRIVES
from flows.conversation.session import Session
from flows.conversation.step import step
from flows.conversation.turn import empty_session
from flows.conversation.view import View
from flows.facts.content import CONTENT_ROOT
from flows.interview.walk import Place

TODAY = date(2026, 11, 22)
GROUP = -100
NEWCOMER = {"iec_so_far": "No, all new", "work": "None of these", "lives_in": "I don’t know"}


@cache
def content() -> Content:
    """All content, loaded once."""
    return load_content(CONTENT_ROOT)


class Friends:
    """One group; people are numbers with names."""

    def __init__(self) -> None:
        self.session: Session = {**empty_session("s"), "group": GROUP}
        self.names: dict[int, str] = {}
        self.board = ""
        self.in_group: list[str] = []
        self.private: dict[int, list[View]] = {}

    def take(self, kind: EventKind, user: int, chat: int, **details: Any) -> list[View]:
        """One event; what was shown for it."""
        event = Event(kind, user, chat, user_name=self.names.get(user, ""), **details)
        self.session, shown = step(self.session, event, content(), TODAY)
        views = [view for view in shown if isinstance(view, View)]
        for view in (*views, *(each.view for each in shown if isinstance(each, Picture))):
            if view.chat == GROUP:
                text = text_of(view)
                self.in_group.append(text)
                if view.slot.value == "board":
                    self.board = text
            else:
                self.private.setdefault(view.chat, []).append(view)
        return views

    def join(self, user: int, name: str, earlier: Session | None = None) -> None:
        """Tap "I'm in" and open the link that it leads to."""
        self.names[user] = name
        (notice,) = self.take(EventKind.PRESS, user, GROUP, press="0:in")
        assert notice.choices[0][0].start == ARRIVES
        self.take(EventKind.COMMAND, user, user, name="start", text=ARRIVES, earlier=earlier)

    def say(self, user: int, text: str) -> None:
        """Typed in private."""
        if text.startswith("/"):
            self.take(EventKind.COMMAND, user, user, name=text[1:])
        else:
            self.take(EventKind.TEXT, user, user, text=text)

    def press(self, user: int, label: str) -> None:
        """The newest button with this label in the private chat."""
        for view in reversed(self.private[user]):
            for row in view.choices:
                for choice in row:
                    if label_of(view, choice.label) == label:
                        self.take(EventKind.PRESS, user, user, press=choice.id)
                        return
        raise AssertionError(f"{self.names[user]} sees no button {label!r}: {self.labels(user)}")

    def labels(self, user: int) -> list[str]:
        """The labels under the newest private message."""
        view = self.private[user][-1]
        return [label_of(view, choice.label) for row in view.choices for choice in row]

    def member(self, user: int) -> Any:
        """The user's part of the session."""
        return self.session["members"][str(user)]

    def asked(self, user: int) -> Place | None:
        """The question that is open for this user."""
        shown = self.member(user).get("shown")
        return Place(shown["question"], shown["subject"]) if shown else None

    def answer_all(self, user: int, shows: str | None = "My route, passport and last day", **said: str) -> None:
        """Answer whatever is asked: with ``said``, as somebody new, or not knowing; then choose what the group sees."""
        for _ in range(20):
            place = self.asked(user)
            if place is None:
                break
            if place.question in said:
                self.say(user, said[place.question])
            elif NEWCOMER.get(place.question) in self.labels(user):
                self.press(user, NEWCOMER[place.question])
            else:
                self.press(user, "I don’t know")
        if shows is not None and "Only that I am done" in self.labels(user):
            self.press(user, shows)


def text_of(view: View) -> str:
    """What a view says, as plain text."""
    return render_plain(view, content().words).text


def label_of(view: View, words: Any) -> str:
    """What stands on a button."""
    return text_of(replace(view, words=(words,)))


def five() -> Friends:
    """Ana (Irish), Ben (Chilean, too old), Cleo (German), Dan (Italian and Australian), Eva (Brazilian), all in."""
    group = Friends()
    group.names[1] = "Ana"
    group.take(EventKind.COMMAND, 1, GROUP, name="together")
    for user, name in enumerate(("Ana", "Ben", "Cleo", "Dan", "Eva"), start=1):
        group.join(user, name)
    return group


FIVE = {
    1: ("12 May 1996", "Irish"),
    2: ("3 March 1988", "Chilean"),
    3: ("2 February 1992", "German"),
    4: ("20 June 1994", "Italian and Australian"),
    5: ("8 July 1999", "Brazilian"),
}


def all_answered(**shows: str) -> Friends:
    """The five, who have all answered; ``shows`` by name is the button that they chose."""
    group = five()
    for user, (born, passports) in FIVE.items():
        group.say(user, born)
        group.say(user, passports)
        group.answer_all(user, shows.get(group.names[user], "My route, passport and last day"))
    return group


def link_up(group: Friends, one: int, other: int, since: str = "since March 2023") -> None:
    """Two become a couple, by mutual consent, and say since when they have lived together."""
    group.press(one, "I’m here with my partner")
    group.press(one, group.names[other])
    group.press(other, "Yes, we are")
    group.press(other, "Living together")
    group.say(other, since)
    for user in (one, other):
        group.say(user, "/start")
        group.answer_all(user)
