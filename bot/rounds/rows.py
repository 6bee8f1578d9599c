"""One pool of one week as an archive keeps it: a flat row of numbers, texts and days, and the figures made of it."""

from datetime import date
from typing import Any

from bot.rounds.selections import PublishedPool
from flows.facts.content import Facts
from flows.odds.figures import season_of_data
from flows.odds.round import Pool, PoolFigures
from flows.party import Category

Row = dict[str, Any]


def row_of(data_of: date, pool: PublishedPool) -> Row:
    """The row of one published pool."""
    return {
        "data_of": data_of.isoformat(),
        "citizenship": pool.pool.citizenship,
        "category": pool.pool.category.value,
        "within": pool.within,
        "quota": pool.quota,
        "unlimited": int(pool.unlimited),
        "invited": pool.invited,
        "candidates": pool.candidates,
        "spots": pool.spots,
        "label": pool.label,
        "accepting": int(pool.accepting),
        "first_round": pool.first_round.isoformat() if pool.first_round else None,
        "final_round": pool.final_round.isoformat() if pool.final_round else None,
    }


def figures_of(row: Row, source: str, facts: Facts) -> PoolFigures:
    """The figures that a row holds; ``source`` is where its file came from."""
    data_of, first_round = date.fromisoformat(row["data_of"]), _day(row["first_round"])
    return PoolFigures(
        pool=Pool(row["citizenship"], Category(row["category"])),
        data_of=data_of,
        season=season_of_data(data_of, first_round, facts),
        source=source,
        quota=row["quota"],
        unlimited=bool(row["unlimited"]),
        invited=row["invited"],
        candidates=row["candidates"],
        spots=row["spots"],
        label=row["label"],
        accepting=bool(row["accepting"]),
        first_round=first_round,
        final_round=_day(row["final_round"]),
        within=row["within"],
    )


def in_order(row: Row) -> tuple[str, ...]:
    """What rows of one week are sorted by, and told apart."""
    return row["citizenship"], row["category"], row["within"]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
