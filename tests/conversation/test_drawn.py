"""Somebody was drawn: it is taken in any way it is said, everybody hears what to do now, nothing private is passed on."""

import pytest

from tests.conversation.talk import ANA, BEN, COUPLE, SINGLE, Talk

IRISH_AND_CHILEAN = ("/start", "I'm 30 and Irish, my boyfriend is 33, from Chile, we live together", "Luis",
                     "[For a year or longer]", "[Neither of us]", "[Neither of us]")  # fmt: skip


def two_chats(shows: str) -> Talk:
    """Ana and Luis, who has joined and answers for himself; ``shows`` is what Ana lets him see."""
    talk = Talk(names={BEN: "Luis"}).say(*IRISH_AND_CHILEAN, "[Let the other answer]")
    link = next(c.start for view, _ in talk.replies for row in view.choices for c in row if c.start)
    talk.say(f"/start {link}", user=BEN)
    if "Go on" in talk.buttons[BEN] or "My route, and why" not in talk.buttons[BEN]:
        talk.say("/start", user=BEN)
    talk.say("[My route, and why]", user=BEN)
    talk.say("/start", f"[{shows}]") if shows in talk.buttons[ANA] else talk.say("/start")
    if shows in talk.buttons[ANA]:
        talk.say(f"[{shows}]")
    return talk


def heard_by(talk: Talk, user: int) -> str:
    return "\n".join(rendered.text for view, rendered in talk.replies if view.chat == user)


@pytest.mark.parametrize("news", [("/invited", "[You]", "[Yesterday]"), ("I got my ITA yesterday",)])
def test_the_day_to_answer_and_the_weighing_come_at_once_however_it_is_told(news: tuple[str, ...]) -> None:
    talk = Talk().say(*IRISH_AND_CHILEAN, *news)
    assert talk.done, "whoever was all new is not asked about earlier stays"
    assert "You: Accept or decline the invitation by 1 December 2026" in talk.text
    assert "Luis: Create the IEC profile" in talk.text
    assert "Yes, and soon" in talk.text
    assert "your letter would last until about 15 February 2028" in talk.text, "10 + 20 + 56 days, then 12 months"
    assert "Luis’s invitation should come by 21 November 2027" in talk.text, "86 days before"
    assert "In 2023 one round drew" in talk.text, "a past season, named as such"
    assert "to the minute" in talk.text


def test_each_later_step_is_taken_with_its_day() -> None:
    talk = Talk().say(*SINGLE, "/invited", "[Yesterday]", "[There is news]", "[The invitation is accepted]", "[Today]")
    assert "Send the complete application by 12 December 2026" in talk.text
    talk.say("[There is news]", "[The application is sent]", "[Today]")
    assert "Wait for the decision, as a rule by 17 January 2027" in talk.text
    talk.say("[There is news]", "[The letter of introduction is there]", "15 January 2028")
    while not talk.done:
        talk.say("[IEC Working Holiday]" if "IEC Working Holiday" in talk.buttons[ANA] else "[I don’t know]")
    assert "Enter Canada by 15 January 2028" in talk.text
    talk.say("/invited")
    assert "Arrived in Canada" in talk.buttons[ANA]
    assert "An invitation" not in talk.buttons[ANA], "no step back by a button for news"


def test_an_old_button_for_news_takes_nothing_back() -> None:
    talk = Talk().say(*SINGLE, "/invited", "[Yesterday]", "[There is news]")
    old = talk.buttons[ANA]["The application is sent"]
    talk.say("[The letter of introduction is there]", "15 January 2028")
    before = dict(talk.answers)
    talk.tap(old)
    assert talk.answers == before


def test_the_other_hears_it_in_their_own_chat_with_what_to_do_now() -> None:
    talk = two_chats("My route, and why").say("I got my ITA yesterday")
    told = heard_by(talk, BEN)
    assert told.startswith("Ana was invited on 21 November 2026")
    assert "You: Create the IEC profile" in told
    assert "once Ana’s work in Canada has started" in told
    assert "your invitation should come by 21 November 2027" in told
    talk.say("/start", user=ANA)
    assert not heard_by(talk, BEN), "told once"


