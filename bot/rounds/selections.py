"""Reads IRCC's weekly file of all pools (``selections.xml``): figures of every pool, and what could not be read.

The file is not to be trusted: it is size-limited and parsed without entities, its words for "no number" are known, and a
file that no longer looks like itself is refused as a whole rather than half understood. Traps of the real file: numbers
with and without commas, spaces written as entities inside CDATA, country codes that are not the ISO code, an entry that is
no country, special lines nested inside a pool, the final round in a tag called ``second``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from flows.facts.rounds import FeedCodes
from flows.odds.round import Pool
from flows.party import Category

LARGEST_FILE = 2_000_000
"""Bytes; the real file has about thirty thousand."""
LARGEST_NUMBER = 1_000_000
FUTURE = timedelta(days=7)
"""How far ahead of today a file may be dated before it is not believed."""
LEAST_READABLE = 0.5
"""The share of entries that must be understood for the file to be taken for what it was."""

CATEGORIES = {
    "wh": Category.WORKING_HOLIDAY,
    "yp": Category.YOUNG_PROFESSIONALS,
    "coop": Category.INTERNATIONAL_COOP,
}
UNLIMITED = "unlimited"
NO_NUMBER = frozenset({"", "to be announced", "not applicable", "n/a", "-"})
CLOSED = "not accepting applicants"


class UnreadableFile(Exception):
    """The file is not the weekly file as known; the message says what was expected and what was found."""


@dataclass(frozen=True, slots=True)
class PublishedPool:
    """One line of the file: the figures of one pool, or of a special line ``within`` it. None where none is given."""

    pool: Pool
    within: str
    quota: int | None
    unlimited: bool
    invited: int | None
    candidates: int | None
    spots: int | None
    label: int | None
    accepting: bool
    first_round: date | None
    final_round: date | None


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One week's file. ``remarks`` name what was left out and why, for whoever runs the bot."""

    data_of: date
    pools: tuple[PublishedPool, ...]
    remarks: tuple[str, ...]


def read_selections(raw: bytes, codes: FeedCodes, today: date) -> PublishedFile:
    """The figures in the file; UnreadableFile where it is not the file as known."""
    root = _root(raw)
    data_of = _data_of(root, today)
    remarks: list[str] = []
    pools: list[PublishedPool] = []
    entries = [entry for entry in root if entry.tag == "country"]
    unread = 0
    for entry in entries:
        if (entry.get("code") or "").strip().lower() in codes.not_countries:
            continue
        before = len(remarks)
        found = list(_pools(entry, codes, remarks))
        pools += found
        unread += not found or len(remarks) > before
    if not pools or unread > len(entries) * (1 - LEAST_READABLE):
        raise UnreadableFile(
            f"the format has changed: {unread} of {len(entries)} pools cannot be read. Expected entries such as "
            f'<country category="wh" code="fr"><quota>7,000</quota>...</country>; found '
            f"{remarks[0] if remarks else 'no such entry'}"
        )
    doubles = {(pool.pool, pool.within) for pool in pools}
    if len(doubles) < len(pools):
        raise UnreadableFile(
            "the format has changed: the same pool stands twice in the file, with no way to tell which"
        )
    return PublishedFile(data_of, tuple(pools), tuple(remarks))


def _root(raw: bytes) -> Element:
    if len(raw) > LARGEST_FILE:
        raise UnreadableFile(f"the file has more than {LARGEST_FILE:,} bytes; the real one has about 30,000")
    try:
        root: Element = fromstring(raw, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise UnreadableFile(
            "the file declares a document type or entities, which the real one never does and which can be used to "
            "do harm; it was not read further"
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        shown = raw[:40].decode("utf-8", "replace").strip()
        raise UnreadableFile(f"not complete XML ({error}); it begins with {shown!r}. Fetch it again") from None
    if root.tag != "temp":
        raise UnreadableFile(f"the format has changed: expected the root element <temp>, found <{root.tag[:40]}>")
    return root


def _data_of(root: Element, today: date) -> date:
    text = _text(root, "chancesdate")
    found = _day(text)
    if found is None:
        raise UnreadableFile(
            f"the format has changed: expected the day of the figures in <chancesdate>, such as July 17, 2026; "
            f"found {text[:60]!r}"
        )
    if found > today + FUTURE:
        raise UnreadableFile(f"the figures are dated {found}, which lies ahead of today, {today}")
    return found


def _pools(entry: Element, codes: FeedCodes, remarks: list[str]) -> Iterator[PublishedPool]:
    code = (entry.get("code") or "").strip().lower()
    category = CATEGORIES.get((entry.get("category") or "").strip().lower())
    if category is None or not re.fullmatch("[a-z]{2}", code):
        remarks.append(f"an entry with the code {code[:20]!r} and category {(entry.get('category') or '')[:20]!r}")
        return
    pool = Pool(codes.codes.get(code, code.upper()), category)
    yield _figures(entry, pool, "", remarks)
    for line in entry.findall("sub"):
        yield _figures(line, pool, (line.get("txt") or "unnamed").strip()[:200], remarks)


def _figures(entry: Element, pool: Pool, within: str, remarks: list[str]) -> PublishedPool:
    def number(tag: str) -> int | None:
        text = _text(entry, tag)
        found = _number(text)
        if found is None and text.lower() not in NO_NUMBER | {UNLIMITED, CLOSED}:
            remarks.append(f"{pool.id}{f' ({within})' if within else ''}: {tag} is {text[:40]!r}, which is no number")
        return found

    label = number("chances")
    return PublishedPool(
        pool=pool,
        within=within,
        quota=number("quota"),
        unlimited=UNLIMITED in (_text(entry, "quota").lower(), _text(entry, "spots").lower()),
        invited=number("invitations"),
        candidates=number("candidates"),
        spots=number("spots"),
        label=label if label is not None and 1 <= label <= 5 else None,
        accepting=_text(entry, "candidates").lower() != CLOSED,
        first_round=_day(_text(entry, "first")),
        final_round=_day(_text(entry, "second")),
    )


def _text(entry: Element, tag: str) -> str:
    """The text of a child with its entities and odd spaces made plain; empty if there is no such child."""
    return " ".join(unescape(entry.findtext(tag) or "").split())


def _number(text: str) -> int | None:
    if not re.fullmatch(r"\d{1,3}(,\d{3})*|\d{1,7}", text, re.ASCII):
        return None
    found = int(text.replace(",", ""))
    return found if found <= LARGEST_NUMBER else None


def _day(text: str) -> date | None:
    """A day such as "July 17, 2026", also in "Week of January 9, 2023"."""
    found = re.search(r"([A-Z][a-z]+) (\d{1,2}), ?(\d{4})", text)
    if found is None:
        return None
    try:
        return datetime.strptime(" ".join(found.groups()), "%B %d %Y").date()
    except ValueError:
        return None
