"""The odds of several people together: for couples and groups up to ten they agree with a season drawn by lot."""

import json
import random
from collections.abc import Sequence
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.odds.as_json import odds_json
from flows.odds.draw import Draw
from flows.odds.odds import Odds, Range
from flows.odds.round import PoolFigures
from flows.odds.table import Table, lay_table
from flows.party import Job, JobState, Person, Relationship, RelationshipKind, Stage
from tests.flows.odds.known import (
    LABELS,
    OPEN,
    SATURDAY,
    SMALL,
    figures,
    holiday_maker,
    odds_of,
    person,
    pool,
    states,
)


def ranges(odds: Odds) -> list[Range]:
    """Every chance in the odds."""
    found = []
    for someone in odds.people:
        found += [someone.next_round, someone.season, someone.past_round, *someone.by_round]
        found += list((someone.by_category or {}).values())
        for one in (*someone.pools, *someone.other_pools):
            found += [one.next_round, one.season, one.past_round]
    for together in ([odds.together] if odds.together else []) + [pair.together for pair in odds.pairs]:
        found += together.everyone_by_round
        for chances in (together.next_round, together.season, together.past_round):
            if chances:
                found += [chances.everyone, chances.nobody, chances.at_least_one, chances.exactly_one]
    found += [gap.both for pair in odds.pairs for gap in pair.gaps]
    return [each for each in found if each is not None]


def tied(one: str, other: str, kind: RelationshipKind = RelationshipKind.MARRIED) -> Relationship:
    return Relationship((one, other), kind)


def test_everyone_of_a_couple_is_both_and_whoever_is_invited_is_not_waited_for() -> None:
    odds = odds_of(SMALL, holiday_maker("p1", "IE"), holiday_maker("p2", "IE", stage=Stage.APPROVED))
    assert odds.together is not None
    assert odds.together.already == ("p2",)
    assert odds.together.season is not None
    assert odds.together.season.everyone == odds.person("p1").season
    assert odds.pairs[0].gaps == ()


def test_couples_inside_a_group_are_told_apart() -> None:
    people = [holiday_maker(f"p{n}", code) for n, code in enumerate(("IE", "FR", "DE", "IE"))]
    odds = odds_of(SMALL, *people, ties=[tied("p0", "p1"), tied("p2", "p3", RelationshipKind.FRIENDS)])
    assert [pair.together.people for pair in odds.pairs] == [("p0", "p1")]
    assert odds.together is not None
    assert len(odds.together.people) == 4


def test_exactly_one_of_two_in_different_pools_spans_every_mixture_of_ways() -> None:
    odds = odds_of(SMALL, holiday_maker("p1", "IE"), holiday_maker("p2", "DE"))
    assert odds.together is not None
    assert odds.together.season is not None
    one, other = (someone.season for someone in odds.people)
    assert one is not None
    assert other is not None
    told = odds.together.season.exactly_one
    for a in (one.low, one.likely, one.high):
        for b in (other.low, other.likely, other.high):
            assert told.low - 1e-9 <= a * (1 - b) + b * (1 - a) <= told.high + 1e-9


def table_of(*people: Person) -> tuple[Table, Odds]:
    held = {one.pool for someone in odds_of(SMALL, *people).people for one in someone.pools}
    return lay_table(dict.fromkeys(held, len(people)), SMALL, OPEN, SATURDAY), odds_of(SMALL, *people)


def simulated(
    draws: dict[object, Sequence[Draw | None]], waiting: list[set[object]], rng: random.Random
) -> list[int | None]:
    """One season drawn by lot, slip by slip; the round of each person's invitation."""
    when: list[int | None] = [None] * len(waiting)
    for index in range(len(next(iter(draws.values())))):
        for pool_of, rounds in draws.items():
            draw = rounds[index]
            if draw is None or draw.size is None:
                continue
            inside = [place for place, pools in enumerate(waiting) if when[place] is None and pool_of in pools]
            whole = int(draw.invited)
            for slip in rng.sample(range(draw.size), whole + (rng.random() < draw.invited - whole)):
                if slip < len(inside):
                    when[inside[slip]] = index
    return when


GROUPS = {
    "a couple in one pool": [holiday_maker("p1", "IE"), holiday_maker("p2", "IE")],
    "a couple in two pools": [holiday_maker("p1", "IE"), holiday_maker("p2", "DE")],
    "one of a couple in two categories": [person("p1", "FR"), holiday_maker("p2", "FR")],
    "ten friends in one pool": [holiday_maker(f"p{n}", "IE") for n in range(10)],
    "ten friends in four pools": [
        *(holiday_maker(f"p{n}", "IE") for n in range(4)),
        *(holiday_maker(f"p{n}", "DE") for n in range(4, 7)),
        *(person(f"p{n}", "FR", student=False) for n in range(7, 10)),
    ],
}


