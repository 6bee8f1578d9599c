"""Puts together all round figures that are known: those kept as content, and those archived from the weekly file."""

from collections.abc import Iterable
from datetime import date

from flows.facts.content import Facts
from flows.facts.record import Confidence
from flows.odds.round import Label, Pool, PoolFigures, RoundFigures, SeasonShare
from flows.party import Category

LETTERS_PER_INVITATION = "rounds.letters_per_invitation"
FIRST_ROUNDS_FROM = 11
"""A first round in this month or later belongs to the season of the next year."""


def round_figures(facts: Facts, archived: Iterable[PoolFigures], today: date) -> RoundFigures:
    """Everything known up to ``today``; what was archived from the file itself goes before a report of the same day.

    Special lines inside a pool are left out: nobody's odds are taken from them.
    """
    found: dict[tuple[Pool, date], PoolFigures] = {}
    for figures in (*_remembered(facts), *archived):
        if figures.data_of <= today and not figures.within:
            found[figures.pool, figures.data_of] = figures
    series: dict[Pool, list[PoolFigures]] = {}
    for (pool, _), figures in sorted(found.items(), key=lambda item: item[0]):
        series.setdefault(pool, []).append(figures)
    closes, basis = _closes(facts, {figures.season for figures in found.values()} | {today.year, today.year + 1})
    value = facts.value(LETTERS_PER_INVITATION, today).value
    assert isinstance(value, float)
    return RoundFigures(
        series={pool: tuple(states) for pool, states in series.items()},
        labels={
            step.code: Label(step.code, step.name, step.from_percent / 100, step.to_percent / 100)
            for step in facts.rounds.scale.labels
        },
        letters_per_invitation=value,
        closes=closes,
        closes_basis=basis,
        shares=_shares(facts),
    )


def season_of_data(day: date, first_round: date | None, facts: Facts) -> int:
    """The season that figures of ``day`` belong to: that of the pool's first round where it is published, else the known
    season whose pools had opened, else by the usual opening.

    First rounds come in January or later, now and then in December. Between a season's close and the next opening the
    file still shows the season that closed.
    """
    if first_round is not None:
        return first_round.year + (first_round.month >= FIRST_ROUNDS_FROM)
    known = [season for season in facts.seasons.seasons if season.opened is not None and season.opened <= day]
    opens = facts.seasons.pattern.opens_from
    usual = day.year if day < date(day.year, opens.month, opens.day) else day.year + 1
    if known and (known[-1].year >= usual or day.year == known[-1].year):
        return known[-1].year
    return usual


def _closes(facts: Facts, years: Iterable[int]) -> tuple[dict[int, date], dict[int, str]]:
    known = {season.year: season.closed for season in facts.seasons.seasons}
    pattern = facts.seasons.pattern.closes
    closes, basis = {}, {}
    for year in years:
        announced = known.get(year)
        closes[year] = announced or date(year, pattern.month, pattern.day)
        basis[year] = "announced" if announced else "pattern"
    return closes, basis


def _shares(facts: Facts) -> dict[Pool, tuple[SeasonShare, ...]]:
    found: dict[Pool, tuple[SeasonShare, ...]] = {}
    for share in sorted(facts.rounds.shares, key=lambda share: share.season):
        pool = Pool(share.citizenship, share.category)
        found[pool] = (*found.get(pool, ()), SeasonShare(pool, share.season, share.share, facts.url(share)))
    return found


def _remembered(facts: Facts) -> Iterable[PoolFigures]:
    for state in facts.rounds.states:
        url = facts.url(state)
        for category, pools in state.pools.items():
            for citizenship, record in pools.items():
                yield PoolFigures(
                    pool=Pool(citizenship, Category(category)),
                    data_of=state.data_of,
                    season=state.season,
                    source=url,
                    quota=record.quota if isinstance(record.quota, int) else None,
                    unlimited=record.quota == "unlimited",
                    invited=record.invited,
                    invited_last=record.last,
                    candidates=record.candidates,
                    spots=record.spots,
                    label=record.label,
                    sure=state.confidence is Confidence.HIGH,
                )
