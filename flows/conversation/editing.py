"""Going back and changing answers: the summary of all that was said, and turning to one question of it."""

from flows.conversation.naming import Naming
from flows.conversation.phrases import row
from flows.conversation.question_view import show_question
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Slot
from flows.interview.questions import BY_ID, QUESTIONS, About
from flows.interview.walk import Place, subjects_of
from flows.message import Family, Message

NOTHING_YET = Message("edit.nothing_yet")
TITLE = Message("edit.title")
OF_WHOM = Message("edit.of_whom")
OTHERS_ANSWER = Message("edit.others_answer", "names")
MORE_TITLE = Message("edit.more_title")
AT_THE_MOMENT = Message("edit.at_the_moment", "row")
MORE = Message("choice.edit.more")
DONE = Message("choice.edit.done")
ALL_OF = Message("choice.edit.all_of", "who")
TOGETHER = Message("choice.edit.together")
ADD = Family("choice.edit.add", [question.id for question in QUESTIONS if question.extra])

MANY_ROWS = 16


def show_summary(turn: Turn, details: str = "") -> None:
    """Everything that was answered, as buttons: one for each answer; with many people, first one for each person."""
    answered = list(turn.path().answered)
    extras = [place for place in _extras(turn) if place.key in turn.answers]
    places = list(dict.fromkeys([*answered, *extras]))
    if not places:
        turn.show(NOTHING_YET(), slot=Slot.CARD, choices=((turn.choice(DONE(), "c", "start"),),))
        return
    if details == "more":
        _show_more(turn)
        return
    words = [TITLE()]
    if len(places) > MANY_ROWS and not details:
        rows = _people(turn)
        words = [OF_WHOM()]
    else:
        rows = [(_edit(turn, place),) for place in places if _is_of(place, details)]
    others = [Naming(turn).inside(person) for person in turn.people if person not in turn.answered_by(turn.user)]
    if others:
        words.append(OTHERS_ANSWER(names=others))
    last = (turn.choice(MORE(), "c", "edit", "more"), turn.choice(DONE(), "c", "start"))
    turn.show(*words, slot=Slot.CARD, choices=(*rows, last))


def edit(turn: Turn, details: list[str]) -> bool:
    """Turn to one question out of order; False where there is no such question for this user."""
    if len(details) != 2 or details[0] not in BY_ID:
        return False
    place = Place(details[0], details[1])
    if not place.subject and not turn.says_who_goes():
        return False
    mine = turn.answered_by(turn.user)
    if place.subject not in subjects_of(BY_ID[place.question], turn.answers, turn.people, mine):
        return False
    _turn_to(turn, place)
    return True


def go_back(turn: Turn) -> bool:
    """Put the question before the present one again, with its answer as it stands."""
    answered = turn.path().answered
    present = turn.present
    before = answered[: answered.index(present)] if present in answered else answered
    if not before:
        return False
    _turn_to(turn, before[-1])
    return True


def _turn_to(turn: Turn, place: Place) -> None:
    turn.focus_on(place)
    before = [AT_THE_MOMENT(row=row(turn, place))] if place.key in turn.answers else []
    show_question(turn, place, *before)


def _edit(turn: Turn, place: Place) -> Choice:
    return turn.choice(row(turn, place), "e", place.question, place.subject)


def _extras(turn: Turn) -> list[Place]:
    mine = turn.answered_by(turn.user)
    return [
        Place(question.id, subject)
        for question in QUESTIONS
        if question.extra
        for subject in subjects_of(question, turn.answers, turn.people, mine)
    ]


def _show_more(turn: Turn) -> None:
    naming = Naming(turn)
    extras = [place for place in _extras(turn) if place.key not in turn.answers]
    mine = [place for place in extras if place.subject == turn.me]
    buttons = [turn.choice(ADD(place.question), "e", place.question, place.subject) for place in mine]
    others = [
        turn.choice(ALL_OF(who=naming.start(person)), "c", "edit", f"more_{person}")
        for person in turn.answered_by(turn.user)
        if person != turn.me
    ]
    choices = [*((button,) for button in buttons), *_in_pairs(others), (turn.choice(DONE(), "c", "start"),)]
    turn.show(MORE_TITLE(), slot=Slot.CARD, choices=tuple(choices))


def _people(turn: Turn) -> list[tuple[Choice, ...]]:
    naming = Naming(turn)
    found = [
        turn.choice(ALL_OF(who=naming.start(person)), "c", "edit", person) for person in turn.answered_by(turn.user)
    ]
    return [*_in_pairs(found), (turn.choice(TOGETHER(), "c", "edit", "all"),)]


def _in_pairs(choices: list[Choice]) -> list[tuple[Choice, ...]]:
    return [tuple(choices[start : start + 2]) for start in range(0, len(choices), 2)]


def _is_of(place: Place, person: str) -> bool:
    """Whether a place is listed for ``person``: everything for "", what concerns several for "all"."""
    about = BY_ID[place.question].about
    if not person:
        return True
    if about in (About.PARTY, About.PAIR):
        return person == "all"
    return place.subject.split(".")[0] == person
