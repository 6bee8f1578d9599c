"""People who need no permit to work in Canada: citizens and permanent residents."""

from datetime import date

from flows.facts.content import Facts
from flows.party import Person
from flows.routes.condition import Condition

CANADA = "CA"


def is_canadian(person: Person) -> bool:
    """Whether the person is a citizen of Canada."""
    return person.citizenships is not None and CANADA in person.citizenships


def works_without_permit(person: Person) -> bool:
    """Whether the person may live and work in Canada without any permit."""
    return is_canadian(person) or bool(person.permanent_resident)


def permit_conditions(person: Person, as_of: date, facts: Facts) -> list[Condition]:
    """The condition that closes every permit to somebody who needs none; nothing for everybody else."""
    if not works_without_permit(person):
        return []
    fact = facts.value("programme.canadians", as_of)
    return [Condition("needs_a_permit", False, fact, {"person": person.id}, never=True, person=person.id)]
