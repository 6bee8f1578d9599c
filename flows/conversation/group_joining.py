"""Coming into a group's plan through one's own link, with earlier answers if wanted, and leaving it again."""

from typing import Any

from flows.conversation.grouping import (
    MOST_MEMBERS,
    add_member,
    drop_member,
    is_group,
    keys_of,
    said_of_self,
)
from flows.conversation.pairing import ask_who_waits
from flows.conversation.presenting import show_present
from flows.conversation.turn import Turn
from flows.conversation.view import Slot, View, Words
from flows.message import Family, Message

WELCOME = Message("group.welcome")
KEPT = Message("plans.kept")
ALREADY = Message("group.already")
FULL = Message("group.full", "most")
USE_EARLIER = Message("group.use_earlier")
EARLIER = Family("group.choice", ("use_earlier", "ask_anew"))
LEFT = Message("group.left")

ARRIVES = "group"  # the meaning of the link behind "I'm in"


def arrive(turn: Turn) -> None:
    """Someone came through their own link: they are on the board, and answer here in private."""
    if turn.user in turn.session["members"]:
        if not offer_earlier(turn, ALREADY()):
            show_present(turn, ALREADY())
        ask_who_waits(turn)
        return
    if is_full(turn):
        turn.show(FULL(most=MOST_MEMBERS))
        return
    add_member(turn)
    has_another = turn.event.earlier is not None and turn.user in turn.event.earlier["members"]
    welcome = (WELCOME(), KEPT()) if has_another else (WELCOME(),)
    keep_earlier(turn)
    if not offer_earlier(turn, *welcome):
        show_present(turn, *welcome)


def is_full(turn: Turn) -> bool:
    """Whether the board has no row left."""
    return len(turn.people) >= MOST_MEMBERS


def keep_earlier(turn: Turn) -> None:
    """Keep what a new member said of themself before, until they choose whether it counts here."""
    turn.member["earlier"] = said_of_self(turn.event.earlier, turn.user) or None


def offer_earlier(turn: Turn, *before: Words) -> bool:
    """Ask whether earlier answers count here; False where there are none beyond what was answered here meanwhile."""
    if not _earlier(turn):
        return False
    yes, no = turn.choice(EARLIER("use_earlier"), "g", "yes"), turn.choice(EARLIER("ask_anew"), "g", "no")
    turn.show(*before, USE_EARLIER(), slot=Slot.CARD, choices=((yes,), (no,)))
    return True


def _earlier(turn: Turn) -> dict[str, Any]:
    earlier = keys_of(turn.member.get("earlier") or {}, turn.me)
    return {key: value for key, value in earlier.items() if key not in turn.session["answers"]}


def use_earlier(turn: Turn, wanted: bool) -> bool:
    """Take over what the user said of themself before, or leave it; False where that is settled."""
    earlier = _earlier(turn)
    if not earlier:
        return False
    turn.member["earlier"] = None
    turn.write(earlier if wanted else {})
    show_present(turn)
    return True


def leave_group(turn: Turn) -> None:
    """The user is off the board, with all they said for it, and is told in private."""
    spoken = turn.member["language"]
    drop_member(turn)
    turn.shown.append(View(turn.event.user, Slot.MESSAGE, (LEFT(),), language=spoken))


def is_arrival(turn: Turn) -> bool:
    """Whether this is the opening of a link behind "I'm in"."""
    event = turn.event
    return is_group(turn.session) and event.private and event.name == "start" and event.text == ARRIVES
