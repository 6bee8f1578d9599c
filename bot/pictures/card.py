"""The whole answer as one picture to keep or pass on: given lines, drawn one below the other, as tall as they need."""

from collections.abc import Sequence

from bot.pictures.orders import CardLine
from bot.pictures.sheet import BODY, COLOURS, FAINT, INK, MARGIN, SMALL, TITLE, WIDTH, Sheet, line_height, wrapped
from flows.pictures import Weight

FOOT_ROOM = 60
TALLEST = 8000
"""Telegram takes pictures whose sides add up to 10,000 pixels at most."""


STYLE = {
    Weight.TITLE: (TITLE, INK, True, 34.0),
    Weight.HEADING: (BODY + 2, COLOURS[0], True, 34.0),
    Weight.BODY: (BODY, INK, False, 16.0),
    Weight.SMALL: (SMALL, FAINT, False, 12.0),
}
"""Size, colour, bold, and the room above, by weight."""


def card_file(lines: Sequence[CardLine]) -> bytes | None:
    """The card as PNG; None without lines. What a picture cannot hold is left off at the end, with an ellipsis."""
    if not lines:
        return None
    width = WIDTH - 2 * MARGIN
    placed: list[tuple[float, str, Weight]] = []
    top = float(MARGIN)
    for line in lines:
        size, _, bold, above = STYLE[line.weight]
        top += above if placed else 0
        for written in wrapped(line.text, width, size, bold=bold):
            if top + 2 * line_height(size) + FOOT_ROOM > TALLEST:
                placed.append((top, "…", line.weight))
                return _draw(placed, TALLEST)
            placed.append((top, written, line.weight))
            top += line_height(size)
    return _draw(placed, round(top + FOOT_ROOM))


def _draw(placed: Sequence[tuple[float, str, Weight]], height: int) -> bytes:
    sheet = Sheet(height)
    for top, written, weight in placed:
        size, colour, bold, _ = STYLE[weight]
        if written:
            sheet.text(written, MARGIN, top, WIDTH, size, colour, bold=bold)
    return sheet.png()
