"""Free answers: the loader lets nothing wrong through, and every answer says what it must, in good time and good tone."""

import re
from collections import Counter
from datetime import date
from functools import cache

import pytest

from bot.render.render import text_of
from flows.content import Content, load_content
from flows.conversation.commands import COMMANDS
from flows.conversation.free_answer import free_answer_values, free_answer_words, title
from flows.conversation.in_group import BOARD_COMMANDS
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.facts.free_answer import FreeAnswer, QuestionKind, load_free_answers
from flows.facts.yaml_file import ContentError
from flows.interview.questions import QUESTIONS
from tests.facts.broken import Copy

TODAY = date(2026, 11, 22)
PARTNER = "answers/partner.yaml"


@cache
def content() -> Content:
    return load_content(CONTENT_ROOT)


ANSWERS = list(content().answers.values())
every_answer = pytest.mark.parametrize("answer", ANSWERS, ids=[answer.id for answer in ANSWERS])


def shown(answer: FreeAnswer, day: date = TODAY) -> str:
    return "\n".join(text_of(part, content().words, "en") for part in free_answer_words(answer, content().facts, day))


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        pytest.param("  kind: partner_permit", "  sort: partner_permit", "sort:", "unknown key", id="unknown key"),
        pytest.param("kind: partner_permit", "kind: partner", "kind: partner", "partner", id="unknown kind"),
        pytest.param("uses: [partner_window", "uses: [window", "uses: [window", "window", id="unknown use"),
        pytest.param("source: partner_rule_2025", "source: hearsay", "come_along", "'hearsay'", id="source"),
        pytest.param("also: [ircc_iec_eligibility", "also: [rumour", "come_along", "'rumour'", id="further source"),
        pytest.param("id: partner.come_along", "id: come_along", "id: come_along", "come_along", id="no theme"),
        pytest.param("id: partner.come_along", "id: friends.x", "id: friends.x", "partner.yaml", id="other file"),
        pytest.param("was_true: 2025-01-20", "was_true: 2025-01-19", "come_along", "day before", id="gap in time"),
        pytest.param("effective_from: 2025-01-21\n", "\n", "come_along", "exactly one of", id="no start"),
        pytest.param("    en: |", "    english: |", "english", "english", id="language"),
        pytest.param("    en: |", "    nl: |", "come_along", "English", id="not in English"),
        pytest.param("leads_to: [relationship_kind", "leads_to: [Why?", "Why?", "Why?", id="leads nowhere"),
        pytest.param("confidence: high", "confidence: quite", "quite", "quite", id="confidence"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(copy: Copy, old: str, new: str, at: str, says: str) -> None:
    copy.change(PARTNER, old, new)
    lines = copy.lines(PARTNER, at)
    with pytest.raises(ContentError) as caught:
        load_free_answers(copy.root, content().facts.sources)
    found = [problem for problem in caught.value.problems if says in problem]
    assert found, caught.value.problems
    assert any(f"{copy.root / PARTNER}:{line}:" in problem for problem in found for line in lines), found


def test_an_answer_that_stands_twice_is_named_with_its_second_line(copy: Copy) -> None:
    _, second = copy.lines(PARTNER, "id: partner.rule_changed")
    copy.change(PARTNER, "id: partner.come_along", "id: partner.rule_changed")
    with pytest.raises(ContentError) as caught:
        load_free_answers(copy.root, content().facts.sources)
    assert any(f":{second}: " in problem and "stands twice" in problem for problem in caught.value.problems)


def test_an_answer_that_stands_twice_is_named_where_it_stands_again(copy: Copy) -> None:
    copy.change(PARTNER, "id: partner.come_along", "id: partner.rule_changed")
    written = enumerate((copy.root / PARTNER).read_text(encoding="utf-8").splitlines(), start=1)
    _, again = (number for number, line in written if "id: partner.rule_changed" in line)
    with pytest.raises(ContentError) as caught:
        load_free_answers(copy.root, content().facts.sources)
    found = [problem for problem in caught.value.problems if "stands twice" in problem]
    assert [problem.startswith(f"{copy.root / PARTNER}:{again}:") for problem in found] == [True], found


def test_a_phrasing_leads_to_one_answer_only(copy: Copy) -> None:
    asked = content().answers["friends.companions"].phrasings["en"][0]
    copy.change(PARTNER, "    en: |\n", f"    en: |\n      {asked.upper()}\n")
    with pytest.raises(ContentError) as caught:
        load_free_answers(copy.root, content().facts.sources)
    (problem,) = caught.value.problems
    assert "is a phrasing of" in problem
    assert re.search(r"\.yaml:\d+: ", problem)


def test_a_file_that_is_no_yaml_is_named(copy: Copy) -> None:
    (copy.root / "answers/broken.yaml").write_text("- id: [", encoding="utf-8")
    (copy.root / "answers/latin.yaml").write_bytes(b"- id: caf\xe9")
    with pytest.raises(ContentError) as caught:
        load_free_answers(copy.root, content().facts.sources)
    assert {name for name in ("broken.yaml", "latin.yaml") for line in caught.value.problems if name in line} == {
        "broken.yaml",
        "latin.yaml",
    }


def test_every_kind_of_question_is_answered() -> None:
    assert len(ANSWERS) >= 70
    assert set(QuestionKind) == {answer.kind for answer in ANSWERS}
    common = {"partner_permit", "too_old", "unmarried_proof", "together", "other_status", "extend_mismatch"}
    counts = Counter(str(answer.kind) for answer in ANSWERS)
    assert all(counts[kind] >= 5 for kind in common)


def test_answers_have_the_same_day_of_truth_as_the_partner_rule() -> None:
    """The great change of the rule stands once, in the facts: no answer may give another day."""
    rule = load_facts(CONTENT_ROOT).partner_permit.rule_on(TODAY)
    changed = [answer for answer in ANSWERS if answer.source == "partner_rule_2025" and answer.was_true]
    assert changed
    assert {answer.effective_from for answer in changed} == {rule.effective_from}


@every_answer
def test_it_is_asked_in_several_languages(answer: FreeAnswer) -> None:
    assert len(answer.phrasings["en"]) >= 6
    assert {"fr", "de", "es"} <= set(answer.phrasings)
    for phrasings in answer.phrasings.values():
        assert len(phrasings) == len({text.casefold() for text in phrasings})
        assert all(len(text) <= 200 for text in phrasings)


@every_answer
def test_it_is_short_and_complete(answer: FreeAnswer) -> None:
    words = free_answer_words(answer, content().facts, TODAY)
    short = text_of(words[0], content().words, "en")
    assert 40 <= len(short) <= 900
    assert len(shown(answer)) <= 3000
    assert 3 <= len(text_of(title(answer), content().words, "en")) <= 60
    assert not re.search(r"[{}]", shown(answer))
    assert any(part.folded for part in words)


@every_answer
def test_its_words_hold_only_values_that_are_known(answer: FreeAnswer) -> None:
    for day in (TODAY, date(2027, 6, 1)):
        known = free_answer_values(answer, content().facts, day).keys()
        for key in answer.message_keys():
            assert content().words.languages["en"].messages[key].placeholders <= known, key


@every_answer
def test_it_says_where_it_is_from_and_when_it_was_checked(answer: FreeAnswer) -> None:
    text = shown(answer)
    assert content().facts.sources[answer.source].title in text
    assert answer.checked_on <= TODAY
    assert "Source:" in text


@every_answer
def test_what_was_true_before_is_said(answer: FreeAnswer) -> None:
    if answer.was_true:
        assert str(answer.was_true.year) in shown(answer)


@every_answer
def test_it_leads_to_questions_and_commands_that_exist(answer: FreeAnswer) -> None:
    questions = {question.id for question in QUESTIONS}
    for target in answer.leads_to:
        assert target.lstrip("/") in {*COMMANDS, *BOARD_COMMANDS} if target[0] == "/" else target in questions, target


@every_answer
def test_commands_in_its_words_exist(answer: FreeAnswer) -> None:
    named = set(re.findall(r"(?<![\w/<])/([a-z]+)\b", shown(answer)))
    assert named <= {*COMMANDS, *BOARD_COMMANDS}


_TONE = re.compile(
    r"just (?:get )?marr|just hope|just wait|hope for the best|good luck|\bdependa?nt (?:partner|spouse|wife|husband)"
    r"|unfortunately|obviously|simply|as everyone knows|(?:contact|consult|ask) a lawyer\.?$",
    re.IGNORECASE | re.MULTILINE,
)


@every_answer
def test_its_tone_is_calm_and_takes_nobody_for_baggage(answer: FreeAnswer) -> None:
    assert not _TONE.findall(shown(answer))


def test_numbers_of_the_partner_rule_come_from_the_facts() -> None:
    """A change of the months in the facts must change every answer."""
    rule = content().facts.partner_permit.rule_on(TODAY)
    for path in (CONTENT_ROOT / "en").glob("answers_*.yaml"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            assert f"{rule.months_left} months" not in line, f"{path}:{number}"
