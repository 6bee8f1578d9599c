"""Whole interviews: how long they are, going back, editing, resuming, old buttons."""

import json
from datetime import date, timedelta

import pytest

from flows.conversation.session import Session
from tests.conversation.talk import ANA, COUPLE, SINGLE, Talk


def test_a_single_person_without_complication_has_the_answer_in_five() -> None:
    talk = Talk().say(*SINGLE)
    assert talk.done
    assert talk.turns - 1 <= 5, "taps and messages after /start"
    assert talk.text.startswith("Good news")


def test_a_couple_has_the_answer_in_ten() -> None:
    talk = Talk().say(*COUPLE)
    assert talk.done
    assert talk.turns - 1 <= 10, "taps and messages after /start"
    assert talk.text.startswith("You can both go, one after the other.")


def test_two_facts_about_two_people_in_one_sentence_are_all_taken_and_said_back() -> None:
    talk = Talk().say("/start", "I'm 31 and Irish, my girlfriend is 36 and American")
    assert talk.answers["citizenships:p1"] == ["IE"]
    assert talk.answers["citizenships:p2"] == ["US"]
    assert talk.answers["age_or_birth_date:p2"] == {"age": 36}
    assert "I understood" in talk.text
    talk.say("Mia", "[Married]", "[Neither of us]", "[Neither of us]")
    assert talk.done
    assert talk.turns == 6


def test_words_without_a_subject_are_about_whom_the_question_was_about() -> None:
    talk = Talk().say(*COUPLE[:5])  # Ben's age is asked now
    talk.say("36, American")
    assert talk.answers["age_or_birth_date:p2"] == {"age": 36}
    assert talk.answers["citizenships:p2"] == ["US"]
    assert talk.answers["age_or_birth_date:p1"] == {"age": 30}


def test_going_back_shows_the_question_before_and_loses_nothing() -> None:
    talk = Talk().say(*COUPLE[:6])
    before = dict(talk.answers)
    talk.say("[‹ Back]")
    assert "36" in talk.text
    assert talk.answers == before
    talk.say("[‹ Back]", "[31]")
    assert talk.answers == {**before, "age_or_birth_date:p1": {"age": 31}}
    talk.say(*COUPLE[6:])
    assert talk.done


def test_every_answer_can_be_changed_from_the_summary_and_the_rest_stays() -> None:
    talk = Talk().say(*COUPLE, "/edit")
    before = dict(talk.answers)
    row = next(label for label in talk.buttons[ANA] if label.startswith("Ben, age"))
    talk.say(f"[{row}]", "29")
    assert talk.answers == {**before, "age_or_birth_date:p2": {"age": 29}}
    assert talk.done


def test_changing_who_goes_takes_away_only_what_concerned_the_other() -> None:
    talk = Talk().say(*COUPLE, "/edit", "[who goes: My partner and I]", "[Just me]")
    assert talk.done
    assert {key for key in talk.answers if key.endswith((":p2", "p1+p2"))} == set()
    assert talk.answers["citizenships:p1"] == ["IE"]


def test_a_friend_who_stays_keeps_their_answers_when_another_is_taken_off() -> None:
    talk = Talk().say("/start", "[Friends]", "Tom, Aiko", "[No, just friends]", "30", "25", "33")
    talk.say("/edit")
    talk.say(next(f"[{label}]" for label in talk.buttons[ANA] if label.startswith("with")), "Aiko")
    people = {talk.answers.get(f"name:{person}"): person for person in talk.session["people"]}
    assert talk.answers[f"age_or_birth_date:{people['Aiko']}"] == {"age": 33}
    assert not any(talk.answers.get(f"name:{person}") == "Tom" for person in ("p1", "p2", "p3"))
    assert len(talk.session["people"]) == 2


def test_the_conversation_goes_on_after_the_session_was_stored_and_read() -> None:
    talk = Talk()
    for text in COUPLE:
        talk.say(text)
        stored: Session = json.loads(json.dumps(talk.session))
        assert stored == talk.session
        talk.session = stored
    assert talk.done


def test_it_goes_on_months_later_where_it_stopped() -> None:
    talk = Talk().say(*COUPLE[:6])
    talk.today += timedelta(days=200)
    talk.say("/start")
    assert "passport" in talk.text
    talk.say(*COUPLE[6:])
    assert talk.done


@pytest.mark.parametrize("at", range(2, len(COUPLE)))
def test_a_second_tap_and_an_old_button_change_nothing_and_show_the_present_step(at: int) -> None:
    talk = Talk().say(*COUPLE[:2])
    old = dict(talk.buttons[ANA])
    talk.say(*COUPLE[2:at])
    answers, present = dict(talk.answers), talk.session["members"][str(ANA)].get("shown")
    for press in old.values() if at > 2 else []:
        talk.tap(press)
        assert talk.answers == answers
        assert talk.session["members"][str(ANA)].get("shown") == present
        assert "earlier step" in talk.text


