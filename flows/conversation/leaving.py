"""Leaving: a plan that is shared by links, or a group's board."""

from flows.conversation import sharing
from flows.conversation.grouping import drop_member, is_group
from flows.conversation.turn import Turn


def leave(turn: Turn) -> None:
    """Take the user out, with what they said of themself; whoever stays sees it."""
    if is_group(turn.session):
        drop_member(turn)
    else:
        sharing.leave(turn)
