"""The pages that facts rest on: each is cited, stands once, and has an address that can be one."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.check.records import Record

CITING = ("source", "also", "sources")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
RESERVED = (".example", ".invalid", ".test", ".local", ".localhost", "example.com", "example.org", "example.net")


def source_problems(root: Path, found: Sequence[Record]) -> Iterator[str]:
    """Sources that nothing cites, two ids for one page, and addresses that cannot be right."""
    cited = {name for record in found for key in CITING for name in _names(record.data.get(key))}
    first: dict[str, str] = {}
    for record in found:
        if record.file.path.parent != root / "sources" or "url" not in record.data:
            continue
        address = str(record.data["url"])
        if record.name not in cited:
            yield f"{record.where()}: the source {record.name} is cited by no fact; cite it or take it out"
        wrong = _wrong(address)
        if wrong:
            yield f"{record.where('url')}: url {address!r} {wrong}; expected the page's full public address"
        if address in first:
            yield f"{record.where('url')}: this page stands already as {first[address]}; keep one of the two ids"
        first.setdefault(address, record.name)
    yield from _checked_too_early(root, found)


def _checked_too_early(root: Path, found: Sequence[Record]) -> Iterator[str]:
    published = {
        record.name: record.data["published"]
        for record in found
        if record.file.path.parent == root / "sources" and isinstance(record.data.get("published"), date)
    }
    for record in found:
        checked, name = record.data.get("checked_on"), record.data.get("source")
        if isinstance(checked, date) and name in published and checked < published[name]:
            yield (
                f"{record.where('checked_on')}: {record.name}: checked on {checked}, but its source {name} is of "
                f"{published[name]}; correct one of the two days"
            )


def _names(value: Any) -> Iterator[str]:
    for name in value if isinstance(value, list) else [value]:
        if isinstance(name, str):
            yield name


def _wrong(address: str) -> str | None:
    """Why this cannot be the address of a public page; None if it can."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        bare = parts.port is None and parts.username is None
    except ValueError:
        return "cannot be read as an address"
    if parts.scheme not in ("https", "http"):
        return "does not begin with https://"
    if not HOST.fullmatch(host) or host.endswith(RESERVED):
        return f"names no public host (found {host!r})"
    if not bare:
        return "carries a port or a user name"
    if "://" in parts.path or "utm_" in parts.query:
        return "holds a second address or the marks of a tracker"
    if address[-1] in ".,;)":
        return f"ends in {address[-1]!r}"
    return None
