"""The drawn dialogue: everybody is marked where they are, and whatever their names, nothing runs into anything else."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.playground.drawing import ANSWER, WIDTH, drawing
from flows.interview.questions import PATH, QUESTIONS

_QUESTIONS = [question.id for question in QUESTIONS]
_NAMES = st.lists(st.text(min_size=1, max_size=64), max_size=6)
_PLACES = st.dictionaries(st.sampled_from([*_QUESTIONS, ANSWER]), _NAMES, max_size=5)
_WIDEST_LETTER = 8.6  # of the drawing's largest type; letters as wide as two take two of them


@given(_PLACES, _PLACES)
def test_nothing_overlaps_and_nothing_is_outside(answered: dict[str, list[str]], present: dict[str, list[str]]) -> None:
    drawn = drawing(answered, present)
    for upper, lower in pairwise(drawn.boxes):
        assert upper.y + upper.height < lower.y
    for box in drawn.boxes:
        assert box.y >= 0 and box.y + box.height <= drawn.height and 0 <= box.x < box.x + box.width <= WIDTH
        heights = sorted(text.y for text in box.texts if text.kind != "about")
        assert all(lower - upper >= 15 for upper, lower in pairwise(heights))
        for text in box.texts:
            assert box.x < text.x < box.x + box.width and box.y < text.y < box.y + box.height
            if text.kind in ("mark", "note"):
                assert text.x + len(text.words) * _WIDEST_LETTER <= box.x + box.width


@given(_PLACES)
def test_everybody_is_marked_where_they_are_and_only_there(present: dict[str, list[str]]) -> None:
    drawn = drawing({}, present)
    here = {box.texts[0].words: len(box.marks) for box in drawn.boxes if box.marks}
    assert here == {place.replace("_", " "): len(names) for place, names in present.items() if names}
    assert all(box.now == bool(box.marks) for box in drawn.boxes)
    for place, names in present.items():
        assert all(f"{name} is at {place.replace('_', ' ')}" in drawn.told for name in names)


def test_every_question_that_is_asked_is_a_box_and_the_answer_comes_last() -> None:
    names = [box.texts[0].words for box in drawing({}, {}).boxes]
    assert names == [*(question.id.replace("_", " ") for question in PATH), ANSWER]


def test_a_question_asked_for_stands_below_the_line_while_somebody_is_there() -> None:
    drawn = drawing({}, {"children": ["Ana"]})
    assert drawn.boxes[-1].apart and [mark.words for mark in drawn.boxes[-1].marks] == ["▶ Ana"]
