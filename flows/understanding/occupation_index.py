"""Finds the names of occupations in tokens: a tree of all names and titles, with the forms that people give to words."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flows.facts.occupation import Occupations
from flows.understanding.occupation_words import PARTED, forms_of
from flows.understanding.tokens import words_of

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_SUBJECT = "i"  # "I clean", "I drive trucks": only here does the bare verb stand for who does it
_TYPO_SHORTEST, _TYPO_LONGEST = 4, 30
_FIRST_LETTER_MAY_BE_WRONG = 6
_UNKNOWN_WEIGHT = 4.0  # of a word that stands in no name; as much as one that stands in every fiftieth
_VOWELS = frozenset("aeiouy")
_NAME = 0  # how far a match is from the name as it is written: as it is, in another form or an official title, misspelt
_FORM = 1
_SURE_TYPO = 2
_TYPO = 3


class Match(NamedTuple):
    """Names found in the words ``start`` up to but not including ``end``: how they are written, and the groups they mean,
    likeliest first. ``sure`` is false when a word had to be taken for another one that only might have been meant."""

    start: int
    end: int
    words: tuple[str, ...]
    groups: tuple[str, ...]
    sure: bool


@dataclass(slots=True)
class _Node:
    following: dict[str, "_Node"] = field(default_factory=dict)
    name: tuple[str, ...] = ()
    title: tuple[str, ...] = ()


class _Step(NamedTuple):
    """A word that the text may hold at one place: how many tokens it takes and how far it is from what was typed."""

    word: str
    tokens: int
    distance: int


class _Found(NamedTuple):
    distance: int
    words: tuple[str, ...]
    groups: tuple[str, ...]


class OccupationIndex:
    """All names, ready for looking up. Building it takes a moment, so it is made once for a set of occupations."""

    def __init__(self, occupations: Occupations) -> None:
        talk = occupations.talk
        self._articles = frozenset(word for article in talk.articles for word in words_of(article))
        self._small = self._articles.union(word for small in (*talk.places, *talk.joins) for word in words_of(small))
        self._short = talk.short
        self._root = _Node()
        self._names: list[tuple[frozenset[str], tuple[str, ...]]] = []
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        self._vocabulary: set[str] = set()
        for occupation in occupations.occupations:
            self._enter(occupation.title, (occupation.noc,), title=True)
            for name in occupation.names:
                self._enter(name, (occupation.noc,))
        for shared in occupations.several:
            for name in shared.names:
                self._enter(name, shared.groups)
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(self._vocabulary):
            self._by_length[len(word)].append(word)

    def words(self, text: str) -> tuple[str, ...]:
        """A text's words without articles, which names are compared without; all of them if it has nothing else."""
        words = words_of(text)
        return tuple(word for word in words if word not in self._articles) or words

    def _enter(self, name: str, groups: tuple[str, ...], *, title: bool = False) -> None:
        words = self.words(name)
        self._having_name(words, groups)
        spellings = {words, ("".join(words),)}
        if "-" in name or "'" in name:
            spellings.add(self.words(name.replace("-", "").replace("'", "")))
        if not name.isascii():
            spellings.add(self.words(name.translate(_UMLAUTS)))
        for spelling in spellings:
            node = self._root
            for word in spelling:
                node = node.following.setdefault(word, _Node())
            self._vocabulary.update(spelling)
            meant = node.title if title else node.name
            meant += tuple(group for group in groups if group not in meant)
            if title:
                node.title = meant
            else:
                node.name = meant

    def _having_name(self, words: Sequence[str], groups: tuple[str, ...]) -> None:
        for word in set(words):
            self._having[word].append(len(self._names))
        self._names.append((frozenset(words), groups))

    def whole(self, words: Sequence[str]) -> Match | None:
        """What the words mean as one name from the first to the last, misspelt or not."""
        found = [match for match in self.find(words) if match.start == 0 and match.end == len(words)]
        return found[0] if found else None

    def find(self, words: Sequence[str], *, typos: bool = False) -> list[Match]:
        """Every name that is not inside a longer one, from left to right; with ``typos`` misspelt ones as well.

        No name reaches across PARTED.
        """
        steps = [list(self._steps(words, place, typos)) for place in range(len(words))]
        spans: dict[tuple[int, int], _Found] = {}
        for start in range(len(words)):
            for end, found in self._walk(self._root, steps, start, _Found(_NAME, (), ())):
                known = spans.get((start, end))
                if known is None or found.distance < known.distance:
                    spans[start, end] = found
                elif found.distance == known.distance:
                    spans[start, end] = known._replace(groups=(*known.groups, *found.groups))
        outer = [
            (start, end)
            for start, end in spans
            if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in spans)
        ]
        return [
            Match(*span, found.words, tuple(dict.fromkeys(found.groups)), found.distance < _TYPO)
            for span in sorted(outer)
            for found in (spans[span],)
        ]

    def _walk(
        self, node: _Node, steps: Sequence[Sequence[_Step]], place: int, so_far: _Found
    ) -> Iterator[tuple[int, _Found]]:
        if node.name:
            yield place, so_far._replace(groups=node.name)
        if node.title:
            yield place, so_far._replace(groups=node.title, distance=max(so_far.distance, _FORM))
        if place < len(steps):
            for step in steps[place]:
                following = node.following.get(step.word)
                if following is not None:
                    further = _Found(max(so_far.distance, step.distance), (*so_far.words, step.word), ())
                    yield from self._walk(following, steps, place + step.tokens, further)

    def _steps(self, words: Sequence[str], place: int, typos: bool) -> Iterator[_Step]:
        word = words[place]
        if word == PARTED:
            return
        yield _Step(word, 1, _NAME)
        for count in (2, 3):
            parts = words[place : place + count]
            if len(parts) < count or any(len(part) < 2 or part in self._small for part in parts):
                break
            if "".join(parts) in self._vocabulary:
                yield _Step("".join(parts), count, _FORM)
        known = word in self._vocabulary
        for form in self._forms(word, after_subject=place > 0 and words[place - 1] == _SUBJECT):
            if form in self._vocabulary:
                known = True
                yield _Step(form, 1, _FORM)
        if typos and not known:
            yield from self._corrections(word)

    def _forms(self, word: str, *, after_subject: bool = False) -> Iterator[str]:
        yield from self._short.get(word, ())
        yield from forms_of(word, after_subject=after_subject)

    def _corrections(self, word: str) -> Iterator[_Step]:
        """Known words one letter away (two in long words), and whether such a slip can be taken for certain.

        It can when the first letter is right and, in a word of seven letters or more, one letter is missing, too many,
        swapped with its neighbour, or a vowel taken for another. Any other letter too often makes another real job.
        """
        if not _TYPO_SHORTEST <= len(word) <= _TYPO_LONGEST:
            return
        reach = 1 if len(word) < 8 else 2
        like_it = [
            other for length in range(len(word) - reach, len(word) + reach + 1) for other in self._by_length[length]
        ]
        for near, letters, _ in process.extract(word, like_it, scorer=OSA.distance, score_cutoff=reach, limit=5):
            if len(word) < _FIRST_LETTER_MAY_BE_WRONG and near[0] != word[0]:
                continue
            sure = letters == 1 and len(word) >= 7 and near[0] == word[0] and _slip(word, near)
            yield _Step(near, 1, _SURE_TYPO if sure else _TYPO)

    def resembles_any(self, word: str) -> bool:
        """Whether the word, a form of it, or a word that it may be a slip for stands in any name."""
        return any(form in self._having for form in (word, *self._forms(word))) or any(self._corrections(word))

    def with_all(self, words: Iterable[str]) -> tuple[str, ...]:
        """The groups of the names that hold all of these words, or forms of them; shorter names first."""
        found: set[int] | None = None
        for word in words:
            having = {name for form in (word, *self._forms(word)) for name in self._having.get(form, ())}
            found = having if found is None else found & having
        ordered = sorted(found or (), key=lambda name: len(self._names[name][0]))
        return tuple(dict.fromkeys(group for name in ordered for group in self._names[name][1]))

    def nearest(self, words: Iterable[str], limit: int) -> tuple[str, ...]:
        """Groups of names that share telling words with these: more than half of what is said, by rarity of the words."""
        weights = {heard: weight for word in words for heard, weight in self._heard(word)}
        scores: defaultdict[int, float] = defaultdict(float)
        for word, weight in weights.items():
            for name in self._having.get(word, ()):
                scores[name] += weight
        said = sum(weights.values())
        ranked = []
        for name, shared in scores.items():
            closeness = 2 * shared / (said + sum(self._weight(word) for word in self._names[name][0]))
            if closeness > 0.5:
                ranked.append((-closeness, name))
        groups = dict.fromkeys(group for _, name in sorted(ranked) for group in self._names[name][1])
        return tuple(groups)[:limit]

    def _heard(self, word: str) -> list[tuple[str, float]]:
        """The listed words that a typed one stands for, with what they tell; itself, telling little, if there is none."""
        for form in (word, *self._forms(word)):
            if form in self._having:
                return [(form, self._weight(form))]
        near = [step.word for step in self._corrections(word) if step.word in self._having] if len(word) > 5 else []
        return [(form, 0.8 * self._weight(form)) for form in near[:2]] or [(word, _UNKNOWN_WEIGHT)]

    def _weight(self, word: str) -> float:
        return math.log(len(self._names) / len(self._having[word]))


def _slip(word: str, near: str) -> bool:
    """Whether two words that differ by one letter differ by a slip of the fingers or by a vowel."""
    if len(word) != len(near):
        return True
    differing = [pair for pair in zip(word, near, strict=True) if pair[0] != pair[1]]
    return len(differing) == 2 or set(differing[0]) <= _VOWELS
