"""What is said and pressed in a group: the board, the way into the private chat, leaving. Nothing is asked there."""

from hashlib import sha256

from flows.conversation.board import IM_IN, PRESS_IM_IN
from flows.conversation.event import EventKind
from flows.conversation.group_joining import ARRIVES, leave_group, use_earlier
from flows.conversation.grouping import is_group, the_board
from flows.conversation.pairing import WHO, ask_partner, confirm, part, refuse, show_candidates
from flows.conversation.presenting import show_present
from flows.conversation.session import Session
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Slot
from flows.message import Family, Message

OPENING = Message("group.opening")
OPEN = Message("group.choice.open")
IN_PRIVATE = Message("group.in_private")
HELP = Message("group.help")
NOT_ON_BOARD = Message("group.not_on_board")
DESCRIPTION = Family("commands.describe", ("together", "board", "leave"))

BOARD_COMMANDS = ("together", "board", "start")


def in_group(turn: Turn) -> None:
    """React to what one member did in the group, before everybody's eyes."""
    event = turn.event
    if event.kind is EventKind.PRESS:
        open_private_chat(turn)
    elif event.kind is EventKind.COMMAND and event.name in BOARD_COMMANDS:
        turn.session.setdefault("language", turn.content.words.language(event.language).code)
    elif event.kind is EventKind.COMMAND and event.name == "leave":
        if turn.user in turn.session["members"]:
            leave_group(turn)
        else:
            turn.show(NOT_ON_BOARD())
    elif event.kind is EventKind.COMMAND and event.name == "help":
        turn.show(HELP())
    elif event.kind in (EventKind.COMMAND, EventKind.TEXT):
        turn.show(IN_PRIVATE(), choices=((Choice(PRESS_IM_IN, IM_IN()),),))


def open_private_chat(turn: Turn) -> None:
    """Answer the press with a link of the presser's own, which opens at once."""
    link = turn.choice(OPEN(), "open", turn.user, start=ARRIVES)
    turn.show(OPENING(), slot=Slot.NOTICE, choices=((link,),))


def show_board(turn: Turn, before: Session) -> None:
    """Show the group its board, where somebody asked for it or it is no longer what it was ``before``."""
    if not is_group(turn.session):
        return
    event = turn.event
    asked = not event.private and (
        event.kind is EventKind.RETURNED or (event.kind is EventKind.COMMAND and event.name in BOARD_COMMANDS)
    )
    if not asked and turn.session == before:
        return
    board = the_board(turn.session, turn.content, turn.today)
    digest = sha256(repr(board).encode()).hexdigest()[:16]
    if asked or digest != turn.session.get("board"):
        turn.session["board"] = digest
        turn.shown.append(board)


def press_of_member(turn: Turn, details: list[str]) -> bool:
    """A button that only members of a group have, in their private chat; False where there is no such one."""
    code, person = (details[0] if details else ""), (details[1] if len(details) > 1 else "")
    if not is_group(turn.session):
        return False
    match code:
        case "yes" | "no":
            return use_earlier(turn, code == "yes")
        case "partner":
            show_candidates(turn)
            return True
        case "ask":
            done = ask_partner(turn, person)
        case "we_are":
            done = confirm(turn, person)
        case "we_are_not":
            done = refuse(turn, person)
        case "unlink":
            done = part(turn)
        case _:
            return False
    if not done:
        show_present(turn, WHO("gone"))
    return True
