"""Which pools a person waits in, or will: from the routes of the answer, by passport."""

from dataclasses import dataclass
from datetime import date

from flows.answer import Answer, RouteAnswer, Status
from flows.odds.round import Pool
from flows.party import Category, Person, Stage

ORDER = (Category.INTERNATIONAL_COOP, Category.YOUNG_PROFESSIONALS, Category.WORKING_HOLIDAY)
"""Someone in several pools is invited from the first of these that draws them."""
INVITED = frozenset({Stage.INVITED, Stage.APPLIED, Stage.APPROVED, Stage.IN_CANADA})


@dataclass(frozen=True, slots=True)
class Place:
    """A place in one pool, between two days (None: no bound)."""

    pool: Pool
    from_: date | None
    last_day: date | None


def already_invited(person: Person) -> bool:
    """Whether this person no longer waits for an invitation."""
    return person.stage in INVITED


def places_of(person_id: str, answer: Answer) -> dict[str, tuple[Place, ...]]:
    """The pools that are open to a person by citizenship, in the order in which an invitation would come.

    A route that needs an act first (a job offer, enrolment, a move) is no place yet; one that only waits for a day is.
    """
    routes = next(person.routes for person in answer.people if person.id == person_id)
    found: dict[str, list[Place]] = {}
    for category in ORDER:
        for route in routes:
            if route.route.value == category.value and route.citizenship is not None and _waits_only(route):
                place = Place(Pool(route.citizenship, category), route.from_, route.last_day)
                found.setdefault(route.citizenship, []).append(place)
    return {citizenship: tuple(places) for citizenship, places in found.items()}


def _waits_only(route: RouteAnswer) -> bool:
    if route.status is Status.LATER:
        return bool(route.needs) and all(need.from_ is not None for need in route.needs)
    return route.status is Status.YES
