"""A party's dates as a calendar file (iCalendar, RFC 5545) that any calendar can take in, and take in again.

Every entry is a whole day without a time zone, so that it stands on the same day in Tokyo, Paris and Vancouver. Its id
stays the same when the day changes and its sequence number grows, so a second file updates the entries of the first; those
that no longer hold are cancelled in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from bot.render.render import text_of
from flows.calendar_entries import Gone, entry_keys
from flows.conversation import effect
from flows.conversation.view import Attachment, View, Words
from flows.dates import ONE_DAY
from flows.timeline import Dated
from flows.timeline_words import CALENDAR_NAME, GONE_NOTE, GONE_TITLE, Name, basis, checked, note, title
from flows.words import WordBook

MADE_BY = "-//iec-together//dates//EN"
IDS = UUID("5f1c9d3a-3f6e-4a57-9d0b-6c1f0a3e7b21")
"""The space of our ids; changing it would double every entry in people's calendars."""

COUNTED_FROM = datetime(2025, 1, 1, tzinfo=UTC)
"""Sequence numbers are the seconds since then: they grow with every file and stay in their range for sixty years."""

Write = Callable[[Words], str]
"""How a paragraph becomes plain text in the reader's language."""


def with_calendar(wish: effect.Calendar, party: str, words: WordBook) -> View:
    """The view that was wished for, with its calendar file in the reader's language; ``party`` as in calendar_file."""
    write = partial(text_of, words=words, language=wish.view.language)
    made = calendar_file(wish.dates, party, lambda person: wish.names[person], write, datetime.now(UTC), wish.gone)
    return replace(wish.view, attachment=Attachment("canada-together.ics", "text/calendar", made))


def calendar_file(
    dates: Sequence[Dated], party: str, name: Name, write: Write, now: datetime, gone: Sequence[Gone] = ()
) -> bytes:
    """The file for these dates. ``party`` is what tells this party from others, always the same for the same one; ``gone``
    are entries of earlier files, which are cancelled."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", write(CALENDAR_NAME()))
    for key, dated in zip(entry_keys(dates), dates, strict=True):
        event = _event(f"{party}|{key}", dated.first, dated.last, now)
        event.add("summary", write(title(dated, name)))
        source = checked(dated)
        lines = [note(dated, name), basis(dated), *([source] if source else [])]
        event.add("description", "\n".join(write(line) for line in lines))
        event.add("status", "CONFIRMED")
        if dated.source:
            event.add("url", dated.source)
        calendar.add_component(event)
    for entry in gone:
        event = _event(f"{party}|{entry.key}", entry.first, entry.last, now)
        # Calendars that pass over the status still say what is the matter.
        event.add("summary", write(GONE_TITLE()))
        event.add("description", write(GONE_NOTE()))
        event.add("status", "CANCELLED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(key: str, first: date, last: date, now: datetime) -> Event:
    """An entry for these whole days, with its id and the number by which a later one takes its place."""
    event = Event()
    event.add("uid", f"{uuid5(IDS, key)}@iec-together")
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", int((now - COUNTED_FROM).total_seconds()))
    event.add("dtstart", first)
    event.add("dtend", last + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    return event
