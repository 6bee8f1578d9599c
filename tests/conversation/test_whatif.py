"""/whatif: changes are found by evaluating, can be tried without being kept, and taken back without a trace."""

import pytest

from tests.conversation.talk import ANA, COUPLE, Talk


def couple_of_three_months() -> Talk:
    return Talk().say(*COUPLE[:8], "1 September 2026", *COUPLE[9:])


def test_what_would_help_is_found() -> None:
    talk = couple_of_three_months().say("/whatif")
    assert "You and Ben: married" in talk.text
    assert "a step nearer for Ben" in talk.text
    assert "a job offer" in talk.text


def test_nothing_is_promised_that_the_changed_answers_do_not_give() -> None:
    talk = couple_of_three_months().say("/whatif")
    for label in [label for label in talk.buttons[ANA] if label.startswith("Try")]:
        talk.say("/whatif", f"[{label}]")
        assert "trying this out" in talk.text
        talk.say("[Take it back]")


@pytest.mark.parametrize(("choice", "kind"), [("Keep it", "married"), ("Take it back", "living_together")])
def test_a_trial_is_kept_or_taken_back(choice: str, kind: str) -> None:
    talk = couple_of_three_months().say("/whatif")
    before = dict(talk.answers)
    talk.say("[Try: You and Ben: married]")
    assert talk.answers == before, "only tried"
    assert "marriage certificate" in talk.text
    talk.say(f"[{choice}]")
    assert talk.answers == {**before, "relationship_kind:p1+p2": kind}
    assert "trying" not in talk.text


def test_somebody_else_does_not_see_a_trial() -> None:
    talk = couple_of_three_months().say("/whatif", "[Try: You and Ben: married]")
    assert talk.session["answers"]["relationship_kind:p1+p2"] == "living_together"


def test_before_the_end_it_goes_on_with_the_question() -> None:
    talk = Talk().say(*COUPLE[:5], "/whatif")
    assert "And Ben" in talk.text


def test_a_passport_is_told_as_a_thing_to_find_out() -> None:
    talk = Talk().say("/start", "[Just me]", "28", "brazilian")
    while not talk.done:
        labels = talk.buttons[ANA]
        talk.say(next(f"[{label}]" for label in ("No, all new", "None of these") if label in labels))
    talk.say("/whatif")
    assert "parent or grandparent" in talk.text
