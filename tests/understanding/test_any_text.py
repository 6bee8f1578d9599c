"""Whatever is typed: nothing raises, exactly one of value, candidates and error is given, and each has its right form."""

import json
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.facts.content import CONTENT_ROOT, Facts, load_facts
from flows.party import Category, JobState, PermitKind, RelationshipKind, Stage
from flows.understanding.errors import ERRORS
from flows.understanding.places import known_codes
from flows.understanding.result import Understood
from flows.understanding.sentence import read_sentence
from flows.understanding.understand import QUESTIONS, understand
from flows.words import load_words

TODAY = date(2026, 11, 22)
FACTS = load_facts(CONTENT_ROOT)

# fmt: off
PIECES = st.sampled_from((
    "I'm", "my", "not", "no", "yes", "and", "or", "but", "from", "in", "on", "since", "until", "for", "a", "the",
    "of", ".", ",", ";", ":", "/", "-", "&", "(", ")", "'", "+", "?", "!", "\n", "1", "2", "3", "12", "30", "31",
    "36", "95", "1995", "2024", "2026", "99", "0", "-3", "years", "months", "weeks", "days", "ago", "last", "next",
    "this", "year", "month", "summer", "March", "Februrary", "mai", "月", "年", "日", "歳", "31歳", "平成7年", "民國84年", "만",
    "살", "Irish", "British", "Chile", "France", "IE", "GB", "US", "🇮🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇽🇽", "mum", "passport",
    "living", "born", "half", "dual", "girlfriend", "she", "he", "both", "married", "partner", "invited", "pool",
    "approved", "Canada", "WHV", "PVT", "offer", "working", "remote", "student", "turning", "almost", "about", "½",
    "٣١", "１９９５", "two", "trente", "dreißig", "dos", "zwei", "il", "y", "vor", "hace", "don't", "know", "idk"
))
# fmt: on
SENTENCES = st.lists(PIECES, max_size=30).map(" ".join)
ANY = st.one_of(st.text(max_size=300), SENTENCES, st.text(alphabet="0123456789/-. ", max_size=40))

CHOICES = {
    "relationship_kind": set(RelationshipKind),
    "stage": set(Stage),
    "permit_kind": set(PermitKind),
    "job_state": set(JobState),
    "who_travels": {"single", "couple", "friends"},
}
TRUTHS = {"student", "permanent_resident", "yes_no"}
DAYS = {
    "living_together_since", "wedding_on", "invited_on", "accepted_on", "applied_on", "letter_valid_until", "passport_expires",
    "insurance_ends", "arrive_by", "day",
}  # fmt: skip


def check_form(question: str, value: object) -> None:
    json.dumps(value)
    if question == "citizenships":
        assert isinstance(value, list)
        assert value == sorted(value)
        assert set(value) <= known_codes()
    elif question == "lives_in":
        assert value in known_codes()
    elif question == "age_or_birth_date":
        assert isinstance(value, dict)
        assert len(value) == 1
        assert "age" in value or date.fromisoformat(value["born"]) <= TODAY
        assert 0 <= value.get("age", 30) <= 120
    elif question in DAYS:
        assert date.fromisoformat(str(value)).isoformat() == value
    elif question == "permit_dates":
        assert isinstance(value, dict)
        assert set(value) == {"starts", "ends"}
        days = [date.fromisoformat(day) for day in (value["starts"], value["ends"]) if day]
        assert days == sorted(days)
        assert days
    elif question in TRUTHS:
        assert isinstance(value, bool)
    elif question in CHOICES:
        assert value in CHOICES[question]
    elif question == "participations":
        assert isinstance(value, list)
        assert {stay["category"] for stay in value} <= set(Category)
    elif question == "children":
        assert isinstance(value, int)
    elif question == "name":
        assert isinstance(value, str)
        assert 0 < len(value) <= 40


def check(question: str, understood: Understood) -> None:
    given_parts = [understood.value is not None, bool(understood.ask_back), understood.error is not None]
    assert sum(given_parts) == 1, understood
    if understood.error is not None:
        assert understood.error in ERRORS
    elif understood.value != "unknown":
        for value in [understood.value] if understood.value is not None else understood.ask_back:
            check_form(question, value)


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question != "occupation"])
@settings(max_examples=150, deadline=None)
@given(text=ANY)
@example(text="")
@example(text=" \n\t ")
@example(text="0" * 4096)
@example(text="9" * 30)
@example(text="a " * 2048)
@example(text="Irish " * 680)
@example(text="31 " * 1300)
@example(text="🇮🇪" * 1000)
@example(text="not not not no nor never")
@example(text="\u202e\u0000\ud7ff\ufeff‮")
@example(text="二〇二四年")
@example(text="１２/１３/１４")
@example(text="29.2.")
@example(text="29 February")
@example(text="99999999 years ago")
@example(text="since 0 years")
def test_any_text(question: str, text: str) -> None:
    check(question, understand(question, text, TODAY, FACTS))


@settings(max_examples=150, deadline=None)
@given(text=ANY)
@example(text="I'm Irish " * 400)
def test_any_sentence(text: str) -> None:
    for claim in read_sentence(text, TODAY, FACTS):
        assert claim.person in ("self", "partner", "pair", "party")
        if claim.question != "who":
            check_form(claim.question, claim.value)


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            "I don't know",
            "no idea",
            "idk",
            "je ne sais pas",
            "keine Ahnung",
            "no sé",
            "わからない",
            "모르겠어요",
            "不知道",
        ]
    )
)
def test_not_knowing_is_an_answer_to_every_question(text: str) -> None:
    for question in QUESTIONS:
        assert understand(question, text, TODAY, FACTS).value == "unknown", question


def test_every_error_has_its_words(facts: Facts) -> None:
    words = load_words(CONTENT_ROOT)
    for key in ERRORS:
        entry, _ = words.message(key)
        assert not entry.placeholders
