"""Exceptions to the partner's permit rule: narrow groups for whom part of it is waived. They are told, not evaluated."""

from enum import StrEnum

from flows.facts.record import Fact, MessageKey, Strict


class Waived(StrEnum):
    """What an exception lifts: the months left on the worker's permit, the occupation, or the need for this rule at all."""

    MONTHS_LEFT = "months_left"
    OCCUPATION = "occupation"
    RULE = "rule"


class PartnerException(Fact):
    """One exception. ``who`` it is for and what it means for someone on an IEC permit stands in the message ``told``."""

    id: str
    waives: tuple[Waived, ...]
    who: str
    told: MessageKey


class PartnerExceptions(Strict):
    """All exceptions known, past ones included."""

    exceptions: tuple[PartnerException, ...]
