"""Answering in the group where the messenger can show something to one member alone: the same steps as in private.

The first message of this kind says nothing but that only its reader sees it. Whatever is personal only ever takes its
place, by a request that cannot show anything to others: a messenger that knows no such messages refuses it.
"""

from flows.conversation.group_door import NOT_ON_BOARD, open_private_chat
from flows.conversation.group_joining import offer_earlier
from flows.conversation.pressing import parse, press
from flows.conversation.turn import Turn
from flows.message import Family, Message

ONLY_YOU = Message("group.here.only_you")
BEGIN = Family("group.here", ("begin", "in_private"))
FOLLOWED = frozenset({"a", "k", "b", "e", "s", "g", "u"})


def begin_aside(turn: Turn) -> None:
    """Show the presser, alone, a message in which the questions then come."""
    begin, private = turn.choice(BEGIN("begin"), "c", "start"), turn.choice(BEGIN("in_private"), "open")
    turn.show(ONLY_YOU(), choices=((begin,), (private,)), only_for=turn.event.user)


def answer_aside(turn: Turn) -> None:
    """Take the press of a button that only this member sees; what needs room or files goes on in the private chat."""
    if turn.user not in turn.session["members"]:
        turn.notice(NOT_ON_BOARD())
        return
    _, action, details = parse(turn.event.press)
    begins = (action, details) == ("c", ["start"])
    if action in FOLLOWED or begins:
        turn.aside = True
        if not (begins and offer_earlier(turn)):
            press(turn)
    else:
        open_private_chat(turn)
