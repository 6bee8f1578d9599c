"""Whatever a message holds, the page shows Telegram's few tags only, and all of the words."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local_api.formatting import as_html, parse_html
from bot.playground.message_html import page_html

_TAG = re.compile(r"<[^>]*>")
_ALLOWED = re.compile(
    r'</?(?:b|i|u|s|code|pre|blockquote|a|span|details|summary)>|<details class="quote">|'
    r'<span class="spoiler" tabindex="0">|<a href="https?://[^"<>]*" target="_blank" rel="noopener noreferrer">'
)
_PIECES = (
    *(
        "<b>",
        "</b>",
        "<i>",
        "<blockquote expandable>",
        "</blockquote>",
        "<script>",
        "</script>",
        "<a href='http://a/'>",
    ),
    *("</a>", "<img src=x onerror=alert(1)>", "<a href='javascript:x'>", "words", "&lt;b&gt;", "\n"),
)


@given(st.text(alphabet=st.sampled_from("<>/\"'=& ab\nis"), max_size=60) | st.text(max_size=40))
def test_only_known_tags_come_out_of_anything(source: str) -> None:
    assert all(_ALLOWED.fullmatch(tag) for tag in _TAG.findall(page_html(source)))


@given(st.lists(st.sampled_from(_PIECES), max_size=12))
def test_what_is_opened_is_closed(pieces: list[str]) -> None:
    open_tags: list[str] = []
    for tag in _TAG.findall(page_html("".join(pieces))):
        assert _ALLOWED.fullmatch(tag)
        name = tag.strip("</>").split()[0]
        if tag.startswith("</"):
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    assert not open_tags


@given(st.text(max_size=80))
def test_a_plain_text_keeps_its_words(text: str) -> None:
    plain = text.replace("\r", "")
    shown = page_html(as_html(plain, []))
    assert html.unescape(_TAG.sub("", shown)) == html.unescape(html.escape(plain))


@given(st.text(alphabet=st.sampled_from("/edit<>&b \n"), max_size=40))
def test_commands_can_be_tapped_and_nothing_is_lost(text: str) -> None:
    shown = page_html(as_html(text, []), tappable=True)
    buttons = re.findall(r'<button name="text" value="(/\w+)">(/\w+)</button>', shown)
    assert all(value == label for value, label in buttons)
    assert html.unescape(_TAG.sub("", shown)) == text


def test_a_command_in_a_sentence_becomes_a_button() -> None:
    assert '<button name="text" value="/edit">/edit</button>.' in page_html("Tap /edit. a/b", tappable=True)


def test_a_folded_quote_can_be_opened() -> None:
    shown = page_html(as_html(*parse_html("<blockquote expandable><b>Why</b>\nBecause &lt;1&gt;</blockquote>", "HTML")))
    assert shown == (
        '<details class="quote"><summary>Why</summary><blockquote><b>Why</b>\nBecause &lt;1&gt;</blockquote></details>'
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[", ""])
def test_only_web_addresses_become_links(address: str) -> None:
    assert "<a" not in page_html(f'<a href="{address}">words</a>')
