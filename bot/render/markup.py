"""Two ways to write a rendered text down: HTML as Telegram reads it, and plain text for a terminal."""

import html
import re
from collections.abc import Sequence
from typing import Protocol

from flows.words import TAG


class Markup(Protocol):
    """How literals, values, links and folded parts are written."""

    def literal(self, text: str) -> str:
        """A piece of a message of ours: its <b> and <i> are markup."""

    def value(self, text: str) -> str:
        """A text from outside: nothing in it is markup."""

    def link(self, title: str, url: str) -> str:
        """A title (already written in this markup) that leads to a web address."""

    def fold(self, paragraphs: Sequence[str]) -> str:
        """Paragraphs that are shown closed."""


class Html:
    """Telegram's HTML."""

    def literal(self, text: str) -> str:
        """Escaped, but for the two tags that messages may use."""
        pieces = re.split(r"(</?[bi]>)", text)
        return "".join(piece if TAG.fullmatch(piece) else html.escape(piece, quote=False) for piece in pieces)

    def value(self, text: str) -> str:
        """Escaped whole."""
        return html.escape(text, quote=False)

    def link(self, title: str, url: str) -> str:
        """An anchor; the address is escaped for its quotes."""
        return f'<a href="{html.escape(url)}">{title}</a>'

    def fold(self, paragraphs: Sequence[str]) -> str:
        """One quote that opens on a tap."""
        return f"<blockquote expandable>{chr(10).join(paragraphs)}</blockquote>"


class Plain:
    """Text without markup."""

    def literal(self, text: str) -> str:
        """The text without its tags."""
        return TAG.sub("", text)

    def value(self, text: str) -> str:
        """As it is."""
        return text

    def link(self, title: str, url: str) -> str:
        """The title and the address after it."""
        return f"{title} ({url})"

    def fold(self, paragraphs: Sequence[str]) -> str:
        """Each line set off by a bar."""
        return "\n".join(f"| {line}" for paragraph in paragraphs for line in paragraph.split("\n"))


class Visible(Plain):
    """What a reader of the HTML sees, for measuring its length: addresses and markup do not count."""

    def link(self, title: str, url: str) -> str:
        """Only the title."""
        return title

    def fold(self, paragraphs: Sequence[str]) -> str:
        """Only the paragraphs."""
        return "\n".join(paragraphs)
