"""Every question of the interview takes typed answers: what people type is what a tap would have stored."""

import pytest

from flows.conversation.event import Event, EventKind
from flows.conversation.hearing import hear
from flows.conversation.turn import Turn
from flows.interview.questions import QUESTIONS
from flows.interview.walk import Place
from tests.conversation.talk import ANA, TODAY, Talk, content

TYPED = {
    "who": ("me and my girlfriend", "couple"),
    "companions": ("Ben", ["Ben"]),
    "couples": ("Ana and Tom", "p1+p2"),
    "relationship_kind": ("pacs", "civil_union"),
    "wedding_on": ("12 June 2027", "2027-06-12"),
    "living_together_since": ("not yet", "not_yet"),
    "age_or_birth_date": ("31", {"age": 31}),
    "citizenships": ("irish and american", ["IE", "US"]),
    "birth_date": ("14 March 1995", "1995-03-14"),
    "iec_so_far": ("no, never", "new"),
    "stage": ("I was invited", "invited"),
    "stay_count": ("twice", 2),
    "stay_citizenship": ("irish", "IE"),
    "stay_category": ("working holiday", "working_holiday"),
    "stay_dates": ("May 2019 to May 2021", {"starts": "2019-05-01", "ends": "2021-05-31"}),
    "invited_on": ("yesterday", "2026-11-21"),
    "letter_valid_until": ("30 June 2027", "2027-06-30"),
    "accepted_on": ("yesterday", "2026-11-21"),
    "applied_on": ("yesterday", "2026-11-21"),
    "permit_kind": ("study permit", "study"),
    "permit_dates": ("1 September 2026 to 31 August 2028", {"starts": "2026-09-01", "ends": "2028-08-31"}),
    "work": ("I'm a student", "studying"),
    "occupation": ("barista", ["65201"]),
    "student": ("yes", "yes"),
    "lives_in": ("Toronto", "CA"),
    "passport_expires": ("1 May 2031", "2031-05-01"),
    "insurance_ends": ("30 June 2028", "2028-06-30"),
    "arrive_by": ("10 December 2026", "2026-12-10"),
    "roots": ("my grandmother was Italian", ["IT"]),
    "children": ("2", 2),
    "permanent_resident": ("no", "no"),
}


def turn() -> Turn:
    member = {"person": "p1", "name": "Ana", "language": "en", "shows": "done"}
    answers = {"who": "friends", "name:p2": "Tom", "citizenships:p1": ["IE", "US"], "couples": []}
    session = {"id": "s", "version": 1, "answers": answers, "people": ["p1", "p2"], "members": {str(ANA): member}}
    return Turn(session, Event(EventKind.TEXT, ANA, ANA, text=""), content(), TODAY)  # type: ignore[arg-type]


def subject_of(question: str) -> str:
    about = next(each.about for each in QUESTIONS if each.id == question)
    return {"party": "", "person": "p1", "pair": "p1+p2", "stay": "p1.1"}[about]


def test_every_question_is_here() -> None:
    assert set(TYPED) == {question.id for question in QUESTIONS}


@pytest.mark.parametrize("question", TYPED)
def test_what_is_typed_is_understood(question: str) -> None:
    text, value = TYPED[question]
    understood = hear(turn(), Place(question, subject_of(question)), text)
    assert understood.value == value, understood


@pytest.mark.parametrize("question", TYPED)
def test_what_makes_no_sense_is_told_with_what_was_expected(question: str) -> None:
    understood = hear(turn(), Place(question, subject_of(question)), "qwxz?")
    assert understood.value is None
    assert understood.error in content().words


@pytest.mark.parametrize("question", sorted(set(TYPED) - {"who", "companions", "couples"}))
def test_i_do_not_know_is_taken(question: str) -> None:
    understood = hear(turn(), Place(question, subject_of(question)), "I don't know")
    assert understood.value == "unknown"


def test_three_names_where_a_couple_is_asked_for_are_asked_back_in_pairs() -> None:
    talk = Talk().say("hi", "friends", "Tom, Aiko and Lea", "Tom, Aiko and Lea")
    labels = [button.label for _, rendered in talk.replies for row in rendered.buttons for button in row]
    assert {"Tom and Aiko", "Tom and Lea", "Aiko and Lea"} <= set(labels)


@pytest.mark.parametrize(
    ("asked_before", "text", "key", "value"),
    [
        (("/start",), "australian", "citizenships:p1", ["AU"]),
        (("/start",), "I'm 31", "age_or_birth_date:p1", {"age": 31}),
        (("/start", "[Just me]"), "irish", "citizenships:p1", ["IE"]),
        (("/start", "[My partner and I]"), "12 May 1996", "age_or_birth_date:p1", {"born": "1996-05-12"}),
        (("/start", "[Just me]", "30"), "born 14 March 1996", "age_or_birth_date:p1", {"born": "1996-03-14"}),
    ],
)
def test_a_few_words_that_answer_another_question_are_taken_and_the_open_one_stays(
    asked_before: tuple[str, ...], text: str, key: str, value: object
) -> None:
    talk = Talk().say(*asked_before)
    shown = talk.session["members"][str(ANA)]["shown"]
    talk.say(text)
    assert talk.answers[key] == value
    assert talk.session["members"][str(ANA)]["shown"] == shown


@pytest.mark.parametrize("text", ["no", "none", "I don't know", "skip"])
def test_nobody_is_called_by_a_word_for_no(text: str) -> None:
    couple = Talk().say("/start", "[My partner and I]", text)
    assert couple.session["people"] == ["p1", "p2"]
    assert couple.answers["companions"] == 1
    assert "name:p2" not in couple.answers
    friends = Talk().say("/start", "[Friends]", text)
    assert friends.session["people"] == ["p1"]


@pytest.mark.parametrize("text", ["my letter came today", "the letter", "got the letter"])
def test_a_letter_makes_nobody_a_latvian(text: str) -> None:
    talk = Talk().say("/start", "[Just me]", "30", text)
    assert "citizenships:p1" not in talk.answers


def test_a_cry_for_help_goes_before_the_question_that_waits_and_is_no_answer_to_it() -> None:
    talk = Talk().say("/start", "[My partner and I]")
    answers = dict(talk.answers)
    talk.say("my boyfriend hits me")
    assert "911" in talk.text
    assert talk.answers == answers
    talk.say("Luis")
    assert talk.answers["name:p2"] == "Luis"


def test_the_very_first_words_may_be_all_but_who_goes() -> None:
    talk = Talk().say("my partner and I")
    assert talk.answers["who"] == "couple"
    assert "call your partner" in talk.text
