"""How many IEC stays a citizen has left under one citizenship, how long the next one may be, and when it may start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from flows.dates import add_months
from flows.facts.country import CategoryTerms, CountryTerms, Legacy
from flows.party import Category, Permit, Person, Stage, Stay

IEC_KINDS = frozenset(category.value for category in Category)
LONGEST_PERMIT_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Left:
    """Whether one more stay in a category is open (None: depends on dates not known), and its longest permit in months."""

    open: bool | None
    months: int | None
    legacy: bool = False


def stays_of(person: Person, citizenship: str, as_of: date) -> tuple[Stay, ...] | None:
    """The stays that count under this citizenship, a running one included; None while participations are unanswered.

    A running IEC permit that was not listed as a stay counts as well: the permit was issued, so the stay is used.
    Source of both: the programme's participation rules (an approval that was never used does not count).
    """
    if person.participations is None:
        return None
    listed = tuple(stay for stay in person.participations if stay.citizenship == citizenship)
    permit = person.permit
    if permit is None or permit.kind.value not in IEC_KINDS or not _permit_was_issued(person, permit, as_of):
        return listed
    running_is_listed = any(
        stay.category.value == permit.kind.value
        and (stay.ended is None or permit.starts is None or stay.ended >= permit.starts)
        for stay in person.participations
    )
    if running_is_listed or person.citizenships is None or len(person.citizenships) != 1:
        return listed
    return (*listed, Stay(citizenship, Category(permit.kind.value), permit.starts, permit.ends))


def _permit_was_issued(person: Person, permit: Permit, as_of: date) -> bool:
    if permit.starts is not None:
        return permit.starts <= as_of
    return person.stage is Stage.IN_CANADA


def months_used(stays: Sequence[Stay]) -> int | None:
    """Months of permits used by these stays together, each rounded up; None where a date is missing.

    Permits are often printed to the same day of a later month, a day more than the full months: that day is not counted.
    """
    total = 0
    for stay in stays:
        if stay.started is None or stay.ended is None:
            return None
        span = relativedelta(stay.ended, stay.started)
        total += span.years * 12 + span.months + (1 if span.days else 0)
    return total


def left_in(category: Category, terms: CountryTerms, stays: Sequence[Stay]) -> Left:
    """Whether ``terms`` allow one more stay in ``category`` after ``stays``, and of how many months."""
    pool = terms.categories[category]
    ordinary = _ordinary(category, pool, terms, stays)
    for legacy in terms.participation.legacy:
        applies = _legacy_applies(legacy, stays)
        if applies is False:
            continue
        since = sum(1 for stay in stays if _began_before(stay, legacy.before) is False)
        left = since < legacy.further
        exception = Left(left, (legacy.months or pool.months) if left else None, legacy=True)
        if applies or (exception.open, exception.months) == (ordinary.open, ordinary.months):
            return exception
        return Left(None, None)
    return ordinary


def _ordinary(category: Category, pool: CategoryTerms, terms: CountryTerms, stays: Sequence[Stay]) -> Left:
    rule = terms.participation
    if len(stays) >= rule.max_total:
        return Left(False, None)
    for limit in rule.at_most:
        if (
            category in limit.categories
            and sum(1 for stay in stays if stay.category in limit.categories) >= limit.times
        ):
            return Left(False, None)
    months = pool.months
    if pool.months_by_stay:
        months = pool.months_by_stay[min(len(stays), len(pool.months_by_stay) - 1)]
    if rule.combined_months is not None and stays:
        used = months_used(stays)
        if used is None:
            return Left(None, None)
        months = min(months, rule.combined_months - used)
    return Left(months > 0, months if months > 0 else None)


def _legacy_applies(legacy: Legacy, stays: Sequence[Stay]) -> bool | None:
    """Whether the exception covers these stays; None where their dates would be needed to tell."""
    if not stays:
        return False
    old = []
    for stay in stays:
        began = _began_before(stay, legacy.before)
        if began is None:
            return None
        if began:
            old.append(stay)
    if len(old) < legacy.min_stays or (legacy.max_stays is not None and len(old) > legacy.max_stays):
        return False
    if legacy.min_total_months is None and legacy.max_total_months is None:
        return True
    used = months_used(old)
    if used is None:
        return None
    above = legacy.min_total_months is None or used >= legacy.min_total_months
    return above and (legacy.max_total_months is None or used <= legacy.max_total_months)


def _began_before(stay: Stay, day: date) -> bool | None:
    """Whether a stay began before ``day``; where only its end is known, by the longest a permit can run."""
    if stay.started is not None:
        return stay.started < day
    if stay.ended is None:
        return None
    if stay.ended < day:
        return True
    return False if add_months(stay.ended, -LONGEST_PERMIT_MONTHS) >= day else None


def free_from(terms: CountryTerms, stays: Sequence[Stay]) -> date | None:
    """The first day on which a waiting period after the last stay is over; None where a needed end is not known."""
    ends = [stay.ended for stay in stays]
    known = [end for end in ends if end is not None]
    if len(known) != len(ends) or not known:
        return None
    return add_months(max(known), terms.participation.gap_months)
