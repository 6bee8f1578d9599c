"""What the conversation asks for beyond showing something: a step may return effects among its views.

``step`` stays pure: it names the wish, whoever runs the step fulfils it in the same transaction as the answers.

How sessions, users and links meet (the promise of whoever runs the step):

- An event in a private chat goes to the user's present session, in a group to the group's session; where there is
  none, to an empty one (``version`` 0, no people, no members; ``group`` set in a group). It is kept as soon as it has
  a member or a group.
- After the step a user who is a member of the session has it as their present one; who is no longer a member has none.
- ``Choice.start`` is a meaning ("join:p2"), not a token: it is replaced by a one-time, expiring token. Whoever opens the
  link arrives as ``Event(COMMAND, name="start", text=<that meaning>)`` in the session that showed the choice, and with
  ``Event.earlier`` holding the session they were in until then. The link is tied to one user where the view is
  ``only_for`` them or is the notice that answers their press; else the first to open it has it.
- A notice with one ``start`` choice that answers a press opens that link at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.calendar_entries import Gone
from flows.conversation.view import View, Words
from flows.pictures import Scene
from flows.timeline import Dated


@dataclass(frozen=True, slots=True)
class Forget:
    """Remove all that is stored of this user, in every session; the other sessions see them leave."""

    user: int


@dataclass(frozen=True, slots=True)
class Export:
    """Send this user, in their private chat, all that is stored of them as a file."""

    user: int


@dataclass(frozen=True, slots=True)
class StartAfresh:
    """Take this user out of the session; their next event begins one of their own."""

    user: int


@dataclass(frozen=True, slots=True)
class Plans:
    """Show this user all plans that they are part of (flows.conversation.plans_view)."""

    user: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Let the same command of this user happen in every other session of theirs, without a word about it."""

    user: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Show ``view`` with these dates as a calendar file. ``names`` says how each person is called in it; ``gone`` are
    entries of earlier files that are to be taken back."""

    view: View
    dates: tuple[Dated, ...]
    names: Mapping[str, str | Words]
    gone: tuple[Gone, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Show ``view`` with this drawn, after everything that is said in words; nothing is shown where nothing can be drawn.
    ``names`` says how each person is called in it."""

    view: View
    scene: Scene
    names: Mapping[str, str | Words]


Effect = Forget | Export | StartAfresh | Plans | Elsewhere | Calendar | Picture
