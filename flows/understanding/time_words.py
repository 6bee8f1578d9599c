"""The uses of time words in a row of tokens, as the language of the text gives them."""

from collections.abc import Sequence

from flows.understanding.terms import Term, fitting, terms_of
from flows.understanding.tokens import Kind, Token


class TimeWords:
    """Looks up the words of ``dates.yaml`` at places of a text."""

    def __init__(self, tokens: Sequence[Token], languages: frozenset[str]) -> None:
        self.tokens = tokens
        self.languages = languages

    def groups(self, place: int) -> tuple[frozenset[str], int]:
        """The uses of the words from ``place`` on, and the place after them."""
        if not 0 <= place < len(self.tokens) or self.tokens[place].kind is Kind.MARK:
            return frozenset(), place
        found = terms_of("dates").at(self.tokens, place)
        if found is None:
            return frozenset(), place
        meanings: Sequence[Term] = fitting(found.meanings, self.languages) or found.meanings
        return frozenset(term.group for term in meanings), found.end

    def skip(self, place: int) -> int:
        """The next place after words that say nothing in a date."""
        while place < len(self.tokens):
            groups, end = self.groups(place)
            if "plain" not in groups:
                break
            place = end
        return place
