"""Reads a party file (YAML or JSON text) into a Party; every mistake is named with its line, and none hides another.

The form is documented in the README. A missing key always means "not answered".
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from flows.facts.content import Facts
from flows.facts.yaml_file import ContentError, YamlFile
from flows.party import (
    Category,
    Job,
    JobState,
    Party,
    Permit,
    PermitKind,
    Person,
    Relationship,
    RelationshipKind,
    Stage,
    Stay,
)

CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StayRecord(_Record):
    """An earlier or running IEC stay."""

    citizenship: CountryCode
    category: Category
    started: date | None = None
    ended: date | None = None
    season: Annotated[int, Field(ge=1990, le=2100)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "StayRecord":
        if self.started and self.ended and self.ended < self.started:
            raise ValueError(
                f"ended {self.ended} lies before started {self.started}; give the permit's first and last day"
            )
        return self


class PermitRecord(_Record):
    """A permit held or approved."""

    kind: PermitKind
    starts: date | None = None
    ends: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "PermitRecord":
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError(f"ends {self.ends} lies before starts {self.starts}; give the permit's first and last day")
        return self


class JobRecord(_Record):
    """Work in Canada."""

    state: JobState
    noc: Annotated[str, Field(pattern=r"^\d{5}$")] | None = None


class PersonRecord(_Record):
    """One person as written in a party file."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
    name: Annotated[str, Field(max_length=200)] | None = None
    born: date | None = None
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    citizenships: list[CountryCode] | None = None
    lives_in: CountryCode | None = None
    student: bool | None = None
    participations: list[StayRecord] | None = None
    stage: Stage | None = None
    invited_on: date | None = None
    accepted_on: date | None = None
    applied_on: date | None = None
    letter_valid_until: date | None = None
    permit: PermitRecord | None = None
    job: JobRecord | None = None
    permanent_resident: bool | None = None
    passport_expires: date | None = None
    insurance_ends: date | None = None
    arrive_by: date | None = None
    children: Annotated[int, Field(ge=0, le=20)] | None = None

    def person(self) -> Person:
        """The person as the thinking knows them."""
        own = self.model_dump(exclude={"citizenships", "participations", "permit", "job"})
        return Person(
            **own,
            citizenships=None if self.citizenships is None else tuple(sorted(set(self.citizenships))),
            participations=None
            if self.participations is None
            else tuple(Stay(**stay.model_dump()) for stay in self.participations),
            permit=Permit(**self.permit.model_dump()) if self.permit else None,
            job=Job(**self.job.model_dump()) if self.job else None,
        )


class RelationshipRecord(_Record):
    """How two people stand to each other, as written in a party file."""

    between: Annotated[list[str], Field(min_length=2, max_length=2)]
    kind: RelationshipKind | None = None
    living_together_since: date | None = None
    wedding_on: date | None = None
    longest_apart_days: Annotated[int, Field(ge=0, le=36500)] | None = None


class PartyRecord(_Record):
    """A party file."""

    as_of: date | None = None
    people: Annotated[list[PersonRecord], Field(min_length=1, max_length=50)]
    relationships: list[RelationshipRecord] = []

    @model_validator(mode="after")
    def _people_are_told_apart(self) -> "PartyRecord":
        ids = [person.id for person in self.people]
        doubles = sorted({person_id for person_id in ids if ids.count(person_id) > 1})
        if doubles:
            raise ValueError(f"the id {doubles[0]!r} stands for two people; give each person an id of their own")
        pairs: set[frozenset[str]] = set()
        for relationship in self.relationships:
            for person_id in relationship.between:
                if person_id not in ids:
                    raise ValueError(f"a relationship names {person_id!r}, but the people are {', '.join(ids)}")
            pair = frozenset(relationship.between)
            if len(pair) == 1:
                raise ValueError(f"a relationship of {relationship.between[0]!r} with themself; name two people")
            if pair in pairs:
                raise ValueError(f"two relationships between {' and '.join(sorted(pair))}; keep one")
            pairs.add(pair)
        return self

    def party(self, today: date) -> Party:
        """The party on its own ``as_of``, else on ``today``; a person born after that day is an error."""
        as_of = self.as_of or today
        for person in self.people:
            if person.born is not None and person.born > as_of:
                raise ValueError(
                    f"{person.id} is born on {person.born}, after {as_of}; give the birth date as YYYY-MM-DD"
                )
        return Party(
            as_of,
            tuple(person.person() for person in self.people),
            tuple(
                Relationship((record.between[0], record.between[1]), **record.model_dump(exclude={"between"}))
                for record in self.relationships
            ),
        )


def party_of(data: object, today: date, on: date | None = None) -> Party:
    """The party in already parsed ``data``; raises pydantic's ValidationError or ValueError."""
    record = PartyRecord.model_validate(data)
    if on is not None:
        record.as_of = on
    return record.party(today)


def read_party(text: str, name: str, today: date, on: date | None, facts: Facts) -> Party:
    """The party in ``text``; ``on`` overrides its ``as_of``. Raises ContentError with one line per mistake, each naming
    ``name`` (the file), the line, what was found and what was expected. ``facts`` know which countries and jobs exist."""
    file = YamlFile(Path(name), text)
    if not isinstance(file.data, dict):
        raise ContentError([f"{name}:1: expected a party with the key people; see the README for an example"])
    try:
        party = party_of(file.data, today, on)
        problems = [f"{name}:{file.line_of(path)}: {problem}" for path, problem in _unknown_codes(party, facts)]
        if problems:
            raise ContentError(problems)
        return party
    except ValidationError as error:
        raise ContentError(file.problems_of(error)) from error
    except ValueError as error:
        raise ContentError([f"{name}:1: {error}"]) from error


def _unknown_codes(party: Party, facts: Facts) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Codes in the right form that stand for no country or no job."""
    for place, person in enumerate(party.people):
        codes = [("citizenships", code) for code in person.citizenships or ()]
        codes += [("participations", stay.citizenship) for stay in person.participations or ()]
        codes += [("lives_in", person.lives_in)] if person.lives_in is not None else []
        for key, code in codes:
            if facts.entry.rule_on(code, party.as_of) is None:
                yield ("people", place, key), f"{key}: {code!r} is no country; expected an ISO 3166 code such as IE"
        noc = person.job.noc if person.job is not None else None
        if noc is not None and noc not in facts.occupations.by_noc:
            yield ("people", place, "job"), f"job.noc: {noc!r} is no NOC 2021 code; expected five digits such as 21231"
