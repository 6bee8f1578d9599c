"""Phrases written as patterns, and finding them in tokens: the longest at each place, none overlapping.

The pattern language is made for people who write content: ``word*`` is any word that begins so, ``_`` up to three words
between, ``(one|other)`` either; ``(maybe|)`` may be missing. Accents, capitals, hyphens and apostrophes make no difference.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Generic, TypeVar

from flows.understanding.tokens import Kind, Token, words_of

T = TypeVar("T")

_GAP = 3
_PART = re.compile(r"\(([^()]*)\)|([^()]+)")
JOINING = frozenset("-'.+&()\"")  # marks that may stand inside a phrase
LOOSE = JOINING | {",", "/", ":"}  # the same where a comma or stroke does not part either


def spelled_out(pattern: str) -> Iterator[str]:
    """A pattern's variants without ``(|)``."""
    parts = [tuple(either.split("|")) if either else (plain,) for either, plain in _PART.findall(pattern)]
    for chosen in product(*parts):
        yield "".join(chosen)


@dataclass(slots=True)
class _Node(Generic[T]):
    words: dict[str, "_Node[T]"] = field(default_factory=dict)
    beginnings: dict[str, "_Node[T]"] = field(default_factory=dict)
    gap: "_Node[T] | None" = None
    meanings: list[T] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase found: the tokens ``start`` up to but not including ``end``, and all that it can mean."""

    start: int
    end: int
    meanings: tuple[T, ...]


class Phrases(Generic[T]):
    """A table of phrases with their meanings. ``joining`` are the marks that may stand inside a phrase."""

    def __init__(self, entries: Iterable[tuple[str, T]] = (), joining: frozenset[str] = JOINING) -> None:
        self._root: _Node[T] = _Node()
        self._joining = joining
        self.vocabulary: set[str] = set()
        for pattern, meaning in entries:
            self.add(pattern, meaning)

    def add(self, pattern: str, meaning: T) -> None:
        """Enter a phrase; the same phrase may have several meanings."""
        for variant in spelled_out(pattern) if "(" in pattern else (pattern,):
            node = self._root
            for element in variant.split():
                if element == "_":
                    node.gap = node.gap or _Node()
                    node = node.gap
                elif element.endswith("*"):
                    *front, beginning = words_of(element[:-1])
                    for word in front:
                        node = node.words.setdefault(word, _Node())
                    node = node.beginnings.setdefault(beginning, _Node())
                else:
                    for word in words_of(element):
                        node = node.words.setdefault(word, _Node())
                        self.vocabulary.add(word)
            if node is not self._root and meaning not in node.meanings:
                node.meanings.append(meaning)

    def add_plain(self, words: Iterable[str], meaning: T) -> None:
        """Enter a phrase given as its words, without any pattern."""
        node = self._root
        for word in words:
            node = node.words.setdefault(word, _Node())
        if node is not self._root and meaning not in node.meanings:
            node.meanings.append(meaning)

    def find(self, tokens: Sequence[Token]) -> list[Found[T]]:
        """All phrases in the tokens, from left to right."""
        found, place = [], 0
        while place < len(tokens):
            best = self.at(tokens, place)
            if best is None:
                place += 1
            else:
                found.append(best)
                place = best.end
        return found

    def at(self, tokens: Sequence[Token], place: int) -> Found[T] | None:
        """The longest phrase that begins at this token; of equally long ones the one that names more words."""
        if tokens[place].kind is Kind.MARK:
            return None
        best: tuple[int, int] = (0, 0)
        meanings: list[T] = []
        for end, named, node in self._ends(self._root, tokens, place, 0):
            if (end, named) > best:
                best, meanings = (end, named), node.meanings
        return Found(place, best[0], tuple(meanings)) if meanings else None

    def whole(self, tokens: Sequence[Token]) -> tuple[T, ...]:
        """What the tokens mean if they are one phrase and nothing else but marks; empty if not."""
        words = [token for token in tokens if token.kind is not Kind.MARK]
        if not words:
            return ()
        best = self.at(words, 0)
        return best.meanings if best and best.end == len(words) else ()

    def _ends(
        self, node: _Node[T], tokens: Sequence[Token], place: int, named: int
    ) -> Iterator[tuple[int, int, _Node[T]]]:
        if node.meanings:
            yield place, named, node
        while node is not self._root and place < len(tokens) and tokens[place].kind is Kind.MARK:
            if tokens[place].text not in self._joining:
                return
            place += 1
        if place >= len(tokens):
            return
        text = tokens[place].text
        following = node.words.get(text)
        if following is not None:
            yield from self._ends(following, tokens, place + 1, named + 3)
        for beginning, after in node.beginnings.items():
            if text.startswith(beginning):
                yield from self._ends(after, tokens, place + 1, named + 2)
        if node.gap is not None:
            for skipped in range(_GAP + 1):
                if place + skipped > len(tokens):
                    break
                yield from self._ends(node.gap, tokens, place + skipped, named)
                if place + skipped < len(tokens) and tokens[place + skipped].kind is Kind.MARK:
                    break
