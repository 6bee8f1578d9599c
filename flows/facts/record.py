"""What every fact carries: where it is from, when it was checked, from when to when it holds, how sure it is."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

MessageKey = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Confidence(StrEnum):
    """How sure a fact is: high (official text read or independent sources agree), medium, low."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Strict(BaseModel):
    """A content record: unknown keys are errors, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """A page that facts rest on. ``published`` is the page's own date, where it shows one."""

    id: str
    title: str
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    published: date | None = None
    official: bool = False


class Fact(Strict):
    """Base of every dated record.

    Either ``effective_from`` is given (the day the value began to hold) or ``current_as_of`` (the day on which a source
    showed it, the start being unknown); never both. ``effective_to`` is the last day, null while it holds.
    ``source`` names an entry of ``content/sources/``; ``also`` further ones. ``doubts`` are keys of messages that a
    person affected must be told.
    """

    effective_from: date | None = None
    current_as_of: date | None = None
    effective_to: date | None = None
    source: str
    also: tuple[str, ...] = ()
    checked_on: date
    review_after_days: Annotated[int, Field(gt=0)] = 365
    confidence: Confidence = Confidence.HIGH
    doubts: tuple[MessageKey, ...] = ()

    @model_validator(mode="after")
    def _dates_make_sense(self) -> "Fact":
        if (self.effective_from is None) == (self.current_as_of is None):
            raise ValueError(
                "give exactly one of effective_from (the start is known) and current_as_of (it is not); "
                "copying the day of the check into effective_from would claim a start that nobody knows"
            )
        if self.current_as_of is not None and self.current_as_of > self.checked_on:
            raise ValueError(f"current_as_of {self.current_as_of} lies after checked_on {self.checked_on}")
        start = self.effective_from or self.current_as_of
        if self.effective_to is not None and start is not None and self.effective_to < start:
            raise ValueError(f"effective_to {self.effective_to} lies before the start {start}")
        return self

    @property
    def review_by(self) -> date:
        """The day after which somebody must look at the source again."""
        return self.checked_on + timedelta(days=self.review_after_days)

    def confidence_on(self, day: date) -> Confidence:
        """The confidence to show on ``day``: one step lower once the review date has passed."""
        if day <= self.review_by:
            return self.confidence
        return Confidence.LOW if self.confidence is not Confidence.HIGH else Confidence.MEDIUM


class PlacedError(ValueError):
    """A mistake at a place inside the record being checked; ``inside`` is the path to it, so that its line can be named."""

    def __init__(self, message: str, inside: tuple[str | int, ...]) -> None:
        super().__init__(message)
        self.inside = inside


FactT = TypeVar("FactT", bound=Fact)


def version_on(versions: Sequence[FactT], day: date) -> FactT | None:
    """The version in force on ``day``: versions are in order and without gap (the loader checks it).

    A first version whose start is not known reaches back without limit; None before a first version with a known start.
    """
    for position, version in enumerate(versions):
        if version.effective_to is not None and day > version.effective_to:
            continue
        if version.effective_from is not None and day < version.effective_from:
            return None
        return version if position == 0 or version.effective_from is not None else None
    return None


def check_versions(versions: Sequence[Fact]) -> None:
    """Raise PlacedError where dated versions leave a gap, overlap, or hide an unknown start in the middle."""
    for position, (earlier, later) in enumerate(pairwise(versions), start=1):
        if later.effective_from is None:
            raise PlacedError(
                "only the first version may have an unknown start (current_as_of); give effective_from",
                ("versions", position),
            )
        if earlier.effective_to is None:
            raise PlacedError(
                f"overlap: a version without effective_to is followed by one from {later.effective_from}; "
                f"set effective_to: {later.effective_from - timedelta(days=1)}",
                ("versions", position - 1),
            )
        expected = earlier.effective_to + timedelta(days=1)
        if later.effective_from != expected:
            kind = "gap" if later.effective_from > expected else "overlap"
            raise PlacedError(
                f"{kind}: {earlier.effective_to} is followed by {later.effective_from}; expected {expected}",
                ("versions", position),
            )
