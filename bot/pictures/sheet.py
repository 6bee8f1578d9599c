"""A sheet to draw on: one size, one ground, one set of colours, and text that is measured and wrapped.

The ground is always the sheet's own, so a picture reads the same in a light and a dark messenger. Colours are those of Okabe
and Ito, which colour-blind people can tell apart; nothing is told by colour alone. No global state of matplotlib is
touched, so sheets can be drawn in several threads.
"""

import logging
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.lines import Line2D

# It would tell again and again that a font has no bold letters of its own.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

WIDTH, HEIGHT = 1080, 1350
DPI = 100
MARGIN = 60
GROUND, INK, FAINT, GRID = "#FBFAF6", "#1B1B1F", "#5A5A62", "#D9D6CD"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
TOGETHER = "*"
"""The marker of what concerns several people at once."""
TITLE, BODY, SMALL = 33.0, 23.0, 19.0
"""Sizes in points; on a phone the sheet is shown at about a third of its pixels."""
FAMILY = "DejaVu Sans"
FURTHER_SCRIPTS = (
    "Noto Sans CJK JP", "Noto Sans JP", "Noto Sans KR", "Noto Sans TC", "Droid Sans Fallback", "NanumGothic",
    "IPAexGothic", "WenQuanYi Micro Hei", "Hiragino Sans", "Apple SD Gothic Neo", "Yu Gothic", "Malgun Gothic",
    "Microsoft JhengHei",
)  # fmt: skip
"""Fonts with the letters of East Asia, any of which may be on a machine; the library brings none."""
LEFT_TO_RIGHT = "\u200e"
LEADING = 1.32
ASCENT = 1.0
"""From the top of a line to the line that letters stand on, in sizes: the same with and without accents."""


class Sheet:
    """A sheet of ``WIDTH`` by ``height`` pixels. Places are pixels from the left and from the top."""

    def __init__(self, height: int = HEIGHT) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=GROUND)
        self._canvas = FigureCanvasAgg(self.figure)

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes in this rectangle, without frame."""
        axes = self.figure.add_axes(
            (left / WIDTH, 1 - (top + height) / self.height, width / WIDTH, height / self.height), facecolor=GROUND
        )
        axes.spines[:].set_visible(False)
        return axes

    def head(self, title: str, subtitle: str = "") -> float:
        """Write the picture's title, and smaller below it what it shows; the place below."""
        top = self.text(title, MARGIN, 55, WIDTH - 2 * MARGIN, TITLE, bold=True)
        return self.text(subtitle, MARGIN, top + 12, WIDTH - 2 * MARGIN, SMALL, FAINT) if subtitle else top

    def foot(self, words: str) -> None:
        """Write what is to be known of the whole picture at its lower edge; two lines at most."""
        self.text(words, MARGIN, self.height - 100, WIDTH - 2 * MARGIN, SMALL, FAINT)

    def text(
        self,
        words: str,
        left: float,
        top: float,
        width: float,
        size: float = BODY,
        colour: str = INK,
        *,
        bold: bool = False,
        address: str | None = None,
    ) -> float:
        """Write ``words``, wrapped to ``width``; the place below the last line. In a document they lead to ``address``."""
        for line in wrapped(words, width, size, bold=bold):
            self.figure.text(
                left / WIDTH,
                1 - (top + ASCENT * size * DPI / 72) / self.height,
                _from_the_left(line),
                fontproperties=_font(size, bold=bold),
                color=colour,
                va="baseline",
                parse_math=False,
                url=address,
            )
            top += line_height(size)
        return top

    def line(self, points: Sequence[tuple[float, float]], colour: str = GRID, width: float = 2.0) -> None:
        """A line through these places."""
        self._draw(points, color=colour, linewidth=width, solid_capstyle="butt")

    def mark(self, left: float, top: float, colour: str, shape: str, size: float = 17.0) -> None:
        """A marker, centred at this place."""
        size *= 1.5 if shape == TOGETHER else 1.0  # a star fills less of its square
        self._draw(
            [(left, top)], color=colour, marker=shape, markersize=size, markeredgecolor=GROUND, markeredgewidth=2.0
        )

    def png(self) -> bytes:
        """The sheet as a PNG file."""
        out = BytesIO()
        self.figure.savefig(out, format="png", dpi=DPI, facecolor=GROUND)
        return out.getvalue()

    def _draw(self, points: Sequence[tuple[float, float]], **style: Any) -> None:
        xs = [x / WIDTH for x, _ in points]
        ys = [1 - y / self.height for _, y in points]
        self.figure.add_artist(Line2D(xs, ys, transform=self.figure.transFigure, **style))


