"""The interview on every path: it ends, it asks nothing that cannot matter, and it asks everything that does."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.dates import age_on
from flows.interview.answers import open_keys
from flows.interview.questions import BY_ID, PATH, UNKNOWN
from flows.interview.walk import Path, Place, is_settled, subjects_of
from tests.interview.people import COMPANIONS, SPANS, TODAY, evaluated, path_of, standing, values_for

LONGEST = 120
DEADLINES = ("invited_on", "letter_valid_until")  # it may change no route, but the days in which to answer hang on it


def people_of(answers: dict[str, Any]) -> list[str]:
    return COMPANIONS[answers.get("who", "single")]


def interview(data: st.DataObject) -> tuple[dict[str, Any], list[Place]]:
    """Answer every question at random until none is left."""
    answers: dict[str, Any] = {}
    asked = []
    for _ in range(LONGEST):
        present = path_of(answers, people_of(answers)).present
        if present is None:
            return answers, asked
        asked.append(present)
        answers[present.key] = data.draw(st.sampled_from(values_for(present, people_of(answers))), label=present.key)
    raise AssertionError(f"no end after {LONGEST} answers: {asked[-5:]}")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_interview_ends_on_every_path_and_asks_nothing_twice(data: st.DataObject) -> None:
    _, asked = interview(data)
    assert len(asked) == len(set(asked))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_way_is_the_same_for_the_same_answers(data: st.DataObject) -> None:
    answers, _ = interview(data)
    people = people_of(answers)
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    assert path_of(shuffled, people) == path_of(answers, people)


def details_of_stays(answers: dict[str, Any], people: list[str]) -> dict[str, Any]:
    """Details for all stays that were counted: they decide together, and are asked one by one."""
    stays = list(subjects_of(BY_ID["stay_category"], answers, people))
    details = {"stay_category": "working_holiday", "stay_citizenship": "IE", "stay_dates": SPANS[1]}
    return {f"{question}:{stay}": value for stay in stays for question, value in details.items()}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_is_asked_beyond_the_basics_can_change_somebodys_answer(data: st.DataObject) -> None:
    """A question is worth asking if some course of answers from here makes a difference."""
    answers: dict[str, Any] = {}
    for _ in range(LONGEST):
        people = people_of(answers)
        present = path_of(answers, people).present
        if present is None:
            return
        values = values_for(present, people)
        if not BY_ID[present.question].basic and present.question not in DEADLINES:
            outcomes = {
                repr(evaluated({**rest, present.key: value}, people))
                for value in values
                for rest in (answers, {**details_of_stays(answers, people), **answers})
            }
            assert len(outcomes) > 1, f"{present.key} changes nothing whatever is answered to {answers}"
        answers[present.key] = data.draw(st.sampled_from(values), label=present.key)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_at_the_end_no_answer_that_was_not_asked_for_changes_where_a_route_stands(data: st.DataObject) -> None:
    answers, _ = interview(data)
    people = people_of(answers)
    before = standing(evaluated(answers, people))
    for question in PATH:
        if question.id in ("who", "companions", "couples"):
            continue
        for subject in subjects_of(question, answers, people):
            place = Place(question.id, subject)
            if is_settled(place, answers) or hangs_on_the_unknown(place, answers):
                continue
            for value in agreeing(place, answers, values_for(place, people)):
                after = standing(evaluated({**answers, place.key: value}, people))
                assert after == before, f"{place.key}={value} was not asked for and changes an answer of {answers}"


def agreeing(place: Place, answers: dict[str, Any], values: tuple[Any, ...]) -> list[Any]:
    """Values that do not contradict the age that was told.

    Whoever is past the limit is not asked whether an invitation came before the birthday: the answer offers /invited.
    """
    if place.question == "permit_dates" and answers.get(f"iec_so_far:{place.subject}") == "approved":
        return []  # the permit is printed on arrival: until then nobody knows its days
    if place.question in ("iec_so_far", "stage"):
        return [value for value in values if value not in ("invited", "applied", "approved")]
    age = answers.get(f"age_or_birth_date:{place.subject}")
    if place.question != "birth_date" or not isinstance(age, dict) or "age" not in age:
        return list(values)
    return [value for value in values if value == UNKNOWN or age_on(date.fromisoformat(value), TODAY) == age["age"]]


def hangs_on_the_unknown(place: Place, answers: dict[str, Any]) -> bool:
    """Whether "I don't know" was said to something that this one only refines: asking on would be pestering."""
    person = place.subject.split(".")[0]
    return any(
        value == UNKNOWN and set(key.partition(":")[2].split(".")[0].split("+")) & set(person.split("+"))
        for key, value in answers.items()
    )


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_nothing_open_is_left_out(data: st.DataObject) -> None:
    answers, _ = interview(data)
    people = people_of(answers)
    left = open_keys(evaluated(answers, people), answers, people) - answers.keys()
    assert not left


def test_every_question_that_the_evaluation_can_name_is_asked_by_some_question() -> None:
    from flows.routes.open_questions import ORDER

    asked = {name for question in PATH for name in (question.id, *question.opens_for)}
    assert set(ORDER) <= asked


SINGLE = {
    "who": "single",
    "age_or_birth_date:p1": {"age": 27},
    "citizenships:p1": ["DE"],
    "iec_so_far:p1": "before",
    "stay_count:p1": 1,
    "stay_category:p1.1": "international_coop",
}


def present_of(answers: dict[str, Any], people: list[str]) -> str | None:
    present = path_of(answers, people).present
    return present.key if present else None


@pytest.mark.parametrize(
    ("changed", "asked_next"),
    [
        ({}, "stage:p1"),
        ({"stage:p1": "none"}, "work:p1"),
        ({"iec_so_far:p1": "new"}, "work:p1"),
        ({"citizenships:p1": ["DE", "US"]}, "stage:p1"),
        ({"citizenships:p1": ["DE", "US"], "stage:p1": "none"}, "stay_citizenship:p1.1"),
    ],
)
def test_an_edit_asks_only_what_hangs_on_it(changed: dict[str, Any], asked_next: str) -> None:
    assert present_of({**SINGLE, **changed}, ["p1"]) == asked_next


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_an_edit_keeps_what_does_not_hang_on_it(data: st.DataObject) -> None:
    """Changing an answer and changing it back leads to exactly the same place, with every answer counted again."""
    answers, _ = interview(data)
    people = people_of(answers)
    keys = sorted(key for key in answers if key not in ("who", "companions", "couples"))
    if not keys:
        return
    key = data.draw(st.sampled_from(keys))
    question, _, subject = key.partition(":")
    place = Place(question, subject)
    edited = {**answers, key: data.draw(st.sampled_from(values_for(place, people)))}
    kept: Path = path_of({**edited, key: answers[key]}, people)
    assert kept == path_of(answers, people)
    unrelated = {each for each in answers if each.partition(":")[0] == "age_or_birth_date" and each != key}
    assert unrelated <= {each.key for each in path_of(edited, people).answered}
