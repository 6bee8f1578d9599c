"""The buttons of a question: what each says, the short text that stands for it in its id, and the answer that it gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from babel.core import get_global

from flows.conversation.naming import Naming
from flows.conversation.turn import Turn
from flows.conversation.view import Country, Month, Words
from flows.dates import add_months
from flows.facts.country import CountryStatus
from flows.interview.questions import BY_ID, QUESTIONS, UNKNOWN, Question, key_of
from flows.interview.walk import Place, couples_of, pair_of
from flows.message import Family, Message

CHOICES: Mapping[str, Family] = {
    question.id: Family(f"choice.{question.id}", question.choices) for question in QUESTIONS if question.choices
}
NO_NAME = Message("choice.companions.no_name")
NO_COUPLE = Message("choice.couples.no")
NO_FURTHER_COUPLE = Message("choice.couples.no_further")
PAIR = Message("choice.couples.pair", "one", "other")
NUMBER = Message("choice.number", "number")
YEAR_OR_LONGER = Message("choice.living_together_since.year_or_longer")
NOT_YET = Message("choice.living_together_since.not_yet")
COUNTRY = Message("choice.country", "flag", "country")
TODAY = Message("choice.day.today")
YESTERDAY = Message("choice.day.yesterday")
MONTH = Message("choice.living_together_since.month", "month")
NOT_KNOWN = Family("choice.not_known", ("plain", "wedding_on", "occupation"))

AGES = range(20, 38)
MOST_PAIRS = 10
MOST_COUNTRIES = 6
SPOKEN_BY_MANY = 40.0  # per cent of a country's people


@dataclass(frozen=True, slots=True)
class Option:
    """One button: ``raw`` stands in its id, ``value`` is the answer that is stored."""

    raw: str
    label: Words
    value: Any


Rows = list[list[Option]]


def options(turn: Turn, place: Place) -> Rows:
    """The buttons for a question in rows, without those for going back and for not knowing."""
    own = _OWN.get(place.question)
    if own is not None:
        return own(turn, place)
    question = BY_ID[place.question]
    return in_rows([_static(question, choice) for choice in question.choices], 1 if len(question.choices) > 4 else 2)


def not_known(place: Place) -> Option | None:
    """The button "I don't know"; None where everybody knows."""
    if place.question in ("who", "companions", "couples"):
        return None
    code = place.question if place.question in NOT_KNOWN else "plain"
    return Option(UNKNOWN, NOT_KNOWN(code), UNKNOWN)


def find(turn: Turn, place: Place, raw: str) -> Option | None:
    """The option that a button's id stands for; None where the question has no such button."""
    last = not_known(place)
    offered = [option for row in options(turn, place) for option in row] + ([last] if last else [])
    return next((option for option in offered if option.raw == raw), None)


def in_rows(found: list[Option], width: int) -> Rows:
    """Options side by side, ``width`` to a row."""
    return [found[start : start + width] for start in range(0, len(found), width)]


def country_label(code: str) -> Words:
    """A country with its flag."""
    return COUNTRY(flag=flag(code), country=Country(code))


def flag(code: str) -> str:
    """The flag of an ISO 3166 country code, as two regional letters."""
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code)


def _static(question: Question, choice: str) -> Option:
    value: Any = int(choice) if choice.isdigit() else choice
    return Option(choice, CHOICES[question.id](choice), value)


def _companions(turn: Turn, place: Place) -> Rows:
    return [[Option("no_name", NO_NAME(), [""])]] if turn.said("who") == "couple" else []


def _couples(turn: Turn, place: Place) -> Rows:
    naming = Naming(turn)
    told = couples_of(turn.answers, turn.people)
    free = [person for person in turn.people if not any(person in pair.split("+") for pair in told)]
    pairs = list(combinations(free, 2))
    found = [
        Option(pair_of(one, other), PAIR(one=naming.start(one), other=naming.inside(other)), pair_of(one, other))
        for one, other in pairs
        if len(pairs) <= MOST_PAIRS
    ]
    return in_rows([Option("no", NO_FURTHER_COUPLE() if told else NO_COUPLE(), "no"), *found], 1)


def _ages(turn: Turn, place: Place) -> Rows:
    return in_rows([Option(str(age), NUMBER(number=age), {"age": age}) for age in AGES], 6)


