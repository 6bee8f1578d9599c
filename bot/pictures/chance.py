"""The chance to have been invited, round by round: a line for each person, one for all together, with their spread."""

from collections.abc import Sequence

from bot.pictures.past import past_picture
from bot.pictures.reader import Reader
from bot.pictures.sheet import (
    BODY,
    FAINT,
    GRID,
    GROUND,
    INK,
    SMALL,
    TOGETHER,
    WIDTH,
    Sheet,
    drawable,
    line_height,
    look_of,
    short_name,
)
from flows.odds.odds import Odds
from flows.picture_words import (
    CHANCE_FOOT,
    CHANCE_SUBTITLE,
    CHANCE_TITLE,
    Curve,
    curve_name,
    curves,
    short_range,
)

PLOT_LEFT, PLOT_WIDTH = 150, 555
BARS_WIDTH = 120
"""Room inside the plot, at its right, for the bars that show where each line may end."""
SHORTEST_BAR, ROOM_FOR_MARKER = 12, 20
LABEL_LEFT = 738
LABEL_WIDTH = WIDTH - LABEL_LEFT - 30
TOPS = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0)
"""Where the scale may end: the first that holds everything."""
ROOM_ABOVE = 1.02


def chance_picture(odds: Odds, reader: Reader) -> bytes | None:
    """The picture as PNG; that of past rounds where the running season has no figures; None where there are none at all."""
    drawn = curves(odds)
    if not drawn or odds.newest is None:
        return past_picture(odds, reader)
    sheet = Sheet()
    subtitle = reader.text(CHANCE_SUBTITLE(season=str(odds.season), day=odds.newest))
    plot = _Plot(sheet, odds, reader, drawn, sheet.head(reader.text(CHANCE_TITLE()), subtitle) + 45)
    for curve, look in plot.curves:
        plot.draw(curve, *look)
    plot.bars()
    plot.labels()
    sheet.foot(reader.text(CHANCE_FOOT()))
    return sheet.png()


class _Plot:
    """The lines of the picture with their scale; best ends first."""

    def __init__(self, sheet: Sheet, odds: Odds, reader: Reader, drawn: Sequence[Curve], top: float) -> None:
        self.sheet, self.reader, self.top = sheet, reader, top
        self.people = [person.id for person in odds.people]
        self.height = sheet.height - top - 210
        looks = [look_of(place) if curve.people else (INK, TOGETHER) for place, curve in enumerate(drawn)]
        self.curves = sorted(zip(drawn, looks, strict=True), key=lambda one: -one[0].chances[-1].likely)
        highest = max(chance.high for curve in drawn for chance in curve.chances)
        self.limit = next((end for end in TOPS if highest <= end), 1.0)
        self.axes = sheet.axes(PLOT_LEFT, top, PLOT_WIDTH, self.height)
        self._scale(odds)

    def _scale(self, odds: Odds) -> None:
        self.axes.set_ylim(0, self.limit * ROOM_ABOVE)
        steps = [self.limit * part / 4 for part in range(5)]
        digits = 1 if self.limit <= 0.1 else 0
        self.axes.set_yticks(steps, [f"{100 * step:.{digits}f}%" for step in steps], fontsize=SMALL, color=FAINT)
        self.axes.grid(axis="y", color=GRID, linewidth=2)
        self.axes.tick_params(length=0, pad=10)
        last = len(odds.rounds) - 1
        places = sorted({0, round(last / 2), last})
        days = [self.reader.short_day(odds.rounds[place]) for place in places]
        self.axes.set_xticks(places, days, fontsize=SMALL, color=FAINT)
        bars = max(1, last) * BARS_WIDTH / (PLOT_WIDTH - BARS_WIDTH)
        self.axes.set_xlim(-0.02 * max(1, last), last + bars)

    def place_of(self, chance: float) -> float:
        """The height on the sheet at which a chance stands."""
        return self.top + self.height * (1 - chance / self.limit / ROOM_ABOVE)

    def draw(self, curve: Curve, colour: str, marker: str) -> None:
        """One line with some of its markers."""
        likely = [chance.likely for chance in curve.chances]
        self.axes.plot(
            range(len(likely)),
            likely,
            color=colour,
            linewidth=5,
            linestyle="-" if curve.people else (0, (3, 1)),
            marker=marker,
            markersize=15 if curve.people else 23,
            markevery=max(1, len(likely) // 6),
            markeredgecolor=GROUND,
            markeredgewidth=1.5,
            clip_on=False,
        )

    def bars(self) -> None:
        """Beside the end of the lines a bar each, from the lean to the rich end."""
        step = BARS_WIDTH / (len(self.curves) + 1)
        for place, (curve, (colour, marker)) in enumerate(self.curves):
            left = PLOT_LEFT + PLOT_WIDTH - BARS_WIDTH + 14 + step * (place + 0.5)
            end = curve.chances[-1]
            low, high = self.place_of(end.low), self.place_of(end.high)
            if low - high > SHORTEST_BAR:
                self.sheet.line([(left, low), (left, high)], colour, min(11.0, step * 0.5))
            if step > ROOM_FOR_MARKER:
                self.sheet.mark(left, self.place_of(end.likely), colour, marker, min(17.0, step * 0.7))

    def labels(self) -> None:
        """A label for each line, as near to its end as the others let it, in the order of the ends."""
        step = min(line_height(BODY) + line_height(SMALL) + 22, (self.height + 40) / len(self.curves))
        places: list[float] = []
        for curve, _ in self.curves:
            wished = self.place_of(curve.chances[-1].likely) - step / 2
            places.append(max(wished, places[-1] + step) if places else max(wished, self.top - 25))
        over = max(0.0, places[-1] + step - (self.top + self.height + 15))
        for index, (place, (curve, look)) in enumerate(zip(places, self.curves, strict=True)):
            self._label(max(place - over, self.top - 25 + index * step), curve, *look)

    def _called(self, person: str) -> str:
        name = self.reader.called(person)
        return name if drawable(name) else self.reader.numbered(self.people.index(person) + 1)

    def _label(self, top: float, curve: Curve, colour: str, marker: str) -> None:
        self.sheet.mark(LABEL_LEFT, top + line_height(BODY) / 2 - 4, colour, marker)
        name = curve_name(curve, self._called)
        called = name if isinstance(name, str) else self.reader.text(name)
        left, width = LABEL_LEFT + 26, LABEL_WIDTH - 26
        self.sheet.text(short_name(called, width, BODY, bold=True), left, top, WIDTH, BODY, bold=True)
        told = short_name(self.reader.text(short_range(curve.chances[-1])), width, SMALL)
        self.sheet.text(told, left, top + line_height(BODY) - 2, WIDTH, SMALL)
