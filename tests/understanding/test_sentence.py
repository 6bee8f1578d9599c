"""Several facts in one message, bound to the right person."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.facts.content import CONTENT_ROOT, Facts, load_facts
from flows.understanding.sentence import read_sentence

TODAY = date(2026, 11, 22)
FACTS = load_facts(CONTENT_ROOT)
Person = dict[str, Any]


def facts_of(text: str, facts: Facts, people: tuple[str, ...] = ()) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for claim in read_sentence(text, TODAY, facts, people):
        found.setdefault(claim.person, {})[claim.question] = claim.value
        assert claim.words.strip()
        assert claim.words in text
    return found


def person(age: int | None = None, *citizenships: str, **more: Any) -> Person:
    said: Person = dict(more)
    if age is not None:
        said["age_or_birth_date"] = {"age": age}
    if citizenships:
        said["citizenships"] = sorted(citizenships)
    return said


@pytest.mark.parametrize(
    ("text", "me", "partner"),
    [
        ("I'm 31 and Irish, she's 28 from Chile", person(31, "IE"), person(28, "CL")),
        ("ella chilena, yo francés", person(None, "FR"), person(None, "CL")),
        ("él francés, yo chilena", person(None, "CL"), person(None, "FR")),
        ("I'm 35, he's 28 and American", person(35), person(28, "US")),
        ("Irish, 31", person(31, "IE"), {}),
        ("My girlfriend (28, Chilean) and I (31, Irish)", person(31, "IE"), person(28, "CL")),
        ("I'm Irish with a Chilean girlfriend, both 30", person(30, "IE"), person(30, "CL")),
        ("We're both Irish", person(None, "IE"), person(None, "IE")),
        ("I live in Dublin, she lives in Lyon", person(lives_in="IE"), person(lives_in="FR")),
        ("moi 31 ans, française; lui 29 ans, belge", person(31, "FR"), person(29, "BE")),
        ("ich bin 31 und komme aus Irland, meine Freundin ist 28 und Chilenin", person(31, "IE"), person(28, "CL")),
        ("io italiana 27, lui tedesco 30", person(27, "IT"), person(30, "DE")),
        ("我31歲台灣人，女朋友28歲韓國人", person(31, "TW"), person(28, "KR")),
        ("私は31歳の日本人、彼は28歳のフランス人です", person(31, "JP"), person(28, "FR")),
        ("저는 31세 한국인이고 남자친구는 29세 영국인이에요", person(31, "KR"), person(29, "GB")),
        ("I got my ITA last week, my boyfriend is still in the pool", person(stage="invited"), person(stage="in_pool")),
        ("Irish and Chilean, 31 and 28", {}, {}),
        ("my mum is Italian, I'm Canadian", person(None, "CA"), {}),
        ("my ex is Canadian", {}, {}),
        ("I'm French born 3 May 1997", person(None, "FR", age_or_birth_date={"born": "1997-05-03"}), {}),
        ("French born but American", {}, {}),
        ("I drank at an Irish pub", {}, {}),
        ("I work for a French company", {}, {}),
        ("can my partner work in Canada?", {}, {}),
    ],
)
def test_each_fact_goes_to_its_person(text: str, me: Person, partner: Person, facts: Facts) -> None:
    found = facts_of(text, facts)
    assert found.get("self", {}) == me
    assert found.get("partner", {}) == partner


def test_what_is_said_of_the_two(facts: Facts) -> None:
    found = facts_of("married, I'm 31, he's 36", facts)
    assert found["pair"] == {"relationship_kind": "married"}
    assert found["party"] == {"who": "couple"}
    found = facts_of("we've lived together since 3 March 2024, I'm Irish, she's Mexican", facts)
    assert found["pair"] == {"relationship_kind": "living_together", "living_together_since": "2024-03-03"}


def test_people_with_names(facts: Facts) -> None:
    found = facts_of("I'm 33 and Dutch, Maya is 29 and Danish, Tom is Irish", facts, ("Maya", "Tom"))
    assert found["self"] == person(33, "NL")
    assert found["Maya"] == person(29, "DK")
    assert found["Tom"] == person(None, "IE")


def test_she_of_several_is_left_out_unless_named(facts: Facts) -> None:
    found = facts_of("I'm 33, she's Danish", facts, ("Maya", "Tom"))
    assert found == {"self": person(33)}


PEOPLE = {"IE": "Irish", "GB": "British", "CL": "Chilean", "FR": "French", "JP": "Japanese", "NZ": "New Zealander"}
SHAPES = (
    "I'm {0} and {1}, she's {2} and {3}",
    "{1}, {0}. My boyfriend is {3}, {2}",
    "I am {1} ({0}) and my wife is {3} ({2})",
    "She is {2}, {3}; I'm {0}, {1}",
    "I'm {1}, {0} years old, he's {3}, {2} years old",
)


@settings(deadline=None)
@given(
    st.integers(18, 60),
    st.sampled_from(sorted(PEOPLE)),
    st.integers(18, 60),
    st.sampled_from(sorted(PEOPLE)),
    st.sampled_from(SHAPES),
)
def test_any_two_people(age: int, mine: str, other_age: int, theirs: str, shape: str) -> None:
    found = facts_of(shape.format(age, PEOPLE[mine], other_age, PEOPLE[theirs]), FACTS)
    assert found["self"] == person(age, mine)
    assert found["partner"] == person(other_age, theirs)
