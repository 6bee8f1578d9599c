"""Two people who answer each for themself: what one keeps private never reaches the other."""

import pytest

from flows.conversation.effect import Export, Forget
from tests.conversation.talk import ANA, BEN, Talk

PRIVATE = ("Korea", "1993", "July", "Young Professionals", "33", "In the pool", "nurse")
COMMANDS = ("/start", "/routes", "/why", "/whatif", "/checklist", "/edit", "/share", "/help", "/invite")
QUESTIONS = ("when am I too old?", "should she decline the invitation?", "by when must my partner apply?")


def both(shows: str) -> Talk:
    """Ana and Ben have answered; Ben, who was invited by a link, shows as much as ``shows`` says."""
    talk = Talk().say("/start", "[My partner and I]", "Ben", "[Living together]", "30", "/invite")
    link = next(
        button.start for _, rendered in talk.replies for row in rendered.buttons for button in row if button.start
    )
    talk.say(f"/start {link}", user=BEN)
    talk.say("19 July 1993", "korean", user=BEN)
    while talk.session["members"][str(BEN)].get("shown"):
        labels = talk.buttons[BEN]
        talk.say(
            next(
                f"[{label}]"
                for label in ("In the pool now", "Never", "For a year or longer", "Studying")
                if label in labels
            ),
            user=BEN,
        )
    talk.say("/start", user=BEN)
    talk.say(f"[{shows}]", user=BEN)
    talk.say("/start", "irish")
    while talk.session["members"][str(ANA)].get("shown"):
        labels = talk.buttons[ANA]
        wanted = ("No, all new", "None of these", "For a year or longer")
        talk.say(next(f"[{label}]" for label in wanted if label in labels))
    return talk.say("/start", "[My route, and why]")


def read_by_ana(talk: Talk) -> str:
    """Everything that Ana can get to read."""
    texts = [talk.text]
    for text in (*COMMANDS, *QUESTIONS):
        talk.say(text)
        texts += [rendered.text for view, rendered in talk.replies if view.chat == ANA]
        texts += [
            button.label
            for view, rendered in talk.replies
            if view.chat == ANA
            for row in rendered.buttons
            for button in row
        ]
    return "\n".join(texts)


def test_who_shows_only_that_they_are_done_shows_nothing_else() -> None:
    text = read_by_ana(both("Only that I am done"))
    assert "Ben" in text
    told = [
        word for word in PRIVATE if word in text.replace("Young Professionals, up to 24 months at one employer", "")
    ]
    assert [word for word in told if word != "Young Professionals"] == []


def test_who_shows_the_route_keeps_age_and_passport() -> None:
    text = read_by_ana(both("My route"))
    assert "Working Holiday" in text
    assert not [word for word in ("1993", "July", "33", "2029") if word in text]


def test_who_shows_the_reasons_shows_them() -> None:
    text = read_by_ana(both("My route, and why"))
    assert "South Korea, 33" in text


def test_whoever_answers_for_themself_is_no_longer_answered_for() -> None:
    talk = both("My route")
    version = talk.session["version"]
    before = dict(talk.answers)
    talk.tap(f"{version}:e:citizenships:p2")
    assert "earlier step" in talk.text
    talk.say("Ben is 25 and German")
    assert talk.answers == before


def test_what_is_shown_can_be_changed_later() -> None:
    talk = both("My route, and why")
    talk.say("/share", "[What the others see]", "[Only that I am done]", user=BEN)
    talk.say("/start")
    assert "South Korea" not in talk.text


@pytest.mark.parametrize("press", ["Yes, delete everything", "Yes, start over"])
def test_leaving_takes_ones_own_answers_along_and_tells_the_other(press: str) -> None:
    talk = both("My route")
    talk.say("/forget" if "delete" in press else "/restart", user=BEN)
    talk.say(f"[{press}]", user=BEN)
    assert str(BEN) not in talk.session["members"]
    assert not [key for key in talk.answers if key.partition(":")[2] == "p2" and not key.startswith("name")]
    assert any(view.chat == ANA and "left" in rendered.text for view, rendered in talk.replies)
    assert talk.effects == ([Forget(BEN)] if "delete" in press else talk.effects)
    talk.say("/start")
    assert "And Ben" in talk.text, "Ana may answer for Ben again"


def test_a_link_is_good_for_one_person_and_not_for_whoever_made_it() -> None:
    talk = both("My route")
    talk.say("/start join:p2")
    assert "somebody else" in talk.text
    talk.names[9] = "Eve"
    talk.say("/start join:p2", user=9)
    assert "taken already" in talk.text
    assert "9" not in talk.session["members"]


def test_export_is_asked_of_whoever_keeps_the_data() -> None:
    talk = Talk().say("/start", "/export")
    assert talk.effects == [Export(ANA)]


def test_what_was_told_elsewhere_is_used_only_when_wanted() -> None:
    elsewhere = Talk().say("/start", "[Just me]", "33", "korean").session
    for choice, expected in (("Use them here", {"age": 33}), ("Ask me anew", None)):
        talk = Talk().say("/start", "[My partner and I]", "Ben")
        earlier = {**elsewhere, "members": {str(BEN): elsewhere["members"][str(ANA)]}}
        talk.say("/start join:p2", user=BEN, earlier=earlier)
        talk.say(f"[{choice}]", user=BEN)
        assert talk.answers.get("age_or_birth_date:p2") == expected
