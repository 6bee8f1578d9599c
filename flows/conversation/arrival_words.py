"""Whether the wished day can still be made, in words."""

from collections.abc import Iterator, Sequence

from flows.answer import PersonAnswer
from flows.conversation.naming import Naming
from flows.conversation.people_words import best_of
from flows.conversation.route_words import way
from flows.conversation.seeing import Shows, shown_of
from flows.conversation.turn import Turn
from flows.conversation.view import Lines, Words
from flows.message import Family, Message
from flows.plans.arrival import OFFER_OR_STUDIES, Arrival, Reach, arrival_by
from flows.plans.comparison import comparable

BY_WISHED_DAY = Family("arrival", (Reach.IN_TIME, Reach.TIGHT, Reach.TOO_LATE), "day")
IF_DRAWN = Message("arrival.if_drawn", "calm", "last")
TIGHT_IF_DRAWN = Message("arrival.tight_if_drawn", "last")
IF_DRAWN_SHORT = Family("arrival.short", (Reach.IF_DRAWN, Reach.TIGHT), "day")
UNKNOWN = Message("arrival.unknown")
COUPLE_FIRST = Message("arrival.couple_first")
WISHED = Message("answer.arrival", "day", "lines")
LINE = Message("answer.arrival_line", "way", "verdict")
LINE_OF = Message("answer.arrival_line_of", "who", "way", "verdict")


def by_wished_day(arrival: Arrival, *, short: bool = False) -> Words:
    """The verdict on one route, with the day it hangs on; ``short`` with the safe day alone."""
    reach = arrival.reach or Reach.UNKNOWN
    if reach is Reach.UNKNOWN:
        return COUPLE_FIRST() if arrival.couple_first else UNKNOWN()
    if short and arrival.drawn_by is not None and reach is not Reach.TOO_LATE:
        day = arrival.drawn_by_unhurried if reach is Reach.IF_DRAWN else arrival.drawn_by
        return IF_DRAWN_SHORT(reach, day=day)
    if reach is Reach.IF_DRAWN:
        return IF_DRAWN(calm=arrival.drawn_by_unhurried, last=arrival.drawn_by)
    if reach is Reach.TIGHT and arrival.drawn_by is not None:
        return TIGHT_IF_DRAWN(last=arrival.drawn_by)
    return BY_WISHED_DAY(reach, day=arrival.soonest)


def arrival_words(turn: Turn, naming: Naming, seen: Sequence[PersonAnswer]) -> Iterator[Words]:
    """For each wished day: by which ways of whom it can still be made."""
    days = {person.arrive_by for person in turn.party.people if person.arrive_by and person.arrive_by >= turn.today}
    for day in sorted(days):
        lines = [
            line
            for person in seen
            if turn.party.person(person.id).arrive_by == day and shown_of(turn, person.id) is Shows.REASON
            for line in _of_person(turn, naming, person)
        ]
        if lines:
            yield WISHED(day=day, lines=Lines(tuple(lines)))


def _of_person(turn: Turn, naming: Naming, person: PersonAnswer) -> Iterator[Words]:
    """The ways worth comparing; where there is but one, or none, the best."""
    best = best_of(person)
    routes = comparable(person) or ((best,) if best is not None else ())
    near = [route for route in routes if not OFFER_OR_STUDIES & {need.code for need in route.needs}]
    for route in near or routes:
        verdict = by_wished_day(arrival_by(route, person.id, turn.party, turn.answer, turn.content.facts))
        what = way(naming, person.id, route)
        if len(turn.people) > 1:
            yield LINE_OF(who=naming.start(person.id), way=what, verdict=verdict)
        else:
            yield LINE(way=what, verdict=verdict)
