"""What people send, made safe to keep and show: bounded in size, without characters that hide or reorder others."""

import unicodedata
from dataclasses import replace

from bot.arrival import Arrival

LONGEST_TEXT = 4096  # as long as a message can be
LONGEST_NAME = 64
LONGEST_PRESS = 64  # bytes, as callback data can be
_JOINERS = "\u200c\u200d"  # part of words in some scripts, and of emoji
_FLAG_TAGS = range(0xE0020, 0xE0080)  # spell the flags of England, Scotland and Wales
_HIDDEN = ("Cc", "Cf", "Cs", "Co")


def cleaned(arrival: Arrival) -> Arrival:
    """The arrival with its texts cleaned; everything else unchanged."""
    event = arrival.event
    if event is None:
        return arrival
    clean = replace(
        event,
        text=clean_text(event.text),
        user_name=clean_name(event.user_name),
        name=clean_name(event.name),
        title=clean_name(event.title),
        press=clean_text(event.press) if len(event.press.encode("utf-8", "replace")) <= LONGEST_PRESS else "",
        language=clean_name(event.language)[:16],
    )
    return replace(arrival, event=clean)


def clean_text(text: str) -> str:
    """Lines as they are, without control characters, marks that reorder text, or half characters."""
    if text.isascii() and text.isprintable():
        return text[:LONGEST_TEXT]
    return "".join(char for char in text[: 2 * LONGEST_TEXT] if _shown(char))[:LONGEST_TEXT]


def clean_name(name: str) -> str:
    """A name on one line, cut to a length that fits a line on a phone."""
    return " ".join(clean_text(name).split())[:LONGEST_NAME]


def _shown(char: str) -> bool:
    return char in "\n\t" + _JOINERS or ord(char) in _FLAG_TAGS or unicodedata.category(char) not in _HIDDEN
