"""Conditions put together: every pair of intervals a day either side of meeting, with and without an act that mends it."""

from datetime import date, timedelta
from itertools import product

import pytest

from flows.answer import Status
from flows.routes.condition import Condition
from flows.routes.windows import combine
from tests.routes.parties import FACTS, TODAY

RULE = FACTS.partner_permit.rule_on(TODAY)
DAY = timedelta(days=1)


def late(code: str, opens: date, act: bool) -> Condition:
    """Not yet true, true by waiting from ``opens`` on; ``act`` can bring it forward."""
    return Condition(code, False, RULE, {}, from_=opens, act=act)


def early(code: str, closes: date, act: bool) -> Condition:
    """True now, until ``closes``; ``act`` can prolong it."""
    return Condition(code, True, RULE, {}, until=closes, act=act)


@pytest.mark.parametrize("gap", [-400, -1, 0])
@pytest.mark.parametrize(("late_act", "early_act"), list(product([False, True], repeat=2)))
def test_intervals_that_meet_open_on_their_first_common_day(gap: int, late_act: bool, early_act: bool) -> None:
    closes = TODAY + timedelta(days=500)
    opens = closes + gap * DAY
    outcome = combine([late("first", opens, late_act), early("second", closes, early_act)])
    assert outcome.status is Status.LATER
    assert (outcome.from_, outcome.last_day, outcome.missed) == (opens, closes, None)
    assert [need.code for need in outcome.needs] == ["first"]


@pytest.mark.parametrize("gap", [1, 2, 400])
def test_intervals_that_miss_each_other_are_a_no_that_names_both(gap: int) -> None:
    closes = TODAY + timedelta(days=500)
    outcome = combine([late("first", closes + gap * DAY, False), early("second", closes, False)])
    assert outcome.status is Status.NO
    assert outcome.missed is not None
    assert [condition.code for condition in outcome.missed] == ["first", "second"]


@pytest.mark.parametrize("gap", [1, 2, 400])
def test_an_act_that_brings_the_late_one_forward_is_due_by_the_last_day(gap: int) -> None:
    closes = TODAY + timedelta(days=500)
    outcome = combine([late("first", closes + gap * DAY, True), early("second", closes, False)])
    assert outcome.status is Status.LATER
    assert outcome.from_ is None
    assert [(need.code, need.from_, need.by) for need in outcome.needs] == [("first", None, closes)]
    assert outcome.missed is not None


@pytest.mark.parametrize("gap", [1, 2, 400])
def test_an_act_that_prolongs_the_early_one_is_needed_too(gap: int) -> None:
    closes = TODAY + timedelta(days=500)
    outcome = combine([late("first", closes + gap * DAY, False), early("second", closes, True)])
    assert outcome.status is Status.LATER
    assert [need.code for need in outcome.needs] == ["first", "second"]
    assert outcome.last_day is None, "the old last day no longer counts"


def test_two_late_ones_wait_for_the_later() -> None:
    first, second = TODAY + 10 * DAY, TODAY + 20 * DAY
    outcome = combine([late("first", first, False), late("second", second, False)])
    assert (outcome.status, outcome.from_) == (Status.LATER, second)


def test_the_earliest_end_is_the_last_day() -> None:
    first, second = TODAY + 10 * DAY, TODAY + 20 * DAY
    outcome = combine([early("first", second, False), early("second", first, False)])
    assert (outcome.status, outcome.last_day) == (Status.YES, first)


def test_precedence() -> None:
    never = Condition("never", False, RULE, {}, never=True)
    unknown = Condition("unknown", None, RULE, {}, question="stage")
    unmet = Condition("unmet", False, RULE, {}, act=True)
    met = Condition("met", True, RULE, {})
    assert combine([met, unmet, unknown, never]).status is Status.NO
    assert combine([met, unmet, unknown]).status is Status.UNKNOWN
    assert [need.question for need in combine([met, unmet, unknown]).needs] == ["stage"]
    assert combine([met, unmet]).status is Status.LATER
    assert combine([met]).status is Status.YES


def test_windows_that_can_never_meet_are_a_no_before_anything_is_asked() -> None:
    closes = TODAY + timedelta(days=5)
    conditions = [late("first", closes + DAY, False), early("second", closes, False), Condition("x", None, RULE, {})]
    assert combine(conditions).status is Status.NO
