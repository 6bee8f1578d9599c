"""Button presses: each id says for which version of the answers it was made, what it does, and to what.

A press that is no longer fresh, or that nobody was offered, changes nothing: it is told so, and the present step is shown.
"""

from collections.abc import Callable, Mapping

from flows.conversation.applying import apply, apply_to_all
from flows.conversation.commands import COMMANDS
from flows.conversation.editing import edit, go_back
from flows.conversation.inviting import use_earlier
from flows.conversation.member_pressing import press_of_member
from flows.conversation.options import find
from flows.conversation.presenting import show_present
from flows.conversation.sharing import choose_shown
from flows.conversation.trying import try_change
from flows.conversation.turn import Turn
from flows.interview.walk import Place
from flows.message import Message

STALE = Message("say.stale")


def press(turn: Turn) -> None:
    """Do what the pressed button says."""
    version, action, details = parse(turn.event.press)
    handle = _HANDLERS.get(action)
    if handle is None or (action in _CHANGING and not _is_fresh(turn, version)) or not handle(turn, details):
        turn.notice(STALE())
        show_present(turn)


def parse(press_id: str) -> tuple[int, str, list[str]]:
    """What a button's id says: the version it was made for (-1: none), what to do, and to what."""
    version, _, rest = press_id.partition(":")
    action, *details = rest.split(":")
    return (int(version) if version.isascii() and version.isdigit() else -1), action, details


def _is_fresh(turn: Turn, version: int) -> bool:
    """Nothing that this user did has changed since; what others answered meanwhile does not spoil their buttons."""
    return turn.member.get("since", 0) <= version <= turn.session["version"]


def _answer(turn: Turn, details: list[str]) -> bool:
    if len(details) != 3:
        return False
    place, raw = Place(details[0], details[1]), details[2]
    shown = turn.member.get("shown")
    if not shown or turn.shown_place != place:
        return False
    if shown.get("bundle"):
        return _answer_for_several(turn, place, shown["bundle"], raw)
    option = find(turn, place, raw)
    if option is None:
        return False
    apply(turn, place, option.value)
    show_present(turn)
    return True


def _answer_for_several(turn: Turn, place: Place, waiting: list[str], raw: str) -> bool:
    """None of them, or which of them: those are then asked one by one."""
    if raw == "none":
        apply_to_all(turn, place, waiting)
    elif raw.startswith("only_") and raw.removeprefix("only_") in waiting:
        one = raw.removeprefix("only_")
        apply_to_all(turn, place, [person for person in waiting if person != one])
        turn.focus_on(Place(place.question, one))
    elif raw in ("both", "some"):
        turn.focus_on(Place(place.question, waiting[0]))
    else:
        return False
    show_present(turn)
    return True


def _candidate(turn: Turn, details: list[str]) -> bool:
    """One of the answers that were asked back."""
    place, candidates = turn.shown_place, turn.member.get("asked_back") or []
    number = int(details[0]) if details and details[0].isascii() and details[0].isdigit() else len(candidates)
    if place is None or number >= len(candidates):
        return False
    apply(turn, place, candidates[number])
    show_present(turn)
    return True


def _command(turn: Turn, details: list[str]) -> bool:
    command = COMMANDS.get(details[0]) if details else None
    if command is None:
        return False
    command(turn, ":".join(details[1:]))
    return True


def _then_present(turn: Turn, done: bool) -> bool:
    if done:
        show_present(turn)
    return done


_HANDLERS: Mapping[str, Callable[[Turn, list[str]], bool]] = {
    "a": _answer,
    "k": _candidate,
    "b": lambda turn, details: go_back(turn),
    "e": edit,
    "c": _command,
    "t": try_change,
    "s": lambda turn, details: _then_present(turn, choose_shown(turn, details)),
    "g": press_of_member,
    "u": lambda turn, details: _then_present(turn, use_earlier(turn, details)),
}
_CHANGING = frozenset({"a", "k", "b", "t", "s", "u"})
