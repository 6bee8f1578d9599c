"""How coming rounds are taken from past ones: spread, places running out, labels, tiny pools."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.odds.scenario import Course, course_of
from flows.odds.week import Week
from tests.flows.odds.known import LABELS


def week(invited: int, before: int | None, after: int | None, ago: int = 0) -> Week:
    return Week(date(2026, 3, 6) - timedelta(weeks=ago), invited, before, after)


def chances(course: Course | None) -> list[list[float]]:
    assert course is not None
    return [[draw.chance for draw in way] for way in (course.low, course.likely, course.high)]


def test_without_a_round_or_a_label_nothing_is_said() -> None:
    assert course_of([], 500, None, 0.64, None, 10) is None


def test_one_steady_round_gives_the_spread_of_when_it_was_drawn() -> None:
    low, likely, high = chances(course_of([week(100, 400, 400)], 400, None, 0.64, None, 4))
    assert low == likely == pytest.approx([0.2] * 4)  # after the week's hundred newcomers: 100 of 500
    assert high == pytest.approx([0.25] * 4)  # before them: 100 of 400


def test_the_first_round_spans_all_recent_ones_and_later_ones_their_halves() -> None:
    weeks = [week(invited, 1000, 1000) for invited in (0, 100, 200, 300)]
    low, likely, high = chances(course_of(weeks, 1000, None, 0.64, None, 3))
    assert low[0] == 0.0
    seen = [0, 100 / 1100, 200 / 1200, 300 / 1300]
    assert likely[0] == pytest.approx(sum(seen) / 4)
    assert high[0] == pytest.approx(0.3)
    assert 0 < low[1] < likely[1] < high[1]


def test_invitations_do_not_go_beyond_the_places_left() -> None:
    weeks = [week(100, 5000, 5000)]
    free = course_of(weeks, 5000, None, 0.64, None, 30)
    short = course_of(weeks, 5000, 640, 0.64, None, 30)
    assert free is not None
    assert short is not None
    assert sum(draw.invited for draw in free.likely) == pytest.approx(3000)
    assert sum(draw.invited for draw in short.likely) == pytest.approx(1000, rel=0.001)
    assert sum(draw.invited for draw in short.low) == pytest.approx(640, rel=0.001)
    assert sum(draw.invited for draw in short.high) == pytest.approx(3000)  # a quota may yet be raised
    steps = [draw.invited for draw in short.likely]
    assert steps == sorted(steps, reverse=True)


def test_no_place_left_still_leaves_a_usual_round() -> None:
    """In February 2023 France had no place left and invited 3,125 people the same week."""
    course = course_of([week(100, 500, 500)], 500, 0, 0.64, None, 10)
    assert course is not None
    assert sum(draw.invited for draw in course.likely) == pytest.approx(100, rel=0.001)
    assert course.low[0].chance > 0


def test_a_pool_that_everybody_is_drawn_from_is_not_promised_to_all() -> None:
    low, likely, high = chances(course_of([week(300, 250, 100)], 100, None, 0.64, None, 3))
    assert max(low + likely) <= 0.75 + 1e-9  # the share that was seen
    assert high[0] == 1.0


def test_the_range_reaches_the_label_but_not_beyond_its_near_end() -> None:
    weeks = [week(100, 400, 400)]
    plain = chances(course_of(weeks, 400, None, 0.64, None, 1))
    hopeful = chances(course_of(weeks, 400, None, 0.64, LABELS[2], 1))
    gloomy = chances(course_of(weeks, 400, None, 0.64, LABELS[5], 1))
    assert hopeful[0] == plain[0]
    assert hopeful[2] == [pytest.approx(0.60)]
    assert gloomy[2] == plain[2]
    assert gloomy[0] == [pytest.approx(0.19)]


def test_where_nobody_was_there_the_label_speaks_for_the_next_round_alone() -> None:
    low, likely, high = chances(course_of([week(0, 0, 0)], 0, None, 0.64, LABELS[1], 3))
    assert low == pytest.approx([0.80, 0.0, 0.0])
    assert likely == pytest.approx([0.80] * 3)
    assert high == pytest.approx([0.99] * 3)


def test_a_pool_of_one_or_two_is_not_rounded_away() -> None:
    low, _, high = chances(course_of([week(2, 1, 1), week(1, 1, 0)], 0, None, 0.64, None, 2, members=2))
    assert 0 < low[0] <= high[0] <= 1


WEEKS = st.lists(
    st.builds(
        Week,
        st.just(date(2026, 3, 6)),
        st.integers(0, 3000),
        st.none() | st.integers(0, 9000),
        st.none() | st.integers(0, 9000),
    ),
    max_size=8,
)


@given(
    WEEKS,
    st.integers(0, 9000),
    st.none() | st.integers(0, 5000),
    st.none() | st.sampled_from(list(LABELS.values())),
    st.integers(0, 40),
    st.integers(1, 10),
)
def test_any_figures_give_draws_that_can_be_drawn(weeks, candidates, spots, label, rounds, members) -> None:  # type: ignore[no-untyped-def]
    course = course_of(weeks, candidates, spots, 0.64, label, rounds, members)
    if course is None:
        return
    for way in (course.low, course.likely, course.high):
        assert len(way) == rounds
        for draw in way:
            assert 0 <= draw.chance <= 1
            assert draw.size is None or draw.size >= members
            assert 0 <= draw.none_of(members) <= draw.none_of(1) <= 1
