"""IEC seasons: when pools opened and closed, and the pattern where nothing is announced yet."""

from datetime import date
from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from flows.facts.record import Fact, PlacedError, Strict


class Season(Fact):
    """One season. ``opened`` and ``closed`` are days of the pools, null where not known."""

    year: int
    opened: date | None = None
    closed: date | None = None
    first_rounds: date | None = None


class MonthDay(Strict):
    """A day of the year, for patterns."""

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]


class SeasonPattern(Fact):
    """What recent seasons did, to be told as a pattern and never as a fact.

    The pools of a season opened between ``opens_from`` and ``opens_to`` of the year before, and closed about ``closes``.
    """

    opens_from: MonthDay
    opens_to: MonthDay
    closes: MonthDay


class Seasons(Strict):
    """The known seasons in order, and the pattern."""

    seasons: Annotated[tuple[Season, ...], Field(min_length=1)]
    pattern: SeasonPattern

    @model_validator(mode="after")
    def _in_order(self) -> "Seasons":
        for place, (earlier, later) in enumerate(pairwise(self.seasons), start=1):
            if later.year <= earlier.year:
                raise PlacedError(
                    f"seasons must be in order and without doubles: {later.year} follows {earlier.year}",
                    ("seasons", place, "year"),
                )
        return self
