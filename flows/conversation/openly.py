"""Answering in the group before everybody's eyes: each sees the question, nobody which button was tapped.

Only what everybody is asked is asked here, in one order, whatever was answered before: otherwise the next question
would tell what the last answer was. Nothing that was answered is ever repeated here. All else is asked in private.
"""

from flows.conversation.applying import apply
from flows.conversation.group_door import open_private_chat
from flows.conversation.group_sharing import SHOWS
from flows.conversation.options import find, not_known, options
from flows.conversation.question_view import ASK_HERE, ASKED_HERE
from flows.conversation.seeing import Shows
from flows.conversation.sharing import choose_shown
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Slot, View, Words
from flows.interview.questions import key_of
from flows.interview.walk import Place
from flows.message import Family, Message

ASK = Message("group.here.openly", "who", "question")
ASK_SHARE = Message("group.here.share")
THANKS = Message("group.here.thanks", "who")
IN_PRIVATE = Message("group.here.in_private")
NOTICE = Family("group.here", ("noted", "not_yours", "had_that", "earlier"))

PRESS_OPENLY = "0:q:"
SHARE = "share"


def ask_openly(turn: Turn, slot: Slot = Slot.MESSAGE) -> None:
    """Put the member's next question before everybody's eyes; who has answered all of them goes on in private."""
    question = _next(turn)
    if question is None and slot is Slot.MESSAGE:
        open_private_chat(turn)
        return
    if question is not None and slot is Slot.MESSAGE and turn.member.get("earlier"):
        turn.notice(NOTICE("earlier"))  # to the presser alone; before everybody's eyes nothing tells that there are any
    session, who = turn.session, str(turn.said("name", turn.me))
    words = THANKS(who=who) if question is None else ASK(who=who, question=_words(question))
    private = (Choice("0:open", IN_PRIVATE()),)
    choices = (private,) if question is None else (*_buttons(turn, question), private)
    turn.shown.append(View(turn.event.chat, slot, (words,), choices, language=session.get("language", "en")))


def answer_openly(turn: Turn) -> None:
    """Take a press under such a question: of the member whom it was put to, and once; else only a notice."""
    person, question, raw = [*turn.event.press.removeprefix(PRESS_OPENLY).split(":"), "", ""][:3]
    if turn.user not in turn.session["members"] or person != turn.me:
        turn.notice(NOTICE("not_yours"))
    elif question != _next(turn) or not _take(turn, question, raw):
        turn.notice(NOTICE("had_that"))
    else:
        turn.noted.clear()
        turn.notice(NOTICE("noted"))
        ask_openly(turn, Slot.IN_PLACE)


def _next(turn: Turn) -> str | None:
    """The first question that the member has not answered anywhere; which ones there are never depends on answers."""
    for question in ASKED_HERE:
        if key_of(question, turn.me) not in turn.answers:
            return question
    return None if turn.member.get("chose") else SHARE


def _take(turn: Turn, question: str, raw: str) -> bool:
    if question == SHARE:
        return choose_shown(turn, [raw])
    place = Place(question, turn.me)
    option = find(turn, place, raw)
    if option is None:
        return False
    apply(turn, place, option.value)
    return True


def _words(question: str) -> Words:
    return ASK_SHARE() if question == SHARE else ASK_HERE(question)


def _buttons(turn: Turn, question: str) -> list[tuple[Choice, ...]]:
    def button(raw: str, label: Words) -> Choice:
        return Choice(f"{PRESS_OPENLY}{turn.me}:{question}:{raw}", label)

    if question == SHARE:
        return [(button(shows, SHOWS(shows)),) for shows in reversed(Shows)]
    place = Place(question, turn.me)
    rows = [tuple(button(option.raw, option.label) for option in row) for row in options(turn, place)]
    unknown = not_known(place)
    return [*rows, (button(unknown.raw, unknown.label),)] if unknown else rows
