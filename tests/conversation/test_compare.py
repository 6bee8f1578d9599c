"""Two ways of one person side by side: what each line says, on which screen it fits, when it is offered."""

from datetime import date

import pytest

from tests.conversation.talk import ANA, COUPLE, SINGLE, Talk

LABEL = "Compare the ways"
CHILEAN_PARTNER = ("/start", "I'm 30 and Irish, my boyfriend is 33, from Chile, we live together", "Luis",
                   "[For a year or longer]", "[Neither of us]", "[Neither of us]")  # fmt: skip
LONGEST_LINE = 40


def rows(talk: Talk) -> dict[str, list[str]]:
    """What is compared, and each way's line without its number."""
    blocks = [block.splitlines() for block in talk.text.split("\n\n")]
    return {block[0]: [line.partition(": ")[2] for line in block[1:]] for block in blocks if len(block) > 1}


def test_an_own_pool_and_a_partners_permit_stand_side_by_side() -> None:
    talk = Talk().say(*CHILEAN_PARTNER)
    assert LABEL in talk.buttons[ANA]
    found = rows(talk.say(f"[{LABEL}]"))
    assert found["Fees"][:2] == ["CAD 369.75", "CAD 340"], "184.75 + 100 + 85, and 155 + 100 + 85"
    assert found["Chance"][1] == "no lot, an officer checks papers"
    assert "round in" in found["Chance"][0], "a past season is named as such"
    assert found["What it hangs on"][:2] == ["nobody else", "your permit and job"]
    assert "12 months" in found["Length"][0]


def test_working_holiday_and_young_professionals_too() -> None:
    talk = Talk().say(*SINGLE)
    assert LABEL not in talk.buttons[ANA], "no second way without an offer, so no button for it"
    found = rows(talk.say("/compare"))
    assert found["For whom you may work"] == [
        "anybody, anywhere",
        "the one employer named on it",
        "the placement named on it",
    ]
    assert found["Fees"] == ["CAD 369.75", "CAD 269.75, the employer pays too", "CAD 269.75, the employer pays too"]
    assert "with a job offer" in talk.text


@pytest.mark.parametrize("passport", ["irish", "chilean", "french", "german", "british", "canadian and japanese"])
def test_a_chance_that_could_be_anything_is_not_told_as_one(passport: str) -> None:
    talk = Talk().say("/start", "[Just me]", "28", passport)
    while not talk.done:
        talk.say(next(f"[{label}]" for label in ("No, all new", "None of these") if label in talk.buttons[ANA]))
    talk.say("/compare")
    assert "under 1% to over 99%" not in talk.text


def test_the_comparison_fits_a_phone() -> None:
    talk = Talk().say(*CHILEAN_PARTNER, "we want to be there by 1 September", "/compare")
    shown = [line for line in talk.text.splitlines() if line and not line.startswith("|")]
    long = [line for line in shown if len(line) > LONGEST_LINE]
    assert len(long) <= 6, long
    assert all(len(line) <= 2 * LONGEST_LINE for line in shown), "nothing takes more than two lines"


def test_with_one_way_there_is_nothing_to_compare_and_it_says_where_to_look() -> None:
    talk = Talk().say("/start", "[Just me]", "28", "brazilian")
    while not talk.done:
        talk.say(next(f"[{label}]" for label in ("No, all new", "None of these") if label in talk.buttons[ANA]))
    talk.say("/compare")
    assert "/routes" in talk.text


@pytest.mark.parametrize("told", ["before", "after"])
def test_a_wished_day_may_be_told_at_any_time_and_is_answered_first(told: str) -> None:
    wish = "We want to be there by 1 March 2027"
    talk = Talk().say(*COUPLE[:4], wish, *COUPLE[4:]) if told == "before" else Talk().say(*COUPLE, wish)
    assert talk.done
    assert talk.answers["arrive_by:p1"] == talk.answers["arrive_by:p2"] == "2027-03-01"
    assert "Being there by 1 March 2027" in talk.text
    assert "only if drawn by 4 January 2027" in talk.text
    assert talk.text.index("Being there by") < talk.text.index("You (Ireland")


def test_whoever_speaks_of_themself_wishes_for_themself() -> None:
    talk = Talk().say(*COUPLE, "I would like to be in Canada by May")
    assert talk.answers["arrive_by:p1"] == "2027-05-01"
    assert "arrive_by:p2" not in talk.answers


def test_a_wedding_day_is_no_wished_day() -> None:
    talk = Talk().say("/start", "[My partner and I]", "Ben", "[Engaged]", "30", "36", "irish", "american")
    assert "wedding" in talk.text
    talk.say("we want to be there by March so the wedding is 12 June 2027")
    assert not any(key.startswith("arrive_by") for key in talk.answers)


def test_the_day_without_a_chance_is_said_plainly() -> None:
    talk = Talk(today=date(2026, 11, 22)).say(*SINGLE, "I want to be in Canada by 1 January 2027")
    assert "too late: about 26 February 2027 at the earliest" in talk.text


def test_before_the_end_it_goes_on_with_the_question() -> None:
    talk = Talk().say(*COUPLE[:5], "/compare")
    assert "when your answer is complete" in talk.text
    assert "And Ben" in talk.text
