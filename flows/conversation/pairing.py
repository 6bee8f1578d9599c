"""Two members of a group who are a couple: one names the other, the other confirms, each in their own private chat."""

from flows.conversation.grouping import is_group, unlink
from flows.conversation.inviting import show_link_for_partner
from flows.conversation.naming import Naming
from flows.conversation.presenting import show_present
from flows.conversation.turn import Turn
from flows.conversation.view import Slot
from flows.interview.walk import couples_of, pair_of
from flows.message import Family, Message

WHO = Family("group.partner", ("who", "nobody", "gone"))
TOLD = Family("group.partner", ("asked", "ask", "linked", "refused", "unlinked"), "who")
PERSON = Message("group.choice.person", "who")
BUTTON = Family("group.choice", ("yes", "no", "back", "go_on"))


def show_candidates(turn: Turn, details: str = "") -> None:
    """Who of the group is the partner? All who are not part of a couple yet."""
    if not is_group(turn.session):
        show_link_for_partner(turn)
        return
    naming = Naming(turn)
    back = (turn.choice(BUTTON("back"), "c", "start"),)
    taken = {person for pair in couples_of(turn.answers, turn.people) for person in pair.split("+")}
    free = [person for person in turn.people if person not in taken and person != turn.me]
    if not free:
        turn.show(WHO("nobody"), slot=Slot.CARD, choices=(back,))
        return
    rows = tuple((turn.choice(PERSON(who=naming.inside(person)), "g", "ask", person),) for person in free)
    turn.show(WHO("who"), slot=Slot.CARD, choices=(*rows, back))


def ask_partner(turn: Turn, person: str) -> bool:
    """Ask this member in private; if they have asked already, that is their consent. False where nobody can be asked."""
    user = turn.user_of(person)
    if user is None or person == turn.me or _is_taken(turn, person) or _is_taken(turn, turn.me):
        return False
    if turn.session["members"][user].get("partner") == turn.me:
        return confirm(turn, person)
    turn.member["partner"] = person
    turn.touch()
    _ask(turn, turn.me, person)
    show_present(turn, TOLD("asked", who=Naming(turn).inside(person)))
    return True


def ask_who_waits(turn: Turn) -> None:
    """Whoever named the user as their partner: ask again, since the first time no private chat may have been open."""
    for member in list(turn.session["members"].values()):
        if member.get("partner") == turn.me:
            _ask(turn, member["person"], turn.me)


def _ask(turn: Turn, asker: str, person: str) -> None:
    yes, no = turn.choice(BUTTON("yes"), "g", "we_are", asker), turn.choice(BUTTON("no"), "g", "we_are_not", asker)
    who = Naming(turn, person).start(asker)
    turn.show(TOLD("ask", who=who), choices=((yes, no),), user=turn.user_of(person))


def confirm(turn: Turn, person: str) -> bool:
    """Yes, we are a couple: both are linked, and both go on with what is asked of the two. False where nobody asked."""
    user = turn.user_of(person)
    if user is None or turn.session["members"][user].get("partner") != turn.me:
        return False
    if _is_taken(turn, person) or _is_taken(turn, turn.me):
        return False
    pairs = [pair for pair in turn.session["answers"].get("couples", []) if pair != "no"]
    for member in turn.session["members"].values():
        if member["person"] in (person, turn.me):
            member["partner"] = None
    turn.write({"couples": [*pairs, pair_of(person, turn.me), "no"]})
    _tell(turn, "linked", person)
    show_present(turn, TOLD("linked", who=Naming(turn).inside(person)))
    return True


def refuse(turn: Turn, person: str) -> bool:
    """No: the one who asked is told, and nothing changes."""
    user = turn.user_of(person)
    if user is None or turn.session["members"][user].get("partner") != turn.me:
        return False
    turn.session["members"][user]["partner"] = None
    _tell(turn, "refused", person)
    show_present(turn)
    return True


def part(turn: Turn) -> bool:
    """Undo the couple; each may do that alone. False where there is none."""
    pair = next((pair for pair in couples_of(turn.answers, turn.people) if turn.me in pair.split("+")), None)
    if pair is None:
        return False
    other = next(person for person in pair.split("+") if person != turn.me)
    unlink(turn, turn.me)
    _tell(turn, "unlinked", other)
    show_present(turn, TOLD("unlinked", who=Naming(turn).inside(other)))
    return True


def _tell(turn: Turn, code: str, person: str) -> None:
    go_on = turn.choice(BUTTON("go_on"), "c", "start")
    naming = Naming(turn, person)
    who = naming.start(turn.me) if code == "refused" else naming.inside(turn.me)
    turn.show(TOLD(code, who=who), choices=((go_on,),), user=turn.user_of(person))


def _is_taken(turn: Turn, person: str) -> bool:
    return any(person in pair.split("+") for pair in couples_of(turn.session["answers"], turn.people))
