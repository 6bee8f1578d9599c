"""The calendar file in the conversation: what was given out is remembered, and taken back once it no longer holds."""

from flows.conversation.effect import Calendar, Forget
from tests.conversation.talk import ANA, SINGLE, Talk


def file_of(talk: Talk) -> Calendar:
    talk.say("/dates", "[As a calendar file]")
    wish = talk.effects[-1]
    assert isinstance(wish, Calendar)
    return wish


def test_a_date_that_no_longer_holds_is_told_of_and_taken_back() -> None:
    talk = Talk().say(*SINGLE[:2], "12 May 1996", *SINGLE[3:])
    first = file_of(talk)
    assert "last_invitation_day" in {dated.code for dated in first.dates}
    assert first.gone == ()
    assert file_of(talk).gone == (), "nothing has changed"
    talk.tap(f"{talk.session['version']}:e:age_or_birth_date:p1")
    talk.say("30")
    talk.say("/dates")
    assert "no longer holds" in talk.text
    second = file_of(talk)
    assert [entry.key.partition("|")[0] for entry in second.gone] == ["last_invitation_day"]
    assert "last_invitation_day" not in {dated.code for dated in second.dates}


def test_taking_a_file_spoils_no_button_and_is_forgotten_with_the_user() -> None:
    talk = Talk().say(*SINGLE)
    version = talk.session["version"]
    file_of(talk)
    assert talk.session["version"] == version
    assert talk.session["members"][str(ANA)]["calendar"]
    talk.say("/forget", "[Yes, delete everything]")
    assert talk.effects[-1] == Forget(ANA)
    assert str(ANA) not in talk.session["members"]


def test_with_no_date_left_the_earlier_file_can_still_be_taken_back() -> None:
    talk = Talk().say(*SINGLE)
    assert file_of(talk).dates
    talk.say("/restart", "[Yes, start over]", *SINGLE[1:3], "american")
    while talk.session["members"][str(ANA)].get("shown"):
        talk.say("I don't know")
    talk.say("/dates")
    assert "no longer hold" in talk.text
    last = file_of(talk)
    assert last.gone
    assert not {entry.key for entry in last.gone} & {f"{dated.code}||1" for dated in last.dates}
