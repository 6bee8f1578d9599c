"""Two or three routes of one person side by side: chance, wait, cost, length, freedom, and what each hangs on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.answer import Answer, PersonAnswer, Route, RouteAnswer, Status
from flows.facts.content import Facts
from flows.odds.chances import pool_chances
from flows.odds.odds import Range
from flows.odds.round import Pool, RoundFigures
from flows.party import Category, Party, Person, Stage
from flows.plans.arrival import OFFER_OR_STUDIES, Arrival, arrival_by, takes_another_draw
from flows.plans.together import PAST_THE_POOL, POOLS

MOST = 3
_SAYS_NOTHING = 0.9  # a chance as wide as this, from under 1 % to over 99 %, helps nobody to choose
COMPARED = POOLS | {Route.PARTNER_OPEN_PERMIT}
FEES = {
    Route.WORKING_HOLIDAY: ("fees.iec", "fees.open_permit_holder", "fees.biometrics"),
    Route.YOUNG_PROFESSIONALS: ("fees.iec", "fees.biometrics"),
    Route.INTERNATIONAL_COOP: ("fees.iec", "fees.biometrics"),
    Route.PARTNER_OPEN_PERMIT: ("fees.work_permit", "fees.open_permit_holder", "fees.biometrics"),
}
"""What the person pays to Canada for each route: values by id."""


class Lot(StrEnum):
    """How it is decided who gets it."""

    SEASON = "season"  # drawn; the chance over the running season is known
    PAST = "past"  # drawn; a round of an earlier season is on record
    UNCERTAIN = "uncertain"  # drawn; the figures on record leave every chance open
    NO_FIGURES = "no_figures"
    DRAWN = "drawn"  # invited already
    ANOTHER_DRAW = "another_draw"  # invited already, but hardly for this pool
    PAPERS = "papers"  # no lot


class Freedom(StrEnum):
    """For whom one may work."""

    ANYBODY = "anybody"
    ONE_EMPLOYER = "one_employer"
    PLACEMENT = "placement"


class HangsOn(StrEnum):
    """On whom or what the route depends beside the person."""

    NOBODY = "nobody"
    EMPLOYER = "employer"
    STUDIES = "studies"
    PARTNER = "partner"


FREEDOM = {
    Route.WORKING_HOLIDAY: Freedom.ANYBODY,
    Route.YOUNG_PROFESSIONALS: Freedom.ONE_EMPLOYER,
    Route.INTERNATIONAL_COOP: Freedom.PLACEMENT,
    Route.PARTNER_OPEN_PERMIT: Freedom.ANYBODY,
}
HANGS_ON = {
    Route.WORKING_HOLIDAY: HangsOn.NOBODY,
    Route.YOUNG_PROFESSIONALS: HangsOn.EMPLOYER,
    Route.INTERNATIONAL_COOP: HangsOn.STUDIES,
    Route.PARTNER_OPEN_PERMIT: HangsOn.PARTNER,
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the routes compared. ``chance`` is of the season or of one past round, as ``lot`` says, with that round's
    ``season``. ``cost`` is in Canadian dollars. ``months`` is the permit's length; a partner's permit has none of its own and
    ends with the other's, on ``ends`` where that day is known."""

    route: RouteAnswer
    lot: Lot
    chance: Range | None
    season: int | None
    arrival: Arrival
    cost: float
    months: int | None
    ends: date | None
    freedom: Freedom
    hangs_on: HangsOn


def comparable(person: PersonAnswer) -> tuple[RouteAnswer, ...]:
    """The routes of a person that a comparison is about: one a category, and a partner's permit; best first."""
    found: dict[Route, RouteAnswer] = {}
    for route in person.routes:
        if route.route in COMPARED and route.status is not Status.NO:
            found.setdefault(route.route, route)
    return tuple(found.values())[:MOST]


def is_a_choice(person: PersonAnswer) -> bool:
    """Whether two of the routes are within reach without an offer or studies that are not there yet."""
    near = [route for route in comparable(person) if not OFFER_OR_STUDIES & {need.code for need in route.needs}]
    return len(near) > 1


def compare(person_id: str, party: Party, answer: Answer, figures: RoundFigures, facts: Facts) -> tuple[Side, ...]:
    """The sides of the person's comparison; empty where there are not two routes to compare. Pure."""
    person = next(found for found in answer.people if found.id == person_id)
    routes = comparable(person)
    if len(routes) < 2:
        return ()
    return tuple(_side(route, party.person(person_id), party, answer, figures, facts) for route in routes)


def _side(
    route: RouteAnswer, person: Person, party: Party, answer: Answer, figures: RoundFigures, facts: Facts
) -> Side:
    lot, chance, season = _lot(route, person, answer, figures)
    holder = party.person(route.through).permit if route.through is not None else None
    return Side(
        route=route,
        lot=lot,
        chance=chance,
        season=season,
        arrival=arrival_by(route, person.id, party, answer, facts),
        cost=sum(float(str(facts.value(fee, answer.as_of).value)) for fee in FEES[route.route]),
        months=route.permit_months,
        ends=holder.ends if holder is not None else None,
        freedom=FREEDOM[route.route],
        hangs_on=HANGS_ON[route.route],
    )


def _lot(
    route: RouteAnswer, person: Person, answer: Answer, figures: RoundFigures
) -> tuple[Lot, Range | None, int | None]:
    """The chance of the pool alone: the running season's, else that of a round on record, named as such."""
    if route.route is Route.PARTNER_OPEN_PERMIT:
        return Lot.PAPERS, None, None
    if takes_another_draw(route, person):
        return Lot.ANOTHER_DRAW, None, None
    if person.stage in PAST_THE_POOL and person.stage is not Stage.IN_CANADA:
        return Lot.DRAWN, None, None
    if route.citizenship is None:
        return Lot.NO_FIGURES, None, None
    pool = Pool(route.citizenship, Category(route.route.value))
    found = pool_chances(pool, route.from_, route.last_day, figures, answer.season, answer.as_of)
    told = found.season or found.past_round
    if told is not None and told.high - told.low > _SAYS_NOTHING:
        return Lot.UNCERTAIN, None, None
    if found.season is not None:
        return Lot.SEASON, found.season, None
    if found.past is not None and found.past_round is not None:
        return Lot.PAST, found.past_round, found.past.season
    return Lot.NO_FIGURES, None, None
