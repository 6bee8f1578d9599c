"""A partner who has opened no private chat yet, and what a member is told of friends who show their route."""

from flows.conversation.event import EventKind
from flows.conversation.group_joining import ARRIVES
from flows.interview.walk import couples_of
from tests.groups.friends import GROUP, Friends, all_answered, link_up, text_of


def test_a_partner_who_only_answered_in_the_group_is_asked_again_once_there_is_a_private_chat() -> None:
    group = Friends()
    group.names = {1: "Ana", 2: "Ben"}
    group.take(EventKind.COMMAND, 1, GROUP, name="together")
    group.join(1, "Ana")
    group.take(EventKind.PRESS, 2, GROUP, press="0:here")
    group.say(1, "/partner")
    group.press(1, "Ben")
    assert "“I’m in” on the board" in text_of(group.private[1][-1])  # what to do where nothing arrived
    group.private[2].clear()
    group.take(EventKind.COMMAND, 2, 2, name="start", text=ARRIVES)
    assert "Ana from your group tells me" in text_of(group.private[2][-1])
    group.press(2, "Yes, we are")
    assert couples_of(group.session["answers"], group.session["people"])
    group.take(EventKind.COMMAND, 2, 2, name="start", text=ARRIVES)
    assert "tells me that you two" not in text_of(group.private[2][-1])


def test_the_partner_of_nobody_is_not_asked() -> None:
    group = all_answered()
    group.take(EventKind.COMMAND, 2, 2, name="start", text=ARRIVES)
    assert not any("tells me that you two" in text_of(view) for view in group.private[2])


def test_of_friends_it_is_said_what_they_do_show() -> None:
    group = all_answered(Ana="My route", Cleo="Only that I am done", Eva="My route, passport and last day")
    group.say(4, "/start")
    card = text_of(group.private[4][-1])
    assert "Ana: has answered. The route is on the group’s board." in card and "Ana: Working Holiday" in group.board
    assert "Cleo: has answered and keeps the route private." in card and "Cleo: done" in group.board
    assert "Good news: there is a way for you." in card  # first of all what concerns the reader
    assert "Germany" not in card and "(Ireland" not in card


def test_a_couple_reads_of_itself_first_whatever_others_of_the_group_show() -> None:
    group = all_answered(Cleo="Only that I am done")
    link_up(group, 1, 2)
    group.say(1, "/start")
    card = text_of(group.private[1][-1])
    assert "You can both go, one after the other." in card and "Cleo: has answered and keeps" in card
    link_up(group, 5, 4)
    group.say(5, "/start")
    rows = [line.split(" ")[0] for line in text_of(group.private[5][-1]).splitlines()]
    assert rows.index("You") < rows.index("Dan") < rows.index("Ana") < rows.index("Ben")


def test_the_first_line_reads_well_for_the_one_it_is_about() -> None:
    group = Friends()
    group.names[1] = "Ana"
    group.take(EventKind.COMMAND, 1, GROUP, name="together")
    for user, name, born, passport in ((1, "Ana", "12 May 1996", "Irish"), (2, "Ben", "3 March 1988", "Chilean")):
        group.join(user, name)
        group.say(user, born)
        group.say(user, passport)
        group.answer_all(user)
    for user, who, other in ((1, "you", "Ben"), (2, "Ana", "you")):
        group.say(user, "/start")
        assert f"There is a way for {who}. For {other} it takes another one" in text_of(group.private[user][-1])
