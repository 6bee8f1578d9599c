"""The odds of parties: whose chances are told, from what, and that they agree with drawing by lot."""

import json
import random
from collections.abc import Sequence
from datetime import date, timedelta
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answer import SeasonState
from flows.odds.as_json import odds_json
from flows.odds.chances import chance_within
from flows.odds.draw import Draw
from flows.odds.odds import Odds, Range
from flows.odds.round import PoolFigures
from flows.odds.table import Table, lay_table
from flows.party import Job, JobState, Person, Relationship, RelationshipKind, Stage
from tests.flows.odds.known import (
    COOP,
    LABELS,
    SATURDAY,
    WH,
    YP,
    figures,
    holiday_maker,
    odds_of,
    person,
    pool,
    real_odds,
    states,
)

OPEN = SeasonState(2026, "open", date(2025, 12, 19), date(2025, 12, 19), "announced")
SMALL = figures(
    states(pool("IE"), (40, 42, 41, 44), (9, 12, 8)),
    states(pool("FR"), (30, 25, 28, 30), (6, 3, 5)),
    states(pool("FR", YP), (20, 18, 22, 20), (4, 4, 5)),
    states(pool("DE"), (25, 26, 24, 25), (10, 9, 11)),
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


# What is not known is not told


def test_without_figures_of_a_pool_no_number_is_made_up() -> None:
    odds = odds_of(SMALL, holiday_maker("p1", "JP"), holiday_maker("p2", "IE"))
    alone, other = odds.people
    assert alone.missing == "no_figures"
    assert [alone.next_round, alone.season, alone.past_round, alone.by_round] == [None, None, None, ()]
    assert other.season is not None
    assert odds.together is not None
    assert odds.together.missing == {"p1": "no_figures"}
    assert odds.together.season is None


@pytest.mark.parametrize(
    ("someone", "missing"),
    [
        (holiday_maker("p1", "IE", stage=Stage.INVITED), "already_invited"),
        (holiday_maker("p1", "US"), "no_pool"),
        (holiday_maker("p1", "CH"), "needs_act"),
        (holiday_maker("p1", "IE", participations=None), "unanswered"),
        (holiday_maker("p1", "IE", born=date(1980, 1, 1)), "no_pool"),
    ],
    ids=["invited", "no agreement", "an offer is needed", "stays not answered", "too old"],
)
def test_why_somebody_has_no_odds(someone: Person, missing: str) -> None:
    assert odds_of(SMALL, someone).people[0].missing == missing


def test_figures_of_weeks_ago_do_not_speak_of_the_coming_rounds() -> None:
    fresh = odds_of(SMALL, holiday_maker("p1", "IE"), on=SATURDAY + timedelta(days=13))
    stale = odds_of(SMALL, holiday_maker("p1", "IE"), on=SATURDAY + timedelta(days=50))
    assert fresh.people[0].season is not None
    assert stale.people[0].season is None


def test_between_seasons_only_a_past_season_is_told_and_named() -> None:
    odds = real_odds("people: [{id: p1, age: 27, citizenships: [GB], participations: []}]", date(2026, 11, 22))
    (someone,) = odds.people
    assert (odds.season, odds.season_state, odds.newest, odds.rounds) == (2027, "closed", None, ())
    assert someone.next_round is someone.season is None
    past = someone.pools[0].past
    assert past is not None
    assert (past.season, [week.ends for week in past.first]) == (2026, [date(2026, 1, 23), date(2026, 1, 30)])
    assert someone.past_round == someone.pools[0].past_round
    assert someone.past_round is not None
    assert (round(someone.past_round.low, 2), someone.past_round.high) == (0.54, 1.0)


def test_a_whole_past_season_is_told_where_it_is_known() -> None:
    odds = real_odds("people: [{id: p1, age: 27, citizenships: [FR], participations: []}]", date(2026, 11, 22))
    share = odds.people[0].pools[-1].share
    assert share is not None
    assert (share.season, share.share) == (2024, 0.446)


# One person


def test_a_real_summer() -> None:
    """The British pool on 22 August 2026: 24 a week out of more than four thousand."""
    odds = real_odds("people: [{id: p1, age: 27, citizenships: [GB], participations: []}]", date(2026, 8, 22))
    (someone,) = odds.people
    assert odds.newest == date(2026, 8, 21)
    assert odds.rounds[0] == date(2026, 8, 28)
    assert odds.rounds[-1] == date(2026, 10, 16)
    assert someone.next_round is not None
    assert someone.season is not None
    assert 0.005 < someone.next_round.low <= someone.next_round.likely < 0.007
    assert someone.next_round.high < 0.02  # even the week of fifty invitations would be no more
    assert someone.season.low < someone.season.likely < someone.season.high < 0.06
    assert someone.pools[0].label is not None
    assert someone.pools[0].label.name == "very_low"


def test_in_several_pools_one_is_drawn_from_the_first_in_order() -> None:
    someone = odds_of(SMALL, person("p1", "FR")).people[0]
    assert [held.pool.category for held in someone.pools] == [COOP, YP, WH]
    assert someone.by_category is not None
    assert list(someone.by_category) == [YP, WH]  # no figures of the Co-op pool
    assert someone.season is not None
    for end in ("low", "likely", "high"):
        parts = sum(getattr(chance, end) for chance in someone.by_category.values())
        if end == "likely":
            assert parts == pytest.approx(getattr(someone.season, end))
    holiday = odds_of(SMALL, holiday_maker("p1", "FR")).people[0]
    assert holiday.season is not None
    assert someone.season.likely > holiday.season.likely
    assert someone.by_category[WH].likely < holiday.season.likely


def test_of_two_passports_the_better_is_chosen_and_never_both() -> None:
    both = odds_of(SMALL, holiday_maker("p1", "FR", "IE", lives_in="IE")).people[0]
    irish = odds_of(SMALL, holiday_maker("p1", "IE")).people[0]
    assert (both.citizenship, both.compared) == ("IE", True)
    assert both.season == irish.season
    assert [other.pool for other in both.other_pools] == [pool("FR")]


def test_a_passport_without_figures_is_not_compared() -> None:
    both = odds_of(SMALL, holiday_maker("p1", "IE", "JP")).people[0]
    assert (both.citizenship, both.compared) == ("IE", False)


def test_nobody_is_drawn_after_the_last_day_of_their_age() -> None:
    young = odds_of(SMALL, holiday_maker("p1", "IE")).people[0]
    turning = odds_of(SMALL, holiday_maker("p1", "IE", born=date(1990, 3, 28))).people[0]  # 36 on the Saturday
    assert young.by_round[:3] == turning.by_round[:3]
    assert young.by_round[2] == turning.by_round[2]
    assert turning.season == turning.by_round[2]
    assert young.season is not None
    assert turning.season is not None
    assert young.season.likely > turning.season.likely


def test_a_day_less_costs_the_last_round() -> None:
    turning = odds_of(SMALL, holiday_maker("p1", "IE", born=date(1990, 3, 27))).people[0]  # 36 on the Friday itself
    assert turning.season == turning.by_round[1]


def test_the_chance_never_shrinks_from_round_to_round() -> None:
    for someone in odds_of(SMALL, person("p1", "FR"), holiday_maker("p2", "IE")).people:
        for end in ("low", "likely", "high"):
            reached = [getattr(chance, end) for chance in someone.by_round]
            assert reached == sorted(reached)


def test_an_announced_final_round_ends_the_season_of_its_pool() -> None:
    ending = figures(states(pool("IE"), (40, 42), (9,), final_round=date(2026, 3, 16)))
    odds = odds_of(ending, holiday_maker("p1", "IE"))
    assert odds.rounds == (date(2026, 3, 13), date(2026, 3, 20))


# Several people


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


# Waiting for the other one


def test_the_chance_within_a_stretch_of_the_season() -> None:
    someone = odds_of(SMALL, holiday_maker("p1", "IE")).people[0]
    whole = chance_within(pool("IE"), SATURDAY, date(2026, 4, 10), SMALL, OPEN, SATURDAY)
    first = chance_within(pool("IE"), SATURDAY, date(2026, 3, 13), SMALL, OPEN, SATURDAY)
    later = chance_within(pool("IE"), date(2026, 3, 14), date(2026, 4, 10), SMALL, OPEN, SATURDAY)
    assert whole == someone.season
    assert first == someone.next_round
    assert whole is not None
    assert first is not None
    assert later is not None
    assert 1 - whole.likely == pytest.approx((1 - first.likely) * (1 - later.likely))
    assert chance_within(pool("IE"), SATURDAY, date(2027, 4, 10), SMALL, OPEN, SATURDAY) == whole
    assert chance_within(pool("JP"), SATURDAY, date(2026, 4, 10), SMALL, OPEN, SATURDAY) is None


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
