"""Seasons that no day could ever bring up. (That every version of a value is reached, loading has made sure of.)"""

from collections.abc import Iterator
from pathlib import Path

from flows.facts.content import Facts
from flows.routes.season import season_of


def unreachable_seasons(root: Path, facts: Facts) -> Iterator[str]:
    """Seasons that are not the season of their own opening day: an earlier one must be running into them."""
    for season in facts.seasons.seasons:
        if season.opened is not None:
            shown = season_of(season.opened, facts).year
            if shown != season.year:
                yield (
                    f"{root / 'seasons.yaml'}:1: the season {season.year} opened on {season.opened}, but that day shows "
                    f"{shown}; correct the days of one of the two"
                )
