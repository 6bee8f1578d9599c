"""From the group into the private chat: a link of the presser's own, which opens at once."""

from flows.conversation.group_joining import ARRIVES
from flows.conversation.turn import Turn
from flows.conversation.view import Slot
from flows.message import Message

OPENING = Message("group.opening")
OPEN = Message("group.choice.open")
NOT_ON_BOARD = Message("group.not_on_board")


def open_private_chat(turn: Turn) -> None:
    """Answer the press with a link of the presser's own, which opens at once."""
    link = turn.choice(OPEN(), "open", turn.user, start=ARRIVES)
    turn.show(OPENING(), slot=Slot.NOTICE, choices=((link,),))
