"""The board of a group: who is where, what is shared, couples, leaving, and a plan that fits a phone."""

import textwrap

import pytest

from flows.conversation.event import EventKind
from tests.groups.friends import GROUP, Friends, all_answered, five, link_up

ROUTE, ALL, DONE = "My route", "My route, passport and last day", "Only that I am done"
SEEN = "What the others see"


def row(group: Friends, name: str) -> str:
    """The paragraph of rows, from this name to the next one."""
    rows = group.board.split("\n\n")[1].splitlines()
    start = next(place for place, line in enumerate(rows) if line.startswith(f"{name}: "))
    following = [place for place, line in enumerate(rows) if place > start and ": " in line and line[0].isupper()]
    return " ".join(rows[start : following[0] if following else len(rows)])


def test_an_empty_board_invites() -> None:
    group = Friends()
    group.take(EventKind.COMMAND, 1, GROUP, name="together")
    assert "Who wants to go?" in group.board


def test_a_row_goes_from_joined_to_the_route() -> None:
    group = five()
    assert "joined" in row(group, "Ana")
    group.say(1, "12 May 1996")
    assert "answering" in row(group, "Ana")
    group.say(1, "Irish")
    group.answer_all(1, None)
    assert "answering" in row(group, "Ana"), "nothing is shown before they chose what"
    group.press(1, ROUTE)
    assert row(group, "Ana") == "Ana: Working Holiday"
    assert "Waiting for Ben, Cleo, Dan and Eva." in group.board


def test_each_one_chooses_and_a_change_shows() -> None:
    group = all_answered(Cleo=DONE)
    assert row(group, "Cleo") == "Cleo: done ✓" and "Germany" not in group.board
    for shows, seen in ((ALL, True), (ROUTE, False), (ALL, True)):
        group.say(3, "/share")
        group.press(3, SEEN)
        group.press(3, shows)
        assert ("Germany" in group.board) is seen and "Cleo: Working Holiday" in group.board


def test_the_plan_names_pools_first_day_no_pool_better_passport_and_who_moves_first() -> None:
    plan = all_answered().board.partition("The plan")[2]
    assert "Ana, Cleo and Dan: create the IEC profile the day the pools open" in plan and "No group application" in plan
    assert "Dan has more than one passport. Best for this: Australia." in plan
    assert "Cleo has the least time: the invitation must come by 1 February 2028." in plan
    assert "Ben and Eva: no pool" in plan and "Young Professionals" in plan


def test_a_couple_links_up_only_by_consent_of_both() -> None:
    group = all_answered()
    group.press(1, "I’m here with my partner")
    group.press(1, "Ben")
    assert "couples" not in str(group.in_group) and group.session["answers"]["couples"] == ["no"]
    group.press(2, "No")
    assert group.session["answers"]["couples"] == ["no"]
    assert "did not confirm" in str(group.private[1][-1].words) or "refused" in str(group.private[1][-1].words)
    link_up(group, 1, 2)
    assert row(group, "Ben") == "Ben: partner’s permit, after Ana"
    assert "Ana goes first. Ben follows" in group.board
    for asker in (3, 5):
        group.say(asker, "/partner")
        assert "Ben" not in group.labels(asker) and "Ana" not in group.labels(asker), "both are taken"


def test_two_who_ask_each_other_need_no_further_question() -> None:
    group = all_answered()
    for one, other in ((1, "Ben"), (2, "Ana")):
        group.press(one, "I’m here with my partner")
        group.press(one, other)
    assert group.session["answers"]["couples"] == ["p1+p2", "no"]


def test_a_couple_is_told_of_only_while_both_share_their_route() -> None:
    group = all_answered()
    link_up(group, 1, 2)
    group.say(1, "/share")
    group.press(1, SEEN)
    group.press(1, DONE)
    assert "partner" not in group.board.partition("You see here")[0], "Ben's way would tell about Ana"
    assert row(group, "Ben") == "Ben: no pool, but other ways"


@pytest.mark.parametrize("how", ["left", "blocked", "command in group", "command in private", "forget"])
def test_whoever_leaves_is_gone_with_all_that_tied_them_to_others(how: str) -> None:
    group = all_answered()
    link_up(group, 1, 2)
    match how:
        case "left":
            group.take(EventKind.LEFT, 1, GROUP)
        case "blocked":
            group.take(EventKind.BLOCKED, 1, 1)
        case "command in group":
            group.take(EventKind.COMMAND, 1, GROUP, name="leave")
        case "command in private":
            group.say(1, "/leave")
        case "forget":
            group.say(1, "/forget")
            group.press(1, "Yes, delete everything")
    assert "Ana" not in group.board and row(group, "Ben") == "Ben: no pool, but other ways"
    assert not [key for key in group.session["answers"] if "p1" in key.partition(":")[2].replace("+", ".").split(".")]
    assert "1" not in group.session["members"]
    group.join(1, "Ana")
    assert "Ana: just joined" in group.board


def test_two_of_the_same_name_stay_apart() -> None:
    group = Friends()
    for user, passport in ((1, "Irish"), (2, "Brazilian"), (3, "German")):
        group.join(user, "Ana")
        group.say(user, "12 May 1996")
        group.say(user, passport)
        group.answer_all(user)
    assert "Ana: Working Holiday" in group.board
    assert "Ana (2): no pool" in group.board and "Ana (3): Working Holiday" in group.board
    group.press(1, "I’m here with my partner")
    assert group.labels(1)[:2] == ["Ana (2)", "Ana (3)"]


def test_earlier_answers_are_used_only_if_wanted() -> None:
    first = all_answered()
    for wanted, expected in (("Yes, use them", "12 May 1996"), ("No, ask me anew", None)):
        group = Friends()
        group.join(1, "Ana", earlier=first.session)
        assert "age_or_birth_date:p1" not in group.session["answers"]
        group.press(1, wanted)
        assert ("age_or_birth_date:p1" in group.session["answers"]) is (expected is not None)
        if expected:
            group.answer_all(1)
            assert "Ana: Working Holiday" in group.board


def test_nobody_can_change_who_belongs_to_the_group() -> None:
    group = all_answered()
    before = group.session
    for press in (
        "e:who:",
        "e:couples:",
        "e:companions:",
        "a:who::single",
        "e:citizenships:p2",
        "g:ask:p1",
        "g:ask:p99",
    ):
        group.take(EventKind.PRESS, 1, 1, press=f"{group.session['version']}:{press}")
    assert group.session["people"] == before["people"] and group.session["answers"] == before["answers"]


@pytest.mark.parametrize("name", ["W" * 60, "", "\u202eevil\u202c", "<b>Ana</b>", "Ana\nBen: done"])
def test_hostile_names_stay_one_short_line(name: str) -> None:
    group = Friends()
    group.join(1, name)
    first = group.board.split("\n\n")[1].splitlines()
    assert len(first) == 1 and len(first[0]) <= 45 and "\u202e" not in first[0]


def test_the_board_is_short_enough_for_a_phone() -> None:
    group = all_answered()
    link_up(group, 1, 2)
    lines = [part for line in group.board.splitlines() for part in textwrap.wrap(line, 40) or [""]]
    assert len(lines) <= 45
    rows = group.board.split("\n\n")[1].splitlines()
    assert max(map(len, rows)) <= 40
