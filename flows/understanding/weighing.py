"""Which answer the ideas of a question speak for.

A naive Bayes over the ideas of each answer's phrasings, which minds missing ideas too, and the single nearest phrasing.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from flows.understanding.ideas import SIGNS, STEM

_SMOOTHING = 0.06  # the share of an average answer that is mixed into each answer's phrasings
_UNLIKELY = _SMOOTHING / (1 + _SMOOTHING)  # how likely, against its usual share, is an idea that the answer never has
_ASIDE = 0.4  # what a sentence that asks nothing counts beside the one that asks


class Weights:
    """How often each idea stands in the phrasings of each answer, ready to be weighed."""

    def __init__(self, phrasings: Sequence[tuple[str, Mapping[str, float]]]) -> None:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        sizes: Counter[str] = Counter()
        for answer_id, features in phrasings:
            sizes[answer_id] += 1
            counts[answer_id].update(features.keys())
        self.common: dict[str, float] = defaultdict(float)
        answers_with: Counter[str] = Counter()
        for answer_id, found in counts.items():
            for name, count in found.items():
                answers_with[name] += 1
                self.common[name] += count / sizes[answer_id] / len(counts)
        self._rarity = {name: math.log((len(counts) + 1) / (number + 0.5)) for name, number in answers_with.items()}
        self._base: dict[str, float] = {}
        self._gain: dict[str, dict[str, float]] = defaultdict(dict)
        for answer_id, found in counts.items():
            self._base[answer_id] = sum(self._learn(answer_id, name, n / sizes[answer_id]) for name, n in found.items())
        self._phrasings: list[tuple[str, Mapping[str, float], float]] = []
        self._at: dict[str, list[int]] = defaultdict(list)
        for answer_id, features in phrasings:
            vector, length = self._vector(features)
            for name in vector:
                self._at[name].append(len(self._phrasings))
            self._phrasings.append((answer_id, vector, length))

    def _learn(self, answer_id: str, name: str, part: float) -> float:
        """Take in that ``part`` of an answer's phrasings has an idea; how much it speaks against the answer where the idea
        is missing (beside what it costs the answers that never have it, which is the same for all)."""
        share, weight = self.common[name], _weight(name)
        likely = (part + _SMOOTHING * share) / (1 + _SMOOTHING)
        absent = math.log((1 - likely) / (1 - share * _UNLIKELY))
        self._gain[name][answer_id] = weight * (math.log(likely / share) - absent)
        return weight * absent

    def scores(self, asked: Mapping[str, float], aside: Mapping[str, float]) -> list[tuple[str, float]]:
        """The log-likelihood of each answer; what stands ``aside`` can speak for an answer and never against it."""
        found = []
        for answer_id, base in self._base.items():
            score = base
            for name in asked:
                gain = self._gain[name].get(answer_id)
                score += _weight(name) * math.log(_UNLIKELY) if gain is None else gain
            for name in aside:
                if name in self._gain:
                    score += _ASIDE * max(0.0, self._gain[name].get(answer_id, 0.0))
            found.append((answer_id, score))
        return found

    def nearest(self, asked: Mapping[str, float]) -> Mapping[str, float]:
        """For each answer how near its nearest phrasing is: the cosine of the ideas weighed by their rarity."""
        vector, length = self._vector(asked)
        near: dict[int, float] = defaultdict(float)
        for name, value in vector.items():
            for place in self._at[name]:
                near[place] += value * self._phrasings[place][1][name]
        best: dict[str, float] = {}
        for place, product in near.items():
            answer_id, _, size = self._phrasings[place]
            best[answer_id] = max(best.get(answer_id, 0.0), product / (length * size))
        return best

    def _vector(self, features: Mapping[str, float]) -> tuple[dict[str, float], float]:
        vector = {name: weight * self._rarity[name] for name, weight in features.items()}
        return vector, math.sqrt(sum(value * value for value in vector.values())) or 1.0


def _weight(name: str) -> float:
    return 1.0 if name.startswith("@") else STEM if name.isascii() else SIGNS
