"""Waiting with an invitation or a letter in hand: how long it lasts, and the chance that the other is drawn within it.

The letter of introduction is good until its printed day. Before it is there, its last day is counted from the clock that runs:
the days to answer and to apply, Canada's usual time to decide, the months a letter is good for. That day is usual, not promised.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flows.answer import Answer
from flows.dates import add_months
from flows.facts.content import Facts
from flows.odds.chances import chance_within, pool_chances
from flows.odds.odds import Range
from flows.odds.round import Pool, RoundFigures
from flows.party import Category, Party, Person, Stage
from flows.plans.arrival import first_draw
from flows.plans.clocks import is_over
from flows.plans.together import best_pool


class Until(StrEnum):
    """What the letter's last day rests on."""

    TOLD = "told"  # printed on the letter
    USUAL = "usual"  # counted from the clocks and Canada's usual times


@dataclass(frozen=True, slots=True)
class Holding:
    """How long ``leader`` can wait, and what that gives ``waiting``.

    ``until`` is the last day to enter with the letter (None: not known, or over). ``drawn_by`` is the last day on which the
    other's invitation still leaves every clock its full time before it; None where that is over, or nobody is drawn before
    it. ``chance`` is that of being drawn by then in the running season (a later season can only add to it); without figures
    of this season it is None and ``past_round`` is the chance in one round of ``past_season``.
    """

    leader: str
    waiting: str
    until: date | None
    basis: Until | None
    drawn_by: date | None
    pool: Pool | None
    chance: Range | None = None
    past_round: Range | None = None
    past_season: int | None = None


def letter_until(person: Person, as_of: date, facts: Facts) -> tuple[date | None, Until | None]:
    """The last day to enter with the person's letter, as far as it can be known; None once it is over."""
    if is_over(person, as_of, facts):
        return None, None
    if person.letter_valid_until is not None:
        return person.letter_valid_until, Until.TOLD
    months = _number(facts, "letter.valid_months", as_of)
    decision = timedelta(_number(facts, "processing.iec_days", as_of))
    submit = timedelta(_number(facts, "invitation.submit_days", as_of))
    answer = timedelta(_number(facts, "invitation.answer_days", as_of))
    if person.stage is Stage.APPLIED and person.applied_on is not None:
        approved = max(as_of, person.applied_on + decision)
    elif person.stage is Stage.INVITED and person.accepted_on is not None:
        approved = person.accepted_on + submit + decision
    elif person.stage is Stage.INVITED and person.invited_on is not None:
        approved = person.invited_on + answer + submit + decision
    else:
        return None, None
    return add_months(approved, months), Until.USUAL


def holding_of(leader: str, waiting: str, party: Party, answer: Answer, figures: RoundFigures, facts: Facts) -> Holding:
    """How long ``leader`` can wait for ``waiting``, with the chance from the figures that are known."""
    as_of = answer.as_of
    until, basis = letter_until(party.person(leader), as_of, facts)
    route = best_pool(next(person for person in answer.people if person.id == waiting))
    if route is None or route.citizenship is None:
        return Holding(leader, waiting, until, basis, None, None)
    pool = Pool(route.citizenship, Category(route.route.value))
    clocks = sum(
        _number(facts, name, as_of)
        for name in ("invitation.answer_days", "invitation.submit_days", "processing.iec_days")
    )
    drawn_by = until - timedelta(clocks) if until is not None else None
    if drawn_by is not None and route.last_day is not None:
        drawn_by = min(drawn_by, route.last_day)
    begins = max(as_of, route.from_ or as_of, first_draw(answer, facts)[0] or as_of)
    if drawn_by is None or drawn_by <= as_of or begins > drawn_by:
        return Holding(leader, waiting, until, basis, None, pool)
    chance = chance_within(pool, begins, drawn_by, figures, answer.season, as_of)
    past = pool_chances(pool, None, None, figures, answer.season, as_of) if chance is None else None
    return Holding(
        leader,
        waiting,
        until,
        basis,
        drawn_by,
        pool,
        chance,
        past.past_round if past is not None else None,
        past.past.season if past is not None and past.past is not None else None,
    )


def holdings_of(party: Party, answer: Answer, figures: RoundFigures, facts: Facts) -> tuple[Holding, ...]:
    """One for each plan of holding a letter, in the order of the plans."""
    pairs = [plan.people for plan in answer.plans if plan.id.startswith("hold_letter:")]
    return tuple(holding_of(one, other, party, answer, figures, facts) for one, other in pairs)


def _number(facts: Facts, value_id: str, day: date) -> int:
    return int(str(facts.value(value_id, day).value))
