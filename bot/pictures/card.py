"""The whole answer as a document to keep or pass on: given paragraphs on as many pages as they need, as a PDF.

Messengers shrink pictures that are this long until nobody can read them; a document they leave as it is, and every phone
and computer opens and prints it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from matplotlib.backends.backend_pdf import PdfPages

from bot.pictures.orders import CardLine
from bot.pictures.sheet import (
    COLOURS,
    FAINT,
    INK,
    MARGIN,
    WIDTH,
    Sheet,
    line_height,
    loses_letters,
    text_width,
    wrapped,
)
from flows.pictures import Weight

PAGE = 1527
"""The height of a page, in the proportion of A4."""
FOOT_ROOM = 90
NUMBER_SIZE = 13.0
MOST_PAGES = 20
POINT = re.compile(r"(•|\d+\.) ")
"""What a line of a list begins with; the rest of the paragraph stands beside it."""
WEB = re.compile(r"https?://[^\s)]+")


@dataclass(frozen=True, slots=True)
class Style:
    """Size, colour, weight, the room above, and how many lines must still fit on a page for a paragraph to begin there."""

    size: float
    colour: str
    bold: bool
    above: float
    together: int = 1


TITLE = Style(30.0, INK, bold=True, above=30.0, together=4)
LEAD = Style(22.0, INK, bold=True, above=30.0, together=4)
HEADING = Style(21.0, COLOURS[0], bold=True, above=34.0, together=3)
BODY = Style(19.0, INK, bold=False, above=16.0)
NOTE_HEADING = Style(16.0, INK, bold=True, above=22.0, together=3)
NOTE = Style(16.0, FAINT, bold=False, above=10.0)
TIGHT = 5.0
"""The room above a further line of the same paragraph."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line on a page: its text, how far in it stands, what it looks like, how much room is above it, and the web
    address it leads to."""

    text: str
    indent: float
    style: Style
    above: float
    together: int
    address: str | None


def card_file(lines: Sequence[CardLine]) -> bytes | None:
    """The card as a PDF; None without lines, and where it has letters that cannot be drawn here: nobody is to lose their
    name. Of an endless one the first pages are kept."""
    if not lines or any(loses_letters(line.text) for line in lines):
        return None
    out = BytesIO()
    with PdfPages(out, metadata={"Title": lines[0].text, "CreationDate": None}) as document:
        for page in card_pages(lines):
            document.savefig(page.figure)
    return out.getvalue()


def card_pages(lines: Sequence[CardLine]) -> list[Sheet]:
    """The pages, numbered where there are several."""
    placed: list[list[tuple[float, Line]]] = [[]]
    top = float(MARGIN)
    for line in _lines(lines):
        height = line_height(line.style.size)
        above = line.above if placed[-1] else 0.0
        if placed[-1] and top + above + line.together * height > PAGE - FOOT_ROOM:
            if len(placed) == MOST_PAGES:
                break
            placed.append([])
            top, above = float(MARGIN), 0.0
        placed[-1].append((top + above, line))
        top += above + height
    return [
        _page(found, f"{number}/{len(placed)}" if len(placed) > 1 else "") for number, found in enumerate(placed, 1)
    ]


def _lines(lines: Sequence[CardLine]) -> Iterator[Line]:
    """Every paragraph cut into lines that fit the page."""
    for paragraph in lines:
        for place, part in enumerate(paragraph.text.split("\n")):
            style = _style(paragraph, place)
            address = WEB.search(part)
            point = POINT.match(part)
            indent = text_width(point.group(), style.size, bold=style.bold) if point else 0.0
            rest = part[point.end() :] if point else part
            for again, text in enumerate(wrapped(rest, WIDTH - 2 * MARGIN - indent, style.size, bold=style.bold)):
                begins = f"{point.group()}{text}" if point and not again else text
                above = 0.0 if again else style.above if place == 0 else TIGHT
                together = 1 if again else style.together
                yield Line(
                    begins, indent if again else 0.0, style, above, together, address.group() if address else None
                )


def _style(paragraph: CardLine, place: int) -> Style:
    """A paragraph of several lines begins with its heading."""
    begins = place == 0 and "\n" in paragraph.text
    match paragraph.weight:
        case Weight.TITLE:
            return TITLE
        case Weight.HEADING:
            return LEAD
        case Weight.SMALL:
            return NOTE_HEADING if begins else NOTE
        case _:
            return HEADING if begins else BODY


def _page(lines: Sequence[tuple[float, Line]], number: str) -> Sheet:
    sheet = Sheet(PAGE)
    for top, line in lines:
        if line.text:
            style = line.style
            sheet.text(
                line.text,
                MARGIN + line.indent,
                top,
                WIDTH,
                style.size,
                style.colour,
                bold=style.bold,
                address=line.address,
            )
    sheet.text(number, WIDTH - 2 * MARGIN, PAGE - 60, MARGIN, NUMBER_SIZE, FAINT)
    return sheet
