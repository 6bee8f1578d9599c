"""Puts conditions together: the status of a route, its first and last day, and what must come first.

A route is possible only on days on which all conditions hold together, so their intervals are intersected. Precedence:
a condition that can never hold makes ``no``; else an unknown one ``unknown``; else an unmet one ``later``; else ``yes``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.answer import Need, Status
from flows.routes.condition import Condition


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the conditions of one route come to. ``missed`` are the two conditions whose days do not meet."""

    status: Status
    from_: date | None
    last_day: date | None
    needs: tuple[Need, ...]
    missed: tuple[Condition, Condition] | None = None


def combine(conditions: Sequence[Condition]) -> Outcome:
    """The outcome of a route with these conditions.

    ``from_`` is set when waiting alone is enough; ``last_day`` is the last day on which all still hold. Where the first
    possible day lies after the last one, an act may mend it: then the need has ``by`` and no ``from_``; else it is ``no``.
    """
    if any(condition.never for condition in conditions):
        return Outcome(Status.NO, None, None, ())
    last = min((c for c in conditions if c.until is not None), key=lambda c: c.until or date.max, default=None)
    last_day = last.until if last else None
    late = [
        c
        for c in conditions
        if last is not None
        and last_day is not None
        and c.holds is not True
        and c.from_ is not None
        and c.from_ > last_day
    ]
    missed = None
    if late and last is not None:
        latest = max(late, key=lambda c: c.from_ or date.min)
        missed = (latest, last)
        if not all(condition.act for condition in late) and not last.act:
            return Outcome(Status.NO, None, None, (), missed)
    unknown = [condition for condition in conditions if condition.holds is None]
    if unknown:
        return Outcome(Status.UNKNOWN, None, last_day, tuple(c.need() for c in unknown), missed)
    unmet = [condition for condition in conditions if not condition.holds]
    if not unmet:
        return Outcome(Status.YES, None, last_day, (), missed)
    mended_by_last = bool(late) and last is not None and last.act and not all(c.act for c in late)
    needs = [_need(condition, late, last_day, mended_by_last) for condition in unmet]
    if mended_by_last and last is not None and last.holds:
        needs.append(Need(last.code, None, None, last.person, last.question))
    waiting = all(need.from_ is not None for need in needs)
    return Outcome(
        Status.LATER,
        max((need.from_ for need in needs if need.from_), default=None) if waiting else None,
        None if mended_by_last else last_day,
        tuple(needs),
        missed,
    )


def _need(condition: Condition, late: Sequence[Condition], last_day: date | None, mended_by_last: bool) -> Need:
    if condition in late and not mended_by_last:
        return Need(condition.code, None, last_day, condition.person, condition.question)
    return condition.need(by=last_day if condition.act and not mended_by_last else None)
