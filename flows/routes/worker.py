"""The worker of a couple: which permit they hold or can get, how many months of it count, and whether they may be followed.

"Can get" means a category route of their own that is not ``no``, with the months it would give them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.answer import Need, RouteAnswer, Status
from flows.dates import ONE_DAY, add_months, last_day_leaving_months
from flows.facts.partner_permit import PartnerPermitRule
from flows.party import PermitKind, Person, Stage

EMPLOYER_SPECIFIC = frozenset(
    {
        PermitKind.YOUNG_PROFESSIONALS,
        PermitKind.INTERNATIONAL_COOP,
        PermitKind.EMPLOYER,
        PermitKind.FRANCOPHONE_MOBILITY,
    }
)
CATEGORY_KINDS = frozenset(
    {PermitKind.WORKING_HOLIDAY, PermitKind.YOUNG_PROFESSIONALS, PermitKind.INTERNATIONAL_COOP},
)


@dataclass(frozen=True, slots=True)
class WorkerPermit:
    """What the partner's route can rest on.

    ``held``: a work permit or an approval in hand (None: not known), and ``held_months`` its full length where only its
    category is known. ``last_day``: the last day on which the partner's
    application may be received under the permit held. ``months``: the longest permit the worker can still get, None where
    that is not known. ``can_get`` and ``may_get``: whether a permit with enough months is certainly, or possibly, within
    reach; ``can_get_any`` and ``may_get_any``: any permit at all. ``get_by``: the last day on which the
    worker can still be invited to it. ``question`` is what must be asked of the worker where something decides and is not
    known.
    """

    held: bool | None
    held_months: int | None
    last_day: date | None
    permit_ends: date | None
    months: int | None
    can_get: bool
    may_get: bool
    can_get_any: bool
    may_get_any: bool
    employer_specific: bool
    get_by: date | None = None
    question: str | None = None


def worker_permit(worker: Person, own: Sequence[RouteAnswer], as_of: date, rule: PartnerPermitRule) -> WorkerPermit:
    """The permit of ``worker``, whose own routes are ``own``, by the ``rule`` of the day.

    A permit of just that many months is not enough: on its first day a day less is left, since it ends the day before.
    """
    months_left = rule.months_left
    possible = [route for route in own if route.status is not Status.NO]
    enough = [route for route in possible if (route.permit_months or 0) > months_left]
    certain = [route for route in enough if route.status is not Status.UNKNOWN]
    unknown_months = any(route.permit_months is None for route in possible)
    longest = max((route.permit_months or 0 for route in possible), default=0)
    months = longest if longest > months_left or not unknown_months else None
    open_enough = any(route.route.value == PermitKind.WORKING_HOLIDAY.value for route in enough)
    with_offer = any(
        route.status is Status.YES for route in enough if route.route.value != PermitKind.WORKING_HOLIDAY.value
    )
    held, ends, question = _held(worker, own, as_of, rule)
    kind = worker.permit.kind if worker.permit else None
    can_get_any = any(route.status is not Status.UNKNOWN for route in possible)
    if question is None and held is not None and not (can_get_any and certain):
        question = _question_of(own)
    return WorkerPermit(
        held=held,
        held_months=_months_of(own, kind) if held and kind in CATEGORY_KINDS else None,
        last_day=last_day_leaving_months(ends, months_left) if ends is not None else None,
        permit_ends=ends,
        months=months or None,
        can_get=bool(certain),
        may_get=bool(enough) or unknown_months,
        can_get_any=can_get_any,
        may_get_any=bool(possible),
        employer_specific=kind in EMPLOYER_SPECIFIC if held else with_offer or (bool(enough) and not open_enough),
        get_by=_latest([route.last_day for route in certain]),
        question=question,
    )


def _latest(days: Sequence[date | None]) -> date | None:
    """The latest of these days; None (no end) as soon as one has no end, or where there are none."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _held(
    worker: Person, own: Sequence[RouteAnswer], as_of: date, rule: PartnerPermitRule
) -> tuple[bool | None, date | None, str | None]:
    """Whether a work permit is in hand or approved, the last day it can reach, and what to ask where it is not known."""
    permit = worker.permit
    if permit is None:
        if worker.stage is None:
            return None, None, "stage"
        return (None, None, "permit_kind") if worker.stage in (Stage.APPROVED, Stage.IN_CANADA) else (False, None, None)
    if permit.kind is PermitKind.STUDY or (permit.kind is PermitKind.PARTNER_OPEN_PERMIT and rule.no_swapping):
        return False, None, None
    if permit.ends is not None:
        return (permit.ends >= as_of), permit.ends, None
    if permit.kind in CATEGORY_KINDS and worker.stage is not Stage.IN_CANADA and permit.starts is None:
        return True, _latest_end(worker, own, permit.kind, rule.months_left), None
    if permit.kind in CATEGORY_KINDS and permit.starts is not None:
        months = _months_of(own, permit.kind)
        if months is not None:
            return True, add_months(permit.starts, months) - ONE_DAY, None
    return True, None, "permit_dates"


def _latest_end(worker: Person, own: Sequence[RouteAnswer], kind: PermitKind, months_left: int) -> date | None:
    """The latest day an approved, unused permit can run to: issued on the letter's last day, for its full length.

    None for a permit too short to leave ``months_left`` even on its first day: a long wait before it makes it no longer.
    """
    months = _months_of(own, kind)
    if worker.letter_valid_until is None or months is None or months <= months_left:
        return None
    ends = add_months(worker.letter_valid_until, months) - ONE_DAY
    limits = [day for day in (ends, worker.passport_expires, worker.insurance_ends) if day is not None]
    return min(limits)


def _months_of(own: Sequence[RouteAnswer], kind: PermitKind | None) -> int | None:
    return (
        max((route.permit_months or 0 for route in own if kind and route.route.value == kind.value), default=0) or None
    )


def _question_of(own: Sequence[RouteAnswer]) -> str | None:
    needs: list[Need] = [
        need for route in own if route.status is Status.UNKNOWN for need in route.needs if need.question
    ]
    return needs[0].question if needs else None
