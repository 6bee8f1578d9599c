"""Misspelt words: which known word was probably meant, and how sure that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

T = TypeVar("T")

_SHORTEST = 4
_LONG = 9
_BEGINNING = 5  # letters in which at most one may be wrong


@dataclass(frozen=True, slots=True)
class Guess(Generic[T]):
    """What a misspelt word can mean, likeliest first; ``sure`` when only one thing is anywhere near; ``word`` the nearest
    known word."""

    word: str
    meanings: tuple[T, ...]
    sure: bool


class Spelling(Generic[T]):
    """Known words with their meanings, searched by the number of letters wrong (a swap of neighbours is one)."""

    def __init__(self, words: Iterable[tuple[str, T]]) -> None:
        self._meanings: dict[str, list[T]] = {}
        for word, meaning in words:
            if len(word) >= _SHORTEST:
                known = self._meanings.setdefault(word, [])
                if meaning not in known:
                    known.append(meaning)
        self._words = list(self._meanings)

    def guess(self, word: str) -> Guess[T] | None:
        """What a word that is not known may have been meant to be; None if nothing is near.

        Sure is one wrong letter in six or more, or two in nine or more, when the first letter is right and nothing of
        another meaning lies within one letter more: Ireland and Iceland are never taken for one another.
        """
        if len(word) < _SHORTEST or len(word) > 40:
            return None
        reach = 1 if len(word) < 6 else 2
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=reach + 2, limit=None)
        if not near or near[0][1] > reach:
            return None
        best = int(near[0][1])
        meanings: list[T] = []
        for known, distance, _ in near:
            if distance <= max(best, 1):
                meanings += [meaning for meaning in self._meanings[known] if meaning not in meanings]
        others = any(
            meaning not in meanings
            for known, distance, _ in near
            if distance <= best + 1
            for meaning in self._meanings[known]
        )
        sure = len(meanings) == 1 and not others and _close(word, near[0][0])
        if others and not sure:
            for known, distance, _ in near:
                if distance <= best + 1:
                    meanings += [meaning for meaning in self._meanings[known] if meaning not in meanings]
        return Guess(str(near[0][0]), tuple(meanings[:4]), sure)


def _close(word: str, known: str) -> bool:
    """Whether each of the words is spelt nearly right, from its beginning on: endings are alike in many words."""
    pairs = (
        list(zip(word.split(), known.split(), strict=False)) if word.count(" ") == known.count(" ") else [(word, known)]
    )
    return len(word) >= 6 and len(known) >= 6 and all(_nearly(one, other) for one, other in pairs)


def _nearly(word: str, known: str) -> bool:
    wrong = OSA.distance(word, known)
    if wrong == 0:
        return True
    allowed = 2 if len(word) >= _LONG else 1
    return wrong <= allowed and word[0] == known[0] and OSA.distance(word[:_BEGINNING], known[:_BEGINNING]) <= 1
