"""The answer as plain data, in the form that ``routes --json`` promises."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows.answer import Answer, Need, OpenQuestion, Plan, Reason, RouteAnswer


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


def answer_json(answer: Answer) -> dict[str, Any]:
    """The whole answer; every date as ISO text."""
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
        "plans": [_plan(plan) for plan in answer.plans],
        "next_questions": [_question(question) for question in answer.next_questions],
    }
