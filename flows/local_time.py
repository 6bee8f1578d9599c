"""Time of day where somebody is. Moments are seconds since 1970; a zone is a name of the time zone database or "+09:30".

The database is the one that is installed with the project: that of a machine may be a year old, and clocks change by law.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel.core import get_global

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")


@lru_cache(maxsize=512)
def zone_of(name: str) -> tzinfo:
    """The zone of that name; UTC where the database has it no longer."""
    offset = _OFFSET.fullmatch(name)
    if offset:
        length = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-length if offset[1] == "-" else length)
    if name not in zone_names():
        return UTC
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def is_zone(name: str) -> bool:
    """Whether this names a zone."""
    return name in zone_names() or _OFFSET.fullmatch(name) is not None


@cache
def zone_names() -> frozenset[str]:
    """Every name of the time zone database."""
    return frozenset(files("tzdata").joinpath("zones").read_text().split())


def offset_name(minutes: int) -> str:
    """The name of the zone that is so many minutes ahead of UTC."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def moment_of(day: date, hour: int, zone: str) -> float:
    """The moment at which it is so late on that day in that zone; where clocks skip that hour, the one after."""
    local = datetime.combine(day, time(hour), zone_of(zone))
    return (local.astimezone(UTC) - EPOCH).total_seconds()


def local_time(moment: float, zone: str) -> datetime:
    """What clock and calendar show in that zone."""
    return (EPOCH + timedelta(seconds=moment)).astimezone(zone_of(zone))


def minutes_ahead(moment: float, zone: str) -> int:
    """By how many minutes the zone is ahead of UTC at that moment."""
    ahead = local_time(moment, zone).utcoffset()
    return int(ahead.total_seconds()) // 60 if ahead is not None else 0


def zones_in(country: str, year: int, listed: Iterable[str] | None = None) -> tuple[str, ...]:
    """One zone for each time that is kept in a country in that year: of ``listed`` if given, else as CLDR has them."""
    names = tuple(listed) if listed is not None else tuple(get_global("territory_zones").get(country, ()))
    firsts = [moment_of(date(year, month, 15), 12, "+00:00") for month in (1, 4, 7, 10)]
    kept: dict[tuple[int, ...], str] = {}
    for name in names:
        kept.setdefault(tuple(minutes_ahead(first, name) for first in firsts), name)
    return tuple(kept.values())
