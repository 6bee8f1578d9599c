"""The season on a day: open, closed or not known, and when the next pools open."""

from datetime import date

from flows.answer import SeasonState
from flows.facts.content import Facts
from flows.facts.season import MonthDay


def season_of(day: date, facts: Facts) -> SeasonState:
    """The season people would be drawn in on ``day``.

    Known opening and closing days decide. Where the closing day is not known, the pattern's day is taken; from the
    pattern's opening day on, the state is ``unknown`` until an opening is announced.
    """
    pattern = facts.seasons.pattern
    opened = [season for season in facts.seasons.seasons if season.opened is not None and season.opened <= day]
    current = opened[-1] if opened else None
    if current is not None and day <= (current.closed or _on(pattern.closes, current.year)):
        return SeasonState(current.year, "open", current.opened, current.opened, "announced")
    announced = next((s for s in facts.seasons.seasons if s.opened is not None and s.opened > day), None)
    if announced is not None:
        return SeasonState(announced.year, "closed", announced.opened, announced.opened, "announced")
    year = day.year + 1 if day > _on(pattern.closes, day.year) else day.year
    if current is not None:
        year = max(year, current.year + 1)
    opens_from, opens_to = _on(pattern.opens_from, year - 1), _on(pattern.opens_to, year - 1)
    return SeasonState(year, "closed" if day < opens_from else "unknown", opens_from, opens_to, "pattern")


def _on(day: MonthDay, year: int) -> date:
    return date(year, day.month, day.day)
