"""For whom a picture is made: how words become text in their language, and days become short."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, format_interval, format_skeleton

from bot.render.render import text_of, visible_length
from bot.render.values import locale_of
from flows.conversation.view import Words
from flows.picture_words import MORE, UNNAMED
from flows.words import WordBook

LONGEST_CAPTION = 1024
"""What Telegram takes under a picture."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: the words of all languages, theirs, and what they call the people of the party."""

    words: WordBook
    language: str
    name: Callable[[str], str | Words]

    @property
    def locale(self) -> str:
        """The locale of their language."""
        return self.words.language(self.language).locale

    def text(self, words: Words) -> str:
        """A paragraph as plain text."""
        return text_of(words, self.words, self.language)

    def fitting(self, lines: Sequence[Words], longest: int = LONGEST_CAPTION) -> list[Words]:
        """The lines of a caption that fit below each other; what does not fit is counted in the last of them."""
        for kept in range(len(lines), -1, -1):
            found = [*lines[:kept], *([MORE(count=len(lines) - kept)] if kept < len(lines) else [])]
            if visible_length("\n".join(map(self.text, found))) <= longest:
                return found
        return []

    def called(self, person: str) -> str:
        """What a person is called, as plain text."""
        name = self.name(person)
        return name if isinstance(name, str) else self.text(name)

    def numbered(self, number: int) -> str:
        """What somebody is called whose name cannot be drawn: by their place among the people."""
        return self.text(UNNAMED(number=number))

    def short_day(self, day: date) -> str:
        """A day in a few letters, such as 28 Aug."""
        return str(format_skeleton("MMMd", day, locale=locale_of(self.locale)))

    def full_day(self, day: date) -> str:
        """A day with its year in a few letters, such as 28 Aug 2026."""
        return format_date(day, "medium", locale=locale_of(self.locale))

    def span(self, first: date, last: date) -> str:
        """One day, or two as one span, with the year."""
        if first == last:
            return self.full_day(first)
        return str(format_interval(first, last, "yMMMd", locale=locale_of(self.locale)))
