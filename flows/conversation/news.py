"""News of somebody's own application: it is taken at any time, and everybody of the party hears in their own chat."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flows.conversation.drawn_words import own_moves, weighed_words
from flows.conversation.naming import Naming
from flows.conversation.seeing import Shows, shown_of
from flows.conversation.turn import Turn
from flows.conversation.view import Lines, Words
from flows.interview.questions import UNKNOWN, key_of, stage_of
from flows.interview.walk import Place, couples_of
from flows.message import Family, Message
from flows.party import Stage

NEWS_STAGES = (Stage.INVITED, Stage.APPLIED, Stage.APPROVED, Stage.IN_CANADA)
NEWS = Family("drawn.news", NEWS_STAGES, "who")
INVITED_ON = Message("drawn.news.invited_on", "who", "day")
PRIVATE = Message("drawn.news.private", "who")
FOR_YOU = Message("drawn.news_for_you", "lines")
SEE_PLAN = Message("choice.share_see_plan")

DAY_OF: Mapping[str, str] = {
    Stage.INVITED: "invited_on",
    Stage.APPLIED: "applied_on",
    Stage.APPROVED: "letter_valid_until",
}
"""The day on which all that follows hangs: asked at once, by stage."""


def changes_of_news(turn: Turn, person: str, stage: str) -> dict[str, Any]:
    """The answers that the news changes. Whoever was all new has had no earlier stay, and is not asked about any."""
    if turn.said("iec_so_far", person) == "before":
        return {key_of("stage", person): str(stage)}
    changes: dict[str, Any] = {key_of("iec_so_far", person): str(stage)}
    if turn.said("iec_so_far", person) == "new" and turn.said("stay_count", person) is None:
        changes[key_of("stay_count", person)] = 0
    return changes


def note_news(turn: Turn, place: Place, value: Any) -> dict[str, Any] | None:
    """What to write where the answer to ``place`` is news of somebody whose stage was told before; None where it is none."""
    if place.question not in ("iec_so_far", "stage") or value not in NEWS_STAGES:
        return None
    before = stage_of(turn.answers, place.subject)
    if before is None or before == value:
        return None
    turn.member["news"] = place.subject
    return changes_of_news(turn, place.subject, value)


def tell_news(turn: Turn) -> None:
    """Tell the others of the news as soon as its day is known; in a group only the partner, since the board shows it too."""
    person = turn.member.get("news")
    stage = stage_of(turn.answers, person) if person else None
    if person is None or stage not in NEWS_STAGES:
        return
    day_of = DAY_OF.get(stage)
    if day_of is not None and key_of(day_of, person) not in turn.answers and turn.present is not None:
        return
    others = list(_others(turn, person))
    if others and turn.session.get("group") is None and not turn.member.get("chose"):
        return  # what they may hear is asked first
    turn.member["news"] = None
    for user in others:
        turn.member["told"] = True
        theirs = Turn(turn.session, replace(turn.event, user=int(user)), turn.content, turn.today)
        turn.show(*_news_words(theirs, person, stage), choices=((turn.choice(SEE_PLAN(), "c", "start"),),), user=user)


def _others(turn: Turn, person: str) -> Iterator[str]:
    couples = [pair.split("+") for pair in couples_of(turn.answers, turn.people)]
    for user, member in turn.session["members"].items():
        partner = any({person, member["person"]} == set(pair) for pair in couples)
        if user != turn.user and (turn.session.get("group") is None or partner):
            yield user


def _news_words(theirs: Turn, person: str, stage: str) -> Iterator[Words]:
    """The news as one of the others may hear it, then what they do now themselves."""
    naming = Naming(theirs)
    if shown_of(theirs, person) is Shows.REASON:
        day = theirs.said("invited_on", person) if stage == Stage.INVITED else None
        who = naming.start(person)
        known = isinstance(day, str) and day != UNKNOWN
        yield INVITED_ON(who=who, day=date.fromisoformat(str(day))) if known else NEWS(stage, who=who)
    else:
        yield PRIVATE(who=naming.inside(person))
    lines = own_moves(theirs, naming, theirs.me)
    if lines:
        yield FOR_YOU(lines=Lines(tuple(lines)))
    yield from weighed_words(theirs, naming)
