"""Every pair of conditions that can meet or miss each other in one route, a day either side, in real parties.

The late ones begin on a day (an 18th birthday, twelve months together, a wedding, the end of a waiting period); the early
ones end on one (a birthday, the last day that leaves sixteen months, a letter, a passport, insurance, an old rule).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given

from flows.answer import RouteAnswer, Status
from flows.dates import add_months, last_day_leaving_months
from flows.party import (
    Category,
    Job,
    JobState,
    Party,
    Permit,
    PermitKind,
    Person,
    Relationship,
    RelationshipKind,
    Stage,
    Stay,
)
from flows.routes.evaluate import evaluate
from tests.routes.parties import FACTS, TODAY, couples
from tests.routes.test_properties import many

DAY = timedelta(days=1)
CLOSES = date(2027, 7, 31)
WORKING = Job(JobState.WORKING, "21231")
LEADER = Person(
    "p1", born=date(1996, 4, 2), citizenships=("BR",), participations=(), stage=Stage.NONE, job=WORKING, student=False
)
FOLLOWER = Person("p2", born=date(1990, 1, 15), citizenships=("BR",), participations=(), stage=Stage.NONE, job=Job(JobState.NONE),
                  student=False)  # fmt: skip
MARRIED = Relationship(("p1", "p2"), RelationshipKind.MARRIED)
Pair = tuple[Person, Relationship]


@dataclass(frozen=True)
class Late:
    """Something of the follower or the pair that begins on a day; ``act`` where an act of theirs can bring it forward."""

    code: str
    of: Callable[[date], Pair]
    act: bool


@dataclass(frozen=True)
class Early:
    """The leader, so that the route ends on a day; ``act`` where an act of theirs can prolong it."""

    code: str
    of: Callable[[date], Person]
    act: bool


def _eighteen(day: date) -> Pair:
    return replace(FOLLOWER, born=day.replace(year=day.year - 18)), MARRIED


def _together(day: date) -> Pair:
    return FOLLOWER, Relationship(("p1", "p2"), RelationshipKind.LIVING_TOGETHER, day.replace(year=day.year - 1))


def _wedding(day: date) -> Pair:
    return FOLLOWER, Relationship(("p1", "p2"), RelationshipKind.ENGAGED, wedding_on=day)


def _ends(last: date) -> date:
    """The end of a permit that leaves sixteen months on ``last`` and not a day later."""
    ends = add_months(last, 16)
    assert last_day_leaving_months(ends, 16) == last
    return ends


def _permit(last: date, citizen: str = "BR") -> Person:
    ends = _ends(last)
    held = Permit(PermitKind.EMPLOYER, add_months(ends, -24), ends)
    return replace(LEADER, citizenships=(citizen,), stage=Stage.IN_CANADA, permit=held)


def _letter(last: date) -> Person:
    """An approved permit of 24 months, used on the letter's last day; another one can still be had."""
    valid = add_months(_ends(last) + DAY, -24)
    return replace(
        LEADER,
        citizenships=("IE",),
        stage=Stage.APPROVED,
        permit=Permit(PermitKind.WORKING_HOLIDAY),
        letter_valid_until=valid,
    )


def _passport(last: date) -> Person:
    return replace(LEADER, citizenships=("IE",), passport_expires=_ends(last))


def _insurance(last: date) -> Person:
    return replace(LEADER, citizenships=("IE",), insurance_ends=_ends(last))


LATE = [
    Late("adult", _eighteen, act=False),
    Late("relationship_qualifies", _together, act=True),
    Late("relationship_qualifies", _wedding, act=True),
]
EARLY = [
    Early("partner_permit_months", _permit, act=False),
    Early("partner_permit_months", lambda last: _permit(last, "IE"), act=True),  # a Working Holiday is still to be had
    Early("partner_permit_months", _letter, act=True),
    Early("passport_long_enough", _passport, act=True),
    Early("insurance_long_enough", _insurance, act=True),
]
COVERED = {(late.code, early.code) for late, early in product(LATE, EARLY)} | {("waiting_period_over", "age_in_range")}


def partner_route(late: Late, early: Early, opens: date, as_of: date = TODAY) -> RouteAnswer:
    follower, tie = late.of(opens)
    party = Party(as_of, (early.of(CLOSES), follower), (tie,))
    return evaluate(party, FACTS).route("p2", "partner_open_permit:p1")


def missed(route: RouteAnswer) -> tuple[str, str] | None:
    found = [reason.values for reason in route.reasons if reason.code == "windows_meet"]
    return (found[0]["first"], found[0]["second"]) if found else None


@pytest.mark.parametrize("late", LATE, ids=lambda late: f"{late.code}-{late.of.__name__}")
@pytest.mark.parametrize("early", EARLY, ids=[f"{early.code}-{place}" for place, early in enumerate(EARLY)])
@pytest.mark.parametrize("gap", [-1, 0, 1])
def test_a_day_either_side(late: Late, early: Early, gap: int) -> None:
    opens = CLOSES + gap * DAY
    route = partner_route(late, early, opens)
    needs = {need.code: need for need in route.needs}
    if gap <= 0:
        assert route.status is Status.LATER
        assert missed(route) is None
        assert needs[late.code].from_ == opens
        assert route.last_day == CLOSES
        waited = partner_route(late, early, opens, opens)
        assert late.code not in {need.code for need in waited.needs}, "on that day it holds"
        assert late.code in {need.code for need in partner_route(late, early, opens, opens - DAY).needs}, (
            "not a day earlier"
        )
        return
    assert missed(route) == (late.code, early.code)
    if late.act:
        assert (route.status, needs[late.code].from_, needs[late.code].by) == (Status.LATER, None, CLOSES)
    elif early.act:
        assert route.status is Status.LATER
        assert {late.code, early.code} <= set(needs)
        assert route.last_day is None
    else:
        assert route.status is Status.NO


