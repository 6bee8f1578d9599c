"""What came out for a party, as a story of ``content/stories``: an example that is also a test."""

from typing import Any

import yaml

from flows.answer import Answer, OpenQuestion, PersonAnswer, Route, RouteAnswer, Status
from flows.party import Party
from flows.party_data import party_data

_FOR_EVERYBODY = (Route.RECOGNIZED_ORGANIZATION, Route.OTHER_PERMIT, Route.VISITOR)
_HEAD = """\
# Saved from the playground. Say after "story" what it shows, strike out what does not belong to that, put the file into
# content/stories/, then: make test
"""


def story_yaml(party: Party, answer: Answer) -> str:
    """The story as a file of its own: the party without names, and the routes, plans and questions that came out.

    Routes that everybody has are left out, unless they are somebody's best.
    """
    count = len(party.people)
    who = {1: "one person", 2: "two people"}.get(count, f"{count} people")
    story = {
        "story": f"Saved from the playground: {who} on {party.as_of}",
        "party": party_data(party),
        "expect": {
            "people": {person.id: _person(person) for person in answer.people},
            "plans": {plan.id: plan.status.value for plan in answer.plans},
            "asked": [_asked(question) for question in answer.next_questions],
        },
    }
    return _HEAD + yaml.safe_dump([story], sort_keys=False, allow_unicode=True, default_flow_style=None, width=120)


def _person(person: PersonAnswer) -> dict[str, Any]:
    kept = [route for route in person.routes if route.route not in _FOR_EVERYBODY or route.id == person.best]
    return {"best": person.best or "none", "routes": {route.id: _route(route) for route in kept}}


def _route(route: RouteAnswer) -> dict[str, Any]:
    needs = {need.code: need for need in route.needs}
    found = {
        "status": route.status.value,
        "permit_months": route.permit_months,
        "from": route.from_,
        "last_day": route.last_day,
        "because": [reason.code for reason in route.reasons if reason.holds is False]
        if route.status is Status.NO
        else None,
        "needs": list(needs) or None,
        "need_from": {code: need.from_ for code, need in needs.items() if need.from_} or None,
        "need_by": {code: need.by for code, need in needs.items() if need.by} or None,
        "ask": sorted({need.question for need in route.needs if need.question}) or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _asked(question: OpenQuestion) -> str:
    return f"{question.question}:{'+'.join(question.pair or (question.person or '',))}"
