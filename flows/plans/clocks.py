"""The clock after an invitation: until when to answer, to apply and to enter, and whether that day is over.

Whoever let a day pass has no invitation or letter any more, or did in time what was not told yet: either way no further day can
be counted from it.
"""

from datetime import date, timedelta

from flows.facts.content import Facts
from flows.party import Person, Stage


def runs_until(person: Person, as_of: date, facts: Facts) -> date | None:
    """The last day for what comes next: to answer, to send the application, to enter with the letter; None where not known."""
    if person.stage is Stage.INVITED and person.accepted_on is not None:
        return person.accepted_on + _days(facts, "invitation.submit_days", as_of)
    if person.stage is Stage.INVITED and person.invited_on is not None:
        return person.invited_on + _days(facts, "invitation.answer_days", as_of)
    return person.letter_valid_until if person.stage is Stage.APPROVED else None


def is_over(person: Person, as_of: date, facts: Facts) -> bool:
    """Whether that last day lies before ``as_of``."""
    last = runs_until(person, as_of, facts)
    return last is not None and last < as_of


def _days(facts: Facts, value_id: str, day: date) -> timedelta:
    return timedelta(int(str(facts.value(value_id, day).value)))
