"""The drawn dialogue is the one that runs."""

from bot.commands.diagram import COMMITTED
from flows.interview.diagram import mermaid
from flows.interview.questions import PATH


def test_the_committed_diagram_is_that_of_the_machine() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == mermaid(), "run: python -m bot diagram > bot/dialogue.mmd"


def test_every_question_is_drawn_and_can_be_reached() -> None:
    drawn = mermaid()
    edges = [line.strip().partition(":")[0].split(" --> ") for line in drawn.splitlines() if "-->" in line]
    reached = {"[*]"}
    for _ in edges:
        reached |= {target for source, target in edges if source in reached}
    assert {question.id for question in PATH} <= reached
