"""Typed words: several facts at once, an answer to the question that was put, or a question of their own."""

from flows.conversation.applying import apply, apply_to_all
from flows.conversation.asking import answer_question, answer_urgent
from flows.conversation.hearing import hear, says_hello, says_none
from flows.conversation.phrases import phrase
from flows.conversation.presenting import show_present
from flows.conversation.reminders_view import turn_on
from flows.conversation.telling import take_facts
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Slot, Words
from flows.conversation.zone_asking import heard_zone
from flows.interview.walk import Place
from flows.message import Message
from flows.understanding.result import Understood

MEANT = Message("say.which_one", "text")
MEANT_CHOICE = Message("say.candidate", "value")
NOT_READ = Message("say.not_read", "text")
NOT_KNOWN = Message("say.not_a_question_i_know", "text")
BACK = Message("choice.back_to_answer")
MOST_ECHOED = 80
MOST_ALONE = 4  # words: so few that tell one fact are an answer, though to another question than the one that waits
MOST_CANDIDATES = 6


def take_text(turn: Turn, *, newcomer: bool) -> None:
    """Make the most of what was typed; whatever it was, nothing is lost and the present step is shown again."""
    text = turn.event.text.strip()
    if answer_urgent(turn, text):
        return
    if turn.member.get("asked_zone") and _took_zone(turn, text):
        return
    place = turn.shown_place
    if place is None and not newcomer:
        place = turn.present
    if answer_question(turn, text, sure=True):
        _go_on(turn)
        return
    if take_facts(turn, place, text):
        show_present(turn)
        return
    understood = hear(turn, place, text) if place is not None else Understood()
    if place is not None and _taken(turn, place, text, understood):
        return
    if place is not None and len(text.split()) <= MOST_ALONE and take_facts(turn, place, text, enough=1):
        show_present(turn)
    elif answer_question(turn, text):
        _go_on(turn)
    elif not turn.answers and (newcomer or says_hello(turn, text)):
        show_present(turn, welcome=True)
    elif understood.error is None:
        turn.show(NOT_KNOWN(text=_echo(text)), choices=((turn.choice(BACK(), "c", "start"),),))
    else:
        show_present(turn, NOT_READ(text=_echo(text)), Words(understood.error))


def _took_zone(turn: Turn, text: str) -> bool:
    """Take the words as the time where they are, or ask back; False for a question of their own."""
    if answer_question(turn, text, sure=True):
        return True
    zone = heard_zone(turn, text)
    if zone is not None:
        del turn.member["asked_zone"]
        turn_on(turn, zone)
    return True


def _go_on(turn: Turn) -> None:
    """After a free answer: put the open question again. An answer that is complete stands above and need not be repeated."""
    if turn.present is not None:
        show_present(turn, welcome=not turn.answers and not turn.member.get("shown"))


def _taken(turn: Turn, place: Place, text: str, understood: Understood) -> bool:
    """Whether the words answered the question, or could have in several ways and were asked back."""
    waiting = (turn.member.get("shown") or {}).get("bundle")
    if waiting and says_none(turn, text):
        apply_to_all(turn, place, waiting)
        show_present(turn)
        return True
    if understood.value is not None:
        apply(turn, place, understood.value)
        show_present(turn)
        return True
    if understood.ask_back:
        _ask_back(turn, place, text, list(understood.ask_back[:MOST_CANDIDATES]))
        return True
    return False


def _ask_back(turn: Turn, place: Place, text: str, candidates: list[object]) -> None:
    """Which of these was meant? Each as a button; typing again is fine too."""
    turn.member["asked_back"] = candidates
    turn.member["shown"] = {"question": place.question, "subject": place.subject}
    turn.touch()
    rows: list[tuple[Choice, ...]] = [
        (turn.choice(MEANT_CHOICE(value=phrase(turn, place, candidate)), "k", str(number)),)
        for number, candidate in enumerate(candidates)
    ]
    turn.show(MEANT(text=_echo(text)), slot=Slot.CARD, choices=tuple(rows))


def _echo(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_ECHOED else line[:MOST_ECHOED].rstrip() + "…"
