"""How long a step takes (replay, evaluation, next view) for one, two and ten people, with a bare evaluation as the control,
how long the start takes, and how much a stored session weighs: ``python -m tests.bench.step``. Loopback is not needed."""

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

from flows.content import load_content
from flows.conversation.event import Event, EventKind
from flows.conversation.session import Session
from flows.conversation.step import step
from flows.facts.content import CONTENT_ROOT
from flows.party_file import party_of
from flows.routes.evaluate import evaluate

TODAY = date(2026, 11, 22)
COUNTRIES = ("IE", "CL", "FR", "GB", "JP", "KR", "BR", "AU", "DE", "IT")


def party_file(size: int) -> dict[str, Any]:
    """A party with everything answered; the first two, and the next two, are couples."""
    people = [
        {"id": f"p{n + 1}", "born": date(1996, 4, 2), "citizenships": [COUNTRIES[n]], "lives_in": COUNTRIES[n],
         "participations": [], "stage": "none", "job": {"state": "none"}, "student": False}
        for n in range(size)
    ]  # fmt: skip
    couples = [("p1", "p2"), ("p3", "p4")] if size > 2 else [("p1", "p2")] if size == 2 else []
    relationships = [
        {"between": list(pair), "kind": "living_together", "living_together_since": date(2024, 10, 1)}
        for pair in couples
    ]
    return {"as_of": TODAY, "people": people, "relationships": relationships}


def session_of(size: int) -> Session:
    """The same party as a session at its last question but one: each step replays, evaluates and shows the answer."""
    answers: dict[str, Any] = {"who": "single" if size == 1 else "couple" if size == 2 else "friends"}
    people = [f"p{n + 1}" for n in range(size)]
    for n, person in enumerate(people):
        answers |= {
            f"name:{person}": f"Person {n + 1}",
            f"age_or_birth_date:{person}": {"born": "1996-04-02"},
            f"citizenships:{person}": [COUNTRIES[n]],
            f"lives_in:{person}": COUNTRIES[n],
            f"iec_so_far:{person}": "new",
            f"work:{person}": "none",
        }
    if size > 1:
        answers["companions"] = size - 1
    if size > 2:
        answers["couples"] = ["p1+p2", "p3+p4", "no"]
    for one, other in (("p1", "p2"), ("p3", "p4")):
        if other in people:
            answers |= {f"relationship_kind:{one}+{other}": "living_together"}
            answers |= {f"living_together_since:{one}+{other}": "2024-10-01"}
    return {
        "id": "bench",
        "version": len(answers),
        "answers": answers,
        "people": people,
        "members": {"7": {"person": "p1", "name": "Person 1", "language": "en", "shows": "done"}},
    }


def milliseconds(work: Callable[[], object], rounds: int = 200) -> float:
    """The median of ``rounds`` runs."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def start_up() -> float:
    """Seconds from nothing to content loaded and checked, in a process of its own; the median of five."""
    times = []
    for _ in range(5):
        start = perf_counter()
        code = "from flows.content import load_content; from flows.facts.content import CONTENT_ROOT; load_content(CONTENT_ROOT)"
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(perf_counter() - start)
    return median(times)


def main() -> None:
    """Print the figures."""
    content = load_content(CONTENT_ROOT)
    print(f"{'people':>8}{'evaluate ms':>14}{'question ms':>14}{'answer ms':>12}{'stored bytes':>14}{'in memory':>12}")
    for size in (1, 2, 10):
        party = party_of(party_file(size), TODAY)
        whole = session_of(size)
        asked = json.loads(json.dumps(whole))
        del asked["answers"]["citizenships:p1"]
        show = Event(EventKind.COMMAND, 7, 7, name="start", user_name="Person 1")
        tracemalloc.start()
        copies = [json.loads(json.dumps(whole)) for _ in range(100)]
        memory = tracemalloc.get_traced_memory()[0] // len(copies)
        tracemalloc.stop()
        print(
            f"{size:>8}"
            f"{milliseconds(lambda party=party: evaluate(party, content.facts)):>14.2f}"
            f"{milliseconds(lambda asked=asked, show=show: step(asked, show, content, TODAY)):>14.2f}"
            f"{milliseconds(lambda whole=whole, show=show: step(whole, show, content, TODAY)):>12.2f}"
            f"{len(json.dumps(whole)):>14}{memory:>12}"
        )
    print(f"start-up: {start_up():.2f} s")


if __name__ == "__main__":
    main()
