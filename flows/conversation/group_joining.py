"""Coming into a group's plan through one's own link, with earlier answers if wanted, and leaving it again."""

from flows.conversation.grouping import (
    MOST_MEMBERS,
    add_member,
    drop_member,
    is_group,
    keys_of,
    said_of_self,
)
from flows.conversation.presenting import show_present
from flows.conversation.turn import Turn
from flows.conversation.view import Slot, View
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
        show_present(turn, ALREADY())
        return
    if is_full(turn):
        turn.show(FULL(most=MOST_MEMBERS))
        return
    add_member(turn)
    has_another = turn.event.earlier is not None and turn.user in turn.event.earlier["members"]
    welcome = (WELCOME(), KEPT()) if has_another else (WELCOME(),)
    earlier = said_of_self(turn.event.earlier, turn.user)
    if earlier:
        turn.member["earlier"] = earlier
        yes, no = turn.choice(EARLIER("use_earlier"), "g", "yes"), turn.choice(EARLIER("ask_anew"), "g", "no")
        turn.show(*welcome, USE_EARLIER(), slot=Slot.CARD, choices=((yes,), (no,)))
        return
    show_present(turn, *welcome)


def is_full(turn: Turn) -> bool:
    """Whether the board has no row left."""
    return len(turn.people) >= MOST_MEMBERS


def use_earlier(turn: Turn, wanted: bool) -> bool:
    """Take over what the user said of themself before, or leave it; False where that is settled."""
    earlier = turn.member.get("earlier")
    if not earlier:
        return False
    turn.member["earlier"] = None
    turn.write(keys_of(earlier, turn.me) if wanted else {})
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
