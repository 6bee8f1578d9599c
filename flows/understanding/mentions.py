"""A sentence about countries as a row of items: countries, words that say something of them, marks, and the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.understanding.phrases import Found
from flows.understanding.places import (
    Place,
    PlaceKind,
    citizens_of_code,
    code_of,
    country_phrases,
    country_spelling,
    flag_of,
    region_phrases,
    town_phrases,
)
from flows.understanding.terms import Term, fillers, fitting, languages_of, negations, terms_of
from flows.understanding.tokens import Kind, Token

_GUESSES = 5  # misspelt words looked up in one text; a text with more is no list of countries


@dataclass(frozen=True, slots=True)
class Mention:
    """A country named: where it lies, which citizenships it can mean, and whether that is certain; ``short`` for a word
    so short that it may be another one."""

    start: int
    end: int
    kind: PlaceKind
    codes: tuple[str, ...]
    citizens_of: tuple[str, ...]
    sure: bool = True
    short: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item: a ``mention``; or the ``groups`` of words it belongs to; or a ``mark``; none of them is a word of no
    known use, unless ``plain``."""

    start: int
    end: int
    mention: Mention | None = None
    groups: frozenset[str] = frozenset()
    mark: str = ""
    plain: bool = False

    @property
    def unknown(self) -> bool:
        """Whether nothing is known of it."""
        return not (self.mention or self.groups or self.mark or self.plain)


def items_of(tokens: Sequence[Token], *files: str, towns: bool = False) -> list[Item]:
    """The items of a text; ``files`` name the content with the groups of words that matter to the question."""
    return _Scan(tokens, files, towns).items()


