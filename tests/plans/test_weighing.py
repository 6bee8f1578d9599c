"""Once somebody was drawn: nobody is left without something to do, days are never past, a wait is never promised."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.odds.chances import chance_within
from flows.odds.figures import round_figures
from flows.odds.round import Pool
from flows.party import Category, Job, JobState, Party, Person, Relationship, RelationshipKind, Stage
from flows.plans.holding import holding_of, holdings_of
from flows.plans.moves import IN_HAND, MoveCode, moves_of
from flows.plans.weighing import Verdict, weigh
from flows.routes.evaluate import evaluate
from tests.routes.parties import FACTS, couples
from tests.routes.test_properties import many

OVER = {MoveCode.ANSWER_LAPSED, MoveCode.SUBMIT_LAPSED, MoveCode.AWAIT_OVERDUE, MoveCode.LETTER_LAPSED}
FRENCH = Pool("FR", Category.WORKING_HOLIDAY)
FIGURES_OF = date(2026, 3, 2)  # in a season whose rounds are on record


def drawn(stage: Stage, days_ago: int, party: Party) -> Party:
    """The party with its first person drawn so many days ago, as far as ``stage``."""
    day = party.as_of - timedelta(days_ago)
    first = replace(
        party.people[0], stage=stage, invited_on=day, permit=None,
        applied_on=day if stage is Stage.APPLIED else None,
        letter_valid_until=day + timedelta(365) if stage is Stage.APPROVED else None,
    )  # fmt: skip
    return replace(party, people=(first, party.people[1]))


@many
@given(couples(), st.sampled_from(sorted(IN_HAND)), st.integers(0, 400))
def test_everybody_has_something_to_do_and_no_day_to_come_is_past(party: Party, stage: Stage, days_ago: int) -> None:
    party = drawn(stage, days_ago, party)
    answer = evaluate(party, FACTS)
    moves = moves_of(party, answer, FACTS)
    assert {move.who for move in moves} == {person.id for person in party.people}
    for move in moves:
        assert move.by is None or (move.by < party.as_of) == (move.code in OVER), move
    figures = round_figures(FACTS, (), party.as_of)
    for weighing in weigh(party, answer, figures, FACTS):
        holding = weighing.holding
        ended = {move.who for move in moves if move.code in OVER - {MoveCode.AWAIT_OVERDUE}}
        assert weighing.who not in ended, "what is over is not weighed"
        assert not (weighing.never_again and weighing.verdict is Verdict.LETTER_TOO_EARLY)
        assert weighing.open == (party.person(weighing.who).stage is Stage.INVITED)
        if holding is None:
            continue
        assert holding.until is None or holding.until >= party.as_of
        if holding.drawn_by is not None:
            assert holding.until is not None
            assert party.as_of < holding.drawn_by < holding.until
        assert holding.chance is None or holding.past_round is None, "one basis or the other, named as such"
        if weighing.verdict in (Verdict.ACCEPT_AND_HOLD, Verdict.ACCEPT_BOTH_WAYS):
            assert holding.pool is not None
        if weighing.verdict in (Verdict.ACCEPT_AND_BE_FOLLOWED, Verdict.ACCEPT_BOTH_WAYS):
            assert weighing.follows is not None


@many
@given(couples(), st.sampled_from(sorted(IN_HAND)), st.integers(0, 400))
def test_every_plan_of_holding_a_letter_says_how_long(party: Party, stage: Stage, days_ago: int) -> None:
    party = drawn(stage, days_ago, party)
    answer = evaluate(party, FACTS)
    holdings = holdings_of(party, answer, round_figures(FACTS, (), party.as_of), FACTS)
    plans = [plan for plan in answer.plans if plan.id.startswith("hold_letter:")]
    assert [f"hold_letter:{found.leader}:{found.waiting}" for found in holdings] == [plan.id for plan in plans]
    for found in holdings:
        assert found.pool is not None or party.person(found.waiting).citizenships is None


def irish_and_french(as_of: date, invited_on: date) -> Party:
    none = {"participations": (), "student": False, "job": Job(JobState.NONE)}
    return Party(
        as_of,
        (
            Person(
                "p1", born=date(1996, 4, 2), citizenships=("IE",), stage=Stage.INVITED, invited_on=invited_on, **none
            ),  # type: ignore[arg-type]
            Person("p2", born=date(1994, 4, 2), citizenships=("FR",), stage=Stage.IN_POOL, **none),  # type: ignore[arg-type]
        ),
        (Relationship(("p1", "p2"), RelationshipKind.DATING),),
    )


def test_the_chance_is_that_of_the_odds_within_the_letters_life() -> None:
    party = irish_and_french(FIGURES_OF, date(2026, 2, 27))
    answer = evaluate(party, FACTS)
    figures = round_figures(FACTS, (), FIGURES_OF)
    found = holding_of("p1", "p2", party, answer, figures, FACTS)
    assert found.until == date(2027, 5, 24)
    assert found.drawn_by == date(2027, 2, 27)
    assert found.chance == chance_within(FRENCH, FIGURES_OF, found.drawn_by, figures, answer.season, FIGURES_OF)
    assert found.chance is not None
    assert 0 < found.chance.low <= found.chance.likely <= found.chance.high < 1


def test_a_shorter_letter_never_gives_a_better_chance() -> None:
    figures = round_figures(FACTS, (), FIGURES_OF)
    before = 1.0
    for days in (0, 30, 60, 90, 150, 240):
        party = irish_and_french(FIGURES_OF, FIGURES_OF)
        shorter = replace(party.people[0], stage=Stage.APPROVED, letter_valid_until=date(2027, 2, 1) - timedelta(days))
        party = replace(party, people=(shorter, party.people[1]))
        found = holding_of("p1", "p2", party, evaluate(party, FACTS), figures, FACTS)
        likely = found.chance.likely if found.chance is not None else 0.0
        assert likely <= before + 1e-12
        before = likely


def test_without_figures_of_the_season_a_past_round_is_named_and_no_chance() -> None:
    party = irish_and_french(date(2026, 11, 22), date(2026, 11, 17))
    found = holding_of("p1", "p2", party, evaluate(party, FACTS), round_figures(FACTS, (), party.as_of), FACTS)
    assert found.chance is None
    assert found.past_round is not None
    assert found.past_season is not None
    assert found.past_season < 2027
