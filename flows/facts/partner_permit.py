"""The open work permit for the partner of a worker, in its dated versions, and which occupations open it."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from flows.facts.record import Confidence, Fact, MessageKey, PlacedError, Strict, check_versions, version_on


class Listing(Strict):
    """One entry of the list of jobs that open the permit below TEER 0 and 1: a NOC 2021 code, or leading digits of codes.

    ``confidence`` and ``doubt`` (a message) tell how sure it is that the entry is on the list.
    """

    code: Annotated[str, Field(pattern=r"^\d{2,5}$")]
    confidence: Confidence = Confidence.HIGH
    doubt: MessageKey | None = None


class OccupationRule(Strict):
    """Which jobs of the worker count: whole TEER levels, plus listed NOC 2021 codes or leading digits of codes.

    ``by_noc_2016`` marks the time when jobs were judged by the levels 0, A and B of NOC 2016. A NOC 2021 code alone then
    settles it only for the ``teers`` given: the other TEERs hold jobs of levels that counted and of levels that did not.
    """

    teers: tuple[Annotated[int, Field(ge=0, le=5)], ...]
    listed: tuple[Listing, ...] = ()
    by_noc_2016: bool = False

    @model_validator(mode="after")
    def _no_doubles(self) -> "OccupationRule":
        for place, entry in enumerate(self.listed):
            for other_place, other in enumerate(self.listed):
                if place != other_place and entry.code.startswith(other.code):
                    raise PlacedError(f"{entry.code} is covered by {other.code} already; keep one", ("listed", place))
        return self

    def listing(self, noc: str) -> Listing | None:
        """The entry of the list that covers the unit group ``noc``; None where none does."""
        return next((entry for entry in self.listed if noc.startswith(entry.code)), None)

    def counts(self, noc: str) -> bool | None:
        """Whether the NOC 2021 unit group ``noc`` opens the permit; None where the facts do not settle it."""
        if int(noc[1]) in self.teers or self.listing(noc) is not None:
            return True
        return None if self.by_noc_2016 else False


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
