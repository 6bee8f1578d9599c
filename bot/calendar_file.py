"""A party's dates as a calendar file (iCalendar, RFC 5545) that any calendar can take in, and take in again.

Every entry is a whole day without a time zone, so that it stands on the same day in Tokyo, Paris and Vancouver. Its id
stays the same when the day changes and its sequence number grows, so a second file updates the entries of the first.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from bot.render.render import text_of
from flows.conversation import effect
from flows.conversation.view import Attachment, View, Words
from flows.dates import ONE_DAY
from flows.timeline import Dated, entry_key
from flows.timeline_words import CALENDAR_NAME, Name, basis, checked, note, title
from flows.words import WordBook

MADE_BY = "-//iec-together//dates//EN"
IDS = UUID("5f1c9d3a-3f6e-4a57-9d0b-6c1f0a3e7b21")
"""The space of our ids; changing it would double every entry in people's calendars."""

Write = Callable[[Words], str]
"""How a paragraph becomes plain text in the reader's language."""


def with_calendar(wish: effect.Calendar, party: str, words: WordBook) -> View:
    """The view that was wished for, with its calendar file in the reader's language; ``party`` as in calendar_file."""
    write = partial(text_of, words=words, language=wish.view.language)
    made = calendar_file(wish.dates, party, lambda person: wish.names[person], write, datetime.now(UTC))
    return replace(wish.view, attachment=Attachment("canada-together.ics", "text/calendar", made))


def calendar_file(dates: Sequence[Dated], party: str, name: Name, write: Write, now: datetime) -> bytes:
    """The file for these dates. ``party`` is what tells this party from others, always the same for the same one."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", write(CALENDAR_NAME()))
    seen: dict[str, int] = {}
    for dated in dates:
        key = entry_key(dated)
        seen[key] = seen.get(key, 0) + 1
        calendar.add_component(_event(dated, f"{party}|{key}|{seen[key]}", name, write, now))
    return bytes(calendar.to_ical())


def _event(dated: Dated, key: str, name: Name, write: Write, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(IDS, key)}@iec-together")
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", int(now.timestamp() // 60))
    event.add("summary", write(title(dated, name)))
    source = checked(dated)
    lines = [note(dated, name), basis(dated), *([source] if source else [])]
    event.add("description", "\n".join(write(line) for line in lines))
    event.add("dtstart", dated.first)
    event.add("dtend", dated.last + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    if dated.source:
        event.add("url", dated.source)
    return event
