"""The party: the people who want to go together, what is known of each, and their relationships.

``None`` always means "not answered"; an empty collection means "answered: none". Nothing here judges anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Category(StrEnum):
    """An IEC category; with a citizenship it makes a pool."""

    WORKING_HOLIDAY = "working_holiday"
    YOUNG_PROFESSIONALS = "young_professionals"
    INTERNATIONAL_COOP = "international_coop"


class Stage(StrEnum):
    """How far a person's own IEC application has come."""

    NONE = "none"
    IN_POOL = "in_pool"
    INVITED = "invited"
    APPLIED = "applied"
    APPROVED = "approved"
    IN_CANADA = "in_canada"


class PermitKind(StrEnum):
    """The kind of a permit that a person holds or has been approved for."""

    WORKING_HOLIDAY = "working_holiday"
    YOUNG_PROFESSIONALS = "young_professionals"
    INTERNATIONAL_COOP = "international_coop"
    PARTNER_OPEN_PERMIT = "partner_open_permit"
    STUDY = "study"
    EMPLOYER = "employer"
    POST_GRADUATION = "post_graduation"
    FRANCOPHONE_MOBILITY = "francophone_mobility"
    OTHER = "other"


class JobState(StrEnum):
    """Whether someone has work in Canada: remote means for a firm abroad."""

    NONE = "none"
    OFFER = "offer"
    WORKING = "working"
    SELF_EMPLOYED = "self_employed"
    REMOTE = "remote"


class RelationshipKind(StrEnum):
    """What two people of a party are to each other."""

    MARRIED = "married"
    CIVIL_UNION = "civil_union"
    ENGAGED = "engaged"
    LIVING_TOGETHER = "living_together"
    DATING = "dating"
    FRIENDS = "friends"


@dataclass(frozen=True, slots=True)
class Stay:
    """An earlier or running IEC stay; ``ended`` is the day the permit expires or expired."""

    citizenship: str
    category: Category
    started: date | None = None
    ended: date | None = None
    season: int | None = None


@dataclass(frozen=True, slots=True)
class Permit:
    """A permit held or approved; ``ends`` is its last day."""

    kind: PermitKind
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Work in Canada; ``noc`` is a five-digit NOC 2021 code."""

    state: JobState
    noc: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people; every field but ``id`` may be unanswered (None)."""

    id: str
    name: str | None = None
    born: date | None = None
    age: int | None = None
    citizenships: tuple[str, ...] | None = None
    lives_in: str | None = None
    student: bool | None = None
    participations: tuple[Stay, ...] | None = None
    stage: Stage | None = None
    invited_on: date | None = None
    accepted_on: date | None = None
    applied_on: date | None = None
    letter_valid_until: date | None = None
    permit: Permit | None = None
    job: Job | None = None
    permanent_resident: bool | None = None
    passport_expires: date | None = None
    insurance_ends: date | None = None
    arrive_by: date | None = None
    children: int | None = None


@dataclass(frozen=True, slots=True)
class Relationship:
    """How two people of the party stand to each other; unordered."""

    between: tuple[str, str]
    kind: RelationshipKind | None = None
    living_together_since: date | None = None
    wedding_on: date | None = None
    longest_apart_days: int | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """The people who want to go together, as known on the day ``as_of``."""

    as_of: date
    people: tuple[Person, ...]
    relationships: tuple[Relationship, ...] = ()

    def person(self, person_id: str) -> Person:
        """The person with this id; KeyError if there is none."""
        for person in self.people:
            if person.id == person_id:
                return person
        raise KeyError(person_id)

    def relationship(self, one: str, other: str) -> Relationship | None:
        """What was said of these two, in either order; None if nothing was."""
        for relationship in self.relationships:
            if set(relationship.between) == {one, other}:
                return relationship
        return None

    def partners_of(self, person_id: str) -> Iterator[tuple[Person, Relationship]]:
        """The people tied to this one by a relationship that is not (or may not be) friendship.

        Of two people who go together and of whom nothing was said, it is not known; in a larger party that means friends.
        """
        relationships = self.relationships
        if len(self.people) == 2 and not relationships:
            relationships = (Relationship((self.people[0].id, self.people[1].id)),)
        for relationship in relationships:
            if person_id in relationship.between and relationship.kind is not RelationshipKind.FRIENDS:
                one, other = relationship.between
                yield self.person(other if one == person_id else one), relationship
