"""Answers that anybody might give, for walking the interview in every way."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from flows.answer import Answer
from flows.facts.content import CONTENT_ROOT, Facts, load_facts
from flows.interview.answers import open_keys, party_of
from flows.interview.questions import BY_ID, UNKNOWN
from flows.interview.walk import Path, Place, Walk
from flows.routes.evaluate import evaluate

TODAY = date(2026, 11, 22)
CITIZENSHIPS = (
    ["IE"], ["DE"], ["GB"], ["US"], ["CA"], ["CH"], ["IT"], ["KR"], ["CL"], ["MX"], ["ES"], ["IE", "US"], ["FR", "JP"],
)  # fmt: skip
DAYS = ("2024-03-01", "2025-11-22", "2026-02-28", "2026-11-01", "2027-06-12")
SPANS = (
    {"starts": "2014-01-01", "ends": "2014-12-31"},
    {"starts": "2019-05-01", "ends": "2021-04-30"},
    {"starts": "2026-01-01", "ends": "2026-12-31"},
    {"starts": "2026-09-01", "ends": "2028-08-31"},
)
OCCUPATIONS = (["21231"], ["65201"], ["72310"])
COMPANIONS = {"couple": ["p1", "p2"], "friends": ["p1", "p2", "p3"], "single": ["p1"]}


@cache
def facts() -> Facts:
    """All facts, loaded once."""
    return load_facts(CONTENT_ROOT)


def values_for(place: Place, people: Sequence[str]) -> tuple[Any, ...]:
    """Values that a place may get, "I don't know" among them where that is an answer."""
    match place.question:
        case "who":
            return ("single", "couple", "friends")
        case "companions":
            return (len(people) - 1,)
        case "couples":
            return (["no"], ["p1+p2", "no"])
        case "age_or_birth_date":
            return (*({"age": age} for age in (17, 18, 25, 30, 31, 35, 36)), {"born": "1996-04-02"}, UNKNOWN)
        case "birth_date":
            return ("1996-04-02", "1991-02-28", UNKNOWN)
        case "citizenships":
            return (*CITIZENSHIPS, UNKNOWN)
        case "lives_in" | "stay_citizenship":
            return ("IE", "ES", "CA", UNKNOWN)
        case "living_together_since":
            return (*DAYS[:4], "not_yet", {"before": "2025-11-22"}, {"month": "2026-02"}, UNKNOWN)
        case "wedding_on":
            return (*DAYS, UNKNOWN)
        case "passport_expires" | "insurance_ends":
            return ("2027-08-01", "2031-05-01", UNKNOWN)
        case "letter_valid_until":
            return ("2027-06-30", UNKNOWN)
        case "invited_on":
            return ("2026-02-01", "2026-11-17", UNKNOWN)
        case "stay_dates":
            return (*SPANS[:2], UNKNOWN)
        case "permit_dates":
            return (*SPANS[2:], UNKNOWN)
        case "occupation":
            return (*OCCUPATIONS, UNKNOWN)
        case "stay_count":
            return (0, 1, 2, UNKNOWN)
        case _:
            return (*BY_ID[place.question].choices, UNKNOWN)


def evaluated(answers: Mapping[str, Any], people: Sequence[str]) -> Answer:
    """The evaluation of what was answered."""
    return evaluate(party_of(answers, people, TODAY), facts())


def path_of(answers: Mapping[str, Any], people: Sequence[str]) -> Path:
    """The way through the interview with these answers."""
    return Walk(answers, people, open_keys(evaluated(answers, people), answers, people)).go()


def standing(answer: Answer) -> dict[tuple[str, str], object]:
    """Where every route of everybody stands: what an answer is worth asking for."""
    return {(person.id, route.id): route.status for person in answer.people for route in person.routes}
