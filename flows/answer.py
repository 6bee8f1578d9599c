"""What is decided for a party: routes with their conditions, needs and dates, plans, and what is still open.

The shapes here are those of ``routes --json``; names of codes are interfaces and stay as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """Where a route stands on a day; see the architecture page for the precedence."""

    YES = "yes"
    LATER = "later"
    UNKNOWN = "unknown"
    NO = "no"


class Route(StrEnum):
    """A way for one person to work, or to be, in Canada."""

    RIGHT_TO_WORK = "right_to_work"
    PERMIT_HELD = "permit_held"
    STUDY_PERMIT_HELD = "study_permit_held"
    WORKING_HOLIDAY = "working_holiday"
    YOUNG_PROFESSIONALS = "young_professionals"
    INTERNATIONAL_COOP = "international_coop"
    PARTNER_OPEN_PERMIT = "partner_open_permit"
    RECOGNIZED_ORGANIZATION = "recognized_organization"
    CANADIAN_PARTNER = "canadian_partner"
    STUDENT_PARTNER = "student_partner"
    OTHER_PERMIT = "other_permit"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Reason:
    """One test inside a route: whether it holds (None = not known), the values compared, and where the rule is from.

    ``values`` holds plain JSON values only (dates as ISO text). ``source`` is a web address.
    """

    code: str
    holds: bool | None
    values: Mapping[str, Any]
    source: str
    checked_on: date
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must come first: an act or a day (``from_``), with the last day (``by``) where there is one.

    ``person`` is who must act or answer; ``question`` names the unanswered question where one decides.
    """

    code: str
    from_: date | None = None
    by: date | None = None
    person: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class RouteAnswer:
    """One route of one person on one day. ``caveats`` are codes of things to be told, not conditions."""

    id: str
    route: Route
    citizenship: str | None
    through: str | None
    status: Status
    permit_months: int | None
    from_: date | None
    last_day: date | None
    reasons: tuple[Reason, ...]
    needs: tuple[Need, ...]
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """All routes of one person, best first; ``best`` is the first one's id unless all are ``no``."""

    id: str
    best: str | None
    routes: tuple[RouteAnswer, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing for one person to do in a plan, between two days where they are known."""

    who: str
    code: str
    not_before: date | None = None
    not_after: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps for several people together; ``people`` in the order of the plan's id."""

    id: str
    status: Status
    people: tuple[str, ...]
    steps: tuple[Step, ...]
    needs: tuple[Need, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeasonState:
    """The IEC season on the day: open, closed or unknown, and when pools open (``basis``: announced or pattern)."""

    year: int
    state: str
    opens_from: date | None
    opens_to: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question whose answer can still change a route of somebody. ``person`` is None for the party,
    ``pair`` names both people where the question is about two."""

    question: str
    person: str | None = None
    pair: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer for a party on ``as_of``. ``branches`` are plans for when a plan breaks, as far as that matters now."""

    as_of: date
    facts_version: str
    oldest_check: date
    season: SeasonState
    people: tuple[PersonAnswer, ...]
    plans: tuple[Plan, ...]
    next_questions: tuple[OpenQuestion, ...] = field(default=())
    branches: tuple[Plan, ...] = ()

    def route(self, person_id: str, route_id: str) -> RouteAnswer:
        """One route of one person; KeyError if there is none of that id."""
        for person in self.people:
            if person.id == person_id:
                for route in person.routes:
                    if route.id == route_id:
                        return route
        raise KeyError((person_id, route_id))
