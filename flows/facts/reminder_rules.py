"""When people are reminded of which dates, and which times are kept in which countries. Data, and no facts about routes."""

from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError, model_validator

from flows.facts.record import CountryCode, Strict
from flows.facts.yaml_file import ContentError, YamlFile
from flows.local_time import zone_names
from flows.timeline import CODES

T = TypeVar("T")


def _known_code(code: str) -> str:
    if code not in CODES:
        raise ValueError(f"expected one of the dates {', '.join(CODES)}")
    return code


def _known_zone(zone: str) -> str:
    if zone not in zone_names():
        raise ValueError("expected a name of the time zone database, such as Europe/Paris")
    return zone


DateCode = Annotated[str, AfterValidator(_known_code)]
ZoneName = Annotated[str, AfterValidator(_known_zone)]
Days = Annotated[int, Field(ge=0, le=366)]
TimeZones = dict[CountryCode, Annotated[tuple[ZoneName, ...], Field(min_length=1)]]
"""For a country with several times, one zone for each, the most usual first."""


class ReminderRules(Strict):
    """``hour`` and ``until_hour``: from when to when people are written to, in their own time of day (0 to 24).

    ``days_before``: how many days before a date of which code. ``missed_days``: for how long a deadline that passed
    meanwhile is still told.
    """

    hour: Annotated[int, Field(ge=0, le=23)]
    until_hour: Annotated[int, Field(ge=1, le=24)]
    missed_days: Days
    days_before: dict[DateCode, Annotated[tuple[Days, ...], Field(min_length=1)]]

    @model_validator(mode="after")
    def _day_has_hours(self) -> "ReminderRules":
        if self.until_hour <= self.hour:
            raise ValueError("until_hour has to come after hour")
        return self


def load_reminder_rules(root: Path) -> ReminderRules:
    """Read ``reminders.yaml``; ContentError names what is wrong in it."""
    return _load(root / "reminders.yaml", TypeAdapter(ReminderRules))


def load_time_zones(root: Path) -> TimeZones:
    """Read ``time_zones.yaml``; ContentError names what is wrong in it."""
    return _load(root / "time_zones.yaml", TypeAdapter(TimeZones))


def _load(path: Path, kind: TypeAdapter[T]) -> T:
    try:
        file = YamlFile(path)
    except OSError as error:
        raise ContentError([f"{path}: cannot be read: {error.strerror}; expected a content file here"]) from error
    try:
        return kind.validate_python(file.data)
    except ValidationError as error:
        raise ContentError(file.problems_of(error)) from error
