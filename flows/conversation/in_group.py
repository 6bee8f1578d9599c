"""What is said and pressed in a group: the board, the ways to answer, leaving."""

from hashlib import sha256

from flows.conversation.aside import begin_aside
from flows.conversation.board import IM_IN, PRESS_HERE, PRESS_IM_IN
from flows.conversation.event import EventKind
from flows.conversation.group_door import NOT_ON_BOARD, open_private_chat
from flows.conversation.group_joining import FULL, is_full, keep_earlier, leave_group
from flows.conversation.grouping import MOST_MEMBERS, add_member, is_group, the_board
from flows.conversation.openly import PRESS_OPENLY, answer_openly, ask_openly
from flows.conversation.session import Session
from flows.conversation.turn import Turn
from flows.conversation.view import Choice
from flows.message import Family, Message

IN_PRIVATE = Message("group.in_private")
NO_ODDS_HERE = Message("group.no_odds_here")
HELP = Message("group.help")
DESCRIPTION = Family("commands.describe", ("together", "board"))

BOARD_COMMANDS = ("together", "board", "start")


def in_group(turn: Turn) -> None:
    """React to what one member did in the group, before everybody's eyes."""
    event = turn.event
    if event.title and event.title != turn.session.get("title"):
        turn.session["title"] = event.title
    if event.kind is EventKind.PRESS:
        _pressed(turn)
    elif event.kind is EventKind.COMMAND and event.name in BOARD_COMMANDS:
        turn.session.setdefault("language", turn.content.words.language(event.language).code)
    elif event.kind is EventKind.COMMAND and event.name == "leave":
        if turn.user in turn.session["members"]:
            leave_group(turn)
        else:
            turn.show(NOT_ON_BOARD())
    elif event.kind is EventKind.COMMAND and event.name == "help":
        turn.show(HELP())
    elif event.kind is EventKind.COMMAND and event.name == "odds":
        # Whoever knows the figures reads a passport off a chance, and one off a chance of several.
        turn.show(NO_ODDS_HERE(), choices=((Choice(PRESS_IM_IN, IM_IN()),),))
    elif event.kind in (EventKind.COMMAND, EventKind.TEXT):
        turn.show(IN_PRIVATE(), choices=((Choice(PRESS_IM_IN, IM_IN()),),))


def _pressed(turn: Turn) -> None:
    """ "Ask me here", an answer to what was asked here, or else the way into the private chat."""
    if turn.event.press.startswith(PRESS_OPENLY):
        answer_openly(turn)
    elif turn.event.press != PRESS_HERE:
        open_private_chat(turn)
    elif turn.user not in turn.session["members"] and is_full(turn):
        turn.notice(FULL(most=MOST_MEMBERS))
    else:
        if turn.user not in turn.session["members"]:
            add_member(turn)
            keep_earlier(turn)
        (begin_aside if turn.event.can_whisper else ask_openly)(turn)


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
