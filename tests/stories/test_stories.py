"""Every story in ``content/stories/`` comes out as it says, and every decision in it has a reason with a source."""

import pytest

from flows.answer import Status
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.party_file import party_of
from flows.routes.evaluate import evaluate
from tests.stories.story import Story, differences, differences_of_what_follows, read_stories

FACTS = load_facts(CONTENT_ROOT)
STORIES = read_stories(CONTENT_ROOT / "stories")


@pytest.mark.parametrize("story", [s for _, s in STORIES], ids=[f"{where} {s.story}" for where, s in STORIES])
def test_the_story_comes_out(story: Story) -> None:
    assert "as_of" in story.party, "a story names its day"
    party = party_of(story.party, story.party["as_of"])
    answer = evaluate(party, FACTS)
    ids = {person.id for person in party.people}
    wrong = [*differences(story, answer), *differences_of_what_follows(story, party, answer, FACTS)]
    assert not wrong, "\n".join([story.story, *wrong])
    for person in answer.people:
        for route in person.routes:
            assert route.reasons, f"{person.id} {route.id} gives no reason"
            assert all(reason.source.startswith("http") for reason in route.reasons)
            if route.status is Status.NO:
                assert any(reason.holds is False for reason in route.reasons)
            if route.status in (Status.LATER, Status.UNKNOWN):
                assert route.needs, f"{person.id} {route.id} is {route.status} without a need"
            for need in route.needs:
                assert need.person in ids, f"{person.id} {route.id} does not say whose act {need.code} is"
    assert all(need.person in ids for plan in answer.plans for need in plan.needs)


def test_every_story_expects_something() -> None:
    assert len(STORIES) >= 80
    for where, story in STORIES:
        assert story.expect.model_fields_set, where


def test_story_names_are_told_apart() -> None:
    names = [story.story for _, story in STORIES]
    assert len(names) == len(set(names))
