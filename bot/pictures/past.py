"""What past rounds did: for every pool a bar a week, from a draw after the week's newcomers to one before them."""

from collections.abc import Sequence

from bot.pictures.reader import Reader
from bot.pictures.sheet import (
    BODY,
    FAINT,
    GRID,
    MARGIN,
    SMALL,
    WIDTH,
    Sheet,
    line_height,
    look_of,
    short_name,
)
from flows.odds.odds import Odds, Range
from flows.odds.round import Pool
from flows.odds.telling import pool_words
from flows.odds.week import Week
from flows.picture_words import PAST_FOOT, PAST_SUBTITLE, PAST_TITLE, PAST_WEEK, past_weeks, short_range

BAR_LEFT, BAR_WIDTH = MARGIN + 42, 560
TOLD_LEFT = BAR_LEFT + BAR_WIDTH + 40
ROW = line_height(SMALL) + 62
NAME_ROOM = line_height(BODY) + 18
TALLEST = 2400


def past_picture(odds: Odds, reader: Reader) -> bytes | None:
    """The picture as PNG; None where no past round is known of any pool of theirs."""
    rows, height = _fitting(past_weeks(odds))
    if not rows:
        return None
    pools = list(dict.fromkeys(pool for pool, _, _ in rows))
    sheet = Sheet(round(height))
    top = sheet.head(reader.text(PAST_TITLE()), reader.text(PAST_SUBTITLE(season=str(odds.season)))) + 40
    for place, pool in enumerate(pools):
        colour, marker = look_of(place)
        sheet.mark(MARGIN + 12, top + line_height(BODY) / 2 - 4, colour, marker)
        name = short_name(reader.text(pool_words(pool)), WIDTH - 2 * MARGIN - 50)
        top = sheet.text(name, MARGIN + 42, top, WIDTH - 2 * MARGIN - 42, BODY, bold=True) + 6
        for _, week, chance in (row for row in rows if row[0] == pool):
            _row(sheet, reader, top, week, chance, colour, marker)
            top += ROW
        top += 12
    sheet.foot(reader.text(PAST_FOOT()))
    return sheet.png()


Row = tuple[Pool, Week, Range]


def _fitting(rows: Sequence[Row]) -> tuple[list[Row], float]:
    """The rows that the tallest sheet holds, and the height they need."""
    kept: list[Row] = []
    height = 430.0
    for row in rows:
        needed = ROW + (0 if kept and kept[-1][0] == row[0] else NAME_ROOM)
        if height + needed > TALLEST:
            break
        kept.append(row)
        height += needed
    return kept, height


def _row(sheet: Sheet, reader: Reader, top: float, week: Week, chance: Range, colour: str, marker: str) -> None:
    """One week: its day, a bar on a scale from nought to a hundred, and the chance beside it."""
    sheet.text(reader.text(PAST_WEEK(day=week.ends)), BAR_LEFT, top, BAR_WIDTH, SMALL, FAINT)
    middle = top + line_height(SMALL) + 16
    sheet.line([(BAR_LEFT, middle), (BAR_LEFT + BAR_WIDTH, middle)], GRID, 6)
    low, high = BAR_LEFT + BAR_WIDTH * chance.low, BAR_LEFT + BAR_WIDTH * chance.high
    sheet.line([(low, middle), (high, middle)], colour, 14)
    sheet.mark(BAR_LEFT + BAR_WIDTH * chance.likely, middle, colour, marker)
    told = short_name(reader.text(short_range(chance)), WIDTH - TOLD_LEFT - 20, SMALL)
    sheet.text(told, TOLD_LEFT, middle - line_height(SMALL) / 2, WIDTH - TOLD_LEFT, SMALL)