@pytest.mark.parametrize(
    "press",
    [
        "", ":", "999:a:who::single", "x:a:who::single", "3:a", "3:a:who", "3:a:age_or_birth_date:p2:30",
        "{v}:a:age_or_birth_date:p1:999", "{v}:a:age_or_birth_date:p9:30", "{v}:k:7", "{v}:e:nothing:p1", "{v}:t:keep",
        "{v}:s:everything", "{v}:u:yes", "{v}:c:nothing", "{v}:zz:1", "٣:a:who::single", "{v}:a:citizenships:p1:XX",
    ],
)  # fmt: skip
def test_a_forged_button_changes_nothing(press: str) -> None:
    talk = Talk().say(*SINGLE[:2])
    answers = dict(talk.answers)
    talk.tap(press.replace("{v}", str(talk.session["version"])))
    assert talk.answers == answers
    assert "How old" in talk.text


def test_what_cannot_be_read_is_told_kindly_and_nothing_is_lost() -> None:
    talk = Talk().say(*SINGLE[:3])
    answers = dict(talk.answers)
    talk.say("<b>&" * 1000)
    assert talk.answers == answers
    assert "Nothing is lost" in talk.text
    assert "passport" in talk.text


def test_an_ambiguous_answer_is_asked_back_with_its_candidates() -> None:
    talk = Talk().say(*SINGLE[:3], "austrla")
    assert {"Austria", "Australia"} <= set(talk.buttons[ANA])
    talk.say("[Australia]")
    assert talk.answers["citizenships:p1"] == ["AU"]


def test_a_question_in_between_is_answered_and_the_interview_goes_on() -> None:
    talk = Talk().say(*COUPLE[:3])
    answers = dict(talk.answers)
    talk.say("Does a PACS count?")
    assert talk.answers == answers
    first, last = talk.replies[0], talk.replies[-1]
    assert "PACS" in first[1].text
    assert "how do things stand" in last[1].text


def test_i_do_not_know_is_an_answer_and_the_result_says_what_it_hangs_on() -> None:
    talk = Talk().say("/start", "[Just me]", "30", "[I don’t know]")
    while not talk.done:
        talk.say("[I don’t know]")
    assert "hangs on an answer" in talk.text


def test_the_day_is_what_decides() -> None:
    in_time = Talk(today=date(2026, 11, 22)).say("/start", "[Just me]", "23 November 1990", "irish")
    too_late = Talk(today=date(2026, 11, 23)).say("/start", "[Just me]", "23 November 1990", "irish")
    for talk in (in_time, too_late):
        while not talk.done:
            talk.say(next(f"[{label}]" for label in talk.buttons[ANA] if label.startswith(("No", "None"))))
    assert "22 November 2026" in in_time.text
    assert "Age 36" in too_late.text


def test_after_an_invitation_the_days_are_days_of_the_calendar() -> None:
    talk = Talk().say("/start", "[Just me]", "[30]", "irish", "[Invited]", "17 November 2026")
    while not talk.done:
        labels = talk.buttons[ANA]
        talk.say(next(f"[{label}]" for label in ("Never", "None of these") if label in labels))
    assert "Accept or decline the invitation by 27 November 2026" in talk.text
    talk.say("/edit", "[More details]", "[When I accepted the invitation]", "20 November 2026")
    assert "Send the complete application by 10 December 2026" in talk.text


def test_invited_takes_the_news_at_any_time() -> None:
    talk = Talk().say(*SINGLE, "/invited", "[Yesterday]")
    assert talk.answers["iec_so_far:p1"] == "invited"
    assert talk.answers["invited_on:p1"] == "2026-11-21"


def test_who_turns_too_old_before_the_pools_usually_open_is_told_so_first() -> None:
    talk = Talk().say("/start", "[Just me]", "25 November 1990", "irish", "[No, all new]", "[None of these]")
    assert talk.text.startswith("The honest news first")
    assert "Should the pools open before 24 November 2026" in talk.text
    assert "recognized organization" in talk.text, "the next best thing is named"


def test_who_is_just_past_the_limit_learns_that_an_earlier_invitation_still_counts() -> None:
    talk = Talk().say("/start", "[Just me]", "36", "irish", "[None of these]")
    assert "/invited" in talk.text
    talk.say("/invited", "1 June 2026")
    assert talk.answers["invited_on:p1"] == "2026-06-01"
