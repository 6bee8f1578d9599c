"""Reads a typed job: which NOC unit groups it means. Where the groups could be answered differently, it asks back."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from flows.facts.occupation import Occupations
from flows.understanding.occupation_index import Match, OccupationIndex
from flows.understanding.occupation_words import PARTED, Said, said_in
from flows.understanding.result import Understood
from flows.understanding.terms import UNKNOWN, says_dont_know
from flows.understanding.tokens import tokens_of, words_of

NOT_UNDERSTOOD = "understand.occupation.not_understood"
NO_SUCH_CODE = "understand.occupation.no_such_code"

_MOST_CHOICES = 6
_LONGEST_ANSWER = 300  # letters; a job is said within the first lines
_MOST_WORDS_SPELT = 15  # in a longer answer no word is taken for a misspelt one
_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_OLD_CODE = re.compile(r"\bnoc(?: ?code)?[ :#-]*\d{4}(?!\d)", re.IGNORECASE)
_COUNT_AS_A_WHOLE = frozenset("0145")  # TEER levels; of 2 and 3 some groups may count where others do not


def understand_occupation(text: str, occupations: Occupations) -> Understood:
    """Which unit groups a typed job means, as NOC codes.

    ``value`` is a list of codes, best first, when the job is clear: one group, or several of one minor group whose
    TEER is always answered alike. It is ``"unknown"`` for "I don't know" or "any job". ``ask_back`` holds at most six
    codes: when a name fits groups that may be answered differently, when two jobs are named, and when a word was
    guessed or changes a job in a way that no name tells. Error ``understand.occupation.no_such_code`` for five digits
    that are no NOC 2021 code (or four of an older one), else ``understand.occupation.not_understood``.
    """
    text = text[:_LONGEST_ANSWER]
    codes = [code for code in dict.fromkeys(_CODE.findall(text)) if code in occupations.by_noc]
    if codes:
        return Understood(value=codes) if len(codes) == 1 else Understood(ask_back=tuple(codes[:_MOST_CHOICES]))
    if _OLD_CODE.search(text):
        return Understood(error=NO_SUCH_CODE)
    reader = _reader_of(occupations)
    if words_of(text) in reader.open_answers:
        return Understood(value=UNKNOWN)
    understood = reader.whole(text)
    if understood is None and says_dont_know(tokens_of(text)):
        return Understood(value=UNKNOWN)
    understood = understood or reader.read(text)
    return Understood(error=NO_SUCH_CODE) if understood.error and _CODE.search(text) else understood


class _Reader:
    """What is needed to read answers, made once for a set of occupations."""

    def __init__(self, occupations: Occupations) -> None:
        talk = occupations.talk
        self.index = OccupationIndex(occupations)
        self.open_answers = frozenset(words_of(phrase) for phrase in talk.unknown)
        self._fillers = _by_first_word(talk.fillers)
        self._articles = _single_words(talk.articles)
        self._joins = _single_words(talk.joins)
        self._places = _single_words(talk.places)
        self._places_with_article = _single_words(talk.places_with_article)

    def whole(self, text: str) -> Understood | None:
        """The job when the text is a name or an official title and nothing more; else None."""
        words = self.index.words(text)
        whole = self.index.whole(words) if words else None
        return None if whole is None else _answer(whole.groups, clear=True)

    def read(self, text: str) -> Understood:
        """The job in the text: exact words first, then misspelt ones, and names that resemble it last."""
        said = said_in(text, self._articles)
        plain = self._reading(said, typos=False)
        if plain is not None and plain[1]:
            return _answer(*plain)
        loose = self._reading(said, typos=len(said.words) <= _MOST_WORDS_SPELT)
        if loose is not None:
            return _answer(*loose)
        return _answer(self._nearest(said), clear=False)

    def _reading(self, said: Said, *, typos: bool) -> tuple[tuple[str, ...], bool] | None:
        """The groups meant, and whether nothing remains open; None if no name stands in the words."""
        filling = self._filling(said)
        matches = self.index.find(said.words, typos=typos)
        telling = [match for match in matches if not filling.issuperset(range(match.start, match.end))]
        matches = telling or [match for match in matches if match.words == said.words[match.start : match.end]]
        if not matches:
            return None
        heads, tails = self._heads_and_tails(said, matches, filling)
        clear = all(match.sure for match in heads) and self._parted(said, heads)
        suggested: list[str] = []
        covered = {place for tail in tails for place in tail}
        settled: list[Match] = []
        for match, tail in zip(heads, tails, strict=True):
            turned, taken = self._turned_round(said, match, tail or self._directly_after(said, match.end, filling))
            settled.append(turned)
            covered.update(range(match.start, match.end), taken)
            for place in set(tail).difference(taken):
                told_apart = self.index.with_all((*match.words, said.words[place]))
                if not set(told_apart) <= set(turned.groups):
                    suggested += told_apart
                    clear = False
        groups = _together([match.groups for match in settled])
        left = [place for place, word in enumerate(said.words) if word and place not in covered | filling]
        if any(not self._beside(said, place, covered) for place in left):
            clear = False
            words = [*settled[0].words, *(said.words[place] for place in left)]
            suggested = [*self.index.with_all(words), *suggested, *self._nearest(said)]
        return (*suggested, *groups), clear

    def _beside(self, said: Said, place: int, covered: set[int]) -> bool:
        """Whether a word stands in a part of the answer that names no job and looks like none ("nurse, County Cork")."""
        part = said.part_around(place)
        if not covered.isdisjoint(part) or len(said.words) > _MOST_WORDS_SPELT:
            return False
        return not any(self.index.resembles_any(said.words[other]) for other in part)

    def _heads_and_tails(
        self, said: Said, matches: Sequence[Match], filling: frozenset[int]
    ) -> tuple[list[Match], list[list[int]]]:
        """The jobs, and for each the places of the words that say where or for whom ("in a hotel", "for Amazon").

        A job named inside such words ("driver for a chef") is where, not what.
        """
        heads: list[Match] = []
        tails: list[list[int]] = []
        by_start = {match.start: match for match in matches}
        place, inside = 0, False
        while place < len(said.words):
            if not inside and place in by_start:
                heads.append(by_start[place])
                tails.append([])
                place = heads[-1].end
                continue
            if said.words[place] == PARTED or said.words[place] in self._joins:
                inside = False
            elif heads and self._leads_to_a_place(said, place):
                inside = True
            elif inside and place not in filling:
                tails[-1].append(place)
            place += 1
        return heads, tails

    def _leads_to_a_place(self, said: Said, place: int) -> bool:
        word = said.words[place]
        if place in said.bound or place + 1 in said.bound:
            return False
        return word in self._places or (word in self._places_with_article and place + 1 in said.after_article)

    def _parted(self, said: Said, heads: Sequence[Match]) -> bool:
        """Whether several jobs are told apart by a mark or "and": "bar manager assistant" is not three jobs."""
        return all(
            any(said.words[place] == PARTED or said.words[place] in self._joins for place in range(one.end, two.start))
            for one, two in pairwise(heads)
        )

    def _turned_round(self, said: Said, match: Match, after: Sequence[int]) -> tuple[Match, Sequence[int]]:
        """The longer name that a job and the words after it make together: "manager of a restaurant", "I drive trucks"."""
        for count in range(min(3, len(after)), 0, -1):
            whole = self.index.whole([*(said.words[place] for place in after[:count]), *match.words])
            if whole is not None:
                return whole._replace(sure=match.sure), after[:count]
        return match, ()

    def _directly_after(self, said: Said, place: int, filling: frozenset[int]) -> list[int]:
        after: list[int] = []
        while place < len(said.words) and said.words[place] != PARTED and said.words[place] not in self._joins:
            if place not in filling:
                after.append(place)
            place += 1
        return after

    def _nearest(self, said: Said) -> tuple[str, ...]:
        filling = self._filling(said)
        telling = [word for place, word in enumerate(said.words) if word and place not in filling]
        return self.index.nearest(telling[:_MOST_WORDS_SPELT], _MOST_CHOICES)

    def _filling(self, said: Said) -> frozenset[int]:
        """The places of words that say nothing about the job; a part of a hyphenated word always says something."""
        words = said.words
        places: set[int] = set()
        for place, word in enumerate(words):
            for phrase in self._fillers.get(word, ()):
                end = place + len(phrase)
                if words[place:end] == phrase and said.whole(place, end):
                    places.update(range(place, end))
            small = word in self._joins or word in self._places or word in self._places_with_article or word.isdigit()
            if small and said.whole(place, place + 1):
                places.add(place)
        return frozenset(places)


def _answer(groups: Sequence[str], clear: bool) -> Understood:
    groups = tuple(dict.fromkeys(groups))
    if not groups:
        return Understood(error=NOT_UNDERSTOOD)
    if clear and _answered_alike(groups):
        return Understood(value=list(groups))
    return Understood(ask_back=groups[:_MOST_CHOICES])


def _answered_alike(groups: Sequence[str]) -> bool:
    """Whether it makes no difference which of the groups it is: one minor group, at a TEER that is judged as a whole."""
    return len(groups) == 1 or (len({group[:4] for group in groups}) == 1 and groups[0][1] in _COUNT_AS_A_WHOLE)


def _together(meanings: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What several names in one answer mean: what they have in common ("nurse, RN"), or each of them."""
    shared = tuple(group for group in meanings[0] if all(group in other for other in meanings))
    return shared or tuple(group for meaning in meanings for group in meaning)


def _single_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in words_of(phrase))


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in map(words_of, phrases):
        found.setdefault(words[0], []).append(words)
    return found


_latest: tuple[Occupations, _Reader] | None = None


def _reader_of(occupations: Occupations) -> _Reader:
    """The reader for these occupations. The latest one is kept: there is one set of occupations while the bot runs."""
    global _latest
    if _latest is None or _latest[0] is not occupations:
        _latest = (occupations, _Reader(occupations))
    return _latest[1]
