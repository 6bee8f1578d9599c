"""A story saved from the playground is one that ``content/stories`` takes, and one that can fail."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.playground.story import story_yaml
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.party_data import party_data
from flows.party_file import party_of
from flows.routes.evaluate import evaluate
from tests.stories.story import Story, differences, read_stories

FACTS = load_facts(CONTENT_ROOT)
STORIES = [story for _, story in read_stories(CONTENT_ROOT / "stories")]


def saved(folder: Path, text: str) -> Story:
    (folder / "saved.yaml").write_text(text, encoding="utf-8")
    [(_, story)] = read_stories(folder)
    return story


@pytest.mark.parametrize("story", STORIES, ids=[story.story for story in STORIES])
def test_every_party_can_be_saved_and_holds(story: Story, tmp_path: Path) -> None:
    party = party_of(story.party, story.party["as_of"])
    assert party_of(party_data(party), date.min) == party
    answer = evaluate(party, FACTS)
    again = saved(tmp_path, story_yaml(party, answer))
    read = party_of(again.party, date.min)
    assert read == party
    assert differences(again, evaluate(read, FACTS)) == []
    assert {person.id for person in answer.people} == set(again.expect.people)


def test_a_saved_story_fails_once_something_else_comes_out(tmp_path: Path) -> None:
    story = next(story for story in STORIES if story.story.startswith("One is too old"))
    party = party_of(story.party, story.party["as_of"])
    again = saved(tmp_path, story_yaml(party, evaluate(party, FACTS)))
    older = party_of(again.party | {"as_of": date(2033, 1, 1)}, date.min)
    wrong = differences(again, evaluate(older, FACTS))
    assert any("p1: best is" in line for line in wrong) and any("plan lead_and_follow" in line for line in wrong)


def test_a_saved_story_tells_no_names() -> None:
    people = [{"id": "p1", "name": "Maeve", "age": 31, "citizenships": ["IE"]}]
    party = party_of({"people": people}, date(2026, 11, 22))
    text = story_yaml(party, evaluate(party, FACTS))
    assert "Maeve" not in text and yaml.safe_load(text)[0]["party"]["people"][0]["age"] == 31
