"""/whatif: what would change the answer, and trying one change, to keep it or to take it back."""

from flows.conversation.naming import Naming
from flows.conversation.presenting import show_present
from flows.conversation.question_view import show_question
from flows.conversation.route_words import way
from flows.conversation.seeing import Shows, may_see, shown_of
from flows.conversation.turn import Turn
from flows.conversation.variations import Effect, Variation, found
from flows.conversation.view import Choice, Country, Lines, Slot, Words
from flows.message import Family, Message

TITLE = Message("whatif.title", "lines")
NOTHING = Message("whatif.nothing")
NOT_YET = Message("whatif.not_yet")
LINE = Message("whatif.line", "what", "effects")
EFFECT = Family("whatif.effect", ("open", "possible", "nearer"), "who", "way")
OF_PAIR = Family("whatif.what", ("together", "married"), "one", "other")
OF_PERSON = Family("whatif.what", ("offer", "other_job", "placement"), "who")
HOME = Message("whatif.what.home", "who", "country")
ON_DAY = Message("whatif.what.day", "day")
PASSPORT = Message("whatif.what.passport", "who", "countries")
PASSPORT_MANY = Message("whatif.what.passport_many", "who", "countries", "number")
TRY = Message("choice.whatif.try", "what")
TRY_PASSPORT = Message("choice.whatif.try_passport", "who", "country")
BACK = Message("choice.back_to_answer")

MOST = 7
MOST_COUNTRIES = 5


def show_whatif(turn: Turn, details: str = "") -> None:
    """The changes that would help somebody, each with what it does and a button to try it."""
    if turn.present is not None and not turn.member.get("focus"):
        show_question(turn, turn.present, NOT_YET())
        return
    naming = Naming(turn)
    helpful = [(variation, _visible(turn, effects)) for variation, effects in found(turn)]
    helpful = [(variation, effects) for variation, effects in helpful if effects][:MOST]
    back = (turn.choice(BACK(), "c", "start"),)
    if not helpful:
        turn.show(NOTHING(), slot=Slot.CARD, choices=(back,))
        return
    lines = [
        LINE(what=what(naming, variation), effects=Lines(tuple(_effect(naming, effect) for effect in effects)))
        for variation, effects in helpful
    ]
    buttons: list[tuple[Choice, ...]] = [
        (turn.choice(_label(naming, variation), "t", variation.id),) for variation, _ in helpful if variation.changes
    ]
    turn.show(TITLE(lines=Lines(tuple(lines))), slot=Slot.CARD, choices=(*buttons, back))


def try_change(turn: Turn, details: list[str]) -> bool:
    """Try one of the changes, keep what is being tried, or take it back; False where there is no such change."""
    chosen = details[0] if details else ""
    trial = turn.member.get("trial")
    if chosen in ("keep", "undo"):
        if not trial:
            return False
        turn.member["trial"] = None
        # A job was made up for the trial; which one it really is, is asked once the offer is kept.
        kept = {key: None if key.startswith("occupation:") else value for key, value in trial.items()}
        turn.write(kept if chosen == "keep" else {})
        show_present(turn)
        return True
    variation = next((variation for variation, _ in found(turn) if variation.id == chosen), None)
    if variation is None or not variation.changes:
        return False
    turn.member["trial"] = {**(trial or {}), **variation.changes}
    turn.touch()
    show_present(turn)
    return True


def what(naming: Naming, variation: Variation) -> Words:
    """The change as a short phrase."""
    kind, person = variation.kind, variation.subject
    if variation.day is not None:
        return ON_DAY(day=variation.day)
    if kind in OF_PAIR:
        one, other = sorted(person.split("+"), key=lambda each: each != naming.reader)
        return OF_PAIR(kind, one=naming.start(one), other=naming.inside(other))
    if kind in OF_PERSON:
        return OF_PERSON(kind, who=naming.start(person))
    countries = [Country(code) for code in variation.codes[:MOST_COUNTRIES]]
    if kind == "passport":
        more = len(variation.codes) - len(countries)
        if more:
            return PASSPORT_MANY(who=naming.inside(person), countries=countries, number=more)
        return PASSPORT(who=naming.inside(person), countries=countries)
    return HOME(who=naming.start(person), country=countries[0])


def _label(naming: Naming, variation: Variation) -> Words:
    """The change as it stands on its button: short."""
    if variation.kind == "passport":
        return TRY_PASSPORT(who=naming.inside(variation.subject), country=Country(variation.codes[0]))
    return TRY(what=what(naming, variation))


def _effect(naming: Naming, effect: Effect) -> Words:
    return EFFECT(effect.gain, who=naming.inside(effect.person), way=way(naming, effect.person, effect.route))


def _visible(turn: Turn, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Only what concerns people whose route the reader may see."""
    return tuple(
        effect for effect in effects if shown_of(turn, effect.person) is not Shows.DONE and may_see(turn, effect.route)
    )
