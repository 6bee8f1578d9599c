"""Which time somebody keeps, from where they say they are: a town, a country, or so many hours from UTC."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from flows.local_time import offset_name, zone_names, zones_in
from flows.understanding.lives_in import understand_lives_in
from flows.understanding.result import Understood
from flows.understanding.tokens import words_of

_FROM_UTC = re.compile(r"(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
_MOST_HOURS = 14
_SHORTEST_TOWN = 4
ERROR = "remind.not_understood"


def understand_zone(text: str, year: int, listed: Mapping[str, Sequence[str]]) -> Understood:
    """The zone (flows.local_time) of a place; of a country with several times all are asked back.

    ``listed`` has the zones of countries with several. Errors: ``remind.not_understood``.
    """
    shift = _FROM_UTC.fullmatch(text.strip())
    if shift and int(shift[2]) <= _MOST_HOURS:
        minutes = int(shift[2]) * 60 + int(shift[3] or 0)
        return Understood(value=offset_name(minutes if shift[1] == "+" else -minutes))
    words = words_of(text)
    town = _towns().get(" ".join(words)) or next((_towns()[word] for word in words if word in _towns()), None)
    if town is not None:
        return Understood(value=town)
    country = understand_lives_in(text)
    codes = (country.value,) if country.value else country.ask_back
    zones = tuple(dict.fromkeys(zone for code in codes for zone in zones_in(code, year, listed.get(code))))
    if len(zones) == 1:
        return Understood(value=zones[0])
    return Understood(ask_back=zones) if zones else Understood(error=ERROR)


@cache
def _towns() -> Mapping[str, str]:
    """The towns after which zones of inhabited regions are named."""
    regions = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    found: dict[str, str] = {}
    for zone in sorted(zone_names(), key=lambda name: (-name.count("/"), name)):
        town = " ".join(words_of(zone.rpartition("/")[2].replace("_", " ")))
        if zone.startswith(regions) and len(town) >= _SHORTEST_TOWN:
            found[town] = zone
    return found
