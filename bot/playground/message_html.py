"""The bot's formatted text for a page: Telegram's tags only, everything else as the text it is."""

import html
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from markupsafe import Markup

_SAME = {"b", "i", "u", "s", "code", "pre"}
_RENAMED = {"strong": "b", "em": "i", "ins": "u", "strike": "s", "del": "s"}
_FOLDED_PREVIEW = 60  # characters of a folded quote that its closed state shows
_COMMAND = re.compile(r"(?<![\w/])(/[a-z][a-z0-9_]{0,31})(?![\w/])")


def page_html(source: str, *, tappable: bool = False) -> Markup:
    """``source`` (Telegram's HTML) as safe HTML; a folded quote becomes a ``<details>`` that shows how it begins.

    Attributes are dropped but for web addresses, and tags that nobody closed are closed. ``tappable`` makes commands in
    the text buttons of the form around it, as an app lets people tap them.
    """
    writer = _Writer(tappable)
    writer.feed(source)
    writer.close()
    return Markup(writer.finished())  # noqa: S704 - built from escaped text and a fixed set of tags


class _Writer(HTMLParser):
    def __init__(self, tappable: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._tappable = tappable
        self._pieces: list[list[str]] = [[]]
        self._open: list[tuple[str, str]] = []  # the tag as it came, and what closes it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name = _RENAMED.get(tag, tag)
        if name in _SAME:
            self._begin(tag, f"<{name}>", f"</{name}>")
        elif name == "a" and _is_web(attributes.get("href")):
            address = html.escape(attributes["href"] or "")
            self._begin(tag, f'<a href="{address}" target="_blank" rel="noopener noreferrer">', "</a>")
        elif name == "blockquote" and "expandable" in attributes:
            if self._pieces[-1]:
                self._pieces[-1][-1] = self._pieces[-1][-1].rstrip("\n")
            self._open.append((tag, "details"))
            self._pieces.append([])
        elif name == "blockquote":
            self._begin(tag, "<blockquote>", "</blockquote>")
        elif name in ("tg-spoiler", "span"):
            self._begin(tag, '<span class="spoiler" tabindex="0">', "</span>")
        else:
            self._open.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in (opened for opened, _ in self._open):
            while self._open[-1][0] != tag:
                self._end()
            self._end()

    def handle_data(self, data: str) -> None:
        if self._pieces[-1] and self._pieces[-1][-1].endswith("</details>"):
            data = data.lstrip("\n")  # a folded quote has space around it already
        if not self._tappable or any(tag in ("a", "code", "pre") for tag, _ in self._open):
            self._pieces[-1].append(html.escape(data))
            return
        for place, part in enumerate(_COMMAND.split(data)):
            words = html.escape(part)
            self._pieces[-1].append(f'<button name="text" value="{words}">{words}</button>' if place % 2 else words)

    def finished(self) -> str:
        """All that was written."""
        while self._open:
            self._end()
        return "".join(self._pieces[0])

    def _begin(self, tag: str, start: str, end: str) -> None:
        self._pieces[-1].append(start)
        self._open.append((tag, end))

    def _end(self) -> None:
        _, end = self._open.pop()
        if end == "details":
            inside = "".join(self._pieces.pop())
            shown = html.escape(_beginning(inside))
            end = f'<details class="quote"><summary>{shown}</summary><blockquote>{inside}</blockquote></details>'
        self._pieces[-1].append(end)


def _beginning(inside: str) -> str:
    reader = _Reader()
    reader.feed(inside)
    reader.close()
    first = "".join(reader.words).strip().partition("\n")[0]
    return first if len(first) <= _FOLDED_PREVIEW else first[: _FOLDED_PREVIEW - 1].rstrip() + "…"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _is_web(address: str | None) -> bool:
    if not address:
        return False
    try:
        return urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return False
