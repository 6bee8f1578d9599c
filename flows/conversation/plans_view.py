"""Somebody who is in several plans: which ones, which is meant at present, and a button to each of the others."""

from collections.abc import Sequence

from flows.conversation.effect import Plans
from flows.conversation.session import Session
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Lines, Slot, View, Words
from flows.interview.questions import UNKNOWN, key_of
from flows.message import Family, Message

TITLE = Message("plans.title", "lines")
LINE = Family("plans.line", ("here", "other"), "what")
OWN = Message("plans.own")
WITH = Message("plans.with", "names")
GROUP = Message("plans.group", "title")
SOME_GROUP = Message("plans.some_group")
NEW = Message("plans.new")
BACK = Message("choice.back")

BELONGS = "~"  # what follows it in a button's id names the session that the button belongs to
ANEW = "new"


def show_plans(turn: Turn, details: str = "") -> None:
    """/plans: whoever runs the conversation knows the user's other plans."""
    turn.shown.append(Plans(turn.event.user))


def plans_view(sessions: Sequence[Session], present: str, user: int) -> View:
    """All plans of a user, their own first, the one with the id ``present`` marked; without an own one, it can be begun."""
    sessions = sorted(sessions, key=lambda each: (each.get("group") is not None, each.get("title", ""), each["id"]))
    lines = tuple(LINE("here" if each["id"] == present else "other", what=_what(each, user)) for each in sessions)
    choices = [
        (Choice(f"0:c:start{BELONGS}{each['id'][:6]}", _what(each, user)),)
        for each in sessions
        if each["id"] != present
    ]
    if all(each.get("group") is not None for each in sessions):
        choices.append((Choice(f"0:c:start{BELONGS}{ANEW}", NEW()),))
    choices.append((Choice("0:c:start", BACK()),))
    language = next((each["members"][str(user)]["language"] for each in sessions if each["id"] == present), "en")
    return View(user, Slot.CARD, (TITLE(lines=Lines(lines)),), tuple(choices), language=language)


def _what(session: Session, user: int) -> Words:
    if session.get("group") is not None:
        title = session.get("title")
        return GROUP(title=title) if title else SOME_GROUP()
    me = session["members"][str(user)]["person"]
    names = [_name(session, person) for person in session["people"] if person != me]
    return WITH(names=names) if names and all(names) else OWN()


def _name(session: Session, person: str) -> str:
    said = session["answers"].get(key_of("name", person))
    if said and said != UNKNOWN:
        return str(said)
    return next((member["name"] for member in session["members"].values() if member["person"] == person), "")