class _Scan:
    def __init__(self, tokens: Sequence[Token], files: tuple[str, ...], towns: bool) -> None:
        self._tokens = tokens
        self._cues = terms_of(*files)
        self._towns = towns
        self._words = [token for token in tokens if token.kind is Kind.WORD]
        self._only_codes = self._made_of_codes()
        self._shouted = all(token.capitals for token in self._words) and not self._only_codes
        self._languages = languages_of(tokens, self._cues, country_phrases())
        self._guesses = 0
        self._guessed_at: set[int] = set()
        self._doubted: set[int] = set()

    def items(self) -> list[Item]:
        found: list[Item] = []
        place = 0
        while place < len(self._tokens):
            item = self._item(place)
            if item.unknown and (guessed := self._guessed(place, found)) is not None:
                item = guessed
                if found and item.start < place:
                    found.pop()
            found.append(item)
            place = item.end
        if any(item.mention and item.start not in self._guessed_at for item in found):
            # Beside a country that is spelt right, a word that only resembles one is some other word.
            return [item if item.start not in self._doubted else Item(item.start, item.end) for item in found]
        return found

    def _made_of_codes(self) -> bool:
        joining = {token.text for token in self._words if self._is_joining(token)}
        others = [token for token in self._words if token.text not in joining]
        return bool(others) and all(code_of(token) for token in others)

    def _is_joining(self, token: Token) -> bool:
        found = self._cues.at([token], 0)
        return bool(found and any(term.group == "joining" for term in found.meanings)) and not token.capitals

    def _item(self, place: int) -> Item:
        token = self._tokens[place]
        if token.kind is Kind.MARK:
            return Item(place, place + 1, mark=token.text)
        if token.kind is Kind.NUMBER:
            return Item(place, place + 1, plain=True)
        if token.kind is Kind.FLAG:
            code = flag_of(token)
            return self._code_item(place, code, PlaceKind.CODE) if code else Item(place, place + 1)
        country = self._country(place)
        cue: Found[Term] | None = self._cues.at(self._tokens, place)
        filler: Found[Term] | None = fillers().at(self._tokens, place)
        longest = max((found.end for found in (cue, filler) if found), default=0)
        by_code = self._by_code(place, bool(cue), bool(filler))
        if by_code is not None and (country is None or country.short):
            return by_code
        # A word that is also a small word (man, fin, est) is a country only where nothing else is said.
        if country is not None and (country.end > longest or (country.end == longest and self._alone(country))):
            return Item(country.start, country.end, country)
        if by_code is not None:
            return by_code
        region = region_phrases().at(self._tokens, place)
        if region is not None and region.end >= longest:
            return Item(place, region.end, groups=frozenset({"region"}))
        if cue is not None and cue.end >= longest:
            meanings = fitting(cue.meanings, self._languages)
            if (
                not meanings
                and filler is not None
                and filler.end == cue.end
                and fitting(filler.meanings, self._languages)
            ):
                return Item(place, filler.end, plain=True)  # a small word of this language, a cue only in another
            return Item(place, cue.end, groups=frozenset(term.group for term in meanings or cue.meanings))
        if filler is not None:
            return Item(place, filler.end, plain=True)
        return Item(place, place + 1)

    def _country(self, place: int) -> Mention | None:
        found: Found[Place] | None = country_phrases().at(self._tokens, place)
        if self._towns:
            town = town_phrases().at(self._tokens, place)
            if town and (found is None or town.end > found.end):
                found = town
        if found is None:
            return None
        alone = found.end - found.start >= len(self._words)
        meanings = [meaning for meaning in found.meanings if alone or self._fits(meaning)]
        short = all(meaning.short for meaning in meanings)
        if len({meaning.code for meaning in meanings}) > 1:
            meanings = [each for each in meanings if each.language in {"", *self._languages}] or meanings
        if not meanings:
            return None
        codes = tuple(dict.fromkeys(meaning.code for meaning in meanings))
        citizens_of = tuple(dict.fromkeys(code for meaning in meanings for code in meaning.citizens_of))
        kinds = {meaning.kind for meaning in meanings}
        kind = PlaceKind.NAME if PlaceKind.NAME in kinds else next(iter(kinds))
        sure = all(code in citizens_of for code in codes)
        return Mention(found.start, found.end, kind, codes, citizens_of, sure, short)

    def _alone(self, mention: Mention) -> bool:
        return mention.end - mention.start >= len(self._words)

    def _fits(self, meaning: Place) -> bool:
        return not meaning.short or meaning.language in self._languages

    def _by_code(self, place: int, cue: bool, filler: bool) -> Item | None:
        """A country's code: in capitals inside a sentence, or the whole answer made of codes."""
        token = self._tokens[place]
        code = code_of(token)
        if code is None or self._is_joining(token):
            return None
        if self._only_codes:
            return self._code_item(
                place, code, PlaceKind.CODE, sure=token.capitals or (not filler and len(token.text) == 2)
            )
        if cue or self._shouted:
            return None
        if token.capitals:
            # A word such as IT, NO or AM in capitals may be a code or may be stressed.
            if filler and code != "US":
                return Item(place, place + 1)
            # Three capitals inside a sentence are often something else: ITA is also an invitation.
            return self._code_item(place, code, PlaceKind.CODE, sure=len(token.text) == 2)
        word = filler or len(token.text) != 2 or negations().at(self._tokens, place) is not None
        return None if word else self._code_item(place, code, PlaceKind.CODE, sure=False)

    def _code_item(self, place: int, code: str, kind: PlaceKind, sure: bool = True) -> Item:
        citizens_of = citizens_of_code(code)
        mention = Mention(place, place + 1, kind, (code,), citizens_of, sure and code in citizens_of)
        return Item(place, place + 1, mention)

    def _guessed(self, place: int, before: list[Item]) -> Item | None:
        """A misspelt country at a word of no known use, together with its neighbour where that makes one name."""
        token = self._tokens[place]
        if token.kind is not Kind.WORD or not token.text.isalpha() or self._guesses >= _GUESSES:
            return None
        self._guesses += 1
        spans = [(place, place + 1)]
        if place + 1 < len(self._tokens) and self._tokens[place + 1].kind is Kind.WORD:
            spans.insert(0, (place, place + 2))
        if (
            before
            and before[-1].end == place
            and (before[-1].mention or before[-1].unknown)
            and before[-1].end - before[-1].start == 1
        ):
            spans.insert(0, (place - 1, place + 1))
        for start, end in spans:
            guess = country_spelling().guess(" ".join(token.text for token in self._tokens[start:end]))
            exact = before[-1].mention if start < place and before else None
            if guess is not None and exact is not None and guess.meanings != exact.codes:
                continue  # the word before is a country as it stands, and another one
            if guess is not None and (guess.sure or end - start == 1):
                citizens_of = tuple(dict.fromkeys(c for code in guess.meanings for c in citizens_of_code(code)))
                sure = guess.sure and guess.meanings == citizens_of
                self._guessed_at.add(start)
                if not guess.sure:
                    self._doubted.add(start)
                mention = Mention(start, end, PlaceKind.NAME, guess.meanings, citizens_of, sure)
                return Item(start, end, mention)
        return None
