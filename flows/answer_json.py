"""The answer as plain data, in the form that ``routes --json`` promises."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flows.answer import Answer, Need, OpenQuestion, Plan, Reason, RouteAnswer
from flows.odds.odds import Range
from flows.plans.holding import Holding


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _need(need: Need) -> dict[str, Any]:
    found: dict[str, Any] = {"code": need.code, "from": _day(need.from_)}
    if need.by is not None:
        found["by"] = _day(need.by)
    if need.person is not None:
        found["person"] = need.person
    if need.question is not None:
        found["question"] = need.question
    return found


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "holds": reason.holds,
        "values": dict(reason.values),
        "source": reason.source,
        "checked_on": _day(reason.checked_on),
        "confidence": reason.confidence,
    }


def _route(route: RouteAnswer) -> dict[str, Any]:
    return {
        "id": route.id,
        "route": route.route.value,
        "citizenship": route.citizenship,
        "through": route.through,
        "status": route.status.value,
        "permit_months": route.permit_months,
        "from": _day(route.from_),
        "last_day": _day(route.last_day),
        "reasons": [_reason(reason) for reason in route.reasons],
        "needs": [_need(need) for need in route.needs],
        "caveats": list(route.caveats),
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "status": plan.status.value,
        "people": list(plan.people),
        "steps": [
            {"who": s.who, "code": s.code, "not_before": _day(s.not_before), "not_after": _day(s.not_after)}
            for s in plan.steps
        ],
        "needs": [_need(need) for need in plan.needs],
        "caveats": list(plan.caveats),
    }


def _question(question: OpenQuestion) -> dict[str, Any]:
    about: Mapping[str, Any] = (
        {"pair": list(question.pair)} if question.pair is not None else {"person": question.person}
    )
    return {**about, "question": question.question}


def _chance(found: Range | None) -> dict[str, float] | None:
    return None if found is None else {name: round(getattr(found, name), 6) for name in ("low", "likely", "high")}


def _holding(holding: Holding) -> dict[str, Any]:
    return {
        "until": _day(holding.until),
        "basis": holding.basis.value if holding.basis is not None else None,
        "drawn_by": _day(holding.drawn_by),
        "pool": holding.pool.id if holding.pool is not None else None,
        "chance": _chance(holding.chance),
        "past_round": None
        if holding.past_round is None
        else {"season": holding.past_season, "chance": _chance(holding.past_round)},
    }


def answer_json(answer: Answer, holdings: Sequence[Holding] = ()) -> dict[str, Any]:
    """The whole answer; every date as ISO text. A ``hold_letter`` plan also tells how long the letter can wait and the
    chance within that time, where ``holdings`` has it."""
    held = {f"hold_letter:{holding.leader}:{holding.waiting}": _holding(holding) for holding in holdings}
    season = answer.season
    return {
        "as_of": _day(answer.as_of),
        "facts": {"version": answer.facts_version, "oldest_check": _day(answer.oldest_check)},
        "season": {
            "year": season.year,
            "state": season.state,
            "opens": {"from": _day(season.opens_from), "to": _day(season.opens_to), "basis": season.basis},
        },
        "people": [
            {"id": person.id, "best": person.best, "routes": [_route(route) for route in person.routes]}
            for person in answer.people
        ],
        "plans": [_plan(plan) | ({"holding": held[plan.id]} if plan.id in held else {}) for plan in answer.plans],
        "branches": [_plan(branch) for branch in answer.branches],
        "next_questions": [_question(question) for question in answer.next_questions],
    }
