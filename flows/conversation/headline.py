"""The first line of an answer: the good news, or the honest news."""

from collections.abc import Sequence

from flows.answer import PersonAnswer, Route, Status
from flows.conversation.naming import Naming
from flows.conversation.people_words import best_of
from flows.conversation.route_words import FALLBACKS, comes_too_late
from flows.conversation.seeing import hidden_people, own_people
from flows.conversation.turn import Turn
from flows.conversation.view import Words
from flows.message import Family, Message

SINGLE = Family("headline.single", ("free", "held", "yes", "later", "unknown", "too_late", "fallback", "none"))
TWO = Family(
    "headline.two", ("each", "each_later", "after_one_another", "after_one_another_open", "unknown", "fallback", "none")
)
ONE_OF_TWO = Message("headline.two.one", "who", "other")
FREE_AND_OTHER = Message("headline.two.free_and_other", "one", "other")
MANY = Family("headline.many", ("all", "unknown", "none"))
SOME = Message("headline.many.some", "names", "others")
ALONE = Message("headline.alone", "names")

NO_FIRST = {"way": 0, "later": 1, "unknown": 2, "fallback": 3, "none": 4}


def headline(turn: Turn, naming: Naming, seen: Sequence[PersonAnswer]) -> Words:
    """What it comes to for those whose part the reader may see."""
    hidden = hidden_people(turn)
    if hidden and turn.session.get("group") is not None:  # the board tells of the others
        seen = [person for person in seen if person.id in own_people(turn)]
    elif hidden:
        return ALONE(names=[naming.inside(person) for person in hidden])
    kinds = {person.id: _kind(person) for person in seen}
    if len(seen) == 1:
        return _single(seen[0], kinds[seen[0].id])
    return _two(naming, seen, kinds) if len(seen) == 2 else _many(naming, kinds)


def _kind(person: PersonAnswer) -> str:
    best = best_of(person)
    if best is None:
        return "none"
    if best.route in FALLBACKS or comes_too_late(best):
        return "fallback"
    return {Status.YES: "way", Status.LATER: "later", Status.UNKNOWN: "unknown"}[best.status]


def _single(person: PersonAnswer, kind: str) -> Words:
    best = best_of(person)
    if best is not None and best.route is Route.RIGHT_TO_WORK:
        return SINGLE("free")
    if best is not None and best.route in (Route.PERMIT_HELD, Route.STUDY_PERMIT_HELD):
        return SINGLE("held")
    if best is not None and comes_too_late(best):
        return SINGLE("too_late")
    return SINGLE({"way": "yes"}.get(kind, kind))


def _two(naming: Naming, seen: Sequence[PersonAnswer], kinds: dict[str, str]) -> Words:
    free = [person.id for person in seen if (way := best_of(person)) and way.route is Route.RIGHT_TO_WORK]
    others = [person.id for person in seen if person.id not in free]
    if free and others and kinds[others[0]] in ("way", "later"):
        return FREE_AND_OTHER(one=naming.inside(free[0]), other=naming.inside(others[0]))
    worst = max(kinds.values(), key=NO_FIRST.__getitem__)
    best = min(kinds.values(), key=NO_FIRST.__getitem__)
    through = [route for person in seen if (route := best_of(person)) and route.route is Route.PARTNER_OPEN_PERMIT]
    if through and worst in ("way", "later"):
        return TWO("after_one_another")
    if through and worst == "unknown":
        return TWO("after_one_another_open")
    if worst in ("way", "later"):
        return TWO("each" if worst == "way" else "each_later")
    if best in ("way", "later") and worst in ("fallback", "none"):
        lucky, other = sorted(seen, key=lambda person: NO_FIRST[kinds[person.id]])
        return ONE_OF_TWO(who=naming.inside(lucky.id), other=naming.inside(other.id))
    return TWO(worst)


def _many(naming: Naming, kinds: dict[str, str]) -> Words:
    lucky = [person for person, kind in kinds.items() if kind in ("way", "later")]
    others = [person for person in kinds if person not in lucky]
    if not others:
        return MANY("all")
    if lucky:
        return SOME(names=[naming.inside(p) for p in lucky], others=[naming.inside(p) for p in others])
    return MANY("unknown" if "unknown" in kinds.values() else "none")
