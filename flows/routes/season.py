"""The season on a day: open, closed or not known, and when the next pools open."""

from datetime import date

from flows.answer import SeasonState
from flows.facts.content import Facts
from flows.facts.season import MonthDay, Season, SeasonPattern


def season_of(day: date, facts: Facts) -> SeasonState:
    """The season people would be drawn in on ``day``.

    Known opening and closing days decide. Where the closing day is not known, the pattern's day is taken; where the
    opening day of a season past is not known, the state is ``unknown`` and no opening is named. After the last season
    known, the state is ``unknown`` from the pattern's opening day on, until an opening is announced.
    """
    pattern, seasons = facts.seasons.pattern, facts.seasons.seasons
    season = next((season for season in seasons if day <= _closes(season, pattern)), None)
    year = day.year + 1 if day > _on(pattern.closes, day.year) else day.year
    if season is None or (season is seasons[0] and year < season.year):
        return _by_pattern(max(year, seasons[-1].year + 1) if season is None else year, day, pattern)
    if season.opened is None:
        return SeasonState(season.year, "unknown", None, None, "pattern")
    state = "open" if season.opened <= day else "closed"
    return SeasonState(season.year, state, season.opened, season.opened, "announced")


def _by_pattern(year: int, day: date, pattern: SeasonPattern) -> SeasonState:
    opens_from, opens_to = _on(pattern.opens_from, year - 1), _on(pattern.opens_to, year - 1)
    return SeasonState(year, "closed" if day < opens_from else "unknown", opens_from, opens_to, "pattern")


def _closes(season: Season, pattern: SeasonPattern) -> date:
    return season.closed or _on(pattern.closes, season.year)


def _on(day: MonthDay, year: int) -> date:
    return date(year, day.month, day.day)