@pytest.mark.parametrize("name", GROUPS)
def test_agreement_with_a_season_drawn_by_lot(name: str) -> None:
    people, times, rng = GROUPS[name], 6000, random.Random(name)
    table, odds = table_of(*people)
    assert odds.together is not None
    together = odds.together
    waiting = [{held.pool for held in someone.pools if held.pool in table.forecasts} for someone in odds.people]
    seasons = [simulated(dict(table.season[1]), waiting, rng) for _ in range(times)]
    drawn = [sum(when is not None for when in season) for season in seasons]

    def agree(chance: float, seen: float) -> None:
        assert abs(chance - seen) <= 5 * sqrt(max(chance * (1 - chance), 1 / times) / times), (chance, seen)

    assert together.season is not None
    agree(together.season.everyone.likely, sum(count == len(people) for count in drawn) / times)
    agree(together.season.nobody.likely, sum(count == 0 for count in drawn) / times)
    agree(together.season.at_least_one.likely, sum(count > 0 for count in drawn) / times)
    agree(together.season.exactly_one.likely, sum(count == 1 for count in drawn) / times)
    spread = 5 * len(people) / 2 / sqrt(times)
    assert together.season.expected.likely == pytest.approx(sum(drawn) / times, abs=spread)
    for index, chance in enumerate(together.everyone_by_round):
        seen = sum(all(when is not None and when <= index for when in season) for season in seasons)
        agree(chance.likely, seen / times)
    for place, someone in enumerate(odds.people):
        assert someone.season is not None
        agree(someone.season.likely, sum(season[place] is not None for season in seasons) / times)
    for pair in odds.pairs:
        for gap in pair.gaps:
            seen = sum(
                season[0] is not None and season[1] is not None and abs(season[0] - season[1]) <= gap.weeks
                for season in seasons
            )
            agree(gap.both.likely, seen / times)


def test_the_day_by_which_all_are_likely_invited() -> None:
    odds = odds_of(SMALL, holiday_maker("p1", "DE"), holiday_maker("p2", "DE"))
    assert odds.together is not None
    day = odds.together.all_likely_by
    reached = dict(zip(odds.rounds, odds.together.everyone_by_round, strict=True))
    assert day is not None
    assert reached[day].likely >= 0.5
    assert all(chance.likely < 0.5 for friday, chance in reached.items() if friday < day)


# Whatever the figures

SERIES = st.lists(
    st.tuples(st.integers(0, 3000), st.integers(0, 800), st.none() | st.integers(0, 2000)), min_size=1, max_size=7
)


def series(code: str, weeks: list[tuple[int, int, int | None]], label: int | None) -> tuple[PoolFigures, ...]:
    plain = states(pool(code), [week[0] for week in weeks], [week[1] for week in weeks[1:]], label=label)
    return tuple(
        PoolFigures(
            state.pool, state.data_of, 2026, state.source, invited=state.invited, candidates=state.candidates,
            spots=week[2], label=state.label,
        )
        for state, week in zip(plain, weeks, strict=True)
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(SERIES, SERIES, st.none() | st.sampled_from(list(LABELS)))
def test_chances_of_any_figures_are_chances(irish, german, label) -> None:  # type: ignore[no-untyped-def]
    known = figures(series("IE", irish, label), series("DE", german, None))
    odds = odds_of(known, holiday_maker("p1", "IE"), holiday_maker("p2", "DE"), holiday_maker("p3", "IE", "DE"))
    for found in ranges(odds):
        assert -1e-9 <= found.low <= found.likely <= found.high <= 1 + 1e-9
    for together in [odds.together, *(pair.together for pair in odds.pairs)]:
        if together is not None and together.season is not None:
            season = together.season
            assert season.at_least_one.likely == pytest.approx(1 - season.nobody.likely)
            assert season.everyone.likely <= season.at_least_one.likely + 1e-9
            alone = [someone.season for someone in odds.people if someone.season is not None]
            assert season.everyone.likely <= min(chance.likely for chance in alone) + 1e-9
            assert season.expected.likely == pytest.approx(sum(chance.likely for chance in alone))
    json.dumps(odds_json(odds), allow_nan=False)


@settings(max_examples=40, deadline=None)
@given(st.integers(100, 3000), st.integers(1, 90), st.integers(0, 500))
def test_more_invitations_never_hurt_and_more_candidates_never_help(candidates: int, invited: int, more: int) -> None:
    def likely(waiting: int, drawn: int) -> float:
        known = figures(states(pool("IE"), (waiting, waiting, waiting), (drawn, drawn)))
        season = odds_of(known, holiday_maker("p1", "IE")).people[0].season
        assert season is not None
        return season.likely

    assert likely(candidates, invited) <= likely(candidates, invited + more) + 1e-9
    assert likely(candidates + more, invited) <= likely(candidates, invited) + 1e-9


def test_the_json_says_what_the_odds_say() -> None:
    odds = odds_of(SMALL, person("p1", "FR"), holiday_maker("p2", "IE", job=Job(JobState.NONE)))
    told = odds_json(odds)
    assert [someone["id"] for someone in told["people"]] == ["p1", "p2"]
    season = odds.people[1].season
    assert season is not None
    assert told["people"][1]["season"]["likely"] == pytest.approx(season.likely, abs=1e-6)
    assert told["together"]["season"]["everyone"]["low"] <= told["together"]["season"]["everyone"]["high"]
    assert [step["round"] for step in told["together"]["everyone_by_round"]] == told["rounds"]
    assert told["figures_of"] == "2026-03-06"
    assert json.loads(json.dumps(told)) == told
