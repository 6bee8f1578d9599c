"""The buttons that only members of a group have: earlier answers, and linking up with a partner."""

from flows.conversation.group_joining import use_earlier
from flows.conversation.grouping import is_group
from flows.conversation.pairing import WHO, ask_partner, confirm, part, refuse, show_candidates
from flows.conversation.presenting import show_present
from flows.conversation.turn import Turn


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
