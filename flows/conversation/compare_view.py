"""Two or three ways of one person side by side, short enough for a phone: /compare."""

from collections.abc import Callable, Sequence
from datetime import date

from flows.answer import PersonAnswer, Route
from flows.conversation.arrival_words import by_wished_day
from flows.conversation.naming import Naming
from flows.conversation.question_view import show_question
from flows.conversation.route_words import OWN, through
from flows.conversation.routes_view import back, too_early
from flows.conversation.seeing import Shows, seen_answer, shown_of
from flows.conversation.turn import Turn
from flows.conversation.view import Country, Lines, Slot, Words
from flows.facts.content import Facts
from flows.message import Family, Message
from flows.odds.figures import round_figures
from flows.odds.telling import range_words
from flows.party import Stage
from flows.plans.arrival import first_round_days
from flows.plans.comparison import Freedom, HangsOn, Lot, Side, comparable, compare, is_a_choice

TITLE = Message("compare.title", "who", "lines")
WAY = Message("compare.way", "number", "way")
POOL = Family("compare.pool", OWN, "country")
WITH = Family("compare.with", ("job_offer", "student_enrolled"), "way")
PARTNER = Message("compare.partner", "through")
ROW = Family(
    "compare.row", ("chance", "start", "cost", "length", "freedom", "hangs_on", "in_time"), "lines"
)  # fmt: skip
SIDE = Message("compare.side", "number", "what")
CHANCE = Family("compare.chance", (Lot.SEASON, Lot.PAST), "chance", "season")
NO_CHANCE = Family("compare.chance", (Lot.UNCERTAIN, Lot.NO_FIGURES, Lot.DRAWN, Lot.ANOTHER_DRAW, Lot.PAPERS))
START = Message("compare.start.from", "day")
START_DECIDED = Message("compare.start.decided", "day")
START_PARTNER = Message("compare.start.partner", "day")
START_FREE = Message("compare.start.letter")
START_UNKNOWN = Message("compare.start.unknown")
START_COUPLE_FIRST = Message("compare.start.couple_first")
COST = Family("compare.cost", tuple(OWN), "amount")
COST_PARTNER = Message("compare.cost.partner_open_permit", "amount")
MONTHS = Message("compare.length.months", "months")
AS_LONG_AS = Message("compare.length.as_partner", "whose")
UNTIL = Message("compare.length.until", "day")
FREEDOM = Family("compare.freedom", tuple(Freedom))
HANGS_ON = Family("compare.hangs_on", tuple(HangsOn), "whose")
PARTNER_NOTE = Message("compare.partner_note", "whose", "who")
BASIS = Message("compare.basis", "fewest", "most", "decision", "permit", "slowest", "day")
NOTHING = Message("compare.nothing")
NOT_YET = Message("whatif.not_yet")
OF = Message("choice.compare_of", "who")


def show_comparison(turn: Turn, details: str = "") -> None:
    """The ways of one person side by side: of whom is asked for, else the reader, else whoever has a choice."""
    if turn.present is not None and not turn.member.get("focus"):
        show_question(turn, turn.present, NOT_YET())
        return
    if too_early(turn):
        return
    people = [person for person in _seen_in_full(turn) if len(comparable(person)) > 1]
    if not people:
        turn.show(NOTHING(), choices=((back(turn),),))
        return
    naming = Naming(turn)
    chosen = _chosen(turn, people, details)
    others = tuple(
        turn.choice(OF(who=naming.inside(person.id)), "c", "compare", person.id)
        for person in people
        if person.id != chosen.id
    )
    rows = tuple(others[start : start + 2] for start in range(0, len(others), 2))
    turn.show(*comparison_words(turn, naming, chosen), slot=Slot.MESSAGE, choices=(*rows, (back(turn),)))


def has_choice(turn: Turn) -> bool:
    """Whether somebody whom the reader sees in full has two ways within reach."""
    return any(is_a_choice(person) for person in _seen_in_full(turn))


