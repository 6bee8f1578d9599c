"""A condition: one test inside a route, as an interval of days with the acts and answers that could still change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.answer import Need, Reason
from flows.facts.content import Facts
from flows.facts.record import Fact


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on ``as_of``. ``holds`` is None where it is not known.

    ``from_`` is the first day on which waiting alone makes it true; ``until`` the last day on which it is true (None: no
    end). ``act`` says that somebody can make it true by doing something; ``never`` that nothing can. ``person`` is who
    must act or answer, ``question`` what they must be asked. ``by`` is the last day for the act where that is not the last
    day of the route itself. ``fact`` is the rule behind it.
    """

    code: str
    holds: bool | None
    fact: Fact
    values: Mapping[str, Any]
    from_: date | None = None
    until: date | None = None
    act: bool = False
    never: bool = False
    person: str | None = None
    question: str | None = None
    by: date | None = None

    def reason(self, facts: Facts, as_of: date) -> Reason:
        """The condition as it is told: dates as text, with the rule's source and today's confidence in it."""
        return Reason(
            self.code,
            self.holds,
            {name: value.isoformat() if isinstance(value, date) else value for name, value in self.values.items()},
            facts.url(self.fact),
            self.fact.checked_on,
            self.fact.confidence_on(as_of).value,
        )

    def need(self, by: date | None = None) -> Need:
        """What must come first for this condition to hold, at the latest ``by``."""
        last = min((day for day in (by, self.by) if day is not None), default=None)
        return Need(self.code, self.from_, last, self.person, self.question)
