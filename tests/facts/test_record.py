"""Versions by date: exactly one is in force on a day, and it changes on the day that the facts name."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from flows.dates import ONE_DAY
from flows.facts.record import Confidence, Fact, PlacedError, check_versions, version_on

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
CHECKED = date(2041, 2, 12)


def fact(**given: object) -> Fact:
    return Fact.model_validate({"source": "page", "checked_on": CHECKED, **given})


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """One to five versions that join, the first with a known start or without, the last open or ended."""
    starts = sorted(draw(st.sets(DAYS, min_size=1, max_size=5)))
    ends: list[date | None] = [start - ONE_DAY for start in starts[1:]]
    ends.append(starts[-1] + timedelta(days=draw(st.integers(0, 400))) if draw(st.booleans()) else None)
    first_known = draw(st.booleans())
    return [
        fact(effective_to=end, **{"effective_from" if place or first_known else "current_as_of": start})
        for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


@given(histories(), DAYS)
def test_the_version_of_a_day_is_the_one_whose_days_hold_it(versions: list[Fact], day: date) -> None:
    check_versions(versions)
    holding = [
        version
        for version in versions
        if (version.effective_from or date.min) <= day <= (version.effective_to or date.max)
    ]
    assert len(holding) <= 1
    assert version_on(versions, day) is (holding[0] if holding else None)


@given(histories())
def test_changes_happen_exactly_on_the_first_day(versions: list[Fact]) -> None:
    for earlier, later in pairwise(versions):
        assert later.effective_from is not None
        assert version_on(versions, later.effective_from) is later
        assert version_on(versions, later.effective_from - ONE_DAY) is earlier


@given(histories())
def test_an_unknown_start_reaches_back_and_a_known_one_does_not(versions: list[Fact]) -> None:
    start = versions[0].effective_from
    long_ago = version_on(versions, date(1990, 1, 1))
    assert long_ago is (versions[0] if start is None else None)


@given(histories(), st.integers(1, 4), st.sampled_from([-1, 1]))
def test_a_start_moved_by_a_day_is_found(versions: list[Fact], place: int, days: int) -> None:
    if place >= len(versions):
        return
    moved = versions[place].effective_from + timedelta(days=days)  # type: ignore[operator]
    try:
        wrong = fact(effective_from=moved, effective_to=versions[place].effective_to)
    except ValidationError:
        return  # it would end before it starts, which is refused as well
    with pytest.raises(PlacedError, match="gap" if days > 0 else "overlap") as caught:
        check_versions([*versions[:place], wrong, *versions[place + 1 :]])
    assert caught.value.inside == ("versions", place)


@given(DAYS, DAYS)
def test_a_fact_never_ends_before_it_starts(start: date, end: date) -> None:
    if end >= start:
        assert fact(effective_from=start, effective_to=end).effective_to == end
    else:
        with pytest.raises(ValidationError, match="before the start"):
            fact(effective_from=start, effective_to=end)


@given(DAYS, DAYS)
def test_nobody_saw_a_fact_before_looking(seen: date, checked: date) -> None:
    if seen <= checked:
        assert fact(current_as_of=seen, checked_on=checked).current_as_of == seen
    else:
        with pytest.raises(ValidationError, match="after checked_on"):
            fact(current_as_of=seen, checked_on=checked)


@given(st.integers(1, 3000), st.sampled_from(Confidence))
def test_confidence_falls_by_itself_on_the_day_after_the_review_day(days: int, confidence: Confidence) -> None:
    order = [Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH]
    checked = fact(effective_from=CHECKED, review_after_days=days, confidence=confidence)
    assert checked.confidence_on(CHECKED + timedelta(days=days)) is confidence
    lowered = checked.confidence_on(CHECKED + timedelta(days=days + 1))
    assert order.index(lowered) == max(0, order.index(confidence) - 1)