@pytest.mark.parametrize("shows", ["Only that I am done", "My route"])
def test_whoever_keeps_the_reason_private_keeps_the_news_private(shows: str) -> None:
    talk = two_chats(shows).say("I got my ITA yesterday")
    told = heard_by(talk, BEN)
    assert "news from Ana" in told
    assert "You: Create the IEC profile" in told
    for private in ("invited", "21 November", "letter", "December 2026 "):
        assert private not in told.replace("not before 11 December 2026", "")


def test_a_birthday_after_the_invitation_changes_nothing_and_a_no_would_be_the_last_word() -> None:
    talk = Talk().say("/start", "[Just me]", "5 December 1990", "irish", "[Invited]", "[Yesterday]")
    while not talk.done:
        labels = talk.buttons[ANA]
        talk.say(next(f"[{label}]" for label in ("Never", "None of these") if label in labels))
    assert "The birthday on 5 December 2026 changes nothing any more" in talk.text
    assert "Think twice before a no" in talk.text


def test_the_button_is_there_for_whoever_waits_and_for_nobody_else() -> None:
    talk = Talk().say(*COUPLE)
    assert not {"I was invited", "There is news"} & set(talk.buttons[ANA])
    talk = Talk().say("/start", "[Just me]", "30", "irish", "[In the pool now]")
    while not talk.done:
        labels = talk.buttons[ANA]
        talk.say(next(f"[{label}]" for label in ("Never", "None of these") if label in labels))
    talk.say("[I was invited]", "[Today]")
    assert "Accept or decline the invitation by 2 December 2026" in talk.text


def test_news_told_while_something_else_is_asked_is_no_answer_to_that() -> None:
    talk = Talk().say(*IRISH_AND_CHILEAN[:3], "got my ITA yesterday")
    assert talk.answers["iec_so_far:p1"] == "invited"
    assert talk.answers["invited_on:p1"] == "2026-11-21"
    assert "living_together_since:p1+p2" not in talk.answers
    assert "since when have you lived together" in talk.text


def test_news_of_somebody_who_has_been_before_keeps_what_was_before() -> None:
    talk = Talk().say("/start", "[Just me]", "30", "irish", "[Been to Canada with it]", "[No, nothing yet]", "[Once]",
                      "[Working Holiday]", "1 May 2019 to 30 April 2021", "[None of these]")  # fmt: skip
    assert talk.done
    talk.say("I got my ITA yesterday")
    assert talk.answers["iec_so_far:p1"] == "before"
    assert talk.answers["stage:p1"] == "invited"
    assert talk.answers["stay_count:p1"] == 1
    assert "Accept or decline the invitation by 1 December 2026" in talk.text


@pytest.mark.parametrize(
    "said", ["my friend was invited yesterday", "was anybody invited yesterday?", "my sister got her ITA"]
)
def test_news_of_somebody_else_is_none(said: str) -> None:
    talk = Talk().say(*SINGLE)
    before = dict(talk.answers)
    talk.say(said)
    assert talk.answers == before


@pytest.mark.parametrize("said", ["drawn on Tuesday", "tiré au sort mardi", "einladung bekommen am dienstag"])
def test_news_as_people_write_it(said: str) -> None:
    talk = Talk().say(*SINGLE, said)
    assert talk.answers["iec_so_far:p1"] == "invited"
    assert talk.answers["invited_on:p1"] == "2026-11-17"


def test_a_couple_that_is_none_yet_hears_so_wherever_following_is_offered() -> None:
    apart = ("/start", "I'm 30 and Irish, my boyfriend is 33, from Chile", "Luis", "[Together, living apart]",
             "[Neither of us]", "[Neither of us]")  # fmt: skip
    for talk in (Talk().say(*apart), Talk().say(*apart, "/invited", "[You]", "[Yesterday]")):
        offers = [
            line for line in talk.text.splitlines() if line.startswith(("• One after the other", "• Land together"))
        ]
        assert offers
        assert all("count as a couple" in line for line in offers)
    assert "must count as a couple" in talk.text.partition("Yes, no or wait?")[0]
    assert "count as a couple" in talk.say("/compare").text
