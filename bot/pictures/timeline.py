"""The party's dates from top to bottom: the day, whose it is, what happens; days that are only usual are dashed."""

from collections.abc import Sequence
from datetime import date

from bot.pictures.reader import Reader
from bot.pictures.sheet import (
    BODY,
    FAINT,
    GRID,
    INK,
    MARGIN,
    SMALL,
    TOGETHER,
    WIDTH,
    Sheet,
    line_height,
    look_of,
    short_name,
    wrapped,
)
from flows.picture_words import MORE, TIMELINE_FOOT, TIMELINE_TITLE
from flows.timeline import Basis, Dated
from flows.timeline_words import title

LINE_AT = MARGIN + 22
TEXT_LEFT = LINE_AT + 52
TEXT_WIDTH = WIDTH - TEXT_LEFT - MARGIN
FIRST_ROW, FOOT = 180, 130
GAP = 42
LONGEST_NAME = 420
TALLEST = 2400
CERTAIN = frozenset({Basis.TOLD, Basis.RULE, Basis.ANNOUNCED})


def timeline_picture(dates: Sequence[Dated], people: Sequence[str], today: date, reader: Reader) -> bytes | None:
    """The picture as PNG; None with fewer than two dates, of which a list says as much. Colours and shapes follow the
    order of ``people``.

    The sheet grows with the dates up to twice a phone's screen; what does not fit is counted, and stands in the caption."""
    if len(dates) < 2:
        return None

    def called(person: str) -> str:
        number = people.index(person) + 1 if person in people else 0
        return short_name(reader.called(person), LONGEST_NAME) or reader.numbered(number)

    rows = [(dated, wrapped(reader.text(title(dated, called)), TEXT_WIDTH, BODY)) for dated in dates]
    kept, bottom = _fitting(rows)
    sheet = Sheet(round(bottom + FOOT))
    sheet.head(reader.text(TIMELINE_TITLE()))
    tops = _tops(kept)
    sheet.line([(LINE_AT, tops[0] + 18), (LINE_AT, tops[-1] + 18)], GRID, 5)
    for top, (dated, lines) in zip(tops, kept, strict=True):
        place = people.index(dated.who[0]) if len(dated.who) == 1 and dated.who[0] in people else None
        sheet.mark(LINE_AT, top + 18, *((INK, TOGETHER) if place is None else look_of(place)), 21)
        sure = dated.basis in CERTAIN
        day = reader.span(dated.first, dated.last)
        below = sheet.text(day if sure else f"≈ {day}", TEXT_LEFT, top, TEXT_WIDTH, SMALL, FAINT, bold=True)
        for line in lines:
            below = sheet.text(line, TEXT_LEFT, below, WIDTH, BODY)
    foot = reader.text(TIMELINE_FOOT(day=today))
    if len(kept) < len(rows):
        foot = f"{reader.text(MORE(count=len(rows) - len(kept)))}. {foot}"
    sheet.foot(foot)
    return sheet.png()


Row = tuple[Dated, list[str]]


def _height(row: Row) -> float:
    return line_height(SMALL) + len(row[1]) * line_height(BODY)


def _fitting(rows: Sequence[Row]) -> tuple[list[Row], float]:
    """The rows that the tallest sheet holds, and where they end."""
    kept: list[Row] = []
    bottom = float(FIRST_ROW)
    for row in rows:
        if kept and bottom + _height(row) + GAP > TALLEST - FOOT:
            break
        kept.append(row)
        bottom += _height(row) + GAP
    return kept, bottom


def _tops(rows: Sequence[Row]) -> list[float]:
    tops = [float(FIRST_ROW)]
    for row in rows[:-1]:
        tops.append(tops[-1] + _height(row) + GAP)
    return tops
