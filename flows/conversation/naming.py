"""What people are called, seen by the one who reads: you, Ben, or your partner where no name was given."""

from flows.conversation.turn import Turn
from flows.conversation.view import Words
from flows.interview.questions import UNKNOWN, key_of
from flows.message import Family

WHO = Family("naming.inside", ("you", "partner", "friend"), "number")
START = Family("naming.start", ("you", "partner", "friend"), "number")
WHOSE = Family("naming.whose", ("you", "partner", "friend", "named"), "number", "name")
LONGEST_NAME = 40


class Naming:
    """Names as one reader sees them."""

    def __init__(self, turn: Turn, reader: str | None = None) -> None:
        """``reader`` is the person who reads (default: the user of the turn)."""
        self.turn = turn
        self.reader = reader if reader is not None else turn.me

    def name(self, person: str) -> str | None:
        """The name that was given or that the messenger knows; None for the reader and for those without one."""
        if person == self.reader:
            return None
        given = self.turn.answers.get(key_of("name", person))
        if given and given != UNKNOWN:
            return str(given)
        user = self.turn.user_of(person)
        known = self.turn.session["members"][user]["name"] if user else ""
        return known or None

    def inside(self, person: str) -> Words | str:
        """Within a sentence: you, Ben, your partner."""
        return self.name(person) or WHO(self._kind(person), number=self._number(person))

    def start(self, person: str) -> Words | str:
        """At the start of a line: You, Ben, Your partner."""
        return self.name(person) or START(self._kind(person), number=self._number(person))

    def whose(self, person: str) -> Words:
        """Before a noun: your, Ben's, your partner's."""
        name = self.name(person)
        return WHOSE("named" if name else self._kind(person), number=self._number(person), name=name or "")

    def form(self, person: str) -> str:
        """Which wording fits: ``you`` or ``other``."""
        return "you" if person == self.reader else "other"

    def _kind(self, person: str) -> str:
        if person == self.reader:
            return "you"
        return "partner" if self.turn.answers.get("who") == "couple" else "friend"

    def _number(self, person: str) -> int:
        return self.turn.people.index(person) + 1 if person in self.turn.people else 0


def clean_name(text: str) -> str:
    """A name as it is kept: one line, single spaces, at most 40 characters."""
    return " ".join("".join(sign for sign in text if sign.isprintable()).split())[:LONGEST_NAME].strip()
