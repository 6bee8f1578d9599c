"""The odds as plain data, in the form that ``odds --json`` prints. Chances are numbers from 0 to 1, rounded to six digits."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flows.odds.forecast import Forecast, PastRounds
from flows.odds.odds import Chances, Odds, PersonOdds, PoolOdds, Range, Together
from flows.odds.week import Week


def odds_json(odds: Odds) -> dict[str, Any]:
    """The whole of the odds as JSON values."""
    return {
        "as_of": odds.as_of.isoformat(),
        "season": {
            "year": odds.season,
            "state": odds.season_state,
            "closes": {"on": _day(odds.closes), "basis": odds.closes_basis},
        },
        "figures_of": _day(odds.newest),
        "rounds": [day.isoformat() for day in odds.rounds],
        "people": [_person(person) for person in odds.people],
        "together": _together(odds.together, odds.rounds) if odds.together else None,
        "pairs": [
            {
                **_together(pair.together, odds.rounds),
                "gaps": [{"weeks": gap.weeks, "both": _range(gap.both)} for gap in pair.gaps],
            }
            for pair in odds.pairs
        ],
    }


def _person(person: PersonOdds) -> dict[str, Any]:
    return {
        "id": person.id,
        "missing": person.missing,
        "citizenship": person.citizenship,
        "compared_passports": person.compared,
        "next_round": _range(person.next_round),
        "season": _range(person.season),
        "past_round": _range(person.past_round),
        "by_round": [_range(chance) for chance in person.by_round],
        "by_category": {category.value: _range(chance) for category, chance in (person.by_category or {}).items()},
        "pools": [_pool(pool) for pool in person.pools],
        "other_pools": [_pool(pool) for pool in person.other_pools],
    }


def _pool(pool: PoolOdds) -> dict[str, Any]:
    return {
        "pool": pool.pool.id,
        "next_round": _range(pool.next_round),
        "season": _range(pool.season),
        "label": None
        if pool.label is None
        else {"code": pool.label.code, "name": pool.label.name, "from": pool.label.low, "to": pool.label.high},
        "basis": _basis(pool.forecast) if pool.forecast else None,
        "past": _past(pool.past, pool.past_round) if pool.past else None,
        "past_season_share": None
        if pool.share is None
        else {"season": pool.share.season, "share": pool.share.share, "source": pool.share.source},
    }


def _basis(forecast: Forecast) -> dict[str, Any]:
    basis = forecast.basis
    return {
        "figures_of": basis.data_of.isoformat(),
        "source": basis.source,
        "quota": "unlimited" if basis.unlimited else basis.quota,
        "invited": basis.invited,
        "candidates": basis.candidates,
        "spots": basis.spots,
        "weeks": [_week(week) for week in forecast.weeks],
    }


def _past(past: PastRounds, chance: Range | None) -> dict[str, Any]:
    return {
        "season": past.season,
        "figures_of": past.basis.data_of.isoformat(),
        "source": past.basis.source,
        "chance": _range(chance),
        "first_weeks": [_week(week) for week in past.first],
        "last_week": _week(past.last),
    }


def _week(week: Week) -> dict[str, Any]:
    return {
        "ends": week.ends.isoformat(),
        "invited": week.invited,
        "candidates_before": week.before,
        "candidates_after": week.after,
        "arrivals": week.arrivals,
        "chance_drawn_late": _chance(week.late),
        "chance_drawn_early": _chance(week.early),
        "spread_over_a_gap": week.spread,
        "sure": week.sure,
    }


def _together(found: Together, rounds: Sequence[date]) -> dict[str, Any]:
    return {
        "people": list(found.people),
        "already_invited": list(found.already),
        "missing": dict(found.missing),
        "next_round": _chances(found.next_round),
        "season": _chances(found.season),
        "past_round": _chances(found.past_round),
        "everyone_by_round": [
            {"round": day.isoformat(), "everyone": _range(chance)}
            for day, chance in zip(rounds, found.everyone_by_round, strict=False)
        ],
        "all_likely_by": _day(found.all_likely_by),
    }


def _chances(chances: Chances | None) -> dict[str, Any] | None:
    if chances is None:
        return None
    return {
        "everyone": _range(chances.everyone),
        "at_least_one": _range(chances.at_least_one),
        "exactly_one": _range(chances.exactly_one),
        "nobody": _range(chances.nobody),
        "expected": _range(chances.expected),
    }


def _range(found: Range | None) -> dict[str, float | None] | None:
    if found is None:
        return None
    return {"low": _chance(found.low), "likely": _chance(found.likely), "high": _chance(found.high)}


def _chance(chance: float | None) -> float | None:
    return None if chance is None else round(chance, 6)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
