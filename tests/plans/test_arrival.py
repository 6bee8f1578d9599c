"""Whether a wished day can be made: every day counted from dated facts, a day either side of every bound."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.answer import Route, Status
from flows.party import Job, JobState, Party, Permit, PermitKind, Person, Relationship, RelationshipKind, Stage
from flows.plans.arrival import Arrival, Reach, arrival_by, first_round_days
from flows.routes.evaluate import evaluate
from tests.routes.parties import FACTS, TODAY, couples
from tests.routes.test_properties import many

DAY = timedelta(days=1)
IRISH = Person("p1", born=date(1996, 4, 2), citizenships=("IE",), participations=(), stage=Stage.NONE,
               job=Job(JobState.NONE), student=False)  # fmt: skip
CHILEAN = Person("p2", born=date(1990, 1, 15), citizenships=("BR",), participations=(), stage=Stage.NONE,
                 job=Job(JobState.NONE), student=False)  # fmt: skip


def arrival(person: Person, route: str = "working_holiday:IE", *others: Person, as_of: date = TODAY) -> Arrival:
    married = (Relationship(("p1", "p2"), RelationshipKind.MARRIED),) if others else ()
    party = Party(as_of, (person, *others), married)
    answer = evaluate(party, FACTS)
    return arrival_by(answer.route(person.id, route), person.id, party, answer, FACTS)


def test_the_first_rounds_of_the_seasons_on_record_lie_three_to_five_weeks_after_the_opening() -> None:
    assert first_round_days(FACTS) == (21, 31)


# Pools open from 11 December on at the earliest, the first round 21 days later (1 January), a decision 56 days after it.
@pytest.mark.parametrize(
    ("wished", "reach"),
    [
        (date(2027, 2, 25), Reach.TOO_LATE),
        (date(2027, 2, 26), Reach.TIGHT),
        (date(2027, 3, 27), Reach.TIGHT),
        (date(2027, 3, 28), Reach.IF_DRAWN),  # with the 10 and 20 days used as well
    ],
)
def test_a_wished_day_a_day_either_side_of_what_can_be_done(wished: date, reach: Reach) -> None:
    found = arrival(replace(IRISH, arrive_by=wished))
    assert found.soonest == date(2027, 2, 26)
    assert found.reach is reach
    assert found.drawn_by == wished - timedelta(56)
    assert found.drawn_by_unhurried == wished - timedelta(86)


@pytest.mark.parametrize(
    ("stage", "more", "wished", "reach"),
    [
        (Stage.INVITED, {"invited_on": date(2026, 11, 17)}, date(2027, 1, 16), Reach.TOO_LATE),
        (
            Stage.INVITED,
            {"invited_on": date(2026, 11, 17)},
            date(2027, 1, 17),
            Reach.TIGHT,
        ),  # applied today, then 56 days
        (Stage.INVITED, {"invited_on": date(2026, 11, 17)}, date(2027, 2, 10), Reach.TIGHT),
        (Stage.INVITED, {"invited_on": date(2026, 11, 17)}, date(2027, 2, 11), Reach.IN_TIME),  # 10 + 20 + 56 days
        (Stage.INVITED, {"accepted_on": date(2026, 11, 20)}, date(2027, 2, 3), Reach.TIGHT),
        (Stage.INVITED, {"accepted_on": date(2026, 11, 20)}, date(2027, 2, 4), Reach.IN_TIME),  # 20 + 56 days
        (Stage.APPLIED, {"applied_on": date(2026, 11, 1)}, date(2026, 12, 26), Reach.TOO_LATE),
        (Stage.APPLIED, {"applied_on": date(2026, 11, 1)}, date(2026, 12, 27), Reach.IN_TIME),
        (Stage.APPLIED, {"applied_on": date(2026, 9, 1)}, date(2026, 12, 27), Reach.UNKNOWN),  # overdue
        (Stage.APPROVED, {"letter_valid_until": date(2027, 9, 1)}, TODAY, Reach.IN_TIME),
    ],
)
def test_after_an_invitation_the_clock_that_runs_decides(
    stage: Stage, more: dict[str, date], wished: date, reach: Reach
) -> None:
    permit = Permit(PermitKind.WORKING_HOLIDAY) if stage is Stage.APPROVED else None
    found = arrival(replace(IRISH, stage=stage, permit=permit, arrive_by=wished, **more))  # type: ignore[arg-type]
    assert found.reach is reach
    assert found.drawn_by is None, "nobody waits for a lot any more"


def test_a_partners_permit_takes_its_usual_time_and_is_certain_only_by_its_slowest() -> None:
    worker = replace(IRISH, stage=Stage.IN_CANADA, job=Job(JobState.WORKING, "21231"),
                     permit=Permit(PermitKind.WORKING_HOLIDAY, date(2026, 10, 1), date(2028, 9, 30)))  # fmt: skip
    usual, slowest = TODAY + timedelta(186), TODAY + timedelta(259)
    for wished, reach in (
        (usual - DAY, Reach.TOO_LATE),
        (usual, Reach.TIGHT),
        (slowest - DAY, Reach.TIGHT),
        (slowest, Reach.IN_TIME),
    ):
        found = arrival(replace(CHILEAN, arrive_by=wished), "partner_open_permit:p1", worker)
        assert found.reach is reach, wished


def test_a_partner_comes_after_the_one_who_leads_and_is_never_promised_in_time() -> None:
    follows = replace(CHILEAN, arrive_by=date(2029, 1, 1))
    found = arrival(follows, "partner_open_permit:p1", IRISH)
    assert found.soonest == date(2027, 2, 26) + timedelta(186)
    assert found.unhurried is None
    assert found.reach is Reach.TIGHT, "how long finding the job takes is on no record"


@many
@given(couples(), st.integers(0, 900))
def test_a_later_wish_is_never_harder_to_meet(party: Party, days: int) -> None:
    order = [Reach.TOO_LATE, Reach.TIGHT, Reach.IF_DRAWN, Reach.IN_TIME]
    wished = party.as_of + timedelta(days)
    found = {}
    for day in (wished, wished + DAY):
        asked = replace(party, people=tuple(replace(person, arrive_by=day) for person in party.people))
        answer = evaluate(asked, FACTS)
        for person in answer.people:
            for route in person.routes:
                if route.status is not Status.NO:
                    found[person.id, route.id, day] = arrival_by(route, person.id, asked, answer, FACTS)
    for (person_id, route_id, day), before in found.items():
        assert before.soonest is None or before.soonest >= party.as_of
        assert before.soonest is None or before.unhurried is None or before.soonest <= before.unhurried
        if day == wished:
            after = found[person_id, route_id, wished + DAY]
            assert (before.reach is Reach.UNKNOWN) == (after.reach is Reach.UNKNOWN)
            if before.reach is not Reach.UNKNOWN:
                assert order.index(after.reach) >= order.index(before.reach)  # type: ignore[arg-type]


@many
@given(couples())
def test_a_way_that_is_not_decided_gets_no_day(party: Party) -> None:
    answer = evaluate(party, FACTS)
    for person in answer.people:
        for route in person.routes:
            if route.status is Status.UNKNOWN and route.route in (Route.WORKING_HOLIDAY, Route.PARTNER_OPEN_PERMIT):
                stage = party.person(person.id).stage
                if stage in (Stage.NONE, Stage.IN_POOL, None):
                    assert arrival_by(route, person.id, party, answer, FACTS).soonest is None


@many
@given(couples())
def test_a_partners_permit_is_never_counted_from_before_the_two_are_a_couple(party: Party) -> None:
    answer = evaluate(party, FACTS)
    for person in answer.people:
        for route in person.routes:
            if route.route is not Route.PARTNER_OPEN_PERMIT:
                continue
            found = arrival_by(route, person.id, party, answer, FACTS)
            wanting = next((need for need in route.needs if need.code == "relationship_qualifies"), None)
            if wanting is not None and wanting.from_ is None:
                assert found.soonest is None
            elif wanting is not None and found.soonest is not None and wanting.from_ is not None:
                assert found.soonest >= wanting.from_ + timedelta(186)
