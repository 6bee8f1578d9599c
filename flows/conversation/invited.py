"""/invited: somebody's application has got on - an invitation, a yes to it, an application, a letter, the arrival."""

from flows.conversation.naming import Naming
from flows.conversation.news import DAY_OF, NEWS_STAGES, changes_of_news
from flows.conversation.news_button import RANK, may_have_news, stage_told
from flows.conversation.presenting import show_present
from flows.conversation.turn import Turn
from flows.conversation.view import Slot
from flows.interview.questions import key_of
from flows.interview.walk import Place
from flows.message import Family, Message
from flows.party import Stage

CONGRATULATIONS = Message("commands.invited")
WHO = Message("drawn.who_was_invited")
WHOSE = Message("drawn.whose_news")
WHAT = Message("drawn.what_is_new")
ONE = Message("choice.person", "who")
NEXT = Family("choice.news", NEWS_STAGES)
ACCEPTED = Message("choice.news.accepted")
BACK = Message("choice.back_to_answer")


def show_invited(turn: Turn, details: str = "") -> None:
    """Take the news: of whom, where the user answers for several; what, where an invitation is there already."""
    person, _, stage = details.partition(".")
    if person not in turn.answered_by(turn.user):
        waiting = may_have_news(turn)
        if len(waiting) > 1:
            _ask_who(turn, waiting)
            return
        person, stage = next(iter(waiting), turn.me), ""
    known = stage_told(turn, person)
    if not stage and RANK[known] >= RANK[Stage.INVITED]:
        _ask_what(turn, person, known)
        return
    told = Stage(stage) if stage in NEWS_STAGES else Stage.INVITED
    if RANK[told] <= RANK[known]:  # an old button: that was told before
        show_present(turn)
        return
    turn.write(changes_of_news(turn, person, told))
    turn.member["news"] = person
    day_of = DAY_OF.get(told)
    if day_of is not None and key_of(day_of, person) not in turn.answers:
        turn.focus_on(Place(day_of, person))
    show_present(turn, *([CONGRATULATIONS()] if told is Stage.INVITED else []))


def _ask_who(turn: Turn, people: list[str]) -> None:
    naming = Naming(turn)
    rows = tuple((turn.choice(ONE(who=naming.start(person)), "c", "invited", person),) for person in people)
    drawn = any(RANK[stage_told(turn, person)] >= RANK[Stage.INVITED] for person in people)
    turn.show(WHOSE() if drawn else WHO(), slot=Slot.CARD, choices=(*rows, (turn.choice(BACK(), "c", "start"),)))


def _ask_what(turn: Turn, person: str, known: Stage) -> None:
    """The steps that can come after the present one."""
    rows = [
        (turn.choice(NEXT(stage), "c", "invited", f"{person}.{stage}"),)
        for stage in NEWS_STAGES
        if RANK[stage] > RANK[known]
    ]
    if known is Stage.INVITED and key_of("accepted_on", person) not in turn.answers:
        rows.insert(0, (turn.choice(ACCEPTED(), "e", "accepted_on", person),))
    turn.show(WHAT(), slot=Slot.CARD, choices=(*rows, (turn.choice(BACK(), "c", "start"),)))
