"""Every code that an evaluation can give has words: reasons, needs, steps, caveats, in every story and on random paths."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answer import Answer
from flows.conversation.event import Event, EventKind
from flows.conversation.naming import Naming
from flows.conversation.reason_words import reason_words
from flows.conversation.route_words import need_words
from flows.conversation.step_words import PLAIN, step_words
from flows.conversation.turn import Turn
from flows.facts.content import CONTENT_ROOT
from flows.facts.yaml_file import YamlFile
from flows.interview.walk import Place
from flows.party_file import party_of
from flows.routes.evaluate import evaluate
from tests.conversation.talk import ANA, TODAY, content
from tests.interview.people import COMPANIONS, path_of, values_for


def turn_of(people: list[str], answer: Answer | None = None) -> Turn:
    member = {"person": people[0], "name": "Ana", "language": "en", "shows": "done"}
    session = {"id": "s", "version": 1, "answers": {"who": "couple"}, "people": people, "members": {str(ANA): member}}
    turn = Turn(session, Event(EventKind.COMMAND, ANA, ANA, name="start"), content(), TODAY)  # type: ignore[arg-type]
    if answer is not None:
        turn._answer = answer
    return turn


def silent(turn: Turn, answer: Answer) -> Iterator[str]:
    """The codes that nothing can be said for."""
    naming = Naming(turn)
    for person in answer.people:
        for route in person.routes:
            yield from (f"reason {r.code}" for r in route.reasons if reason_words(turn, naming, r) is None)
            told = list(need_words(naming, route, route.needs))
            known = len({n.code for n in route.needs if n.question is None or n.code}) > 0
            if known and not told:
                yield f"needs {[need.code for need in route.needs]}"
            yield from (
                key for key in route.caveats if (key if "." in key else f"caveats.{key}") not in content().words
            )
    for plan in answer.plans:
        for step in plan.steps:
            if step.code not in PLAIN and step.code != "enter_pool" and step_words(turn, naming, plan, [step]) is None:
                yield f"step {step.code}"


@pytest.mark.parametrize("path", sorted((CONTENT_ROOT / "stories").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_story_can_be_told(path: object) -> None:
    for story in YamlFile(path).data:  # type: ignore[arg-type]
        party = party_of(story["party"], TODAY)
        answer = evaluate(party, content().facts)
        people = [person.id for person in party.people]
        turn = turn_of(people, answer)
        turn._party = party
        assert not list(silent(turn, answer)), story["story"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_answer_of_the_interview_can_be_told(data: st.DataObject) -> None:
    answers: dict[str, object] = {}
    for _ in range(60):
        people = COMPANIONS[str(answers.get("who", "single"))]
        present: Place | None = path_of(answers, people).present
        if present is None:
            break
        answers[present.key] = data.draw(st.sampled_from(values_for(present, people)))
    turn = turn_of(people)
    turn.session["answers"] = answers
    turn.session["people"] = people
    assert not list(silent(turn, turn.answer))
