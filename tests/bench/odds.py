"""How long the odds of a group of ten over a whole season take: ``python -m tests.bench.odds``."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from statistics import median
from time import process_time

from flows.odds.chances import odds_for
from flows.odds.figures import round_figures
from flows.party import Job, JobState, Party, Person
from flows.routes.evaluate import evaluate
from tests.flows.odds.known import FACTS

DAY = date(2026, 1, 31)
GOAL_MS = 50


def _friend(number: int, citizenships: tuple[str, ...], born: date = date(1999, 1, 1)) -> Person:
    return Person(
        id=f"p{number}",
        born=born,
        citizenships=citizenships,
        participations=(),
        student=True,
        lives_in=citizenships[0],
        job=Job(JobState.OFFER, "21231"),
    )


def parties() -> Iterator[tuple[str, Party]]:
    """Groups of ten: all alike, all different, and the worst case, each too old on another day of the season."""
    yield "one pool", Party(DAY, tuple(_friend(n, ("GB",)) for n in range(10)))
    countries = ("GB", "FR", "IE", "AU", "KR", "IT", "ES", "BE", "NL", "TW")
    yield "ten pools", Party(DAY, tuple(_friend(n, (code,)) for n, code in enumerate(countries)))
    yield (
        "two passports each",
        Party(DAY, tuple(_friend(n, ("FR", code)) for n, code in enumerate(countries) if code != "FR")),
    )
    birthdays = [date(1990, 3, 1) + timedelta(weeks=3 * n) for n in range(10)]
    yield "one pool, ten last days", Party(DAY, tuple(_friend(n, ("GB",), born) for n, born in enumerate(birthdays)))


def milliseconds(work: Callable[[], object], times: int = 15) -> float:
    """The median time of one run, of the processor alone: others at work on the machine do not count."""
    taken = []
    for _ in range(times):
        start = process_time()
        work()
        taken.append(1000 * (process_time() - start))
    return median(taken)


def main() -> None:
    """Print one line for each party."""
    figures = round_figures(FACTS, (), DAY)
    for name, party in parties():
        answer = evaluate(party, FACTS)
        rounds = len(odds_for(party, answer, figures, DAY).rounds)
        taken = milliseconds(partial(odds_for, party, answer, figures, DAY))
        print(f"odds of ten, {rounds} rounds, {name}: {taken:.1f} ms (goal: under {GOAL_MS})")


if __name__ == "__main__":
    main()
