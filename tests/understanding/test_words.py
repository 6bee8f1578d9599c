"""The tables of words: how phrases are written, what the reader of the content refuses, how texts become tokens."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.facts.yaml_file import ContentError
from flows.understanding.lexicon import ROOT, ChoiceTable, read_words
from flows.understanding.phrases import Phrases
from flows.understanding.spelling import Spelling
from flows.understanding.tokens import Kind, fold, tokens_of, words_of
from flows.understanding.word_check import word_problems


def found(pattern: str, text: str) -> list[str]:
    table = Phrases([(pattern, "yes")])
    tokens = tokens_of(text)
    return [" ".join(token.text for token in tokens[match.start : match.end]) for match in table.find(tokens)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("common law", "Common-Law partners", ["common - law"]),
        ("invit*", "I was Invited, no invitation", ["invited", "invitation"]),
        ("waiting for _ invit*", "waiting for an official invitation", ["waiting for an official invitation"]),
        ("waiting for _ invit*", "waiting for the bus, invited", []),
        ("(got|have) (my|) visa", "I got visa and have my visa", ["got visa", "have my visa"]),
        ("同棲", "彼女と同棲中", ["同 棲"]),
        ("don't know", "I don’t know", ["don ' t know"]),
    ],
)
def test_patterns(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


def test_the_longest_phrase_wins() -> None:
    table = Phrases([("guinea", "GN"), ("papua new guinea", "PG"), ("new guinea bissau", "GW")])
    assert [match.meanings for match in table.find(tokens_of("Papua New Guinea"))] == [("PG",)]


@given(st.text(max_size=200))
def test_tokens_keep_their_place(text: str) -> None:
    tokens = tokens_of(text)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    for token in tokens:
        assert token.raw.replace(".", "") == text[token.start : token.end].replace(".", "")
        if token.kind is Kind.NUMBER:
            assert token.text.isascii()
            assert token.text.isdecimal()


@given(st.text(max_size=80))
def test_words_are_the_tokens_that_are_no_marks(text: str) -> None:
    assert words_of(text) == tuple(token.text for token in tokens_of(text) if token.kind is not Kind.MARK)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("name", sorted(path.stem for path in ROOT.glob("*.yaml")))
def test_phrases_of_two_choices_do_not_collide(name: str) -> None:
    """The same words under two choices of one question would make the order of the file decide."""
    try:
        table = read_words(name, ChoiceTable)
    except ContentError:
        return
    for language in {language for words in table.choices.values() for language in words}:
        seen: dict[tuple[str, ...], str] = {}
        for choice, words in table.choices.items():
            for phrase in words.get(language, ()):
                if not set(phrase) & set("(*_"):
                    other = seen.setdefault(words_of(phrase), choice)
                    assert other == choice, f"{name}: {phrase!r} ({language}) stands under {other} and {choice}"


def test_all_words_are_well(tmp_path: Path) -> None:
    assert word_problems() == []
    shutil.copytree(ROOT, tmp_path / "words")
    people = tmp_path / "words" / "people" / "fr.yaml"
    people.write_text(people.read_text(encoding="utf-8") + "shoes: 1\n", encoding="utf-8")
    (tmp_path / "words" / "stage.yaml").unlink()
    (tmp_path / "words" / "shoes.yaml").write_text("terms: {}", encoding="utf-8")
    problems = word_problems(tmp_path / "words")
    assert len(problems) == 3
    assert any("shoes.yaml" in problem and "nothing reads" in problem for problem in problems)
    assert any("fr.yaml" in problem and "unknown key" in problem for problem in problems)
    assert any("stage.yaml" in problem for problem in problems)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("choices: {a: {en: [x]}}\nstronger: [[a, b]]", "b: not among the choices a"),
        ("choices: {a: {en: [x]}}\nwhat: 1", "unknown key"),
        ("choices: {a: {english: [x]}}", "pattern"),
        ("choices: {a: {en: x}}", "tuple"),
        ("choices: [", "not valid YAML"),
    ],
)
def test_wrong_words_are_refused_with_file_and_line(text: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_words("wrong", ChoiceTable, tmp_path)
    assert complaint in str(caught.value)
    assert f"{tmp_path / 'wrong.yaml'}:" in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="expected a file of words here"):
        read_words("nothing", ChoiceTable, tmp_path)


def test_a_slip_is_sure_only_where_nothing_else_is_near() -> None:
    known = Spelling([("ireland", "IE"), ("iceland", "IS"), ("germany", "DE")])
    germany = known.guess("germny")
    assert germany is not None
    assert germany.sure
    assert germany.meanings == ("DE",)
    for slip in ("irelnd", "icelnd", "ieland"):
        guess = known.guess(slip)
        assert guess is not None
        assert not guess.sure
        assert set(guess.meanings) == {"IE", "IS"}
    assert known.guess("portugal") is None
