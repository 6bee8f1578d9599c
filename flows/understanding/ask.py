"""Which answer a free question asks for: its ideas and rare words weighed against every answer's phrasings.

Lexical and offline. Two judges: a naive Bayes over the ideas of each answer's phrasings, which minds missing ideas too, and
the single nearest phrasing. A wrong answer is worse than a question back, so the best must be clear of the next.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.facts.free_answer import FreeAnswers
from flows.understanding.ideas import IDEA, SIGNS, STEM, Ideas, known_ideas
from flows.understanding.result import Understood

NOT_UNDERSTOOD = "understand.ask.not_understood"
SHOWN = 3

_SMOOTHING = 0.06  # the share of an average answer that is mixed into each answer's phrasings
_UNLIKELY = _SMOOTHING / (1 + _SMOOTHING)  # how likely, against its usual share, is an idea that the answer never has
_NEAREST = 10.0  # the weight of the nearest phrasing beside the ideas of all
_ASIDE = 0.4  # what a sentence that asks nothing counts beside the one that asks
_CLEAR = 4.0  # how far the best must lead to be given at once
_NEAR = 0.40  # how near its nearest phrasing must be, from 0 to 1
_BESIDE = 8.0  # how far behind the best another answer may lie and still be offered beside it
_ANYTHING = 0.16  # below it, nothing of what we know is meant
_LONG = 30  # words from which on a text is taken sentence by sentence

_SENTENCES = re.compile(r"[^.!?。！？\n]+[.!?。！？]*")
_ASKING_MARK = re.compile(r"[?？]|(?:か|かな|까|나요|가요|까요|죠)\s*$|嗎|吗")


@dataclass(frozen=True, slots=True)
class Match:
    """How well an answer fits: ``score`` to compare answers of one question, ``near`` from 0 to 1."""

    id: str
    score: float
    near: float


class AskIndex:
    """All answers, ready to be asked for. Built on first use (some tenths of a second); a question takes milliseconds."""

    def __init__(self, answers: FreeAnswers, ideas: Ideas | None = None) -> None:
        """An index over ``answers``; ``ideas`` are those of the content where none are given."""
        self._answers = answers
        self._ideas = ideas or known_ideas()

    def best(self, text: str) -> Understood:
        """The ids of the answers that ``text`` asks for, best first, if that is clear; else the nearest three to ask back,
        or an error where nothing is near."""
        found = self.ranked(text) if any(sign.isalpha() for sign in text) else []
        ideas, strange = self._substance(text)
        if not found or (ideas == 0 and strange > 1) or max(match.near for match in found[:SHOWN]) < _ANYTHING:
            return Understood(error=NOT_UNDERSTOOD)
        best, second = found[0], found[1].score if len(found) > 1 else -math.inf
        nearest = found[:SHOWN]
        enough = ideas > 1 or (ideas == 1 and strange == 0)
        if enough and best.near >= _NEAR and best.score - second >= _CLEAR:
            return Understood(value=[match.id for match in nearest if match.score >= best.score - _BESIDE])
        return Understood(ask_back=tuple(match.id for match in nearest))

    def ranked(self, text: str) -> list[Match]:
        """Every answer with how well it fits, best first; empty where the text has nothing that is known."""
        asked, aside = self._read(text)
        known = {name: weight for name, weight in asked.items() if name in self._table.common}
        if not known:
            return []
        near = self._table.nearest(known)
        found = [
            Match(answer_id, score + _NEAREST * near.get(answer_id, 0.0), near.get(answer_id, 0.0))
            for answer_id, score in self._table.scores(known, aside)
        ]
        return sorted(found, key=lambda match: -match.score)

    def _substance(self, text: str) -> tuple[int, int]:
        """How many ideas a text holds, and how many words that no phrasing has: one idea among strange words is too thin."""
        features = self._ideas.of(text, typed=True)
        known = self._table.common
        ideas = sum(1 for name, weight in features.items() if weight == IDEA and name in known)
        return ideas, sum(1 for name in features if name[0] != "@" and name.isascii() and name not in known)

    @cached_property
    def _table(self) -> "_Table":
        return _Table(
            [
                (answer.id, self._ideas.of(phrasing, (language,)))
                for answer in self._answers.values()
                for language, phrasings in answer.phrasings.items()
                for phrasing in phrasings
            ]
        )

    def _read(self, text: str) -> tuple[dict[str, float], dict[str, float]]:
        """The ideas of what is asked, and those of the story around it."""
        sentences = [part.strip() for part in _SENTENCES.findall(text) if part.strip()]
        asking = [part for part in sentences if looks_like_question(part)] or sentences[-1:]
        if len(sentences) < 3 or len(text.split()) < _LONG:
            return self._ideas.of(text, typed=True), {}
        asked: dict[str, float] = {}
        for part in asking:
            asked |= self._ideas.of(part, typed=True)
        whole = self._ideas.of(text, typed=True)
        return asked, {name: weight for name, weight in whole.items() if name not in asked}


class _Table:
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


def looks_like_question(text: str) -> bool:
    """Whether a text asks something rather than states a fact: a question mark, or a word that opens questions."""
    if _ASKING_MARK.search(text.strip()):
        return True
    return known_ideas().opens_question(text)


def understand_ask(text: str, index: AskIndex) -> Understood:
    """What a free question asks for: ids of answers best first, or three to ask back, or an error."""
    return index.best(text)
