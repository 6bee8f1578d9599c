"""Roots in another country: asked once with the answer of whoever has no pool, and only where a passport could open one."""

from collections.abc import Iterator

from flows.conversation.naming import Naming
from flows.conversation.route_words import MONTHS, NAME, reason
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Country, Lines, Words
from flows.interview.questions import key_of
from flows.message import Family, Message
from flows.plans.second_passport import pools_by_passport, worth_finding_out

ASK = Family("roots.ask", ("you", "other", "several"), "who", "countries", "more")
FOUND = Message("roots.found", "who", "lines")
OPENS = Message("roots.opens", "country", "way")
OPENS_AT_HOME = Message("roots.opens_at_home", "country", "way")
OPENS_NOT = Message("roots.opens_not", "country")
MAYBE = Family("choice.roots", ("maybe", "no"))
MAYBE_OF = Family("choice.roots_of", ("maybe", "no"), "who")
MOST_NAMED = 6


def roots_words(turn: Turn, naming: Naming) -> Iterator[Words]:
    """One question for all who were not asked yet; for whoever named a country, what its passport would open."""
    asked = {
        person: countries
        for person in _answered_for(turn)
        if turn.said("roots", person) is None and (countries := _helpful(turn, person))
    }
    if asked:
        countries = list(dict.fromkeys(code for each in asked.values() for code in each))
        named = [Country(code) for code in countries[:MOST_NAMED]]
        form = naming.form(next(iter(asked))) if len(asked) == 1 else "several"
        who = [naming.inside(person) for person in asked]
        yield ASK(form, who=who, countries=named, more=len(countries) - len(named))
    for person in _answered_for(turn):
        said = turn.said("roots", person)
        if isinstance(said, list) and said:
            lines = tuple(_opens(turn, person, code) for code in said)
            yield FOUND(who=naming.inside(person), lines=Lines(lines))


def roots_buttons(turn: Turn, naming: Naming) -> Iterator[tuple[Choice, ...]]:
    """There may be one, or none: a row for each who is asked."""
    for person in _answered_for(turn):
        if turn.said("roots", person) is None and _helpful(turn, person):
            mine, who = person == turn.me, naming.inside(person)
            maybe, none = (MAYBE(code) if mine else MAYBE_OF(code, who=who) for code in ("maybe", "no"))
            yield (turn.choice(maybe, "e", "roots", person), turn.choice(none, "c", "roots", person))


def no_roots(turn: Turn, person: str) -> bool:
    """Note that there are none; False where that was answered before, or is not for this user to answer."""
    if person not in turn.answered_by(turn.user) or key_of("roots", person) in turn.answers:
        return False
    turn.write({key_of("roots", person): []})
    return True


def _answered_for(turn: Turn) -> list[str]:
    """Those the user answers for; somebody who was taken out of the party meanwhile is not among them."""
    return [person for person in turn.answered_by(turn.user) if person in turn.people]


def _helpful(turn: Turn, person: str) -> list[str]:
    found = worth_finding_out(person, turn.party, turn.answer, turn.content.facts)
    return [route.citizenship for route in found if route.citizenship is not None]


def _opens(turn: Turn, person: str, code: str) -> Words:
    one, answer = turn.party.person(person), turn.answer
    found = pools_by_passport(one, [code], answer.as_of, turn.content.facts, answer.season)
    if not found:
        return OPENS_NOT(country=Country(code))
    route = found[0]
    way = (
        MONTHS(route.route, country=Country(code), months=route.permit_months)
        if route.permit_months
        else NAME(route.route)
    )
    home = reason(route, "lives_in_required_country")
    if home is not None and home.holds is not True:
        return OPENS_AT_HOME(country=Country(code), way=way)
    return OPENS(country=Country(code), way=way)
