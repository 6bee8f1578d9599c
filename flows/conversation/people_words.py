"""A paragraph for each person: their best way, its length, its last day, what must come first."""

from collections.abc import Iterator

from flows.answer import PersonAnswer, Reason, RouteAnswer, Status
from flows.conversation.naming import Naming
from flows.conversation.reason_words import closing_reason, reason_words
from flows.conversation.route_words import CATEGORY_ROUTES, FALLBACKS, THROUGH, first, hangs_on, until, way
from flows.conversation.seeing import Shows, own_people, seen_answer, shown_of
from flows.conversation.turn import Turn
from flows.conversation.view import Country, Lines, Words
from flows.dates import age_on
from flows.message import Family, Message

LINE = Message("answer.person", "who", "lines")
LINE_FACTS = Message("answer.person_with_facts", "who", "facts", "lines")
FACTS = Message("answer.facts", "countries", "age")
ONLY_COUNTRIES = Message("answer.facts_countries", "countries")
ONLY_AGE = Message("answer.facts_age", "age")
WAY = Message("answer.way", "way")
NO_WAY = Message("answer.no_way")
POOLS_CLOSED = Message("answer.pools_closed", "reason")
INVITED_BEFORE = Message("answer.invited_before")
YEARS_OF_A_LETTER = 2
THROUGH_CLOSED = Message("answer.through_closed", "reason")
HIDDEN = Family("answer.hidden", ("done", "route", "busy"), "who")


def people_words(turn: Turn, naming: Naming) -> Iterator[Words]:
    """One paragraph for each person, as far as the reader may see it."""
    seen = {person.id: person for person in seen_answer(turn).people}
    people = turn.people
    if (
        turn.session.get("group") is not None
    ):  # whoever reads comes first, and their partner: friends stand on the board too
        people = list(dict.fromkeys((*own_people(turn), *people)))
    for person_id in people:
        who = naming.start(person_id)
        if person_id not in seen:
            yield HIDDEN(_how_hidden(turn, person_id), who=who)
            continue
        in_full = shown_of(turn, person_id) is Shows.REASON
        lines = Lines(tuple(_lines(turn, naming, seen[person_id], in_full=in_full)))
        facts = facts_of(turn, person_id) if in_full else None
        yield LINE_FACTS(who=who, facts=facts, lines=lines) if facts else LINE(who=who, lines=lines)


def _how_hidden(turn: Turn, person: str) -> str:
    """How far somebody is whose part is not told here; in a group the board may show the route all the same."""
    user = turn.user_of(person)
    if user is None or not is_done(turn, person):
        return "busy"
    member, in_group = turn.session["members"][user], turn.session.get("group") is not None
    if in_group and not member.get("chose"):
        return "busy"
    return "route" if in_group and member["shows"] == Shows.ROUTE else "done"


def best_of(person: PersonAnswer) -> RouteAnswer | None:
    """The person's best way that is open or can open."""
    return next((route for route in person.routes if route.status is not Status.NO), None)


def is_done(turn: Turn, person: str) -> bool:
    """Whether somebody who answers for themself has nothing left to answer."""
    user = turn.user_of(person)
    return user is not None and turn.path(user).present is None


def facts_of(turn: Turn, person_id: str) -> Words | None:
    """Citizenships and age, as far as they are known."""
    person = turn.party.person(person_id)
    age = age_on(person.born, turn.today) if person.born is not None else person.age
    countries = [Country(code) for code in person.citizenships or ()]
    if countries and age is not None:
        return FACTS(countries=countries, age=age)
    if countries:
        return ONLY_COUNTRIES(countries=countries)
    return ONLY_AGE(age=age) if age is not None else None


def _lines(turn: Turn, naming: Naming, person: PersonAnswer, *, in_full: bool) -> Iterator[Words]:
    route = best_of(person)
    yield WAY(way=way(naming, person.id, route)) if route else NO_WAY()
    if route is not None and in_full:
        yield from details(turn, naming, person.id, route)
    if in_full and (route is None or route.route in FALLBACKS):
        yield from closed(turn, naming, person)


def closed(turn: Turn, naming: Naming, person: PersonAnswer) -> Iterator[Words]:
    """What rules out the pools and the ways through a partner, for those who have neither."""
    pools = [route for route in person.routes if route.route in CATEGORY_ROUTES]
    others = [route for route in person.routes if route.route in THROUGH and through_is_told(turn, route)]
    for label, routes in ((POOLS_CLOSED, pools), (THROUGH_CLOSED, others)):
        against = next((reason for route in routes if (reason := closing_reason(route)) is not None), None)
        said = reason_words(turn, naming, against) if against is not None else None
        if said is not None:
            yield label(reason=said)
        if against is not None and label is POOLS_CLOSED and _was_young_enough(against):
            yield INVITED_BEFORE()


def _was_young_enough(reason: Reason) -> bool:
    """Whether an invitation may have come while the age was still right: a letter lasts about a year."""
    age = reason.values.get("age")
    return reason.code == "age_in_range" and age is not None and 0 < age - reason.values["max"] <= YEARS_OF_A_LETTER


def through_is_told(turn: Turn, route: RouteAnswer) -> bool:
    """Whether the partner of a way shows why."""
    return route.through is None or shown_of(turn, route.through) is Shows.REASON


def details(turn: Turn, naming: Naming, person: str, route: RouteAnswer) -> Iterator[Words]:
    """What must come first, what it hangs on, and the last day: each a sentence, where there is one."""
    found = [
        first(naming, route) if route.status is Status.LATER else None,
        hangs_on(route.needs) if route.status is Status.UNKNOWN else None,
        until(turn, naming, route, person),
    ]
    yield from (sentence for sentence in found if sentence is not None)
