"""Round figures and parties for tests: real ones from the content, and small invented pools."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flows.answer import SeasonState
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.odds.chances import odds_for
from flows.odds.figures import round_figures
from flows.odds.odds import Odds
from flows.odds.round import Label, Pool, PoolFigures, RoundFigures
from flows.party import Category, Job, JobState, Party, Person, Relationship, Stage
from flows.party_file import read_party
from flows.routes.evaluate import evaluate

FACTS = load_facts(CONTENT_ROOT)
WH, YP, COOP = Category.WORKING_HOLIDAY, Category.YOUNG_PROFESSIONALS, Category.INTERNATIONAL_COOP
SATURDAY = date(2026, 3, 7)
"""A day in an open season; the newest figures of the small pools are of the day before."""
LABELS = {
    code: Label(code, name, low, high)
    for code, name, low, high in (
        (1, "excellent", 0.80, 0.99),
        (2, "very_good", 0.60, 0.79),
        (3, "fair", 0.40, 0.59),
        (4, "low", 0.20, 0.39),
        (5, "very_low", 0.01, 0.19),
    )
}


def pool(citizenship: str, category: Category = WH) -> Pool:
    return Pool(citizenship, category)


def states(
    of: Pool, candidates: Sequence[int], invited: Sequence[int], newest: date = date(2026, 3, 6), **more: object
) -> tuple[PoolFigures, ...]:
    """Weekly states of one pool: candidates at each Friday, invitations of the weeks between them."""
    total, found = 100, []
    for place, count in enumerate(candidates):
        total += invited[place - 1] if place else 0
        day = newest - timedelta(weeks=len(candidates) - 1 - place)
        found.append(PoolFigures(of, day, 2026, "https://example.org", invited=total, candidates=count, **more))  # type: ignore[arg-type]
    return tuple(found)


def figures(*series: Sequence[PoolFigures], closes: date = date(2026, 4, 10)) -> RoundFigures:
    """Figures of these pools alone, in a season that closes after five more rounds."""
    by_pool: Mapping[Pool, tuple[PoolFigures, ...]] = {found[0].pool: tuple(found) for found in series}
    return RoundFigures(by_pool, LABELS, 0.64, {2026: closes}, {2026: "announced"})


OPEN = SeasonState(2026, "open", date(2025, 12, 19), date(2025, 12, 19), "announced")
SMALL = figures(
    states(pool("IE"), (40, 42, 41, 44), (9, 12, 8)),
    states(pool("FR"), (30, 25, 28, 30), (6, 3, 5)),
    states(pool("FR", YP), (20, 18, 22, 20), (4, 4, 5)),
    states(pool("DE"), (25, 26, 24, 25), (10, 9, 11)),
)
"""Four pools so small that drawing them by lot many times is quick."""


def person(id: str, *citizenships: str, **more: object) -> Person:
    """Somebody of 27 who has never taken part, studies, and has an offer of a job."""
    known: dict[str, object] = {
        "born": date(1999, 1, 1),
        "participations": (),
        "stage": Stage.IN_POOL,
        "student": True,
        "lives_in": citizenships[0],
        "job": Job(JobState.OFFER, "21231"),
    }
    return Person(id=id, citizenships=citizenships, **{**known, **more})  # type: ignore[arg-type]


def holiday_maker(id: str, *citizenships: str, **more: object) -> Person:
    """Somebody without offer or studies, who can be in Working Holiday pools alone."""
    return person(id, *citizenships, **{"job": Job(JobState.NONE), "student": False, **more})


def odds_of(known: RoundFigures, *people: Person, on: date = SATURDAY, ties: Sequence[Relationship] = ()) -> Odds:
    party = Party(on, people, tuple(ties))
    return odds_for(party, evaluate(party, FACTS), known, on)


def real_odds(text: str, on: date) -> Odds:
    """The odds of a party file with the figures that the content remembers."""
    party = read_party(text, "party.yaml", on, on, FACTS)
    return odds_for(party, evaluate(party, FACTS), round_figures(FACTS, (), on), on)
