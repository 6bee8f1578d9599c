"""Which answer a question's very words speak for: each word and each pair of neighbours, however common it is.

A naive Bayes against the rest: a word speaks for an answer as far as the phrasings of all the others go without it.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from flows.understanding.tokens import fold

_PARTS = re.compile(r"[a-z0-9]+|[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_UNSEEN = 0.3  # how often each word counts as seen beside what was seen
_SHORTEST = 12.0  # the length below which a text counts as short: its few words say less


def wording_of(text: str) -> frozenset[str]:
    """The words of a text and its pairs of neighbouring words; of signs written without blanks each sign and pair."""
    words: list[str] = []
    for part in _PARTS.findall(fold(text)):
        if ord(part[0]) < 0x3000:
            words.append(part)
        else:
            words += [part[place : place + 2] for place in range(len(part) - 1)] + list(part)
    return frozenset([*words, *(f"{one} {other}" for one, other in pairwise(words))])


class Wordings:
    """How often each word stands in the phrasings of each answer, ready to be weighed."""

    def __init__(self, phrasings: Iterable[tuple[str, str]]) -> None:
        """``phrasings`` are answers' ids, each with one way of asking for it."""
        texts = [(answer_id, wording_of(text)) for answer_id, text in phrasings]
        spread = Counter(word for _, words in texts for word in words)
        self._rarity = {word: 1 + math.log((1 + len(texts)) / (1 + count)) for word, count in spread.items()}
        self._totals: dict[str, float] = defaultdict(float)
        self._shares: dict[str, dict[str, float]] = defaultdict(dict)
        sizes: dict[str, float] = defaultdict(float)
        for answer_id, words in texts:
            for word, weight in self._vector(words).items():
                self._totals[word] += weight
                self._shares[word][answer_id] = self._shares[word].get(answer_id, 0.0) + weight
                sizes[answer_id] += weight
        everything = sum(self._totals.values()) + _UNSEEN * len(self._totals)
        self._rest = {answer_id: math.log(1 - size / everything) for answer_id, size in sizes.items()}

    def scores(self, text: str) -> Mapping[str, float]:
        """How much the words of ``text`` speak for each answer; comparable between answers of one text."""
        vector = self._vector(wording_of(text))
        whole = sum(vector.values())
        found = {answer_id: whole * rest for answer_id, rest in self._rest.items()}
        for word, weight in vector.items():
            total = self._totals[word] + _UNSEEN
            for answer_id, share in self._shares[word].items():
                found[answer_id] += weight * (math.log(total) - math.log(total - share))
        return found

    def _vector(self, words: Iterable[str]) -> dict[str, float]:
        """The words that are known, weighed by their rarity, all together of length one; shorter where there are few."""
        known = {word: self._rarity[word] for word in words if word in self._rarity}
        length = max(_SHORTEST, math.sqrt(sum(weight * weight for weight in known.values())))
        return {word: weight / length for word, weight in known.items()}
