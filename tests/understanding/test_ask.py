"""Free questions: how many find their answer, that a wrong one is rare, and that no text can upset it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.content import load_content
from flows.facts.content import CONTENT_ROOT
from flows.understanding.ask import NOT_UNDERSTOOD, AskIndex, looks_like_question, understand_ask
from flows.understanding.topics import ELSEWHERE, known_topics

ASKED = {name: Path(__file__).with_name(f"{name}.yaml") for name in ("held_out_questions", "hasty_questions")}


@cache
def index() -> AskIndex:
    return load_content(CONTENT_ROOT).asking


@cache
def questions(part: str, file: str = "held_out_questions") -> list[dict[str, Any]]:
    return list(yaml.safe_load(ASKED[file].read_text(encoding="utf-8"))[part])


@dataclass
class Score:
    """Of all that have an answer: given right, given wrong, and the right one given or among those asked back."""

    right: float = 0
    wrong: float = 0
    shown: float = 0


def score(part: str, file: str = "held_out_questions") -> Score:
    about = [question for question in questions(part, file) if question["answers"]]
    result = Score()
    for question in about:
        understood = understand_ask(question["ask"], index())
        given = understood.value[0] if understood.value else None
        result.right += given in question["answers"]
        result.wrong += given is not None and given not in question["answers"]
        shown = {*(understood.value or ()), *understood.ask_back}
        result.shown += bool(shown & set(question["answers"]))
    count = len(about)
    return Score(result.right / count, result.wrong / count, result.shown / count)


def test_questions_that_shaped_the_words_find_their_answers() -> None:
    found = score("tuned")
    assert found.right >= 0.88
    assert found.wrong <= 0.02
    assert found.shown >= 0.97


def test_questions_that_nothing_was_shaped_by_seldom_get_a_wrong_answer() -> None:
    found = score("untouched")
    assert found.right >= 0.80
    assert found.wrong <= 0.02
    assert found.shown >= 0.95


@pytest.mark.parametrize(
    ("part", "right", "wrong", "shown"), [("tuned", 0.88, 0.02, 0.97), ("untouched", 0.6, 0.1, 0.9)]
)
def test_hasty_questions_find_their_answers_and_seldom_a_wrong_one(
    part: str, right: float, wrong: float, shown: float
) -> None:
    found = score(part, "hasty_questions")
    assert found.right >= right
    assert found.wrong <= wrong
    assert found.shown >= shown


def first(text: str) -> str | None:
    found = index().ranked(text)
    return found[0].id if found else None


def test_there_are_enough_questions_of_both_kinds_in_many_languages() -> None:
    assert len(questions("tuned")) >= 150
    assert len(questions("untouched")) >= 80
    for part in ("tuned", "untouched"):
        assert {question["language"] for question in questions(part)} >= {"en", "fr", "de", "es", "ja", "ko", "zh"}


@pytest.mark.parametrize(("part", "answered"), [("tuned", 0.03), ("untouched", 0.2)])
def test_what_is_off_the_subject_is_seldom_answered(part: str, answered: float) -> None:
    off = [question["ask"] for file in ASKED for question in questions(part, file) if not question["answers"]]
    given = [text for text in off if understand_ask(text, index()).value]
    assert len(off) >= 15
    assert len(given) <= len(off) * answered, given


def test_every_topic_that_nothing_is_held_on_is_known_for_one() -> None:
    """Asked as in its own list, a topic is told for what it is, and its words lie ready."""
    words = load_content(CONTENT_ROOT).words
    for topic, phrasings in known_topics().items():
        texts = [text for lines in phrasings.values() for text in lines]
        told = [text for text in texts if index().elsewhere(text) == f"{ELSEWHERE}.{topic}"]
        assert len(told) >= len(texts) * 0.9, (topic, set(texts) - set(told))
        assert not words.message(f"{ELSEWHERE}.{topic}")[0].placeholders


@pytest.mark.parametrize(
    "text",
    [
        "my boyfriend hits me",
        "he pulled my hair and I'm so scared of him",
        "I want to kill myself",
        "mon mari me frappe, j'ai peur de lui",
        "mein Mann schlägt mich",
    ],
)
def test_help_at_once_is_told_whether_asked_for_or_not(text: str) -> None:
    assert index().urgent(text) == f"{ELSEWHERE}.danger"


def test_nothing_that_people_answer_or_ask_is_taken_for_a_cry_for_help() -> None:
    typed = [
        each["text"]
        for path in Path(__file__).parent.glob("*phrasings.yaml")
        for cases in yaml.safe_load(path.read_text(encoding="utf-8")).values()
        for each in cases
    ]
    asked = [question["ask"] for file in ASKED for part in ("tuned", "untouched") for question in questions(part, file)]
    assert len(typed) > 500
    assert not [text for text in (*typed, *asked) if index().urgent(str(text))]


def test_nonsense_is_no_question() -> None:
    for text in ("asdf qwer zxcv", "%%%% 12", "", "   ", "🦄🦄", "lorem ipsum dolor sit amet"):
        understood = understand_ask(text, index())
        assert understood.error == NOT_UNDERSTOOD, text
        assert understood.value is None and not understood.ask_back


def test_every_phrasing_leads_to_its_own_answer() -> None:
    answers = load_content(CONTENT_ROOT).answers
    asked = [(answer.id, text) for answer in answers.values() for lines in answer.phrasings.values() for text in lines]
    astray = [(answer_id, text) for answer_id, text in asked if first(text) != answer_id]
    assert len(astray) <= len(asked) * 0.08, astray[:20]


@pytest.mark.parametrize("change", [str.upper, lambda text: f"  {text}!!! ", lambda text: text.replace(" ", "  ")])
def test_capitals_blanks_and_marks_change_nothing(change: Any) -> None:
    for question in questions("tuned")[:120]:
        text = question["ask"]
        assert first(text) == first(change(text)), text


def test_a_slip_of_the_keys_still_finds_it() -> None:
    slips = {"insurance": "insurence", "girlfriend": "girlfreind", "invitation": "invitaion", "passport": "pasport"}
    for right, wrong in slips.items():
        texts = [question["ask"] for question in questions("tuned") if right in question["ask"]][:10]
        assert texts
        same = sum(first(text) == first(text.replace(right, wrong)) for text in texts)
        assert same >= len(texts) * 0.8, (right, wrong)


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=400)
    | st.lists(st.sampled_from(["who", "permit", "彼", "비자", "?", "\n", "é", "2"])).map(" ".join)
)
def test_any_text_gets_exactly_one_of_three(text: str) -> None:
    understood = understand_ask(text, index())
    known = load_answers()
    outcomes = [bool(understood.value), bool(understood.ask_back), understood.error is not None]
    assert outcomes.count(True) == 1
    assert {*(understood.value or ()), *understood.ask_back} <= known
    assert len(understood.ask_back) in (0, 3)
    assert understand_ask(text, index()) == understood
    looks_like_question(text)


@cache
def load_answers() -> frozenset[str]:
    return frozenset(load_content(CONTENT_ROOT).answers)


def test_a_message_as_long_as_a_messenger_allows_is_read() -> None:
    for sign in ("why ", "彼", "permit? ", "x"):
        understand_ask((sign * 4096)[:4096], index())


def test_questions_and_answers_are_told_apart() -> None:
    asks = [
        "does a PACS count", "Should she decline?", "how long must we have lived together", "je peux partir avant lui ?",
        "kann meine freundin mit", "¿hasta cuándo puedo aplicar?", "彼も働けますか", "얼마나 걸리나요", "可以一起申請嗎",
        "we live in a van, does it count",
    ]  # fmt: skip
    states = [
        "31", "irish and british", "I'm 31 and Irish", "since last summer", "14 March 1995", "married", "🇮🇪", "barista",
        "my boyfriend is from Chile", "not yet", "in the pool since December", "Französin",
    ]  # fmt: skip
    assert [text for text in asks if not looks_like_question(text)] == []
    assert [text for text in states if looks_like_question(text)] == []
