"""Free questions: answered in two lines wherever they come, then the conversation goes on where it was."""

from flows.conversation.free_answer import FOR_YOU, free_answer_words, personal_lines, title
from flows.conversation.naming import Naming
from flows.conversation.seeing import seen_in_full
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Lines, Words
from flows.facts.free_answer import FreeAnswer
from flows.message import Message
from flows.understanding.ask import looks_like_question, understand_ask

WHAT = Message("commands.ask.what")
NOT_UNDERSTOOD = Message("commands.ask.not_understood")
WHICH = Message("free.which")
ALSO = 2  # further answers offered under one that was given


def ask_something(turn: Turn, details: str = "") -> None:
    """/ask: answer the question behind the command, or say how to ask one. A button gives the answer's id instead."""
    if details in turn.content.answers:
        _show(turn, turn.content.answers[details], ())
    elif not details:
        turn.show(WHAT())
    elif not _answered(turn, details):
        turn.show(NOT_UNDERSTOOD())


def answer_question(turn: Turn, text: str, *, sure: bool = False) -> bool:
    """Answer ``text`` if it is a question that is known, or ask back which is meant; False where it is none.

    ``sure``: only where it is clear which one, so that words which may as well be an answer of theirs are left alone.
    """
    return looks_like_question(text) and _answered(turn, text, sure=sure)


def answer_urgent(turn: Turn, text: str) -> bool:
    """Whether the words tell of something that goes before all else, and were answered so."""
    urgent = turn.content.asking.urgent(text)
    if urgent is not None:
        turn.show(Words(urgent))
    return urgent is not None


def _answered(turn: Turn, text: str, *, sure: bool = False) -> bool:
    understood = understand_ask(text, turn.content.asking)
    answers = turn.content.answers
    if understood.value:
        best, *others = (answers[answer_id] for answer_id in understood.value)
        _show(turn, best, tuple(others[:ALSO]))
        return True
    elsewhere = turn.content.asking.elsewhere(text, sure=sure)
    if elsewhere is None and (sure or not understood.ask_back):
        return False
    nearest = tuple((_button(turn, answers[answer_id]),) for answer_id in understood.ask_back)
    turn.show(Words(elsewhere) if elsewhere is not None else WHICH(), choices=nearest)
    return True


def _show(turn: Turn, answer: FreeAnswer, others: tuple[FreeAnswer, ...]) -> None:
    """The answer, what it means for this party, and, as buttons, what may have been meant instead."""
    short, *rest = free_answer_words(answer, turn.content.facts, turn.today)
    turn.show(short, *_for_you(turn, answer), *rest, choices=tuple((_button(turn, other),) for other in others))


def _for_you(turn: Turn, answer: FreeAnswer) -> tuple[Words, ...]:
    if not turn.people or turn.user not in turn.session["members"]:
        return ()
    naming = Naming(turn)
    party, evaluated = seen_in_full(turn)
    lines = personal_lines(answer, party, evaluated, turn.content.facts, naming.start)
    return (FOR_YOU(lines=Lines(tuple(lines))),) if lines else ()


def _button(turn: Turn, answer: FreeAnswer) -> Choice:
    return turn.choice(title(answer), "c", "ask", answer.id)
