"""The dates of a party in words: a title each, what to know or do, what the day rests on."""

from collections.abc import Callable

from flows.conversation.view import Country, Words
from flows.message import Family, Message
from flows.timeline import CODES, Basis, Dated

Name = Callable[[str], str | Words]
"""How a person is called, by their id."""

_VALUES = ("who", "other", "season", "countries", "months")
TITLE = Family("dates.title", CODES, *_VALUES)
NOTE = Family("dates.note", CODES, *_VALUES)
BASIS = Family("dates.basis", tuple(Basis))
UNSURE = Family("dates.unsure", (Basis.PATTERN, Basis.USUAL, Basis.IF_ARRIVING), "title")
CHECKED = Message("dates.checked", "day", "source")
GONE_TITLE = Message("dates.gone.title")
GONE_NOTE = Message("dates.gone.note")
CALENDAR_NAME = Message("dates.name")


def title(dated: Dated, name: Name) -> Words:
    """What happens, to whom, in a few words; a day that is only usual says so."""
    plain = TITLE(dated.code, **_values(dated, name))
    return UNSURE(dated.basis, title=plain) if dated.basis in UNSURE else plain


def note(dated: Dated, name: Name) -> Words:
    """What to know or do about it."""
    return NOTE(dated.code, **_values(dated, name))


def basis(dated: Dated) -> Words:
    """How sure the day is."""
    return BASIS(dated.basis)


def checked(dated: Dated) -> Words | None:
    """Where the rule is from and when it was checked; None for a day that somebody told."""
    if dated.source is None or dated.checked_on is None:
        return None
    return CHECKED(day=dated.checked_on, source=dated.source)


def _values(dated: Dated, name: Name) -> dict[str, object]:
    values = dated.values
    return {
        "who": name(dated.who[0]) if dated.who else "",
        "other": name(dated.who[1]) if len(dated.who) > 1 else "",
        "season": str(values.get("season", "")),
        "countries": [Country(code) for code in values.get("countries", ())],
        "months": values.get("months", 0),
    }
