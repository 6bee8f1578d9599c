"""Bringing the others in: a one-time link for each of those who have not joined, and their arrival through it."""

from flows.conversation.applying import take_who
from flows.conversation.naming import Naming, clean_name
from flows.conversation.presenting import show_present
from flows.conversation.sharing import SHOWN_AT_FIRST
from flows.conversation.turn import Turn
from flows.conversation.view import Slot
from flows.interview.questions import QUESTIONS, About, key_of
from flows.message import Message

TITLE = Message("invite.title", "names")
TITLE_PARTNER = Message("invite.title_partner")
NOBODY = Message("invite.nobody")
TO_PASS_ON = Message("invite.to_pass_on", "name")
LINK = Message("choice.invite.link")
BACK = Message("choice.invite.back")
GO_ON = Message("choice.invite.go_on")
WELCOME = Message("invite.welcome", "who")
TAKEN = Message("invite.taken")
YOUR_OWN = Message("invite.your_own")
JOINED = Message("invite.joined", "who")
USE_EARLIER = Message("invite.use_earlier")
YES = Message("choice.invite.use_earlier")
NO = Message("choice.invite.ask_anew")

JOIN = "join:"
PARTNER = "partner"  # whoever opens this link is the partner of the one who made it


def show_invitation(turn: Turn, details: str = "") -> None:
    """For each person who could answer for themself a message to pass on, with a link in it and nothing else to press."""
    naming = Naming(turn)
    free = [person for person in turn.people if turn.user_of(person) is None]
    back = (turn.choice(BACK(), "c", "start"),)
    if not free:
        turn.show(NOBODY(), choices=(back,))
        return
    turn.show(TITLE(names=[naming.inside(person) for person in free]), choices=(back,))
    for person in free:
        link = turn.choice(LINK(), "j", person, start=f"{JOIN}{person}")
        turn.show(TO_PASS_ON(name=Naming(turn, person).start(turn.me)), choices=((link,),))


def join(turn: Turn, meaning: str) -> None:
    """Someone came through a link: they answer for themself from now on."""
    person = meaning.removeprefix(JOIN)
    if turn.user in turn.session["members"]:
        turn.notice(YOUR_OWN())
        show_present(turn)
        return
    if person == PARTNER and may_pair(turn):
        take_who(turn, "couple")
        person = turn.people[1]
    holder = turn.user_of(person)
    if person not in turn.people or holder is not None:
        turn.show(TAKEN())
        return
    first = turn.people[0]
    turn.session["members"][turn.user] = {
        "person": person,
        "name": clean_name(turn.event.user_name),
        "language": turn.content.words.language(turn.event.language).code,
        "shows": SHOWN_AT_FIRST,
    }
    turn.touch()
    for user, member in turn.session["members"].items():
        if user != turn.user:
            # Whatever they were being asked about this person is no longer theirs to answer.
            member["shown"] = member["focus"] = None
            go_on = turn.choice(GO_ON(), "c", "start")
            turn.show(JOINED(who=Naming(turn, member["person"]).start(person)), choices=((go_on,),), user=user)
    welcome = WELCOME(who=Naming(turn).inside(first))
    earlier = _earlier(turn)
    if earlier:
        turn.member["earlier"] = earlier
        yes, no = turn.choice(YES(), "u", "yes"), turn.choice(NO(), "u", "no")
        turn.show(welcome, USE_EARLIER(), slot=Slot.CARD, choices=((yes,), (no,)))
        return
    show_present(turn, welcome)


def may_pair(turn: Turn) -> bool:
    """Whether the first of the party can still be joined by a partner: nobody else is meant, or the partner has not come."""
    if len(turn.session["members"]) != 1 or turn.user_of(turn.people[0]) is None:
        return False
    return turn.said("who") == "couple" or (turn.said("who") in (None, "single") and len(turn.people) == 1)


def show_link_for_partner(turn: Turn) -> None:
    """A message to pass on to one's partner, who then answers for themself; the others get links by /invite."""
    if not may_pair(turn):
        show_invitation(turn)
        return
    turn.show(TITLE_PARTNER(), choices=((turn.choice(BACK(), "c", "start"),),))
    link = turn.choice(LINK(), "j", PARTNER, start=JOIN + PARTNER)
    turn.show(TO_PASS_ON(name=turn.member["name"] or Naming(turn, "").start(turn.me)), choices=((link,),))


def use_earlier(turn: Turn, details: list[str]) -> bool:
    """Take over what the user once said of themself elsewhere, or leave it."""
    earlier = turn.member.get("earlier")
    if not earlier or details not in (["yes"], ["no"]):
        return False
    if details == ["yes"]:
        turn.write({key_of(question, turn.me): value for question, value in earlier.items()})
    turn.member["earlier"] = None
    turn.touch()
    return True


def _earlier(turn: Turn) -> dict[str, object]:
    """What the user said of themself in the session they come from."""
    session = turn.event.earlier
    if session is None or turn.user not in session["members"]:
        return {}
    me = session["members"][turn.user]["person"]
    own = [question.id for question in QUESTIONS if question.about is About.PERSON]
    return {name: session["answers"][key_of(name, me)] for name in own if key_of(name, me) in session["answers"]}
