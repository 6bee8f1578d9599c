"""Bringing the others in: a one-time link for each of those who have not joined, and their arrival through it."""

from flows.conversation.naming import Naming
from flows.conversation.presenting import show_present
from flows.conversation.sharing import SHOWN_AT_FIRST
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Slot
from flows.interview.questions import QUESTIONS, About, key_of
from flows.message import Message

TITLE = Message("invite.title", "names")
NOBODY = Message("invite.nobody")
LINK = Message("choice.invite.link", "who")
BACK = Message("choice.invite.back")
WELCOME = Message("invite.welcome", "who")
TAKEN = Message("invite.taken")
YOUR_OWN = Message("invite.your_own")
JOINED = Message("invite.joined", "who")
USE_EARLIER = Message("invite.use_earlier")
YES = Message("choice.invite.use_earlier")
NO = Message("choice.invite.ask_anew")

JOIN = "join:"


def show_invitation(turn: Turn, details: str = "") -> None:
    """A link for each person who could answer for themself."""
    naming = Naming(turn)
    free = [person for person in turn.people if turn.user_of(person) is None]
    if not free:
        turn.show(NOBODY(), choices=((turn.choice(BACK(), "c", "start"),),))
        return
    links: list[tuple[Choice, ...]] = [
        (turn.choice(LINK(who=naming.inside(person)), "j", person, start=f"{JOIN}{person}"),) for person in free
    ]
    back = (turn.choice(BACK(), "c", "start"),)
    turn.show(TITLE(names=[naming.inside(person) for person in free]), choices=(*links, back))


def join(turn: Turn, meaning: str) -> None:
    """Someone came through a link: they answer for themself from now on."""
    person = meaning.removeprefix(JOIN)
    if turn.user in turn.session["members"]:
        turn.notice(YOUR_OWN())
        show_present(turn)
        return
    holder = turn.user_of(person)
    if person not in turn.people or holder is not None:
        turn.show(TAKEN())
        return
    first = turn.people[0]
    turn.session["members"][turn.user] = {
        "person": person,
        "name": turn.event.user_name,
        "language": turn.content.words.language(turn.event.language).code,
        "shows": SHOWN_AT_FIRST,
    }
    turn.touch()
    for user, member in turn.session["members"].items():
        if user != turn.user:
            turn.show(JOINED(who=Naming(turn, member["person"]).start(person)), user=user)
    welcome = WELCOME(who=Naming(turn).inside(first))
    earlier = _earlier(turn)
    if earlier:
        turn.member["earlier"] = earlier
        yes, no = turn.choice(YES(), "u", "yes"), turn.choice(NO(), "u", "no")
        turn.show(welcome, USE_EARLIER(), slot=Slot.CARD, choices=((yes,), (no,)))
        return
    show_present(turn, welcome)


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
