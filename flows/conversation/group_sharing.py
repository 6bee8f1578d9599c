"""What a member of a group is asked once done: what the group may see; and the way to name one's partner."""

from flows.conversation.grouping import is_group
from flows.conversation.seeing import Shows
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Slot
from flows.interview.walk import couples_of
from flows.message import Family, Message

ASK = Message("group.share")
SHOWS = Family("group.choice", tuple(Shows))
PARTNER = Family("group.choice", ("partner", "unlink"))


def ask_what_group_sees(turn: Turn) -> bool:
    """Ask what the group may see; False where it was chosen."""
    if turn.member.get("chose"):
        return False
    show_group_choice(turn)
    return True


def show_group_choice(turn: Turn) -> None:
    """The question what the group may see."""
    choices = tuple((turn.choice(SHOWS(shows), "s", shows),) for shows in reversed(Shows))
    turn.show(ASK(), slot=Slot.CARD, choices=choices)


def partner_row(turn: Turn) -> tuple[Choice, ...]:
    """The button for linking up with a partner in the group, or for undoing it; empty outside of groups."""
    if not is_group(turn.session):
        return ()
    linked = any(turn.me in pair.split("+") for pair in couples_of(turn.answers, turn.people))
    code = "unlink" if linked else "partner"
    return (turn.choice(PARTNER(code), "g", code),)