def look_of(place: int) -> tuple[str, str]:
    """The colour and the marker of the person at this place; no two of the first forty look the same."""
    return COLOURS[place % len(COLOURS)], MARKERS[place % len(MARKERS)]


def line_height(size: float) -> float:
    """The height of one line in pixels."""
    return size * DPI / 72 * LEADING


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in pixels."""
    font = get_font(_files(bold))
    font.set_size(size, DPI)
    font.set_text(words, 0.0)
    width, _ = font.get_width_height()
    return float(width) / 64


def wrapped(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """``words`` cut into lines no wider than ``width``; a single word that is too wide is cut too."""
    lines: list[str] = []
    for paragraph in drawable(words).split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if text_width(longer, size, bold=bold) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            *full, line = _cut(line, width, size, bold=bold)
            lines += full
        lines.append(line)
    return lines


def _cut(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """One word in pieces no wider than ``width``; at least one letter each."""

    def width_of(letters: int) -> float:
        return text_width(word[:letters], size, bold=bold)

    pieces = []
    while width_of(len(word)) > width and len(word) > 1:
        fitting = max(1, bisect_right(range(1, len(word)), width, key=width_of))
        pieces.append(word[:fitting])
        word = word[fitting:]
    return [*pieces, word]


def drawable(words: str) -> str:
    """``words`` without what no font here can draw: emoji, scripts it has no letters for, and signs without a shape."""
    known = _letters()
    plain = unicodedata.normalize("NFC", words)
    kept = "".join(c for c in plain if c == "\n" or (c.isspace() and c != "\r") or (ord(c) in known and _has_shape(c)))
    return "\n".join(" ".join(line.split()) for line in kept.split("\n"))


def loses_letters(words: str) -> bool:
    """Whether ``words`` have letters that no font here can draw."""
    known = _letters()
    return any(c.isalpha() and ord(c) not in known for c in unicodedata.normalize("NFC", words))


def _has_shape(sign: str) -> bool:
    """Not for signs that only tell how others are to be joined or shown; Persian cannot do without one of them."""
    return (unicodedata.category(sign) != "Cf" and not "\ufe00" <= sign <= "\ufe0f") or sign == "\u200c"


def _from_the_left(line: str) -> str:
    """A line in a language written from the left stays so where it begins with a name written from the right."""
    right = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in line)
    return f"{LEFT_TO_RIGHT}{line}" if right else line


def short_name(name: str, width: float, size: float = BODY, *, bold: bool = False) -> str:
    """A name as it fits into ``width``; empty where no font here can draw any of it."""
    plain = " ".join(drawable(name).split())
    if text_width(plain, size, bold=bold) <= width:
        return plain
    while len(plain) > 1 and text_width(plain + "…", size, bold=bold) > width:
        plain = plain[:-1].rstrip()
    return plain + "…"


def _font(size: float, *, bold: bool = False) -> FontProperties:
    return FontProperties(family=_families(), weight="bold" if bold else "normal", size=size)


@cache
def _families() -> list[str]:
    """The font that comes with the library, and of those for further scripts what is installed here."""
    installed = {entry.name for entry in fontManager.ttflist}
    return [FAMILY, *(family for family in FURTHER_SCRIPTS if family in installed)]


@cache
def _files(bold: bool) -> list[str]:
    weight = "bold" if bold else "normal"
    return [findfont(FontProperties(family=family, weight=weight)) for family in _families()]


@cache
def _letters() -> frozenset[int]:
    """All signs that one of the fonts has."""
    return frozenset(sign for file in _files(False) for sign in get_font(file).get_charmap())
