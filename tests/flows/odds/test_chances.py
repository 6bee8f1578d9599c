"""The odds of parties: whose chances are told, from what, and that they agree with drawing by lot."""

from datetime import date, timedelta

import pytest

from flows.odds.chances import chance_within
from flows.party import Person, Stage
from tests.flows.odds.known import (
    COOP,
    OPEN,
    SATURDAY,
    SMALL,
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
    long = figures(states(pool("IE"), (40, 42, 41), (9, 12)), closes=date(2026, 10, 16))
    fresh = odds_of(long, holiday_maker("p1", "IE"), on=date(2026, 3, 6) + timedelta(days=45))
    stale = odds_of(long, holiday_maker("p1", "IE"), on=date(2026, 3, 6) + timedelta(days=46))
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


def test_the_next_round_is_that_of_each_ones_own_pool() -> None:
    """On the Friday itself one pool's new figures are out and the other's are not: their next rounds are a week apart."""
    friday = date(2026, 3, 6)
    irish, german = states(pool("IE"), (40, 42), (9,), friday - timedelta(weeks=1)), states(pool("DE"), (25, 26), (10,))
    apart = odds_of(figures(irish, german), holiday_maker("p1", "IE"), holiday_maker("p2", "DE"), on=friday)
    alone = odds_of(figures(german), holiday_maker("p2", "DE"), on=friday)
    assert apart.rounds[:2] == (friday, friday + timedelta(weeks=1))
    assert alone.rounds[0] == friday + timedelta(weeks=1)
    assert apart.people[1].next_round == alone.people[0].next_round
    assert apart.people[1].next_round is not None
    assert apart.people[1].next_round.low > 0
    assert apart.people[1].by_round[0].high == 0, "in the first week only the other pool is drawn from"


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
