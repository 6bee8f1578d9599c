"""How a question is put: what was just noted, the question itself, its buttons."""

from collections.abc import Sequence

from flows.conversation.event import EventKind
from flows.conversation.naming import Naming
from flows.conversation.options import Option, Rows, in_rows, may_bundle, not_known, options
from flows.conversation.phrases import row
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Lines, Slot, Words
from flows.interview.questions import BY_ID, QUESTIONS, About
from flows.interview.walk import Place
from flows.message import Family, Message

OF_PERSON = [question.id for question in QUESTIONS if question.about is About.PERSON]
OF_STAY = [question.id for question in QUESTIONS if question.about is About.STAY]
OF_PAIR = [question.id for question in QUESTIONS if question.about is About.PAIR]
BUNDLED = [question.id for question in QUESTIONS if question.bundle]

ASK_YOU = Family("ask.you", [*OF_PERSON, *OF_STAY], "number")
ASK_OTHER = Family("ask.other", [*OF_PERSON, *OF_STAY], "who", "whose", "number")
ASK_PAIR = Family("ask.pair", OF_PAIR, "one", "other")
ASK_PARTY = Family("ask.party", ["who", "couples", "couples_more"])
ASK_COMPANIONS = Family("ask.party.companions", ("couple", "friends"))
ASK_TWO = Family("ask.two", BUNDLED)
ASK_ALL = Family("ask.all", BUNDLED)
ASK_REST = Family("ask.rest", BUNDLED)
NONE_OF_TWO = Family("choice.bundle.neither", BUNDLED)
NONE_OF_ALL = Family("choice.bundle.none", BUNDLED)
NONE_OF_REST = Family("choice.bundle.none_of_rest", BUNDLED)
ONLY = Message("choice.bundle.only", "who")
ONLY_ME = Message("choice.bundle.only_me")
BOTH = Message("choice.bundle.both")
SOME = Message("choice.bundle.some")
BACK = Message("choice.back")
ASKED_HERE = ("age_or_birth_date", "citizenships", "iec_so_far", "work")
ASK_HERE = Family("group.here.ask", ASKED_HERE)
TYPE_IN_PRIVATE = Family("group.here.type", ("plain", "citizenships"))
NOTED = Message("say.noted", "rows")
UNDERSTOOD = Message("say.understood", "rows")
WELCOME = Message("say.welcome", "name")
WELCOME_UNNAMED = Message("say.welcome_unnamed")
STEP_BY_STEP = Message("say.welcome_more")


def show_question(turn: Turn, place: Place, *before: Words, welcome: bool = False) -> None:
    """Put a question on the card, after the paragraphs of ``before``."""
    words = list(before)
    if welcome:
        name = turn.member["name"]
        words += [WELCOME(name=name) if name else WELCOME_UNNAMED(), STEP_BY_STEP()]
    words += noted_words(turn)
    bundle = may_bundle(turn, place)
    words.append(_bundle_words(turn, place, bundle) if bundle else asking(turn, place))
    rows = _bundle_rows(turn, place, bundle) if bundle else options(turn, place)
    turn.member["shown"] = {"question": place.question, "subject": place.subject, "bundle": bundle}
    turn.show(*words, slot=Slot.CARD, choices=(*_choices(turn, place, rows), *_last_row(turn, place, bool(bundle))))


def noted_words(turn: Turn) -> list[Words]:
    """What was just noted; several facts of one message are said back with a way to correct them."""
    if not turn.noted:
        return []
    rows = Lines(tuple(row(turn, noted) for noted in turn.noted))
    return [UNDERSTOOD(rows=rows) if turn.event.kind is EventKind.TEXT and len(turn.noted) > 1 else NOTED(rows=rows)]


def asking(turn: Turn, place: Place) -> Words:
    """The question as it is put to this reader about this subject."""
    naming = Naming(turn)
    question = BY_ID[place.question]
    match question.about:
        case About.PARTY:
            if question.id == "companions":
                return ASK_COMPANIONS(str(turn.said("who") or "friends"))
            return ASK_PARTY("couples_more" if question.id == "couples" and turn.said("couples") else question.id)
        case About.PAIR:
            one, other = sorted(place.subject.split("+"), key=lambda person: person != turn.me)
            return ASK_PAIR(question.id, one=naming.start(one), other=naming.inside(other))
        case _:
            person, _, number = place.subject.partition(".")
            count = int(number) if number else 0
            if turn.aside and person == turn.me and question.id in ASKED_HERE:
                return ASK_HERE(question.id)
            if person == turn.me:
                return ASK_YOU(question.id, number=count)
            return ASK_OTHER(question.id, who=naming.inside(person), whose=naming.whose(person), number=count)


def _choices(turn: Turn, place: Place, rows: Rows) -> list[tuple[Choice, ...]]:
    return [tuple(_button(turn, place, option) for option in options_row) for options_row in rows]


def _button(turn: Turn, place: Place, option: Option) -> Choice:
    return turn.choice(option.label, "a", place.question, place.subject, option.raw)


def _last_row(turn: Turn, place: Place, bundled: bool) -> list[tuple[Choice, ...]]:
    found = []
    if place.question != "who" and turn.path().answered:
        found.append(turn.choice(BACK(), "b"))
    unknown = not_known(place)
    if unknown is not None and not bundled:
        found.append(_button(turn, place, unknown))
    rows = [tuple(found)] if found else []
    if turn.aside:
        code = place.question if place.question == "citizenships" else "plain"
        rows.append((turn.choice(TYPE_IN_PRIVATE(code), "open"),))
    return rows


def _bundle_words(turn: Turn, place: Place, waiting: Sequence[str]) -> Words:
    if len(waiting) == len(turn.people):
        return (ASK_TWO if len(waiting) == 2 else ASK_ALL)(place.question)
    return ASK_REST(place.question)


def _bundle_rows(turn: Turn, place: Place, waiting: Sequence[str]) -> Rows:
    """None of them; only one of two; both; or some of many."""
    naming = Naming(turn)
    if len(waiting) < len(turn.people) or len(waiting) > 2:
        none = NONE_OF_ALL if len(waiting) == len(turn.people) else NONE_OF_REST
        return [[Option("none", none(place.question), None)], [Option("some", SOME(), None)]]
    only = [
        Option(f"only_{person}", ONLY_ME() if person == turn.me else ONLY(who=naming.inside(person)), None)
        for person in waiting
    ]
    return [
        [Option("none", NONE_OF_TWO(place.question), None)],
        *in_rows(only, 2),
        [Option("both", BOTH(), None)],
    ]
