"""A partner country's IEC terms: categories, ages, lengths, how often one may take part, where one must live."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from flows.facts.record import Confidence, CountryCode, Fact, MessageKey, Strict, check_versions, version_on
from flows.party import Category


class CountryStatus(StrEnum):
    """Whether a citizenship has pools today."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    NOT_LISTED = "not_listed"


class CategoryTerms(Strict):
    """One pool's terms. ``months`` is the longest permit of a first stay, ``months_by_stay`` (if given) that of the
    first, second ... stay. ``enrolled_in`` names the country whose school a Co-op student must be enrolled in.
    ``lives_in`` are the countries or territories of which one must be a resident when applying (empty: no such rule).
    ``told`` are keys of messages about special conditions, told with the route. ``confidence`` (null: that of the whole
    record) and ``doubts`` are for what is less sure in this category than in the others.
    """

    min_age: Annotated[int, Field(ge=16, le=20)] = 18
    max_age: Annotated[int, Field(ge=25, le=40)]
    months: Annotated[int, Field(ge=1, le=36)]
    months_by_stay: tuple[int, ...] = ()
    enrolled_in: CountryCode | None = None
    lives_in: tuple[CountryCode, ...] = ()
    confidence: Confidence | None = None
    told: tuple[MessageKey, ...] = ()
    doubts: tuple[MessageKey, ...] = ()


class AtMost(Strict):
    """Stays in these categories together may be at most ``times``."""

    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    times: Annotated[int, Field(ge=1)]


class Legacy(Strict):
    """An exception for people who took part before a day.

    Applies when the number of stays started before ``before`` lies within ``min_stays``..``max_stays`` and their months
    together within ``min_total_months``..``max_total_months`` (inclusive, null: no bound). It then replaces the ordinary
    rule: ``further`` more stays in any category (less those taken since), each of up to ``months``.
    """

    before: date
    min_stays: int = 1
    max_stays: int | None = None
    min_total_months: int | None = None
    max_total_months: int | None = None
    further: Annotated[int, Field(ge=0)]
    months: int | None = None


class Participation(Strict):
    """How often a citizen may take part: ``max_total`` stays, ``at_most`` limits on categories, ``gap_months`` between
    the end of one permit and the next stay, ``combined_months`` for all permits together."""

    max_total: Annotated[int, Field(ge=0)]
    at_most: tuple[AtMost, ...] = ()
    gap_months: Annotated[int, Field(ge=0)] = 0
    combined_months: int | None = None
    legacy: tuple[Legacy, ...] = ()


class CountryTerms(Fact):
    """The terms of one citizenship during one period."""

    categories: dict[Category, CategoryTerms]
    participation: Participation


class Country(Strict):
    """A citizenship with (or once with) an IEC agreement. ``note`` is told to citizens of inactive partners.

    ``recognized_organizations``: whether such an organization may take its citizens; ``recognized_organizations_told`` is a
    message about a limit of its own there.
    """

    code: CountryCode
    status: CountryStatus = CountryStatus.ACTIVE
    note: MessageKey | None = None
    recognized_organizations: bool = True
    recognized_organizations_told: MessageKey | None = None
    versions: Annotated[tuple[CountryTerms, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _versions_join(self) -> "Country":
        check_versions(self.versions)
        if self.status is CountryStatus.ACTIVE and not self.versions[-1].categories:
            raise ValueError("an active country needs at least one category in its newest version")
        return self

    def terms_on(self, day: date) -> CountryTerms | None:
        """The terms in force on ``day``; None before the agreement."""
        return version_on(self.versions, day)