def _countries(turn: Turn, place: Place) -> Rows:
    """Some; in a group, where nothing can be typed unseen, all."""
    codes, width = _countries_of_language(turn), 2
    if not turn.event.private:
        every = (
            code for code, country in turn.content.facts.countries.items() if country.status is CountryStatus.ACTIVE
        )
        codes, width = list(dict.fromkeys([*codes, *sorted(every)])), 3
    return in_rows([Option(code, country_label(code), [code]) for code in codes], width)


def _countries_of_language(turn: Turn) -> list[str]:
    """Countries with an agreement where the reader's language is spoken by many, most speakers first."""
    openly = not (turn.event.private or turn.aside)
    readers = turn.session.get("language", "en") if openly else turn.event.language
    language = readers.lower().split("-")[0]
    active = [c for c, country in turn.content.facts.countries.items() if country.status is CountryStatus.ACTIVE]
    spoken = get_global("territory_languages")

    def speakers(code: str, tongue: str) -> float:
        return sum(
            float(known["population_percent"])
            for name, known in spoken.get(code, {}).items()
            if name.split("_")[0] == tongue and known.get("official_status") in ("official", "de_facto_official")
        )

    own = sorted((c for c in active if speakers(c, language) >= SPOKEN_BY_MANY), key=lambda c: -speakers(c, language))
    english = sorted((c for c in active if speakers(c, "en") >= SPOKEN_BY_MANY), key=lambda c: -speakers(c, "en"))
    return list(dict.fromkeys([*own, *english]))[:MOST_COUNTRIES]


def _together_since(turn: Turn, place: Place) -> Rows:
    months = [add_months(turn.today.replace(day=1), -back) for back in range(12)]
    year_ago = add_months(turn.today, -12)
    return [
        [Option("year", YEAR_OR_LONGER(), {"before": year_ago.isoformat()})],
        *in_rows([_month(day) for day in months if day > year_ago], 2),
        [Option("not_yet", NOT_YET(), "not_yet")],
    ]


def _month(first: date) -> Option:
    """Since some day of a month: nobody is promised a year together before its last day has come round."""
    month = first.isoformat()[:7]
    return Option(month, MONTH(month=Month(first)), {"month": month})


def _recent_days(turn: Turn, place: Place) -> Rows:
    yesterday = turn.today - timedelta(days=1)
    return [
        [
            Option("today", TODAY(), turn.today.isoformat()),
            Option("yesterday", YESTERDAY(), yesterday.isoformat()),
        ]
    ]


def _stay_citizenship(turn: Turn, place: Place) -> Rows:
    said = turn.said("citizenships", place.subject.split(".")[0])
    codes = said if isinstance(said, list) else []
    return in_rows([Option(code, country_label(code), code) for code in codes], 2)


def _lives_in(turn: Turn, place: Place) -> Rows:
    """The countries of which one must be a resident come first: they are why the question is asked."""
    said = turn.said("citizenships", place.subject)
    own = said if isinstance(said, list) else []
    required = [
        code
        for citizenship in own
        if (country := turn.content.facts.countries.get(citizenship)) and (terms := country.terms_on(turn.today))
        for category in terms.categories.values()
        for code in category.lives_in
    ]
    codes = list(dict.fromkeys([*required, *own, "CA"]))[:MOST_COUNTRIES]
    return in_rows([Option(code, country_label(code), code) for code in codes], 2)


def _no_buttons(turn: Turn, place: Place) -> Rows:
    return []


_OWN: Mapping[str, Callable[[Turn, Place], Rows]] = {
    "companions": _companions,
    "couples": _couples,
    "age_or_birth_date": _ages,
    "citizenships": _countries,
    "living_together_since": _together_since,
    "invited_on": _recent_days,
    "stay_citizenship": _stay_citizenship,
    "lives_in": _lives_in,
    "birth_date": _no_buttons,
    "wedding_on": _no_buttons,
    "letter_valid_until": _no_buttons,
    "accepted_on": _recent_days,
    "applied_on": _recent_days,
    "stay_dates": _no_buttons,
    "permit_dates": _no_buttons,
    "occupation": _no_buttons,
    "passport_expires": _no_buttons,
    "insurance_ends": _no_buttons,
    "arrive_by": _no_buttons,
    "roots": _countries,
}


def may_bundle(turn: Turn, place: Place) -> list[str]:
    """The people for whom one answer to this question may be given at once; fewer than two: it is asked of one alone."""
    question = BY_ID[place.question]
    if question.bundle is None or turn.member.get("focus"):
        return []
    waiting = [
        person
        for person in turn.answered_by(turn.user)
        if key_of(question.id, person) in turn.open_keys and key_of(question.id, person) not in turn.answers
    ]
    return waiting if len(waiting) > 1 else []
