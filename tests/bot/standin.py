"""A stand-in for the conversation: two questions and a handful of commands, behind the same signatures."""

from datetime import date
from typing import Any

from flows.conversation.effect import Effect, Export, Forget, StartAfresh
from flows.conversation.event import Event, EventKind
from flows.conversation.session import Session
from flows.conversation.view import Choice, Slot, View, Words
from tests.bot.shown import Rendered, buttons_of

QUESTIONS = ("age", "country")


def render(view: View) -> Rendered:
    lines = [" ".join([words.key, *(f"{k}={v}" for k, v in words.values.items())]) for words in view.words]
    return Rendered("\n".join(lines), buttons_of(view))


def step(session: Session, event: Event, content: Any, today: date) -> tuple[Session, tuple[View | Effect, ...]]:
    if event.text == "explode":
        raise RuntimeError(f"failing on purpose about {event.text}")
    user = str(event.user)
    if event.kind in (EventKind.LEFT, EventKind.BLOCKED):
        return _without(session, user), _boards(session, "left")
    if event.kind is EventKind.RETURNED:
        return session, _boards(session, "board") if session["members"] else ()
    if event.kind is EventKind.COMMAND and event.name == "forget":
        return session, (View(event.chat, Slot.CARD, (Words("forgotten"),)), Forget(event.user))
    if event.kind is EventKind.COMMAND and event.name == "afresh":
        return session, (View(event.chat, Slot.CARD, (Words("afresh"),)), StartAfresh(event.user))
    if event.kind is EventKind.COMMAND and event.name == "export":
        return session, (Export(event.user),)
    if event.kind is EventKind.COMMAND and event.name == "together":
        join = Choice(f"{session['version']}:join", Words("join"))
        return session, (View(event.chat, Slot.BOARD, (Words("board"),), ((join,),)),)
    if event.kind is EventKind.PRESS and event.press.endswith(":join"):
        link = Choice("open", Words("open"), start=f"join:{event.user}")
        return session, (View(event.chat, Slot.NOTICE, (Words("come"),), ((link,),)),)
    session = _with(session, user, event)
    answers = dict(session["answers"])
    if event.kind is EventKind.TEXT:
        missing = [q for q in QUESTIONS if f"{q}:p{user}" not in answers]
        if missing:
            answers[f"{missing[0]}:p{user}"] = event.text
    elif event.kind is EventKind.PRESS:
        version, _, value = event.press.partition(":")
        missing = [q for q in QUESTIONS if f"{q}:p{user}" not in answers]
        if version == str(session["version"]) and missing:
            answers[f"{missing[0]}:p{user}"] = value
    changed = answers != session["answers"]
    after = Session(**{**session, "answers": answers, "version": session["version"] + changed})
    return after, (_card(after, event, today), *(_boards(after, "board") if changed else ()))


def _card(session: Session, event: Event, today: date) -> View:
    missing = [q for q in QUESTIONS if f"{q}:p{event.user}" not in session["answers"]]
    mine = {k: v for k, v in session["answers"].items() if k.endswith(f":p{event.user}")}
    key = missing[0] if missing else "result"
    choices = ((Choice(f"{session['version']}:unknown", Words("unknown")),),) if missing else ()
    if event.name == "invite":
        choices = ((Choice("invite", Words("invite"), start="join:partner"),),)
    return View(event.user, Slot.CARD, (Words(key, {**mine, "today": today.isoformat()}),), choices)


def _boards(session: Session, key: str) -> tuple[View, ...]:
    group = session.get("group")
    if group is None:
        return ()
    values = {f"u{user}": sum(k.endswith(f":p{user}") for k in session["answers"]) for user in session["members"]}
    return (View(group, Slot.BOARD, (Words(key, values),)),)


def _with(session: Session, user: str, event: Event) -> Session:
    if user in session["members"]:
        return session
    member = {"person": f"p{user}", "name": event.user_name, "language": event.language, "shows": "done"}
    return Session(
        **{**session, "members": {**session["members"], user: member}, "people": [*session["people"], f"p{user}"]}
    )


def _without(session: Session, user: str) -> Session:
    members = {key: value for key, value in session["members"].items() if key != user}
    answers = {key: value for key, value in session["answers"].items() if not key.endswith(f":p{user}")}
    people = [person for person in session["people"] if person != f"p{user}"]
    return Session(**{**session, "members": members, "answers": answers, "people": people})
