"""One entrance to all understanding of answers: a question's name and what was typed."""

from collections.abc import Callable, Mapping
from datetime import date

from flows.facts.content import Facts
from flows.understanding.ages import understand_age
from flows.understanding.choice import understand_choice
from flows.understanding.citizenships import understand_citizenships
from flows.understanding.days import QUESTIONS as DAYS
from flows.understanding.days import understand_day
from flows.understanding.job import understand_job
from flows.understanding.lives_in import understand_lives_in
from flows.understanding.participations import understand_participations
from flows.understanding.permit_dates import understand_permit_dates
from flows.understanding.plain import understand_name, understand_number, understand_yes_no
from flows.understanding.result import Understood
from flows.understanding.since import understand_since
from flows.understanding.terms import UNKNOWN, says_dont_know
from flows.understanding.tokens import tokens_of
from flows.understanding.who import understand_who

LONGEST = 800  # of a longer text only the beginning is read, and what was found there is asked back
_OWN_DONT_KNOW = frozenset({"occupation"})  # where "I don't know" is part of what they read

_Reader = Callable[[str, date, Facts], Understood]


def _truth(table: str) -> _Reader:
    """A question of fixed choices whose choices are yes and no, as True and False."""

    def read(text: str, today: date, facts: Facts) -> Understood:
        understood = understand_choice(table, text)
        truth = {"yes": True, "no": False}
        if understood.ask_back:
            return Understood(ask_back=tuple(truth[choice] for choice in understood.ask_back))
        return Understood(value=truth.get(understood.value, understood.value), error=understood.error)

    return read


def _choice(table: str) -> _Reader:
    return lambda text, today, facts: understand_choice(table, text)


def _occupation(text: str, today: date, facts: Facts) -> Understood:
    from flows.understanding.occupation import understand_occupation

    return understand_occupation(text, facts.occupations)


def _day(question: str) -> _Reader:
    return lambda text, today, facts: understand_day(question, text, today)


_READERS: Mapping[str, _Reader] = {
    "citizenships": lambda text, today, facts: understand_citizenships(text),
    "stay_citizenship": lambda text, today, facts: understand_citizenships(text),
    "lives_in": lambda text, today, facts: understand_lives_in(text),
    "age_or_birth_date": lambda text, today, facts: understand_age(text, today),
    "living_together_since": lambda text, today, facts: understand_since(text, today),
    **{question: _day(question) for question in (*DAYS, "day")},
    "occupation": _occupation,
    "relationship_kind": _choice("relationship_kind"),
    "stage": _choice("stage"),
    "permit_kind": _choice("permit_kind"),
    "permit_dates": lambda text, today, facts: understand_permit_dates(text, today),
    "job_state": lambda text, today, facts: understand_job(text, facts.occupations),
    "student": _truth("student"),
    "permanent_resident": _truth("permanent_resident"),
    "participations": lambda text, today, facts: understand_participations(text, today),
    "who_travels": lambda text, today, facts: understand_who(text),
    "children": lambda text, today, facts: understand_number(text),
    "yes_no": lambda text, today, facts: understand_yes_no(text),
    "name": lambda text, today, facts: understand_name(text),
}

QUESTIONS: tuple[str, ...] = tuple(_READERS)


def understand(question: str, text: str, today: date, facts: Facts) -> Understood:
    """What a typed answer to a question means; KeyError where there is no such question.

    Value, candidates and "I don't know" are as ``Understood`` says.
    """
    if len(text) > LONGEST and question not in _OWN_DONT_KNOW:
        understood = understand(question, text[:LONGEST], today, facts)
        asked = understood.value is not None and understood.value != UNKNOWN
        return Understood(ask_back=(understood.value,)) if asked else understood
    if question not in _OWN_DONT_KNOW and says_dont_know(tokens_of(text)):
        return Understood(value=UNKNOWN)
    return _READERS[question](text, today, facts)
