"""The words' loader: it names file and line of everything that is wrong, and the real words have no fault."""

import ast
import re
from pathlib import Path

import pytest

import flows.conversation.step  # declares every message of the conversation
import flows.understanding.errors  # noqa: F401
from flows.content import load_content
from flows.facts.content import CONTENT_ROOT
from flows.facts.yaml_file import ContentError
from flows.message import Message, declared
from flows.understanding.topics import ELSEWHERE, known_topics
from flows.words import Plural, load_words

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A copy of the real words, to be broken."""
    folder = tmp_path / "en"
    folder.mkdir()
    for path in (CONTENT_ROOT / "en").glob("*.yaml"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def problems(root: Path) -> str:
    with pytest.raises(ContentError) as raised:
        load_words(root)
    return "\n".join(raised.value.problems)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('odd: "a brace {"', "a brace without its partner"),
        ('odd: "{Not A Name}"', "is not a placeholder"),
        ('odd: "<b>never closed"', "<b> is not closed"),
        ('odd: "</i>"', "</i> closes nothing"),
        ('odd: "<a href=x>link</a>"', "markup other than <b> and <i>"),
        ('odd: ""', "is empty"),
        ("odd: 3", "expected a text, found 3"),
        ("odd: {plural: n, one: one thing}", "has the plural forms ['one']"),
        ("odd: {plural: n, one: [], other: things}", "are not texts"),
        (f"odd: {'x' * 3000}", "split it"),
        ("Odd Key: text", "may only have a-z"),
    ],
)
def test_a_fault_is_named_with_file_and_line(words: Path, line: str, expected: str) -> None:
    path = words / "en" / "say.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + line + "\n", encoding="utf-8")
    found = problems(words)
    assert expected in found
    assert f"say.yaml:{len(text.splitlines()) + 1}" in found


def test_a_value_that_nobody_gives_is_named(words: Path) -> None:
    path = words / "en" / "say.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{text}", "{words}"), encoding="utf-8")
    assert "nobody fills ['words']" in problems(words)


def test_a_missing_message_is_named(words: Path) -> None:
    path = words / "en" / "ask.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  who: Who is going?\n", ""), encoding="utf-8")
    assert "ask.party.who is said by the code and missing" in problems(words)


def test_a_language_without_locale_is_refused(words: Path) -> None:
    (words / "en" / "language.yaml").write_text("name: English\n", encoding="utf-8")
    assert "is not a locale" in problems(words)


def test_another_language_may_lack_messages_but_not_invent_values(words: Path) -> None:
    french = words / "fr"
    french.mkdir()
    (french / "language.yaml").write_text("name: Français\nlocale: fr\n", encoding="utf-8")
    (french / "ask.yaml").write_text("party: {who: Qui part ?}\n", encoding="utf-8")
    book = load_words(words)
    assert book.message("ask.party.who", "fr-CA")[0].pieces == ("Qui part ?",)  # type: ignore[union-attr]
    assert book.message("ask.you.work", "fr")[1].code == "en"
    (french / "say.yaml").write_text("noted: '{lignes}'\n", encoding="utf-8")
    assert "nobody fills ['lignes']" in problems(words)


def test_a_message_is_given_exactly_its_values() -> None:
    message = Message("tests.example", "day", "who")
    try:
        with pytest.raises(TypeError, match="takes"):
            message(day=1)
        with pytest.raises(TypeError, match="takes"):
            message(day=1, who="x", more=2)
    finally:
        declared().pop("tests.example")  # type: ignore[attr-defined]


def test_nothing_is_written_that_nobody_says() -> None:
    """Each key is declared by the code, named by a fact, or stands as a text in the code."""
    content = load_content(CONTENT_ROOT)
    from flows.content import message_keys

    used = set(declared()) | set(message_keys(content.facts)) | {item.key for item in content.checklists}
    used |= {key for answer in content.answers.values() for key in answer.message_keys()}
    used |= {f"{ELSEWHERE}.{topic}" for topic in known_topics()} | texts_in_code()
    written = content.words.languages["en"].messages
    unused = {key for key in written if key not in used and key.removeprefix("caveats.") not in used}
    assert not {key for key in unused if not key.startswith(("answers_", "told.", "doubts."))}, sorted(unused)


def texts_in_code() -> set[str]:
    found: set[str] = set()
    for folder in ("flows", "bot"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= {
                node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return found


def test_quotes_and_spaces_are_those_of_print() -> None:
    """Straight double quotes, double spaces and exclamation marks do not belong into what people read."""
    book = load_content(CONTENT_ROOT).words
    wrong = []
    for key, entry in book.languages["en"].messages.items():
        texts = entry.forms.values() if isinstance(entry, Plural) else (entry,)
        for text in texts:
            literal = "X".join(text.pieces[::2])
            if re.search(r'["!]|\w  \w', literal) and not key.startswith("answers_"):
                wrong.append(key)
    assert not wrong


def test_words_that_hurt_are_not_used() -> None:
    book = load_content(CONTENT_ROOT).words
    hurting = re.compile(
        r"\b(just (get )?marry|just hope|get married|dependents?|dependants?|not eligible|ineligible)\b", re.IGNORECASE
    )
    wrong = []
    for key, entry in book.languages["en"].messages.items():
        texts = entry.forms.values() if isinstance(entry, Plural) else (entry,)
        wrong += [key for text in texts if hurting.search("".join(text.pieces[::2]))]
    # The programme's own sentence about "no dependants" is what this one answer explains.
    assert not [key for key in wrong if not key.startswith("answers_children.no_dependants.")]
