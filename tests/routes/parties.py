"""Parties for property tests: every field around the bounds that rules have, and unanswered ones."""

from datetime import date, timedelta

from hypothesis import strategies as st

from flows.facts.content import CONTENT_ROOT, load_facts
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

FACTS = load_facts(CONTENT_ROOT)
TODAY = date(2026, 11, 22)
CODES = [*sorted(FACTS.countries), "BR", "US", "IN", "CA"]


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


def days_around(day: date, years: int) -> st.SearchStrategy[date]:
    return st.dates(day - timedelta(days=365 * years), day + timedelta(days=365 * years))


def births(as_of: date) -> st.SearchStrategy[date]:
    """Birth dates, many of them within two days of a birthday that decides."""
    near = st.builds(
        lambda age, off: date(as_of.year - age, as_of.month, min(as_of.day, 28)) + timedelta(days=off),
        st.sampled_from([17, 18, 30, 31, 35, 36]),
        st.integers(-2, 2),
    )
    return near | st.dates(date(1975, 1, 1), date(2012, 1, 1)) | st.just(date(1996, 2, 29))


def stays(as_of: date, citizenships: list[str]) -> st.SearchStrategy[Stay]:
    def stay(citizenship: str, category: Category, started: date, months: int, dated: bool, season: int | None) -> Stay:
        ended = started + timedelta(days=30 * months)
        return Stay(citizenship, category, started if dated else None, ended if dated else None, season)

    return st.builds(
        stay,
        st.sampled_from(citizenships or ["IE"]),
        st.sampled_from(list(Category)),
        st.dates(date(2008, 1, 1), as_of),
        st.integers(2, 24),
        st.booleans(),
        st.none() | st.sampled_from([as_of.year - 1, as_of.year]),
    )


@st.composite
def people(draw: st.DrawFn, person_id: str, as_of: date, answered: bool = False) -> Person:
    def given(strategy: st.SearchStrategy) -> object:
        return draw(strategy if answered else maybe(strategy))

    citizenships = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True))
    born = given(births(as_of))
    permit = draw(
        st.none()
        | st.builds(
            lambda kind, starts, months: Permit(kind, starts, starts + timedelta(days=30 * months)),
            st.sampled_from(list(PermitKind)),
            st.dates(as_of - timedelta(days=600), as_of + timedelta(days=100)),
            st.integers(1, 36),
        )
    )
    stage = (
        draw(st.sampled_from([Stage.APPROVED, Stage.IN_CANADA])) if permit else given(st.sampled_from(list(Stage)[:4]))
    )
    return Person(
        id=person_id,
        born=born,
        age=None if born is not None or draw(st.booleans()) else draw(st.integers(15, 45)),
        citizenships=tuple(citizenships) if answered or draw(st.booleans()) else None,
        lives_in=given(st.sampled_from(CODES)),
        student=given(st.booleans()),
        participations=tuple(draw(st.lists(stays(as_of, citizenships), max_size=2)))
        if answered or draw(st.booleans())
        else None,
        stage=stage,
        invited_on=draw(st.none() | st.dates(as_of - timedelta(days=9), as_of)) if stage is Stage.INVITED else None,
        permit=permit,
        job=given(
            st.builds(
                Job,
                st.sampled_from(list(JobState)),
                st.sampled_from([None, "21231", "65201", "63200", "72310", "42201", "10010", "53201"]),
            )
        ),
        permanent_resident=draw(st.sampled_from([None, None, None, True])),
        passport_expires=draw(st.none() | days_around(as_of, 4)),
        insurance_ends=draw(st.none() | days_around(as_of, 3)),
    )


@st.composite
def couples(draw: st.DrawFn, answered: bool = False) -> Party:
    as_of = draw(st.sampled_from([TODAY, date(2025, 1, 20), date(2025, 1, 21), date(2024, 6, 1), date(2027, 2, 28)]))
    kind = draw(st.sampled_from(list(RelationshipKind)))
    since = draw((st.none() if not answered else st.nothing()) | days_around(as_of, 2).filter(lambda day: day <= as_of))
    relationship = Relationship(
        ("p1", "p2"),
        kind if answered else draw(maybe(st.just(kind))),
        since,
        draw(st.none() | st.dates(as_of - timedelta(days=5), as_of + timedelta(days=500))),
    )
    return Party(as_of, (draw(people("p1", as_of, answered)), draw(people("p2", as_of, answered))), (relationship,))
