"""Taking a user out of a session for good: what must be certain, whatever the conversation made of their leaving."""

import re
from typing import cast

from flows.conversation.session import Session


def without_traces(session: Session, user: int, person: str | None) -> Session:
    """The session without this member and without any answer about ``person``, who was this user.

    The person stays one of the party: the others still travel with somebody. An answer about a pair goes as well. Where
    another member answers as the same person, the answers are theirs and stay.
    """
    members = {key: member for key, member in session["members"].items() if key != str(user)}
    answers = session["answers"]
    if person and all(member["person"] != person for member in members.values()):
        answers = {key: value for key, value in answers.items() if person not in people_of(key)}
    if members == session["members"] and answers == session["answers"]:
        return session
    return cast(Session, {**session, "members": members, "answers": answers, "version": session["version"] + 1})


def is_empty(session: Session) -> bool:
    """Nobody takes part and no group has it: nothing is left to keep."""
    return not session["members"] and session.get("group") is None


def people_of(key: str) -> set[str]:
    """The people an answer's key is about: ``age:p1``, ``kind:p1+p2``, ``stay:p1.2``; none for one about the party."""
    _, _, subject = key.partition(":")
    return {re.split(r"\.", part)[0] for part in subject.split("+") if part}
