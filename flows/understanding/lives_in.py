"""Where someone lives, in their own words: a country, a part of one or a town."""

from flows.understanding.mentions import Mention
from flows.understanding.places import PlaceKind
from flows.understanding.result import Understood
from flows.understanding.standing import Reading, Standing, read_standings
from flows.understanding.tokens import tokens_of

_SHOWN = 4
_ASIDES = 3  # words of no known use that may stand around one place: a flat, a village, near


def understand_lives_in(text: str) -> Understood:
    """The code of the country or territory lived in now.

    A nationality alone, several places, a place left or not yet moved to are asked back. Errors: ``region``,
    ``not_understood``.
    """
    reading = read_standings(tokens_of(text), "lives_in", towns=True)
    here = _latest(reading.those(Standing.RESIDENCE))
    if here:
        return _one(here, reading)
    named = [mention for mention in reading.those(Standing.HELD) if mention.kind is not PlaceKind.PEOPLE]
    if named:
        return _one(named, reading)
    others = [mention for mention, standing in reading.standings if standing is not Standing.DENIED]
    if others:
        return _asked(others)
    return Understood(error=f"understand.lives_in.{'region' if reading.region else 'not_understood'}")


def _latest(residences: list[Mention]) -> list[Mention]:
    """Towns and their countries named together count once: Cork in Ireland."""
    certain = [mention for mention in residences if len(mention.codes) == 1]
    known = {mention.codes[0] for mention in certain}
    return [mention for mention in residences if mention in certain or not known.intersection(mention.codes)]


def _one(places: list[Mention], reading: Reading) -> Understood:
    places = _latest(places)
    codes = list(dict.fromkeys(code for mention in places for code in mention.codes))
    guessed = any(not mention.sure and mention.codes == mention.citizens_of for mention in places)
    if len(codes) == 1 and not guessed and reading.unknown_words <= _ASIDES and not reading.doubtful:
        return Understood(value=codes[0])
    return Understood(ask_back=tuple(codes[:_SHOWN]))


def _asked(places: list[Mention]) -> Understood:
    return Understood(ask_back=tuple(dict.fromkeys(code for mention in places for code in mention.codes))[:_SHOWN])
