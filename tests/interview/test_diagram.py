"""The committed diagram is the one that the machine draws, and the line with sidings leads along the same ways."""

from itertools import takewhile

from bot.commands.diagram import COMMITTED
from flows.interview.diagram import edges, mermaid, stops
from flows.interview.machine import END, FIRST


def test_the_committed_diagram_is_that_of_the_machine() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == mermaid(), "run: python -m bot diagram > bot/dialogue.mmd"


def test_the_line_with_sidings_has_the_ways_of_the_machine_and_no_others() -> None:
    line = stops()
    drawn = {}
    for place, stop in enumerate(line):
        later = line[place + 1 :]
        sidings = list(takewhile(lambda each: each.only_if is not None, later))
        for each in sidings:
            drawn[stop.question.id, each.question.id] = each.only_if
        beyond = later[len(sidings)].question.id if len(sidings) < len(later) else END
        drawn[stop.question.id, beyond] = None
    ways = {pair: " / ".join(rules) or None for pair, rules in edges().items() if pair[0] != pair[1]}
    assert drawn == ways
    assert line[0].question.id == FIRST
