"""The worker of a couple: which permit they hold or can get, how many months of it count, and whether they may be followed.

"Can get" means a category route of their own that is not ``no``, with the months it would give them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.answer import Need, RouteAnswer, Status
from flows.dates import ONE_DAY, add_months, last_day_leaving_months
from flows.party import PermitKind, Person, Stage

NOT_A_WORK_PERMIT = frozenset({PermitKind.STUDY, PermitKind.PARTNER_OPEN_PERMIT})
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

    ``held``: a work permit or an approval in hand (None: not known). ``last_day``: the last day on which the partner's
    application may be received under the permit held. ``months``: the longest permit the worker can still get, None where
    none is certain. ``question`` is what must be asked of the worker where something decides and is not known.
    """

    held: bool | None
    last_day: date | None
    permit_ends: date | None
    months: int | None
    can_get: bool
    may_get: bool
    employer_specific: bool
    question: str | None = None


def worker_permit(worker: Person, own: Sequence[RouteAnswer], as_of: date, months_left: int) -> WorkerPermit:
    """The permit of ``worker``, whose own routes are ``own``, when ``months_left`` months must be left on it."""
    enough = [route for route in own if route.status is not Status.NO and (route.permit_months or 0) >= months_left]
    certain = [route for route in enough if route.status is not Status.UNKNOWN]
    months = max((route.permit_months or 0 for route in own if route.status is not Status.NO), default=None)
    open_enough = any(route.route.value == PermitKind.WORKING_HOLIDAY.value for route in enough)
    with_offer = any(
        route.status is Status.YES for route in enough if route.route.value != PermitKind.WORKING_HOLIDAY.value
    )
    unknown_months = any(route.status is not Status.NO and route.permit_months is None for route in own)
    held, ends, question = _held(worker, own, as_of)
    kind = worker.permit.kind if worker.permit else None
    if question is None and not certain and held is False:
        question = _question_of(own)
    return WorkerPermit(
        held=held,
        last_day=last_day_leaving_months(ends, months_left) if ends is not None else None,
        permit_ends=ends,
        months=months,
        can_get=bool(certain),
        may_get=bool(enough) or unknown_months,
        employer_specific=kind in EMPLOYER_SPECIFIC if held else with_offer or (bool(enough) and not open_enough),
        question=question,
    )


def _held(worker: Person, own: Sequence[RouteAnswer], as_of: date) -> tuple[bool | None, date | None, str | None]:
    """Whether a work permit is in hand or approved, the last day it can reach, and what to ask where it is not known."""
    permit = worker.permit
    if permit is None:
        if worker.stage is None:
            return None, None, "stage"
        return (None, None, "permit_kind") if worker.stage in (Stage.APPROVED, Stage.IN_CANADA) else (False, None, None)
    if permit.kind in NOT_A_WORK_PERMIT:
        return False, None, None
    if permit.ends is not None:
        return (permit.ends >= as_of), permit.ends, None
    if permit.kind in CATEGORY_KINDS and worker.stage is not Stage.IN_CANADA and permit.starts is None:
        return True, _latest_end(worker, own, permit.kind), None
    if permit.kind in CATEGORY_KINDS and permit.starts is not None:
        months = _months_of(own, permit.kind)
        if months is not None:
            return True, add_months(permit.starts, months) - ONE_DAY, None
    return True, None, "permit_dates"


def _latest_end(worker: Person, own: Sequence[RouteAnswer], kind: PermitKind) -> date | None:
    """The latest day an approved, unused permit can run to: issued on the letter's last day, for its full length."""
    months = _months_of(own, kind)
    if worker.letter_valid_until is None or months is None:
        return None
    ends = add_months(worker.letter_valid_until, months) - ONE_DAY
    limits = [day for day in (ends, worker.passport_expires, worker.insurance_ends) if day is not None]
    return min(limits)


def _months_of(own: Sequence[RouteAnswer], kind: PermitKind) -> int | None:
    return max((route.permit_months or 0 for route in own if route.route.value == kind.value), default=0) or None


def _question_of(own: Sequence[RouteAnswer]) -> str | None:
    needs: list[Need] = [
        need for route in own if route.status is Status.UNKNOWN for need in route.needs if need.question
    ]
    return needs[0].question if needs else None
