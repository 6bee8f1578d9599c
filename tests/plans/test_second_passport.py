"""A second passport is asked about once, only where it could open a pool nobody else opens, and promised to nobody."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from flows.answer import Status
from flows.party import Party
from flows.plans.second_passport import REAL, worth_finding_out
from flows.plans.together import POOLS
from flows.routes.evaluate import evaluate
from tests.conversation.talk import ANA, COUPLE, SINGLE, Talk
from tests.routes.parties import FACTS, couples
from tests.routes.test_properties import many

ASKED = "parents or grandparents"


@many
@given(couples())
def test_it_is_worth_asking_exactly_where_nothing_real_is_open_and_a_passport_would_open_it(party: Party) -> None:
    answer = evaluate(party, FACTS)
    for person in answer.people:
        found = worth_finding_out(person.id, party, answer, FACTS)
        if any(route.route in REAL and route.status is not Status.NO for route in person.routes):
            assert not found
        for route in found:
            one = party.person(person.id)
            held = replace(one, citizenships=(*(one.citizenships or ()), str(route.citizenship)),
                           participations=one.participations or ())  # fmt: skip
            then = evaluate(replace(party, people=tuple(held if p.id == held.id else p for p in party.people)), FACTS)
            assert then.route(person.id, route.id).status is not Status.NO
            assert route.route in POOLS


def finish(talk: Talk) -> Talk:
    while not talk.done:
        labels = talk.buttons[ANA]
        talk.say(next(f"[{label}]" for label in ("No, all new", "Neither of us", "None of these") if label in labels))
    return talk


def test_it_is_told_as_a_thing_to_find_out_and_asked_once() -> None:
    talk = finish(Talk().say("/start", "[Just me]", "28", "brazilian"))
    assert ASKED in talk.text
    before = talk.turns
    talk.say("[There may be one]", "my grandfather came from Portugal")
    assert talk.turns == before + 2
    assert talk.answers["roots:p1"] == ["PT"]
    assert "A passport of Portugal could open this: Working Holiday" in talk.text
    assert "its consulate knows" in talk.text
    assert talk.text.startswith("The honest news first"), "nothing is promised by it"
    assert ASKED not in talk.say("/start").text


def test_none_is_an_answer_and_is_not_asked_again() -> None:
    talk = finish(Talk().say("/start", "[Just me]", "28", "brazilian"))
    old = talk.buttons[ANA]["None I know of"]
    talk.say("[None I know of]")
    assert talk.answers["roots:p1"] == []
    assert ASKED not in talk.text
    talk.tap(old)
    assert talk.answers["roots:p1"] == []


def test_a_passport_that_asks_for_a_home_says_so() -> None:
    talk = finish(Talk().say("/start", "[Just me]", "28", "brazilian")).say("[There may be one]", "italy")
    assert "A passport of Italy, and a home there when you apply" in talk.text


@pytest.mark.parametrize("interview", [SINGLE, COUPLE])
def test_whoever_has_a_way_is_not_asked(interview: tuple[str, ...]) -> None:
    talk = Talk().say(*interview)
    assert talk.done
    assert "grandparent" not in talk.text


def test_whoever_is_too_old_everywhere_is_not_asked() -> None:
    talk = finish(Talk().say("/start", "[Just me]", "41", "brazilian"))
    assert "grandparent" not in talk.text


def test_a_day_decides_it_as_everywhere() -> None:
    for born, asked in (("23 November 1990", True), ("22 November 1990", False)):
        talk = finish(Talk(today=date(2026, 11, 22)).say("/start", "[Just me]", born, "brazilian"))
        assert (ASKED in talk.text) == asked, "35 still, and 36 today"
