"""People who need no permit to work in Canada: citizens and permanent residents."""

from flows.party import Person

CANADA = "CA"


def is_canadian(person: Person) -> bool:
    """Whether the person is a citizen of Canada."""
    return person.citizenships is not None and CANADA in person.citizenships


def works_without_permit(person: Person) -> bool:
    """Whether the person may live and work in Canada without any permit."""
    return is_canadian(person) or bool(person.permanent_resident)
