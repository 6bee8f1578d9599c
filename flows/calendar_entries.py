"""The entries of a calendar file: which ones there are now, and which of those given out earlier no longer hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.timeline import Dated, entry_key

MOST_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Gone:
    """An entry of an earlier file that no longer holds: its key, and the days on which it still stands in a calendar."""

    key: str
    first: date
    last: date


def entry_keys(dates: Sequence[Dated]) -> list[str]:
    """A key for each date, unlike any other of them and the same after its day has moved."""
    seen: dict[str, int] = {}
    keys = []
    for dated in dates:
        key = entry_key(dated)
        seen[key] = seen.get(key, 0) + 1
        keys.append(f"{key}|{seen[key]}")
    return keys


def gone_entries(given: Sequence[Mapping[str, Any]], dates: Sequence[Dated], today: date) -> tuple[Gone, ...]:
    """Of the entries ``given`` out earlier, in the form of ``to_remember``, those to come that are no longer among ``dates``.

    One whose day is past stays as it was: it has been.
    """
    now = set(entry_keys(dates))
    found = [Gone(each["key"], _day(each["first"]), _day(each["last"])) for each in given if each["key"] not in now]
    return tuple(entry for entry in found if entry.last >= today)


def to_remember(dates: Sequence[Dated], gone: Sequence[Gone]) -> list[dict[str, str]]:
    """What has been given out once a file with these went out, as plain data; what is gone too, for whoever takes in only
    a later file."""
    kept = [Gone(key, dated.first, dated.last) for key, dated in zip(entry_keys(dates), dates, strict=True)]
    return [
        {"key": entry.key, "first": entry.first.isoformat(), "last": entry.last.isoformat()}
        for entry in (*kept, *gone)[:MOST_REMEMBERED]
    ]


def _day(text: str) -> date:
    return date.fromisoformat(text)
