"""The dialogue drawn: a line of questions from top to bottom, sidings for those that only some are asked, people on it.

What stands where is computed here; ``templates/drawing.svg`` only writes it down. All lengths are in pixels, as on a
phone: the drawing is as wide as the narrowest page.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.interview.diagram import stops
from flows.interview.questions import QUESTIONS, Question

WIDTH = 366
_LINE_X, _SIDING_X, _RIGHT = 24.0, 62.0, 362.0
_NAME_HEIGHT, _NOTE_HEIGHT, _MARK_HEIGHT, _PAD, _GAP = 20, 17, 24, 6, 14
_MOST_COLUMNS = 32  # of a mark's text; letters as wide as two count as two
ANSWER = "the answer"


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text in a box: ``y`` is its baseline; ``kind`` is name, about, note or mark."""

    kind: str
    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Box:
    """One question (or the answer). ``siding`` lies beside the line, ``apart`` off it; ``passed``: somebody answered it."""

    x: float
    y: float
    height: float
    texts: tuple[Text, ...]
    siding: bool = False
    apart: bool = False
    always: bool = True
    passed: bool = False
    now: bool = False

    @property
    def width(self) -> float:
        """All boxes end at the same edge."""
        return _RIGHT - self.x

    @property
    def marks(self) -> tuple[Text, ...]:
        """Who is here."""
        return tuple(text for text in self.texts if text.kind == "mark")


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it: ``ways`` are the paths of lines, each with an arrow at its end; ``told`` is the same in a sentence."""

    height: float
    boxes: tuple[Box, ...]
    ways: tuple[str, ...]
    told: str


def drawing(answered: Mapping[str, Sequence[str]], present: Mapping[str, Sequence[str]]) -> Drawing:
    """The dialogue with people on it.

    ``answered`` names by question who has answered it, ``present`` by question (or ANSWER) who is there now. Questions
    that are only answered where somebody asks for them are shown below the line while somebody is there.
    """
    boxes: list[Box] = []
    below = float(_PAD)
    for stop in stops():
        boxes.append(_box(below, stop.question, stop.only_if, answered, present))
        below += boxes[-1].height + _GAP
    end = _answer_box(below, present.get(ANSWER, ()))
    boxes.append(end)
    below += end.height + _GAP
    ways = _ways(boxes)
    for question in QUESTIONS:
        if question.extra and present.get(question.id):
            boxes.append(_box(below, question, None, answered, present))
            below += boxes[-1].height + _GAP
    return Drawing(below - _GAP + _PAD, tuple(boxes), ways, _told(present))


def _box(
    y: float,
    question: Question,
    only_if: str | None,
    answered: Mapping[str, Sequence[str]],
    present: Mapping[str, Sequence[str]],
) -> Box:
    x = _SIDING_X if only_if is not None or question.extra else _PAD
    notes = [f"if {only_if}"] if only_if is not None else ["only where somebody adds it"] if question.extra else []
    done = answered.get(question.id, ())
    if done:
        notes.append(_shortened(f"✓ {', '.join(done)}"))
    here = present.get(question.id, ())
    texts, height = _texts(x, y, question.id.replace("_", " "), str(question.about), notes, here)
    return Box(
        x,
        y,
        height,
        texts,
        siding=only_if is not None,
        apart=question.extra,
        always=question.basic,
        passed=bool(done),
        now=bool(here),
    )


def _answer_box(y: float, here: Sequence[str]) -> Box:
    texts, height = _texts(_PAD, y, ANSWER, "", [], here)
    return Box(_PAD, y, height, texts, now=bool(here))


def _texts(
    x: float, y: float, name: str, about: str, notes: Sequence[str], here: Sequence[str]
) -> tuple[tuple[Text, ...], float]:
    inner = x + 2 * _PAD + (_LINE_X - _PAD if x < _LINE_X else 0)
    lower = y + _PAD + _NAME_HEIGHT
    texts = [Text("name", inner, lower - 5, name)]
    if about:
        texts.append(Text("about", _RIGHT - 2 * _PAD, lower - 5, about))
    for note in notes:
        lower += _NOTE_HEIGHT
        texts.append(Text("note", inner, lower - 4, note))
    for mark in here:
        lower += _MARK_HEIGHT
        texts.append(Text("mark", inner, lower - 7, _shortened(f"▶ {mark}")))
    return tuple(texts), lower + _PAD - y


def _ways(boxes: Sequence[Box]) -> tuple[str, ...]:
    """From each box on the line down to the next one, and over each siding and back."""
    ways = []
    main = [box for box in boxes if not box.siding]
    for upper, lower in pairwise(main):
        ways.append(f"M{_LINE_X} {upper.y + upper.height}V{lower.y}")
        for box in boxes:
            if box.siding and upper.y < box.y < lower.y:
                middle, half = box.y + box.height / 2, _GAP / 2
                ways.append(f"M{_LINE_X} {box.y - half}C{_LINE_X} {middle - 4} 40 {middle - 6} {box.x} {middle - 6}")
                leaves, joins = middle + 6, box.y + box.height + half
                ways.append(f"M{box.x} {leaves}C40 {leaves} {_LINE_X} {leaves - 2} {_LINE_X} {joins}")
    return tuple(ways)


def _told(present: Mapping[str, Sequence[str]]) -> str:
    where = [f"{mark} is at {place.replace('_', ' ')}" for place, marks in present.items() for mark in marks]
    return "; ".join(where) + "." if where else "Nobody is in it yet."


def _shortened(text: str) -> str:
    """Cut to what fits into the narrowest box, as Chinese or Japanese letters are twice as wide."""
    columns = 0
    for place, sign in enumerate(text):
        columns += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if columns > _MOST_COLUMNS:
            return text[: max(place - 1, 1)].rstrip() + "…"
    return text
