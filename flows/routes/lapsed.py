"""A letter of introduction that ended unused: whoever held one stands where they stood before they were drawn."""

from dataclasses import replace
from datetime import date

from flows.party import Person, Stage


def without_lapsed_letter(person: Person, as_of: date) -> Person:
    """The person as if never drawn, where their letter ended before ``as_of``; else as they are.

    Source of the rule: an unused letter is no participation, and once it has ended a new profile and a new draw are needed,
    so that the age counts anew. A permit with a first day was issued, and stays.
    """
    ended = person.letter_valid_until is not None and person.letter_valid_until < as_of
    if (
        person.stage is not Stage.APPROVED
        or not ended
        or (person.permit is not None and person.permit.starts is not None)
    ):
        return person
    return replace(
        person,
        stage=Stage.NONE,
        permit=None,
        invited_on=None,
        accepted_on=None,
        applied_on=None,
        letter_valid_until=None,
    )