def comparison_words(turn: Turn, naming: Naming, person: PersonAnswer) -> list[Words]:
    """The comparison as paragraphs: the ways, then one paragraph for each thing compared, and what it rests on."""
    figures = round_figures(turn.content.facts, turn.content.archived, turn.today)
    sides = compare(person.id, turn.party, seen_answer(turn), figures, turn.content.facts)
    ways = tuple(WAY(number=number, way=_way(naming, side)) for number, side in enumerate(sides, start=1))
    words = [TITLE(who=naming.start(person.id), lines=Lines(ways))]
    stage = turn.party.person(person.id).stage
    told: dict[str, Callable[[Side], Words]] = {
        "chance": _chance,
        "start": lambda side: _start(side, stage),
        "cost": _cost,
        "length": lambda side: _length(naming, side),
        "freedom": lambda side: FREEDOM(side.freedom),
        "hangs_on": lambda side: HANGS_ON(side.hangs_on, whose=_whose(naming, side)),
    }
    words += [_row(name, [say(side) for side in sides]) for name, say in told.items()]
    wished = sides[0].arrival.wished
    if wished is not None:
        words.append(_row("in_time", [by_wished_day(side.arrival, short=True) for side in sides]))
    leader = next((side.route.through for side in sides if side.route.through is not None), None)
    if leader is not None:
        words.append(PARTNER_NOTE.folded(whose=naming.whose(leader), who=naming.inside(person.id)))
    return [*words, _basis(turn.content.facts, turn.today)]


def _row(name: str, what: Sequence[Words]) -> Words:
    return ROW(name, lines=Lines(tuple(SIDE(number=number, what=said) for number, said in enumerate(what, start=1))))


def _way(naming: Naming, side: Side) -> Words:
    route = side.route
    if route.route is Route.PARTNER_OPEN_PERMIT and route.through is not None:
        return PARTNER(through=through(naming, route.through))
    pool = POOL(route.route, country=Country(route.citizenship or ""))
    wanting = next((need.code for need in route.needs if need.code in WITH), None)
    return WITH(wanting, way=pool) if wanting is not None else pool


def _chance(side: Side) -> Words:
    if side.chance is None:
        return NO_CHANCE(side.lot)
    return CHANCE(side.lot, chance=range_words(side.chance), season=str(side.season or ""))


def _start(side: Side, stage: Stage | None) -> Words:
    day = side.arrival.soonest
    if day is None:
        return START_COUPLE_FIRST() if side.arrival.couple_first else START_UNKNOWN()
    if side.lot is Lot.PAPERS:
        return START_PARTNER(day=day)
    if side.lot is Lot.DRAWN:
        return START_FREE() if stage is Stage.APPROVED else START_DECIDED(day=day)
    return START(day=day)


def _cost(side: Side) -> Words:
    if side.route.route is Route.PARTNER_OPEN_PERMIT:
        return COST_PARTNER(amount=side.cost)
    return COST(side.route.route, amount=side.cost)


def _length(naming: Naming, side: Side) -> Words:
    if side.ends is not None:
        return UNTIL(day=side.ends)
    if side.route.through is not None:
        return AS_LONG_AS(whose=naming.whose(side.route.through))
    return MONTHS(months=side.months or 0)


def _whose(naming: Naming, side: Side) -> Words | str:
    return naming.whose(side.route.through) if side.route.through is not None else ""


def _basis(facts: Facts, day: date) -> Words:
    """What the days and sums rest on, with the figures themselves and how old the shakiest is."""
    fewest, most = first_round_days(facts)
    permit = facts.value("processing.partner_permit_days", day)
    return BASIS.folded(
        fewest=fewest,
        most=most,
        decision=facts.value("processing.iec_days", day).value,
        permit=permit.value,
        slowest=facts.value("processing.partner_permit_slowest_days", day).value,
        day=permit.current_as_of,
    )


def _seen_in_full(turn: Turn) -> list[PersonAnswer]:
    return [person for person in seen_answer(turn).people if shown_of(turn, person.id) is Shows.REASON]


def _chosen(turn: Turn, people: Sequence[PersonAnswer], details: str) -> PersonAnswer:
    """Who was asked for; else the first with a real choice, the reader before the others."""
    order = sorted(people, key=lambda person: (not is_a_choice(person), person.id != turn.me))
    return next((person for person in people if person.id == details), order[0])
