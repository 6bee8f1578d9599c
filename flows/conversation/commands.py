"""The commands: each is a word after a slash, or a button that stands for it."""

from collections.abc import Callable, Mapping

from flows.conversation.asking import ask_something
from flows.conversation.branch_view import show_branch
from flows.conversation.card_view import share_answer
from flows.conversation.checklist import show_checklist
from flows.conversation.compare_view import show_comparison
from flows.conversation.dates_view import show_dates
from flows.conversation.editing import show_summary
from flows.conversation.effect import Export, Forget, StartAfresh
from flows.conversation.following_view import show_following
from flows.conversation.group_joining import leave_group
from flows.conversation.grouping import is_group
from flows.conversation.invited import show_invited
from flows.conversation.inviting import show_invitation
from flows.conversation.leaving import leave
from flows.conversation.odds_view import show_odds
from flows.conversation.pairing import show_candidates
from flows.conversation.plans_view import show_plans
from flows.conversation.presenting import show_present
from flows.conversation.reminders_view import show_reminders
from flows.conversation.roots_view import no_roots
from flows.conversation.routes_view import show_routes, show_why
from flows.conversation.trying import show_whatif
from flows.conversation.turn import Turn
from flows.conversation.view import Lines, Slot
from flows.message import Family, Message

LISTED = (
    "start", "routes", "why", "whatif", "compare", "odds", "dates", "checklist", "edit", "ask", "invite", "invited", "share",
    "partner", "plans", "leave",
    "remind", "notify", "language", "privacy", "export", "forget", "restart", "cancel", "help",
)  # fmt: skip
DESCRIPTION = Family("commands.describe", LISTED)
HELP = Message("commands.help.text", "commands")
HELP_LINE = Message("commands.help.line", "command", "what")
PRIVACY = Message("commands.privacy.text", "kept")
KEPT_DAYS = Message("commands.privacy.kept_days", "days")
KEPT = Message("commands.privacy.kept")
FORGET_ASK = Message("commands.forget.ask")
FORGOTTEN = Message("commands.forget.done")
FORGET_YES = Message("choice.forget.yes")
FORGET_NO = Message("choice.forget.no")
RESTART_ASK = Message("commands.restart.ask")
RESTART_YES = Message("choice.restart.yes")
RESTART_NO = Message("choice.restart.no")
EXPORTING = Message("commands.export")
CANCELLED = Message("commands.cancel.done")
NOTHING_TO_CANCEL = Message("commands.cancel.nothing")
LANGUAGES = Message("commands.language.text", "names")
LANGUAGE_SET = Message("commands.language.set")
ONLY_IN_GROUPS = Message("group.only_in_groups")

Command = Callable[[Turn, str], None]


def _start(turn: Turn, details: str) -> None:
    """Where we are: the welcome for a newcomer, else the present step."""
    if not turn.answers:
        show_present(turn, welcome=True)
        return
    turn.member["focus"] = None
    show_present(turn)


def _help(turn: Turn, details: str) -> None:
    lines = Lines(tuple(HELP_LINE(command=f"/{name}", what=DESCRIPTION(name)) for name in LISTED))
    turn.show(HELP(commands=lines))


def _privacy(turn: Turn, details: str) -> None:
    days = turn.content.kept_days
    turn.show(PRIVACY(kept=KEPT_DAYS(days=days) if days else KEPT()))


def _forget(turn: Turn, details: str) -> None:
    """Asked once more, then everything goes; what the user said of themself is taken out of a shared plan too."""
    if details != f"yes_{turn.session['version']}":
        yes = turn.choice(FORGET_YES(), "c", "forget", f"yes_{turn.session['version']}")
        turn.show(FORGET_ASK(), slot=Slot.CARD, choices=((yes,), (turn.choice(FORGET_NO(), "c", "start"),)))
        return
    turn.show(FORGOTTEN(), slot=Slot.CARD)
    leave(turn)
    turn.shown.append(Forget(turn.event.user))


def _export(turn: Turn, details: str) -> None:
    turn.notice(EXPORTING())
    turn.shown.append(Export(turn.event.user))


def _restart(turn: Turn, details: str) -> None:
    """Asked once more, then all answers go. Whoever shares a plan leaves it; the others keep theirs."""
    if details != f"yes_{turn.session['version']}":
        yes = turn.choice(RESTART_YES(), "c", "restart", f"yes_{turn.session['version']}")
        turn.show(RESTART_ASK(), slot=Slot.CARD, choices=((yes,), (turn.choice(RESTART_NO(), "c", "start"),)))
        return
    if len(turn.session["members"]) > 1 or is_group(turn.session):
        turn.show(FORGOTTEN(), slot=Slot.CARD)
        leave(turn)
        turn.shown.append(StartAfresh(turn.event.user))
        return
    turn.session["answers"].clear()
    del turn.people[1:]
    turn.member.update({"focus": None, "shown": None, "asked_back": [], "trial": None})
    turn.touch()
    show_present(turn, welcome=True)


def _cancel(turn: Turn, details: str) -> None:
    """Leave whatever was begun out of order; every answer stays."""
    began = turn.member.get("focus") or turn.member.get("asked_back")
    turn.member["focus"] = None
    turn.member["asked_back"] = []
    show_present(turn, CANCELLED() if began else NOTHING_TO_CANCEL())


def _language(turn: Turn, details: str) -> None:
    languages = turn.content.words.languages
    if details in languages:
        turn.member["language"] = details
        turn.touch()
        show_present(turn, LANGUAGE_SET())
        return
    choices = tuple(
        (turn.choice(LANGUAGE_NAME(name=language.name), "c", "language", code),) for code, language in languages.items()
    )
    turn.show(LANGUAGES(names=[language.name for language in languages.values()]), slot=Slot.CARD, choices=choices)


LANGUAGE_NAME = Message("choice.language", "name")


def _leave(turn: Turn, details: str) -> None:
    """Off the group's board; there is nothing to leave elsewhere."""
    if is_group(turn.session):
        leave_group(turn)
    else:
        show_present(turn, ONLY_IN_GROUPS())


def _no_roots(turn: Turn, details: str) -> None:
    """No roots elsewhere that are known of: noted, so that it is asked once."""
    no_roots(turn, details)
    show_present(turn)


COMMANDS: Mapping[str, Command] = {
    "start": _start,
    "routes": show_routes,
    "why": show_why,
    "whatif": show_whatif,
    "checklist": show_checklist,
    "compare": show_comparison,
    "then": show_branch,
    "roots": _no_roots,
    "odds": show_odds,
    "dates": show_dates,
    "remind": show_reminders,
    "notify": show_following,
    "edit": show_summary,
    "ask": ask_something,
    "invite": show_invitation,
    "invited": show_invited,
    "share": share_answer,
    "leave": _leave,
    "partner": show_candidates,
    "plans": show_plans,
    "language": _language,
    "privacy": _privacy,
    "export": _export,
    "forget": _forget,
    "restart": _restart,
    "cancel": _cancel,
    "help": _help,
}
