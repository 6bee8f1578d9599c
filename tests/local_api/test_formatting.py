"""The server's own parser of HTML against Telegram's, and back to HTML again."""

import html
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.local_api.errors import ApiError
from bot.local_api.formatting import as_html, parse_html
from bot.local_api.recognising import recognised
from tests.kit import html_oracle

TEXTS = st.text(st.sampled_from("ab é😀\n&<>\"'"), max_size=6)
TAGS = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "tg-spoiler"]


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(children, max_size=3).map("".join)
    return st.one_of(
        st.builds(lambda tag, words: f"<{tag}>{words}</{tag}>", st.sampled_from(TAGS), inside),
        st.builds(lambda words: f'<a href="https://example.org/a?b=1&amp;c=2">{words}</a>', inside),
        st.builds(lambda words: f"<blockquote expandable>{words}</blockquote>", inside),
        st.builds(lambda words: f'<span class="tg-spoiler">{words}</span>', inside),
        st.builds(lambda words: f'<pre><code class="language-py">{words}</code></pre>', inside),
        st.builds(lambda words: f'<a href="tg://user?id=77">{words}</a>', inside),
    )


WELL_FORMED = st.recursive(TEXTS.map(html.escape), _element, max_leaves=8)
PIECES = [
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "</",
    "<",
    ">",
    "<b",
    "<a href='x.org'>",
    "</a>",
    "</>",
    "&lt;",
    "&#38;",
    "&#xZ;",
    "&amp",
]
BROKEN = st.lists(
    st.sampled_from(
        [
            *PIECES,
            "<x>",
            "text",
            " class",
            "=",
            "='tg-spoiler'",
            "<span",
            "<a href",
            " ",
            "é",
            '"',
            "<span>",
            "<B>",
            "</B>",
            "</ b>",
        ]
    ),
    max_size=8,
).map("".join)


def _result(parse: Any, source: str) -> Any:
    try:
        text, entities = parse(source, "HTML")
    except ApiError as error:
        return error.description.lower()
    return text, sorted(
        entities, key=lambda entity: (entity["offset"], -entity["length"], str(sorted(entity.items(), key=str)))
    )


@given(st.one_of(WELL_FORMED, BROKEN))
@settings(max_examples=600, deadline=None)
@example('<a href="x.org" >y</a>')
@example('<a href="x.org"">y</a>')
@example("<a ='x'>y</a>")
@example("<b class>y</b>")
@example("<a href")
@example("<a href=")
@example("<a href='x")
@example("<a href=x")
@example("<a href=é>")
@example("<b>a</i>")
@example("<a href='tg://user?id=7'>x</a><a>example.org</a>")
@example("<pre><code class='language-c'>x</code></pre> <code class='language-c'>y</code>")
@example("<b>é<i>😀</i></b>😀<u>z</u>")
def test_own_parser_agrees_with_telegrams(source: str) -> None:
    assert _result(parse_html, source) == _result(html_oracle.parse, source)


@given(WELL_FORMED)
@settings(max_examples=300, deadline=None)
def test_shown_html_means_the_same(source: str) -> None:
    text, entities = html_oracle.parse(source, "HTML")
    nested = not _crossing(entities)
    again, same = html_oracle.parse(as_html(text, entities), "HTML")
    assert again == text
    if nested:
        assert _marked(same) == _marked(entities)


def _marked(entities: list[dict[str, Any]]) -> set[tuple[int, str]]:
    """Which character has which formatting, leaving aside how it is cut into entities."""
    return {(at, each["type"]) for each in entities for at in range(each["offset"], each["offset"] + each["length"])}


def _crossing(entities: list[dict[str, Any]]) -> bool:
    spans = [(each["offset"], each["offset"] + each["length"]) for each in entities]
    return any(a < c < b < d for a, b in spans for c, d in spans)


@pytest.mark.parametrize(
    "text",
    [
        "/start",
        "/start@iec_together_bot payload",
        "see /help, or /why.",
        "no/command 1/2 and/or",
        "hello @iec_together_bot!",
        "write to ana@example.org",
        "https://example.org/path?x=1.",
        "#hashtag and #123",
        "I'm 31 and Irish",
        "😀 /start 😀 @someone",
    ],
)
def test_recognises_what_telegram_recognises(text: str) -> None:
    assert recognised(text, []) == html_oracle.found_in(text)


@given(st.text(st.sampled_from("/@#a_1 .:-é😀\n"), max_size=12))
@settings(max_examples=300, deadline=None)
def test_commands_and_mentions_in_any_text(text: str) -> None:
    kinds = ("bot_command", "mention")
    ours, theirs = (
        [each for each in found if each["type"] in kinds]
        for found in (recognised(text, []), html_oracle.found_in(text))
    )
    assert ours == theirs
