"""Single dated values - fees, deadlines, lengths - each a list of versions under one id."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from flows.facts.record import Fact, Strict, check_versions, version_on


class ValueVersion(Fact):
    """The value during one period; ``unit`` says of what (days, months, cad, ...)."""

    value: int | float | str | bool | tuple[str, ...]
    unit: str | None = None


class NamedValue(Strict):
    """One value by id, for example ``invitation.answer_days``."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
    versions: Annotated[tuple[ValueVersion, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _versions_join(self) -> "NamedValue":
        check_versions(self.versions)
        return self

    def on(self, day: date) -> ValueVersion:
        """The version on ``day``; the oldest reaches back, so that a past answer never fails for want of a fee."""
        return version_on(self.versions, day) or self.versions[0]