@pytest.mark.parametrize("early", EARLY, ids=[f"{early.code}-{place}" for place, early in enumerate(EARLY)])
@pytest.mark.parametrize("code", ["relationship_qualifies", "partner_working", "partner_occupation"])
def test_an_act_is_due_by_the_last_day_and_a_day_later_it_is_too_late(early: Early, code: str) -> None:
    dating = Relationship(("p1", "p2"), RelationshipKind.DATING)

    def route(as_of: date) -> RouteAnswer:
        leader = early.of(CLOSES)
        if code != "relationship_qualifies":
            leader = replace(leader, job=Job(JobState.NONE))
        party = Party(as_of, (leader, FOLLOWER), (dating if code == "relationship_qualifies" else MARRIED,))
        return evaluate(party, FACTS).route("p2", "partner_open_permit:p1")

    for as_of in (
        TODAY,
        early.of(CLOSES).letter_valid_until or CLOSES,
    ):  # an unused letter carries nobody once it has ended
        need = next(need for need in route(as_of).needs if need.code == code)
        assert (route(as_of).status, need.by) == (Status.LATER, CLOSES)
    after = route(CLOSES + DAY)
    if early.act:
        assert after.status is Status.LATER
        assert {early.code, "partner_has_permit"} & {need.code for need in after.needs}
    else:
        assert after.status is Status.NO


@pytest.mark.parametrize("late", LATE, ids=lambda late: f"{late.code}-{late.of.__name__}")
@pytest.mark.parametrize("gap", [-1, 0, 1])
def test_the_last_day_of_an_old_rule_ends_the_window_too(late: Late, gap: int) -> None:
    """Until 20 January 2025 six months and any job were enough; the permit here would have lasted much longer."""
    changes, as_of = date(2025, 1, 20), date(2024, 12, 1)
    follower, tie = late.of(changes + gap * DAY)
    held = Permit(PermitKind.EMPLOYER, date(2024, 6, 1), date(2026, 5, 31))
    leader = replace(LEADER, stage=Stage.IN_CANADA, permit=held, job=Job(JobState.WORKING, "65201"))
    route = evaluate(Party(as_of, (leader, follower), (tie,)), FACTS).route("p2", "partner_open_permit:p1")
    assert (missed(route) is not None) == (gap > 0)
    if gap <= 0:
        assert (route.status, route.from_, route.last_day) == (Status.LATER, changes + gap * DAY, changes)


@pytest.mark.parametrize("gap", [-1, 0, 1])
def test_a_waiting_period_against_a_birthday(gap: int) -> None:
    """Poland asks for six months between two stays, and takes people up to the day before they turn 36."""
    ended = date(2026, 9, 30)
    free = date(2027, 3, 30)
    born = (free - gap * DAY + DAY).replace(year=free.year - 36)  # the last day is ``free`` less ``gap`` days
    person = Person("p1", born=born, citizenships=("PL",), stage=Stage.NONE, student=False, job=Job(JobState.OFFER, "21231"),
                    participations=(Stay("PL", Category.WORKING_HOLIDAY, date(2025, 10, 1), ended),))  # fmt: skip
    route = evaluate(Party(TODAY, (person,)), FACTS).route("p1", "young_professionals:PL")
    if gap <= 0:
        assert (route.status, route.from_, route.last_day) == (Status.LATER, free, free - gap * DAY)
    else:
        assert (route.status, missed(route)) == (Status.NO, ("waiting_period_over", "age_in_range"))


@pytest.mark.parametrize(
    ("route_id", "code", "more"),
    [
        ("young_professionals:IE", "job_offer", {"citizenships": ("IE",)}),
        ("international_coop:IE", "student_enrolled", {"citizenships": ("IE",), "job": Job(JobState.OFFER, "21231")}),
        ("working_holiday:IT", "lives_in_required_country", {"citizenships": ("IT",), "lives_in": "BR"}),
    ],
)
def test_an_act_in_an_own_pool_is_due_before_the_birthday(route_id: str, code: str, more: dict[str, object]) -> None:
    person = replace(LEADER, born=date(1991, 5, 1), job=Job(JobState.NONE), **more) if "job" not in more else replace(
        LEADER, born=date(1991, 5, 1), **more
    )  # fmt: skip

    def route(as_of: date) -> RouteAnswer:
        return evaluate(Party(as_of, (person,)), FACTS).route("p1", route_id)

    last = date(2027, 4, 30)
    for as_of in (TODAY, last):
        need = next(need for need in route(as_of).needs if need.code == code)
        assert (route(as_of).status, need.by) == (Status.LATER, last)
    assert route(last + DAY).status is Status.NO


@many
@given(couples())
def test_no_other_pair_can_miss_each_other(party: Party) -> None:
    """What is tested above is all there is."""
    for person in evaluate(party, FACTS).people:
        for route in person.routes:
            pair = missed(route)
            assert pair is None or pair in COVERED, pair
