"""How much work the odds of a group of ten over a season are, counted rather than timed."""

import sys
from typing import Any

import pytest

from flows.odds.chances import odds_for
from flows.odds.figures import round_figures
from flows.party import Party
from flows.routes.evaluate import evaluate
from tests.bench.odds import DAY, parties
from tests.flows.odds.known import FACTS

MOST_CALLS = 450_000
"""Some fifty milliseconds; the largest of these groups takes half of it."""


@pytest.mark.parametrize(("name", "party"), list(parties()), ids=[name for name, _ in parties()])
def test_ten_people_are_no_more_work_than_was_promised(name: str, party: Party) -> None:
    answer, figures, calls = evaluate(party, FACTS), round_figures(FACTS, (), DAY), 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    odds_for(party, answer, figures, DAY)
    sys.setprofile(count)
    try:
        odds = odds_for(party, answer, figures, DAY)
    finally:
        sys.setprofile(None)
    assert len(odds.rounds) > 30
    assert odds.together is not None
    assert odds.together.season is not None
    assert 10_000 < calls < MOST_CALLS, name
