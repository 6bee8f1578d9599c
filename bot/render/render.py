"""From a view to what is sent: its text in the reader's language and its buttons, within the messenger's limits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bot.render import values
from bot.render.markup import Html, Markup, Plain, Visible
from flows.conversation.view import Choice, Country, Lines, Link, Month, Period, Slot, View, Words
from flows.message import Message
from flows.words import Language, Plural, Text, WordBook

LONGEST_MESSAGE = 4096
LONGEST_NOTICE = 200
LONGEST_LABEL = 64

SHORTENED = Message("say.shortened")


@dataclass(frozen=True, slots=True)
class Button:
    """A button as it is sent: a press id, a web address or the meaning of a start link, under a label."""

    id: str
    label: str
    url: str | None = None
    start: str | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A view's text (HTML or plain) and its rows of buttons."""

    text: str
    buttons: tuple[tuple[Button, ...], ...]


def render_html(view: View, words: WordBook) -> Rendered:
    """A view as Telegram's HTML."""
    return _render(view, words, Html())


def render_plain(view: View, words: WordBook) -> Rendered:
    """A view as plain text."""
    return _render(view, words, Plain())


def text_of(paragraph: Words, words: WordBook, language: str) -> str:
    """One paragraph as plain text, for labels, file names and the like."""
    return _Writer(words, language, Plain()).words(paragraph)


def visible_length(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def _render(view: View, words: WordBook, markup: Markup) -> Rendered:
    limit = LONGEST_NOTICE if view.slot is Slot.NOTICE else LONGEST_MESSAGE
    paragraphs = _within(view, words, limit)
    writer = _Writer(words, view.language, markup)
    labels = _Writer(words, view.language, Plain())
    return Rendered(
        writer.page(paragraphs),
        tuple(tuple(_button(choice, labels) for choice in row) for row in view.choices),
    )


def _button(choice: Choice, labels: "_Writer") -> Button:
    label = labels.words(choice.label)
    if visible_length(label) > LONGEST_LABEL:
        label = label[: LONGEST_LABEL // 2].rstrip() + "…"
    return Button(choice.id, label, choice.url, choice.start)


def _within(view: View, words: WordBook, limit: int) -> Sequence[Words]:
    """The paragraphs that fit the limit: what is folded goes first, then the last ones, and it is said."""
    plain = _Writer(words, view.language, Visible())
    kept = list(view.words)
    if visible_length(plain.page(kept)) <= limit:
        return kept
    if view.slot is Slot.NOTICE:
        return kept[:1]
    while len(kept) > 1 and visible_length(plain.page([*kept, SHORTENED()])) > limit:
        folded = [place for place, paragraph in enumerate(kept) if paragraph.folded]
        del kept[folded[-1] if folded else -1]
    return [*kept, SHORTENED()]


class _Writer:
    """Writes paragraphs in one language and one markup."""

    def __init__(self, words: WordBook, language: str, markup: Markup) -> None:
        self.book = words
        self.spoken = language
        self.markup = markup

    def page(self, paragraphs: Sequence[Words]) -> str:
        """All paragraphs, blank lines between, neighbouring folded ones together."""
        blocks: list[str] = []
        closed: list[str] = []
        for paragraph in paragraphs:
            if paragraph.folded:
                closed.append(self.words(paragraph))
                continue
            if closed:
                blocks.append(self.markup.fold(closed))
                closed = []
            blocks.append(self.words(paragraph))
        if closed:
            blocks.append(self.markup.fold(closed))
        return "\n\n".join(blocks)

    def words(self, paragraph: Words) -> str:
        """One paragraph with its values filled in."""
        entry, language = self.book.message(paragraph.key, self.spoken)
        text = _form(entry, paragraph, language) if isinstance(entry, Plural) else entry
        written = [_literal(text.pieces[0], self.markup)]
        for name, literal in zip(text.pieces[1::2], text.pieces[2::2], strict=True):
            written.append(self.value(paragraph.values[name], language))
            written.append(_literal(literal, self.markup))
        return "".join(written)

    def value(self, value: Any, language: Language) -> str:
        """A value of any kind, in the reader's language."""
        match value:
            case Words():
                return self.words(value)
            case Lines():
                return "\n".join(self.value(line, language) for line in value.lines)
            case Link():
                return self.markup.link(self.value(value.title, language), value.url)
            case Country():
                return self.markup.value(values.country(value.code, language.locale))
            case Month():
                return self.markup.value(values.month(value.day, language.locale))
            case Period():
                return self.markup.value(values.period(value.first, value.last, language.locale))
            case list() | tuple():
                return values.joined([self.value(each, language) for each in value], language.locale)
            case date():
                return values.day(value, language.locale)
            case bool():
                raise TypeError("a truth value has no words; choose a message instead")
            case int() | float():
                return values.number(value, language.locale)
            case _:
                return self.markup.value(str(value))


def _form(entry: Plural, paragraph: Words, language: Language) -> Text:
    return entry.forms[values.plural_form(paragraph.values[entry.number], language.locale)]


def _literal(text: str, markup: Markup) -> str:
    return _cached_literal(type(markup), text)


@lru_cache(maxsize=8192)
def _cached_literal(markup: Callable[[], Markup], text: str) -> str:
    return markup().literal(text)
