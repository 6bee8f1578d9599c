"""What the words around a country say of it: held, lived in, a parent's, denied, hoped for, or not clear."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from flows.understanding.mentions import Item, Mention, items_of
from flows.understanding.places import PlaceKind, country_phrases
from flows.understanding.terms import denies, languages_of, negations, terms_of
from flows.understanding.tokens import Kind, Token

_STOPS = frozenset(';.!?()"')
_STRINGING = frozenset("-/&+")
_NEAR = 3  # words behind "born" among which a date begins: born on the 3rd


class Standing(StrEnum):
    """The values are the groups of words in ``citizenships.yaml`` that bring it about."""

    HELD = "held"
    RESIDENCE = "residence"
    ELSEWHERE = "elsewhere"
    LANGUAGE = "language"
    STATUS = "status"
    ORIGIN = "origin"
    KIN = "kin"
    OTHERS = "others"
    LATER = "later"
    PAST = "past"
    DENIED = "denied"
    UNCLEAR = "unclear"


_LOCAL = frozenset({Standing.RESIDENCE, Standing.ELSEWHERE, Standing.LANGUAGE, Standing.STATUS, Standing.ORIGIN})
_FIRM = frozenset({Standing.KIN, Standing.OTHERS, Standing.LATER, Standing.PAST, Standing.DENIED})
# Groups that also say something of the country just named: "Irish passport", "Chilean mum", "US visa".
_AFTERWARDS = (Standing.KIN, Standing.OTHERS, Standing.STATUS, Standing.LANGUAGE, Standing.HELD)
_ORDER = (
    Standing.KIN, Standing.OTHERS, Standing.PAST, Standing.LATER, Standing.STATUS, Standing.LANGUAGE, Standing.ELSEWHERE,
    Standing.RESIDENCE, Standing.ORIGIN, Standing.HELD,
)  # fmt: skip


@dataclass(slots=True)
class Reading:
    """Each mention's standing, how many words are of no known use, and whether the countries' row itself is in doubt."""

    standings: list[tuple[Mention, Standing]] = field(default_factory=list)
    unknown_words: int = 0
    doubtful: bool = False
    stateless: bool = False
    region: bool = False

    def those(self, *wanted: Standing) -> list[Mention]:
        """The mentions that stand so."""
        return [mention for mention, standing in self.standings if standing in wanted]


def read_standings(tokens: Sequence[Token], *files: str, towns: bool = False) -> Reading:
    """Walk through a text; ``files`` add groups of words to those of citizenships."""
    return _Walk(items_of(tokens, "citizenships", *files, towns=towns), tokens).reading


class _Walk:
    def __init__(self, items: list[Item], tokens: Sequence[Token]) -> None:
        self._items = items
        self._tokens = tokens
        self._mode = Standing.HELD
        self._chain: list[int] = []  # places in reading.standings of the countries just named in a row
        self._bracketed = False  # whether a bracket has just opened behind a country
        self._apart = True  # whether something stands between the last country and the next
        self._with = False  # whether "with" has just stood behind a country
        self._languages = languages_of(tokens, terms_of("citizenships"), country_phrases())
        self._dual = any("dual" in item.groups for item in items)
        self._about_me = any("first_person" in item.groups for item in items)
        self.reading = Reading()
        for item in items:
            self._take(item)

    def _take(self, item: Item) -> None:
        if item.mention:
            self.reading.doubtful = self.reading.doubtful or self._with  # "a Turk with a German passport": one, or both
            self._country(item.mention)
            self._with = False
            return
        self._with = self._with and (item.plain or Standing.HELD.value in item.groups)  # "avec un passeport français"
        if "with" in item.groups:
            self._with = bool(self.reading.standings) and self._mode is Standing.HELD
            self._apart = True
        elif item.mark:
            self._mark(item.mark)
        elif self._negates(item):
            self._turn(Standing.DENIED)
        elif item.groups:
            self._bracketed = False
            self._cue(item)
        elif item.plain:
            self._apart = True
        else:
            self._bracketed = False
            self.reading.unknown_words += 1
            self._chain, self._apart = [], True

    def _negates(self, item: Item) -> bool:
        words = self._tokens[item.start : item.end]
        found = None if item.mark else negations().at(words, 0)
        whole = found is not None and found.end == len(words)
        return whole and denies(words, self._languages, terms_of("citizenships"))

    def _country(self, mention: Mention) -> None:
        standing = self._mode
        if mention.kind is PlaceKind.TOWN and standing is Standing.HELD:
            standing = Standing.RESIDENCE
        if mention.kind is PlaceKind.PEOPLE and standing in _LOCAL and standing is not Standing.LANGUAGE:
            standing = Standing.UNCLEAR if standing is Standing.ORIGIN else Standing.HELD
        standings = self.reading.standings
        if self._bracketed and standings and standings[-1][0].citizens_of != mention.citizens_of:
            self.reading.doubtful = True  # Chinese (Taiwan), Dominican (Dominica)
        self._bracketed = False
        if not self._apart and self._chain and not self._dual:
            last = standings[self._chain[-1]][0]
            # "French Canadian", "Irish-American": one people, rarely two passports.
            twice = last.citizens_of == mention.citizens_of or last.kind is PlaceKind.CODE
            self.reading.doubtful = self.reading.doubtful or not twice
        self._chain.append(len(self.reading.standings))
        self.reading.standings.append((mention, standing))
        self._apart = False

    def _mark(self, mark: str) -> None:
        if mark in _STRINGING:
            self._apart = self._apart or mark != "-"
            return
        if mark in _STOPS:
            bracketed = mark == "(" and not self._apart and bool(self._chain)
            self._turn(Standing.HELD)
            self._bracketed = bracketed
        elif mark == ",":
            self._chain, self._apart = [], True
            if self._mode in _LOCAL:
                self._mode = Standing.HELD
            elif self._mode in _FIRM:
                self._mode = Standing.UNCLEAR

    def _turn(self, mode: Standing) -> None:
        self._mode, self._chain, self._apart = mode, [], True

    def _cue(self, item: Item) -> None:
        groups = item.groups
        if "joining" in groups or "dual" in groups:
            self._apart = True
            return
        if "half" in groups or ("either" in groups and self._mode is not Standing.DENIED):
            self.reading.doubtful, self._apart = True, True
            return
        if "stateless" in groups:
            self.reading.stateless = True
            return
        if "region" in groups:
            self.reading.region = True
            return
        if "birth" in groups and self._chain:
            if not self._dated(item):
                self._afterwards(Standing.UNCLEAR)
            return
        named = [
            standing
            for standing in _ORDER
            if standing.value in groups or (standing is Standing.ORIGIN and "birth" in groups)
        ]
        if self._chain and (after := next((s for s in named if s in _AFTERWARDS), None)) is not None:
            self._afterwards(after)
        elif "first_person" in groups or "turn" in groups or ("third_person" in groups and not self._about_me):
            self._turn(Standing.HELD)
            return
        elif "third_person" in groups:
            self._turn(Standing.OTHERS)
        elif named and not (named[0] is Standing.HELD and self._mode in _FIRM):
            self._turn(named[0])
        self._apart = True

    def _dated(self, item: Item) -> bool:
        """Whether a day or a year follows at once: "I'm French born 3 May 1997" tells when, and not where."""
        for token in self._tokens[item.end : item.end + _NEAR]:
            if token.kind is not Kind.WORD:
                return token.kind is Kind.NUMBER
        return False

    def _afterwards(self, standing: Standing) -> None:
        """Words that follow: they say it of the whole row of countries before them."""
        for place in self._chain:
            mention, before = self.reading.standings[place]
            if standing is Standing.HELD:
                after = before if before in _FIRM or before is Standing.UNCLEAR else Standing.HELD
            elif standing in (Standing.KIN, Standing.OTHERS):
                after = standing
            else:
                after = standing if before is Standing.HELD else before
            self.reading.standings[place] = (mention, after)
        if standing in (Standing.KIN, Standing.OTHERS):
            self._mode = standing
        self._chain = []
