"""A session: one party with its answers and the people who answer for it. Plain data that survives JSON.

What is stored is answers, never a place in the dialogue: where someone is, is computed from them anew each time.
"""

from typing import Any, NotRequired, TypedDict


class Reminders(TypedDict):
    """What a member asked to be reminded of. ``zone`` is where they are: a name of the time zone database, or "+09:30".

    ``due`` has the moment of each reminder that is to come, by what it is about; ``wake`` is when the member is to be
    woken for the first of them (None: for nothing). Moments are in seconds since 1970.
    """

    zone: str
    due: dict[str, float]
    wake: float | None


class Followed(TypedDict):
    """What a member who wants to be told of changes was last told (flows.conversation.following).

    ``content`` is the version it was worked out with, ``days`` what was told for which day, ``said`` a digest of the news
    they were told last.
    """

    content: str
    days: dict[str, dict[str, Any]]
    said: str


class Member(TypedDict):
    """A user who takes part in the session.

    ``person`` is whom they answer for themself as; ``shows`` is what the others see (done, route, reason).
    ``focus`` is the question they chose to edit, if any; ``shown`` the one last put to them, which typed words answer;
    ``calendar`` are the entries of the calendar files they were given (flows.calendar_entries).
    ``asked_back`` the candidates of an ambiguous answer to it. ``since`` is the session's version at their own last
    change. ``trial`` are changes that they are only trying out. ``chose`` and ``told``: what
    others see was chosen, and they were told that this one is done. ``earlier`` is what the user said of themself in
    another session, until they choose whether it counts here. ``partner`` is the person of a group whom they have named
    as their partner, until that one answers. ``news`` is whose application has got on, until the others
    were told. ``reminders`` and ``follows`` are there while they want any; ``asked_zone``
    while the time where they are was asked for.
    """

    person: str
    name: str
    language: str
    shows: str
    focus: NotRequired[dict[str, Any] | None]
    shown: NotRequired[dict[str, Any] | None]
    asked_back: NotRequired[list[Any]]
    since: NotRequired[int]
    trial: NotRequired[dict[str, Any] | None]
    chose: NotRequired[bool]
    told: NotRequired[bool]
    calendar: NotRequired[list[dict[str, str]]]
    earlier: NotRequired[dict[str, Any] | None]
    partner: NotRequired[str | None]
    news: NotRequired[str | None]
    reminders: NotRequired[Reminders | None]
    asked_zone: NotRequired[bool]
    follows: NotRequired[Followed | None]


class Session(TypedDict):
    """``answers`` maps keys such as ``citizenships:p1`` or ``relationship_kind:p1+p2`` to values in the party file's form
    (or ``"unknown"``). ``members`` is keyed by the user's id as text. ``version`` grows with every change of answers and
    stands in the ids of buttons, so that an old button is recognised. ``title`` is what a group is called, ``language``
    that of its board, ``board`` a digest of what it showed last."""

    id: str
    version: int
    answers: dict[str, Any]
    people: list[str]
    members: dict[str, Member]
    group: NotRequired[int | None]
    title: NotRequired[str]
    language: NotRequired[str]
    board: NotRequired[str]
