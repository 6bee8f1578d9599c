"""The conversation's one function: from a session and an event to the new session and what is to be shown."""

from collections.abc import Sequence
from datetime import date

from flows.content import Content
from flows.conversation.aside import answer_aside
from flows.conversation.commands import COMMANDS
from flows.conversation.effect import Effect
from flows.conversation.event import Event, EventKind
from flows.conversation.following_view import keep_following, tell_news
from flows.conversation.group_joining import arrive, is_arrival, leave_group
from flows.conversation.grouping import is_group
from flows.conversation.in_group import in_group, show_board
from flows.conversation.inviting import JOIN, join
from flows.conversation.leaving import leave
from flows.conversation.naming import clean_name
from flows.conversation.offering import offer
from flows.conversation.presenting import show_present
from flows.conversation.pressing import press
from flows.conversation.reminders_view import remind
from flows.conversation.reminding import plan_reminders
from flows.conversation.session import Session
from flows.conversation.sharing import SHOWN_AT_FIRST
from flows.conversation.turn import Turn
from flows.conversation.typed import take_text
from flows.conversation.view import View
from flows.message import Message

FIRST_PERSON = "p1"
UNKNOWN_COMMAND = Message("say.unknown_command")


def step(session: Session, event: Event, content: Content, today: date) -> tuple[Session, Sequence[View | Effect]]:
    """What the event makes of the session, and what to show. Pure: the same input gives the same output."""
    turn = Turn(session, event, content, today)
    if event.kind in (EventKind.LEFT, EventKind.BLOCKED):
        if turn.user in session["members"]:
            _leave(turn)
    elif event.kind is EventKind.OFFER:
        offer(turn)
    elif event.whispered:
        answer_aside(turn)
    elif event.kind is EventKind.WOKEN:
        if turn.user in session["members"]:
            remind(turn)
    elif event.kind is EventKind.RECHECKED:
        if turn.user in session["members"]:
            tell_news(turn, turn.user)
    elif not event.private:
        in_group(turn)
    elif is_arrival(turn):
        arrive(turn)
    elif event.kind is EventKind.COMMAND and event.name == "start" and event.text.startswith(JOIN):
        join(turn, event.text)
    else:
        _in_private(turn)
    show_board(turn, session)
    plan_reminders(turn, session)
    keep_following(turn, session)
    return turn.session, turn.shown


def _in_private(turn: Turn) -> None:
    event = turn.event
    newcomer = turn.user not in turn.session["members"]
    if newcomer:
        _begin(turn)
    if event.kind is not EventKind.TEXT:
        turn.member.pop("asked_zone", None)
    match event.kind:
        case EventKind.PRESS:
            press(turn)
        case EventKind.COMMAND:
            command = COMMANDS.get(event.name)
            if command is not None:
                command(turn, event.text)
            else:
                show_present(turn, UNKNOWN_COMMAND())
        case _:
            take_text(turn, newcomer=newcomer)


def _begin(turn: Turn) -> None:
    """The first to speak is the first person."""
    if not turn.people:
        turn.people.append(FIRST_PERSON)
    turn.session["members"][turn.user] = {
        "person": turn.people[0],
        "name": clean_name(turn.event.user_name),
        "language": turn.content.words.language(turn.event.language).code,
        "shows": SHOWN_AT_FIRST,
    }


def _leave(turn: Turn) -> None:
    """Out of the party; whoever left a group is told that its board no longer has them."""
    if is_group(turn.session) and turn.event.kind is EventKind.LEFT:
        leave_group(turn)
    else:
        leave(turn)
