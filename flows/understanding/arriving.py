"""The day by which somebody wishes to be in Canada, told in passing: "we want to be there by March"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.dates import add_months
from flows.understanding.moment import Grain, Moment, Toward
from flows.understanding.moments import moments_in
from flows.understanding.terms import denies, fitting, languages_of, terms_of
from flows.understanding.tokens import Kind, Token, tokens_of

_NEAR = 3  # so many small words can stand between being there and the day
_FURTHEST_MONTHS = 60
_DAY_FIRST = frozenset({"de"})  # languages that name the day before the verb: bis März in Kanada sein
_GRAINS = frozenset({Grain.DAY, Grain.MONTH, Grain.PERIOD})


@dataclass(frozen=True, slots=True)
class WishedDay:
    """The last day on which it would still be in time: "by March" is meant as the first of the month, "in March" as the
    last. ``ours`` says that somebody spoke of all who go, not of themself alone."""

    day: date
    ours: bool


def read_wished_day(text: str, today: date) -> WishedDay | None:
    """The wished day in ``text``; None where none is told, or it lies behind, or years ahead."""
    tokens = tokens_of(text)
    languages = languages_of(tokens, terms_of("arriving"), terms_of("citizenships"))
    groups = {
        (found.start, found.end, term.group, term.language)
        for found in terms_of("arriving").find(tokens)
        for term in fitting(found.meanings, languages)
    }
    if "wish" not in {group for _, _, group, _ in groups} or denies(tokens, languages, terms_of("arriving")):
        return None
    there = [(start, end, language) for start, end, group, language in groups if group == "there"]
    for moment in moments_in(tokens, today, Toward.FUTURE):
        if moment.grain not in _GRAINS or len(moment.spans) != 1 or not _beside(moment, there, tokens):
            continue
        first, last = moment.spans[0]
        ends = {end for _, end, group, _ in groups if group == "last_day"}
        day = first if _opened_by(moment, ends, tokens) else last
        if today < day <= add_months(today, _FURTHEST_MONTHS):
            return WishedDay(day, _ours(tokens, languages))
    return None


def _beside(moment: Moment, there: Sequence[tuple[int, int, str]], tokens: Sequence[Token]) -> bool:
    """Whether the day stands right behind the words for being there, or right before them where a language puts it so."""
    for start, end, language in there:
        if 0 <= moment.start - end <= _NEAR and not _broken(tokens[end : moment.start]):
            return True
        before = language in _DAY_FIRST and 0 <= start - moment.end <= 1
        if before and not _broken(tokens[moment.end : start]):
            return True
    return False


def _broken(tokens: Sequence[Token]) -> bool:
    return any(token.kind is Kind.MARK and token.text in ",;.!?:" for token in tokens)


def _opened_by(moment: Moment, ends: set[int], tokens: Sequence[Token]) -> bool:
    """Whether "by" or "before" stands in front of the day, an article between them at most."""
    return any(0 <= moment.start - end <= 1 for end in ends)


def _ours(tokens: Sequence[Token], languages: frozenset[str]) -> bool:
    found = [*terms_of("sentence").find(tokens), *terms_of("arriving").find(tokens)]
    groups = {term.group for match in found for term in fitting(match.meanings, languages)}
    return bool(groups & {"both", "ours"})
