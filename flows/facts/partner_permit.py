"""The open work permit for the partner of a worker, in its dated versions, and which occupations open it."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from flows.facts.record import Fact, Strict, check_versions, version_on


class OccupationRule(Strict):
    """Which jobs of the worker count: whole TEER levels, plus listed NOC 2021 codes or leading digits of codes.

    ``by_noc_2016`` marks the time when jobs were judged by the levels 0, A, B of NOC 2016: a NOC 2021 code alone then
    does not always settle it; ``surely`` and ``surely_not`` are the TEERs for which it does.
    """

    teers: tuple[Annotated[int, Field(ge=0, le=5)], ...]
    listed: tuple[Annotated[str, Field(pattern=r"^\d{2,5}$")], ...] = ()
    by_noc_2016: bool = False
    surely_not: tuple[Annotated[int, Field(ge=0, le=5)], ...] = ()

    def counts(self, noc: str) -> bool | None:
        """Whether the NOC 2021 unit group ``noc`` opens the permit; None where the facts do not settle it."""
        teer = int(noc[1])
        if teer in self.teers or any(noc.startswith(prefix) for prefix in self.listed):
            return True
        if self.by_noc_2016:
            return False if teer in self.surely_not else None
        return False


class PartnerPermitRule(Fact):
    """The rule during one period.

    ``months_left``: months that must be left on the worker's permit when the partner's application is received.
    ``months_together``: months of living together that make a couple common-law.
    ``open_permit_must_work``: a worker on an open permit must already be working (an offer is not enough).
    ``no_swapping``: someone on a partner's permit cannot carry the other.
    """

    id: str
    months_left: int
    months_together: int = 12
    occupations: OccupationRule
    open_permit_must_work: bool = True
    no_swapping: bool = True


class PartnerPermit(Strict):
    """All versions of the rule, oldest first."""

    versions: Annotated[tuple[PartnerPermitRule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _versions_join(self) -> "PartnerPermit":
        check_versions(self.versions)
        return self

    def rule_on(self, day: date) -> PartnerPermitRule:
        """The rule in force on ``day``; the oldest one reaches back without limit."""
        return version_on(self.versions, day) or self.versions[0]
