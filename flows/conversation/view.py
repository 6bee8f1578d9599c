"""What the conversation shows: data (message keys, values, choices), never text. Each face renders it in its own way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Slot(StrEnum):
    """Where a view goes in its chat."""

    CARD = "card"  # the chat's one living message: edited if it is still there, else sent anew
    MESSAGE = "message"  # a message of its own
    NOTICE = "notice"  # the short answer to a button press (200 characters); a message where there was no press
    BOARD = "board"  # the group's board: edited, merged with later edits
    OFFERS = "offers"  # what the user may put into another chat, in answer to their asking for it there
    IN_PLACE = "in_place"  # takes the place of the message whose button was pressed


@dataclass(frozen=True, slots=True)
class Words:
    """One paragraph: the key of a message in ``content/<language>/`` and the values for its placeholders.

    Values are plain data: text, numbers, dates (rendered in the reader's language), ``Country``, ``Period``, ``Month``, ``Link``,
    ``Lines``, lists of any of these ("a, b and c"), or further ``Words``. ``folded`` paragraphs are shown closed where
    the face can.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Country:
    """A country to be named in the reader's language; ISO 3166 alpha-2."""

    code: str


@dataclass(frozen=True, slots=True)
class Month:
    """The month of a day, without the day: November 2026."""

    day: date


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, said in one go (11 to 19 December 2026)."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Lines:
    """Values to be shown one below the other, each on a line of its own."""

    lines: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A web address under a title."""

    title: Any
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. ``id`` comes back in the press event (at most 64 bytes); ``url`` makes it a link instead.
    ``start`` makes it a deep link into the private chat with this payload."""

    id: str
    label: Words
    url: str | None = None
    start: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send along: its name, media type and bytes. ``drawing`` is what to draw where the bytes are still to be
    made, as late as the message goes out."""

    name: str
    media_type: str
    data: bytes
    drawing: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the user may put into another chat: what they see of it when they choose, and the message."""

    id: str
    title: Words
    about: Words
    words: tuple[Words, ...]
    choices: tuple[tuple[Choice, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """One thing to show in ``chat``.

    ``only_for`` hides it from the others of a group where the face can: as a message of its own in answer to a press, or
    as the card in place of such a message whose button was pressed. In every other case it goes to their private chat.
    """

    chat: int
    slot: Slot
    words: tuple[Words, ...]
    choices: tuple[tuple[Choice, ...], ...] = ()
    attachment: Attachment | None = None
    only_for: int | None = None
    language: str = "en"
    offers: tuple[Offer, ...] = ()
