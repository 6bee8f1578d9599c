"""Taking a user out of a session, through the conversation and, for what must be certain, beside it."""

import re
from typing import cast

from flows.conversation.session import Session


def without_user(session: Session, user: int) -> Session:
    """The session without this member and without the answers about the person who was only theirs.

    The conversation has had its say before; this makes sure that nothing of the user stays, whatever it did.
    """
    member = session["members"].get(str(user))
    if member is None:
        return session
    members = {key: other for key, other in session["members"].items() if key != str(user)}
    answers = session["answers"]
    people = session["people"]
    person = member.get("person")
    if person and all(other.get("person") != person for other in members.values()):
        answers = {key: value for key, value in answers.items() if person not in _people_of(key)}
        people = [other for other in people if other != person]
    changed = {**session, "members": members, "answers": answers, "people": people, "version": session["version"] + 1}
    return cast(Session, changed)


def is_empty(session: Session) -> bool:
    """Nobody takes part and no group has it: nothing is left to keep."""
    return not session["members"] and session.get("group") is None


def _people_of(key: str) -> set[str]:
    """The people an answer's key is about: ``age:p1``, ``kind:p1+p2``, ``stay:p1.2``."""
    _, _, subject = key.partition(":")
    return {re.split(r"\.", part)[0] for part in subject.split("+")}
