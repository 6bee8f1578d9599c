"""Earlier stays in Canada with the programme, in a person's own words, as far as they were told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flows.dates import add_months
from flows.party import Category
from flows.understanding.choice import named_places, read_evidence
from flows.understanding.moment import Grain, Moment, Toward
from flows.understanding.moments import moments_in
from flows.understanding.result import Understood
from flows.understanding.standing import Standing, read_standings
from flows.understanding.terms import doubts, says_no, terms_of
from flows.understanding.tokens import Kind, Token, tokens_of

_ERROR = "understand.participations"
_CATEGORIES = tuple(category.value for category in Category)
_BREAKS = frozenset({";", "."})
_JOINING = frozenset({",", "+", "&", "and", "then", "et", "und", "y", "e", "en", "og", "i", "a"})
_AHEAD = 7  # so many words after an "and" can name the next category
_OLDEST = 40  # years

Stay = dict[str, Any]


@dataclass(slots=True)
class _Part:
    """What one part of the text tells: the categories possible, the passports and the times."""

    categories: tuple[str, ...] = ()
    citizenships: list[str] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    twice: bool = False


def understand_participations(text: str, today: date) -> Understood:
    """A list of stays, ``[]`` for never. A stay has ``category`` and, where told, ``citizenship``, ``started``, ``ended``.

    A year alone gives no day, so that such a stay has none; a month stands for its first day at the start of a stay and
    for its last at the end. Where the category is not told, all three are asked back. Errors: ``which`` (a yes without
    more), ``not_understood``.
    """
    tokens = tokens_of(text)
    parts = [_part(part, today) for part in _parts(tokens)]
    stays = [part for part in parts if part.categories]
    if not stays:
        return _without_category(tokens, parts)
    passports = {code for part in parts for code in part.citizenships}
    for part in stays:
        if not part.citizenships and len(passports) == 1:
            part.citizenships = list(passports)
    found: list[Stay] = []
    sure = not doubts().find(tokens) or any(part.moments for part in stays)
    for part in stays:
        stay = _stay(part, part.categories[0], today)
        sure = sure and len(part.categories) == 1 and stay is not None and len(part.citizenships) <= 1
        found += [stay or {"category": part.categories[0]}] * (2 if part.twice else 1)
    if sure:
        return Understood(value=found)
    return Understood(ask_back=tuple(_readings(stays, found, today)))


def _readings(stays: Sequence[_Part], found: list[Stay], today: date) -> list[list[Stay]]:
    if len(stays) == 1 and len(stays[0].categories) > 1:
        return [[_stay(stays[0], category, today) or {"category": category}] for category in stays[0].categories]
    return [found]


def _without_category(tokens: Sequence[Token], parts: Sequence[_Part]) -> Understood:
    never = any(term.group == "never" for found in terms_of("participations").find(tokens) for term in found.meanings)
    told = any(part.moments or part.twice for part in parts)
    if (never or says_no(tokens)) and not told:
        return Understood(value=[])
    if told:
        part = next(part for part in parts if part.moments or part.twice)
        stays = [{"category": category} | _passport(part) for category in _CATEGORIES]
        return Understood(ask_back=tuple([stay] for stay in stays))
    return Understood(error=f"{_ERROR}.{'which' if _says_some(tokens) else 'not_understood'}")


def _says_some(tokens: Sequence[Token]) -> bool:
    return any(token.text in ("yes", "once", "oui", "ja", "si", "sim", "はい", "네", "有") for token in tokens)


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    """The text parted where a new stay begins: at a stop, or at an "and" between two categories."""
    named = named_places("permit_kind", tokens)
    parts: list[list[Token]] = [[]]
    start = 0
    for place, token in enumerate(tokens):
        stop = token.kind is Kind.MARK and token.text in _BREAKS
        joins = token.text in _JOINING
        between = any(start <= each < place for each in named) and any(place < each <= place + _AHEAD for each in named)
        if stop or (joins and between):
            parts.append([])
            start = place + 1
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _categories(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The categories that the words can mean; that it is over ("I had a ...") is no doubt here."""
    evidence = read_evidence("permit_kind", tokens)
    named = {*evidence.named, *evidence.doubted} - evidence.denied
    if not named:
        named = {choice for choices in evidence.several for choice in choices}
    return tuple(category for category in _CATEGORIES if category in named)


def _part(tokens: Sequence[Token], today: date) -> _Part:
    held = read_standings(tokens).those(Standing.HELD)
    citizenships = sorted({code for mention in held if mention.sure for code in mention.citizens_of if code != "CA"})
    moments = [
        moment
        for moment in moments_in(tokens, today, Toward.PAST)
        if moment.grain in (Grain.DAY, Grain.MONTH, Grain.PERIOD) and moment.spans
    ]
    twice = any(term.group == "twice" for found in terms_of("participations").find(tokens) for term in found.meanings)
    return _Part(_categories(tokens), citizenships, moments, twice)


def _passport(part: _Part) -> Stay:
    return {"citizenship": part.citizenships[0]} if len(part.citizenships) == 1 else {}


def _stay(part: _Part, category: str, today: date) -> Stay | None:
    """The stay that a part tells; None where its days can be read in two ways or make no sense."""
    stay: Stay = {"category": category} | _passport(part)
    times = [moment for moment in part.moments if moment.grain is not Grain.PERIOD]
    if any(len(moment.spans) != 1 for moment in times) or len(times) > 2:
        return None
    if times:
        stay["started"] = times[0].spans[0][0]
    if len(times) == 2:
        stay["ended"] = times[1].spans[0][1]
        if stay["ended"] < stay["started"]:
            return None
    if any(day < add_months(today, -12 * _OLDEST) for day in stay.values() if isinstance(day, date)):
        return None
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in stay.items()}
