"""A group's party: its members join one by one, each answers for themself in private, and may leave again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flows.content import Content
from flows.conversation.board import Board, board_view
from flows.conversation.board_plan import plan_words
from flows.conversation.naming import clean_name
from flows.conversation.session import Session
from flows.conversation.sharing import SHOWN_AT_FIRST
from flows.conversation.turn import Turn
from flows.conversation.view import View
from flows.interview.questions import BY_ID, About, key_of

MOST_MEMBERS = 30
LONGEST_NAME = 18  # so that a name and a route share a line of a phone
PARTY_ANSWERS: Mapping[str, Any] = {"who": "friends", "companions": 0, "couples": ["no"]}


def is_group(session: Session) -> bool:
    """Whether the session is a group's, with a board."""
    return session.get("group") is not None


def the_board(session: Session, content: Content, today: date) -> View:
    """The board as it stands; equal sessions give equal boards."""
    board = Board(session, content, today)
    return board_view(board, plan_words(board))


def add_member(turn: Turn) -> None:
    """The user becomes one of the group, under a name that nobody else on the board has."""
    number = max((int(person[1:]) for person in turn.people), default=0) + 1
    person = f"p{number}"
    turn.people.append(person)
    turn.session["members"][turn.user] = {
        "person": person,
        "name": turn.event.user_name,
        "language": turn.content.words.language(turn.event.language).code,
        "shows": SHOWN_AT_FIRST,
    }
    taken = {turn.said("name", other) for other in turn.people}
    turn.write(
        {**PARTY_ANSWERS, "couples": turn.said("couples") or ["no"], key_of("name", person): _unlike(turn, taken)}
    )


def drop_member(turn: Turn) -> None:
    """The user leaves: they, all they said of themself, and whatever ties them to others of the group are gone."""
    person = turn.me
    for key in list(turn.session["answers"]):
        if is_about(key, person):
            del turn.session["answers"][key]
    unlink(turn, person)
    turn.people.remove(person)
    del turn.session["members"][turn.user]
    turn.touch()


def unlink(turn: Turn, person: str) -> None:
    """Undo the couple that a person is part of, and every request for one."""
    said = turn.session["answers"].get("couples")
    if isinstance(said, list):
        turn.write({"couples": [pair for pair in said if person not in pair.split("+")]})
    for key in list(turn.session["answers"]):
        question, _, subject = key.partition(":")
        if question in BY_ID and BY_ID[question].about is About.PAIR and person in subject.split("+"):
            del turn.session["answers"][key]
    for member in turn.session["members"].values():
        if member.get("partner") == person or member["person"] == person:
            member["partner"] = None
    turn.touch()


def is_about(key: str, person: str) -> bool:
    """Whether an answer is about this person alone: ``work:p1``, ``stay_dates:p1.2``."""
    _, _, subject = key.partition(":")
    return subject.split(".")[0] == person


def said_of_self(session: Session | None, user: str) -> dict[str, Any]:
    """What a user once said of themself, by question and stay (``work``, ``stay_dates.2``)."""
    if session is None or user not in session["members"]:
        return {}
    me = session["members"][user]["person"]
    found = {}
    for key, value in session["answers"].items():
        question, _, subject = key.partition(":")
        if is_about(key, me) and question != "name" and question in BY_ID:
            found[question + subject.removeprefix(me)] = value
    return found


def keys_of(said: Mapping[str, Any], person: str) -> dict[str, Any]:
    """Answers by question and stay as the answers of ``person``."""
    found = {}
    for name, value in said.items():
        question, dot, number = name.partition(".")
        found[key_of(question, person + dot + number)] = value
    return found


def _unlike(turn: Turn, taken: Sequence[Any] | set[Any]) -> str:
    """The user's name, shortened for a phone, with a number where it is taken."""
    name = clean_name(turn.event.user_name)
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME - 1].rstrip() + "…"
    name = name or f"{len(turn.people)}"
    found, number = name, 2
    while found in taken:
        found, number = f"{name} ({number})", number + 1
    return found
