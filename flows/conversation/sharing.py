"""Choosing what the others of a party see of oneself, telling them when one is done, and leaving."""

from flows.conversation.naming import Naming
from flows.conversation.seeing import Shows
from flows.conversation.turn import Turn
from flows.conversation.view import Slot
from flows.interview.questions import BY_ID, About
from flows.message import Family, Message

SHOWN_AT_FIRST = Shows.DONE.value
ASK = Message("share.ask", "names")
SHOWS = Family("choice.share", tuple(Shows))
THEY_ARE_DONE = Message("share.done", "who")
SEE_PLAN = Message("choice.share_see_plan")
LEFT = Message("share.left", "who")


def others_of(turn: Turn) -> list[str]:
    """The people of the party who answer for themselves, so that something is shown to them."""
    return [person for person in turn.people if person not in turn.answered_by(turn.user)]


def ask_what_to_show(turn: Turn) -> bool:
    """Ask, once somebody else takes part, what the others may see; False where it was chosen or nobody else is there."""
    if not others_of(turn) or turn.member.get("chose"):
        return False
    show_choice(turn)
    return True


def show_choice(turn: Turn) -> None:
    """The question what the others may see."""
    naming = Naming(turn)
    others = [naming.inside(person) for person in others_of(turn)]
    choices = tuple((turn.choice(SHOWS(shows), "s", shows),) for shows in reversed(Shows))
    turn.show(ASK(names=others), slot=Slot.CARD, choices=choices)


def choose_shown(turn: Turn, details: list[str]) -> bool:
    """Take the choice; False where there is no such one."""
    if not details or details[0] not in tuple(Shows):
        return False
    turn.member["shows"] = details[0]
    turn.member["chose"] = True
    turn.touch()
    return True


def tell_the_others(turn: Turn) -> None:
    """Tell the other members once that this one is done; their own answer may have changed by it."""
    if turn.member.get("told"):
        return
    others = [user for user in turn.session["members"] if user != turn.user]
    for user in others:
        naming = Naming(turn, turn.session["members"][user]["person"])
        see = turn.choice(SEE_PLAN(), "c", "start")
        turn.show(THEY_ARE_DONE(who=naming.start(turn.me)), choices=((see,),), user=user)
    if others:
        turn.member["told"] = True


def leave(turn: Turn) -> None:
    """Take the user out: what they said of themself goes with them, the others are told."""
    person = turn.me
    others = [user for user in turn.session["members"] if user != turn.user]
    for user in others:
        naming = Naming(turn, turn.session["members"][user]["person"])
        turn.show(LEFT(who=naming.start(person)), user=user)
    for key in list(turn.answers):
        question, _, subject = key.partition(":")
        about = BY_ID[question].about if question in BY_ID else About.PERSON
        if about is not About.PAIR and question != "name" and subject.split(".")[0] == person:
            del turn.session["answers"][key]
    del turn.session["members"][turn.user]
    turn.people.sort(key=lambda one: turn.user_of(one) is None)
    turn.touch()
