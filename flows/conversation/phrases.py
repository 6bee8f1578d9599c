"""Answers said back in a few words: "31", "Ireland and the United States", "living together since 1 March 2025"."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flows.conversation.naming import Naming
from flows.conversation.options import CHOICES
from flows.conversation.turn import Turn
from flows.conversation.view import Country, Month, Words
from flows.interview.questions import BY_ID, QUESTIONS, UNKNOWN, About
from flows.interview.walk import Place
from flows.message import Family, Message
from flows.party import RelationshipKind

LABEL = Family("label", [question.id for question in QUESTIONS])
NOT_KNOWN = Message("said.unknown")
AGE = Message("said.age", "age")
BORN = Message("said.born", "day")
COUNTRIES = Message("said.countries", "countries")
DAY = Message("said.day", "day")
FROM_TO = Message("said.from_to", "starts", "ends")
FROM = Message("said.from", "starts")
TO = Message("said.to", "ends")
A_YEAR = Message("said.a_year_together")
SINCE_MONTH = Message("said.month", "month")
NOT_TOGETHER = Message("said.not_together")
NAMES = Message("said.names", "names")
NO_NAME = Message("said.no_name")
NO_COUPLE = Message("said.no_couple")
JUST_FRIENDS = Message("said.just_friends")
PAIR = Message("said.pair", "one", "other")
NUMBER = Message("said.number", "number")
NO_ROOTS = Message("said.no_roots")
OCCUPATION = Message("said.occupation", "title")
ROW_YOU = Message("said.row_you", "what", "value")
ROW_OTHER = Message("said.row_other", "who", "what", "value")
ROW_STAY = Message("said.row_stay", "who", "what", "number", "value")


def phrase(turn: Turn, place: Place, value: Any) -> Words:
    """The stored ``value`` of a place in a few words."""
    if value == UNKNOWN:
        return NOT_KNOWN()
    own = _OWN.get(place.question)
    if own is not None:
        return own(turn, value)
    question = BY_ID[place.question]
    if value == RelationshipKind.FRIENDS:
        return JUST_FRIENDS()
    family = CHOICES.get(question.id)
    if family is not None and str(value) in family:
        return family(str(value))
    if isinstance(value, int):
        return NUMBER(number=value)
    return DAY(day=_day(value))


def row(turn: Turn, place: Place) -> Words:
    """One stored answer as a line: whose, what, and the answer."""
    naming = Naming(turn)
    question = BY_ID[place.question]
    value = phrase(turn, place, turn.answers.get(place.key))
    what = LABEL(question.id)
    person, _, number = place.subject.partition(".")
    if question.about is About.STAY:
        return ROW_STAY(who=naming.start(person), what=what, number=int(number), value=value)
    if question.about is About.PERSON and person != turn.me:
        return ROW_OTHER(who=naming.start(person), what=what, value=value)
    if question.about is About.PAIR and len(turn.people) > 2:
        one, other = place.subject.split("+")
        return ROW_OTHER(who=PAIR(one=naming.start(one), other=naming.inside(other)), what=what, value=value)
    return ROW_YOU(what=what, value=value)


def _day(value: Any) -> date:
    return date.fromisoformat(str(value))


def _age(turn: Turn, value: Any) -> Words:
    return BORN(day=_day(value["born"])) if "born" in value else AGE(age=value["age"])


def _countries(turn: Turn, value: Any) -> Words:
    codes = [value] if isinstance(value, str) else value
    return COUNTRIES(countries=[Country(code) for code in codes])


def _roots(turn: Turn, value: Any) -> Words:
    return _countries(turn, value) if value else NO_ROOTS()


def _since(turn: Turn, value: Any) -> Words:
    if value == "not_yet":
        return NOT_TOGETHER()
    if isinstance(value, dict):
        return SINCE_MONTH(month=Month(_day(f"{value['month']}-01"))) if "month" in value else A_YEAR()
    return DAY(day=_day(value))


def _dates(turn: Turn, value: Any) -> Words:
    starts, ends = value.get("starts"), value.get("ends")
    if starts and ends:
        return FROM_TO(starts=_day(starts), ends=_day(ends))
    return FROM(starts=_day(starts)) if starts else TO(ends=_day(ends))


def _companions(turn: Turn, value: Any) -> Words:
    naming = Naming(turn)
    names = [naming.name(person) for person in turn.people if person != turn.me]
    return NAMES(names=[name for name in names if name]) if any(names) else NO_NAME()


def _couples(turn: Turn, value: Any) -> Words:
    naming = Naming(turn)
    told = [value] if isinstance(value, str) else value  # one pair that may be meant, or all that were told
    pairs = [pair.split("+") for pair in told if pair != "no"]
    if not pairs:
        return NO_COUPLE()
    return NAMES(names=[PAIR(one=naming.inside(one), other=naming.inside(other)) for one, other in pairs])


def _occupation(turn: Turn, value: Any) -> Words:
    known = turn.content.facts.occupations.by_noc.get(value[0]) if value else None
    return OCCUPATION(title=known.title if known else ", ".join(value))


_OWN: Mapping[str, Callable[[Turn, Any], Words]] = {
    "age_or_birth_date": _age,
    "citizenships": _countries,
    "stay_citizenship": _countries,
    "lives_in": _countries,
    "roots": _roots,
    "living_together_since": _since,
    "stay_dates": _dates,
    "permit_dates": _dates,
    "companions": _companions,
    "couples": _couples,
    "occupation": _occupation,
}
