"""Which answer a free question asks for, among all answers and among the topics that nothing is held on.

Lexical and offline. Two judges, the ideas of a question and its very words, are added up. A wrong answer is worse than a
question back, so the best must be clear of the next.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.facts.free_answer import FreeAnswers
from flows.understanding.ideas import IDEA, Ideas, known_ideas
from flows.understanding.result import Understood
from flows.understanding.topics import ELSEWHERE, Topics, known_topics, urgent_topics
from flows.understanding.weighing import Weights
from flows.understanding.wording import Wordings

NOT_UNDERSTOOD = "understand.ask.not_understood"
SHOWN = 3

# How much each judge says, so that the shares come out as often right as they are large: fitted to the phrasings, each
# asked of an index without it and its neighbours, and to the questions under tests/understanding named "tuned".
_IDEAS, _NEAREST, _WORDING = 0.5, 3.2, 3.1
_SURE = 0.65  # the share from which on the best is given at once
_SURE_OF_LITTLE = 0.9  # the same for a word or two, or a single idea beside strange words
_STRANGE = 2  # how many more strange words than ideas leave too little to go by
_URGENT = 0.4  # the share from which on an urgent topic is meant, asked or not
_BESIDE = 0.02  # the share from which on another answer is offered beside the best
_FEW = 2  # words up to which a text may only name a subject
_LONG = 30  # words from which on a text is taken sentence by sentence

_SENTENCES = re.compile(r"[^.!?。！？\n]+[.!?。！？]*")
_ASKING_MARK = re.compile(r"[?？]|(?:か|かな|까|나요|가요|까요|죠)\s*$|嗎|吗")


@dataclass(frozen=True, slots=True)
class Match:
    """How well an answer fits: its ``share`` of all that can be meant, and how ``near`` its nearest phrasing is, both from
    0 to 1."""

    id: str
    share: float
    near: float


class AskIndex:
    """All answers, ready to be asked for. Built on first use (some tenths of a second); a question takes milliseconds."""

    def __init__(self, answers: FreeAnswers, ideas: Ideas | None = None, topics: Topics | None = None) -> None:
        """An index over ``answers``; ``ideas`` and ``topics`` are those of the content where none are given."""
        self._answers = answers
        self._given_ideas = ideas
        self._topics = known_topics() if topics is None else topics
        self._latest: tuple[str, list[Match]] = ("", [])

    def warm(self) -> None:
        """Do now what the first question would wait for."""
        self.ranked("?")

    def best(self, text: str) -> Understood:
        """The ids of the answers that ``text`` asks for, best first, if that is clear; else the nearest three to ask back,
        or an error where nothing is near."""
        found = self.ranked(text) if any(sign.isalpha() for sign in text) else []
        ideas, strange = self._substance(text)
        answers = [match for match in found if match.id in self._answers]
        if not answers or (ideas == 0 and strange > 1):
            return Understood(error=NOT_UNDERSTOOD)
        best, nearest = found[0], answers[:SHOWN]
        if best is not answers[0]:
            return Understood(error=NOT_UNDERSTOOD) if self._sure(found, text) else _back(nearest)
        if (
            self._sure(found, text)
            and (ideas > 1 or best.share >= _SURE_OF_LITTLE or not strange)
            and strange < ideas + _STRANGE
        ):
            return Understood(value=[match.id for match in nearest if match is best or match.share >= _BESIDE])
        return _back(nearest)

    def elsewhere(self, text: str, *, sure: bool = False) -> str | None:
        """The key of what is said on the topic that ``text`` asks about and nothing is held on, if it is nearer than any
        answer (``sure``: clearly so); else None."""
        found = self.ranked(text)
        if not found or found[0].id in self._answers or (sure and not self._sure(found, text)):
            return None
        return found[0].id

    def urgent(self, text: str) -> str | None:
        """The key of what is said on an urgent topic, if nothing is nearer to ``text`` than that; else None.

        Rather once too often than not at all, but not to a name or a word or two.
        """
        if len(text.split()) <= _FEW:
            return None
        found = self.ranked(text)[:1]
        urgent = {f"{ELSEWHERE}.{topic}" for topic in urgent_topics()}
        return next((match.id for match in found if match.id in urgent and match.share >= _URGENT), None)

    def ranked(self, text: str) -> list[Match]:
        """Every answer and topic with how well it fits, best first; empty where the text has nothing that is known."""
        if (
            text != self._latest[0]
        ):  # one text is weighed as urgent, as a question and as off the subject, one after another
            self._latest = (text, self._weigh(text))
        return self._latest[1]

    def _weigh(self, text: str) -> list[Match]:
        asked, aside = self._read(text)
        weights, wordings = self._judges
        known = {name: weight for name, weight in asked.items() if name in weights.common}
        wording = wordings.scores(text)
        if not known and not any(wording.values()):
            return []
        near = weights.nearest(known)
        scores = {
            one: _IDEAS * ideas + _NEAREST * near.get(one, 0.0) + _WORDING * wording[one]
            for one, ideas in weights.scores(known, aside)
        }
        highest = max(scores.values())
        parts = {one: math.exp(score - highest) for one, score in scores.items()}
        whole = sum(parts.values())
        found = [Match(one, part / whole, near.get(one, 0.0)) for one, part in parts.items()]
        return sorted(found, key=lambda match: -match.share)

    def _sure(self, found: Sequence[Match], text: str) -> bool:
        """Whether the best is meant beyond doubt; topics that nothing is held on count as one."""
        share = found[0].share
        if found[0].id not in self._answers:
            share = sum(match.share for match in found if match.id not in self._answers)
        return share >= (_SURE_OF_LITTLE if text.isascii() and len(text.split()) <= _FEW else _SURE)

    def _substance(self, text: str) -> tuple[int, int]:
        """How many ideas a text holds, and how many words that no phrasing has: one idea among strange words is too thin."""
        features = self._ideas.of(text, typed=True)
        known = self._judges[0].common
        ideas = sum(1 for name, weight in features.items() if weight == IDEA and name in known)
        return ideas, sum(1 for name in features if name[0] != "@" and name.isascii() and name not in known)

    @cached_property
    def _ideas(self) -> Ideas:
        return self._given_ideas or known_ideas()

    @cached_property
    def _judges(self) -> tuple[Weights, Wordings]:
        phrasings = list(self._phrasings())
        return (
            Weights([(one, self._ideas.of(text, (language,))) for one, language, text in phrasings]),
            Wordings((one, text) for one, _, text in phrasings),
        )

    def _phrasings(self) -> Iterable[tuple[str, str, str]]:
        """Every way of asking: id of the answer or topic, language, text."""
        ways: dict[str, Mapping[str, tuple[str, ...]]] = {one.id: one.phrasings for one in self._answers.values()}
        ways |= {f"{ELSEWHERE}.{topic}": phrasings for topic, phrasings in self._topics.items()}
        return ((one, language, text) for one, by in ways.items() for language, texts in by.items() for text in texts)

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


def _back(nearest: Sequence[Match]) -> Understood:
    return Understood(ask_back=tuple(match.id for match in nearest))


def looks_like_question(text: str) -> bool:
    """Whether a text asks something rather than states a fact: a question mark, or a word that opens questions."""
    if _ASKING_MARK.search(text.strip()):
        return True
    return known_ideas().opens_question(text)


def understand_ask(text: str, index: AskIndex) -> Understood:
    """What a free question asks for: ids of answers best first, or three to ask back, or an error."""
    return index.best(text)
