"""Citizenships in a person's own words: only what they say they hold counts; the rest is asked back or left out."""

from itertools import islice, product

from flows.understanding.mentions import Mention
from flows.understanding.places import country_words
from flows.understanding.result import Understood
from flows.understanding.standing import Reading, Standing, read_standings
from flows.understanding.terms import says_no
from flows.understanding.tokens import Kind, tokens_of

_MOST = 8  # more countries than anyone holds: a list pasted, not an answer
_SHOWN = 6
_MAYBE = (Standing.KIN, Standing.ORIGIN, Standing.LATER, Standing.PAST, Standing.UNCLEAR)
_AT_LEAST = (Standing.RESIDENCE, Standing.OTHERS, Standing.ELSEWHERE, Standing.STATUS)


def understand_citizenships(text: str) -> Understood:
    """The sorted codes of the citizenships held; ``[]`` for a stateless person.

    Parents, birthplaces, former and hoped-for citizenships never become citizenships by themselves: they are asked
    back. Errors: ``region`` (Europe, EU), ``denied`` (only what they do not hold), ``none``, ``not_understood``.
    """
    tokens = tokens_of(text)
    words = [token.text for token in tokens if token.kind is Kind.WORD]
    if words == ["no"]:  # Norway's code, or the word
        return Understood(ask_back=(["NO"],))
    reading = read_standings(tokens, towns=True)
    if reading.standings:
        return _weigh(reading)
    if reading.stateless:
        return Understood(value=[])
    if reading.region:
        return Understood(error="understand.citizenships.region")
    return Understood(error=f"understand.citizenships.{'none' if says_no(tokens) else 'not_understood'}")


def _weigh(reading: Reading) -> Understood:
    held = reading.those(Standing.HELD)
    maybe = reading.those(*_MAYBE)
    denied = {m.citizens_of[0] for m in reading.those(Standing.DENIED) if len(m.citizens_of) == 1}
    if not held:
        named = maybe or reading.those(*_AT_LEAST)
        candidates: list[tuple[str, ...]] = [
            (code,) for mention in named for code in mention.citizens_of if code not in denied
        ]
        return _asked(candidates, "denied" if denied else "not_understood")
    combinations = _combinations(held)
    if maybe or any(denied.intersection(codes) for codes in combinations):
        further = {code for mention in maybe for code in mention.citizens_of}
        kept = [tuple(code for code in codes if code not in denied) for codes in combinations]
        return _asked([*kept, *(tuple(sorted({*codes, *further} - denied)) for codes in kept)], "not_understood")
    seldom = [pair for pair in country_words().seldom_both if any(set(pair) <= set(codes) for codes in combinations)]
    if seldom:
        return _asked([*((code,) for pair in seldom for code in reversed(pair)), *combinations], "not_understood")
    unsure = reading.doubtful or reading.unknown_words > 0
    doubtful = unsure or reading.region or reading.stateless or not all(mention.sure for mention in held)
    if not doubtful and len(combinations) == 1 and len(combinations[0]) <= _MOST:
        return Understood(value=list(combinations[0]))
    if unsure and len(held) > 1:
        combinations += [(code,) for mention in held for code in mention.citizens_of]
    return _asked(combinations, "not_understood")


def _combinations(held: list[Mention]) -> list[tuple[str, ...]]:
    """Every reading of several mentions, each of which may mean one of several countries."""
    readings = islice(product(*(mention.citizens_of for mention in held)), 64)
    return list(dict.fromkeys(tuple(sorted(set(codes))) for codes in readings))


def _asked(candidates: list[tuple[str, ...]], otherwise: str) -> Understood:
    unique = [list(codes) for codes in dict.fromkeys(candidates) if codes]
    if unique:
        return Understood(ask_back=tuple(unique[:_SHOWN]))
    return Understood(error=f"understand.citizenships.{otherwise}")
