"""The dialogue as a Mermaid state diagram and as a line with sidings, both drawn from the machine the interview runs on."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from flows.interview.machine import END, FIRST, MACHINE
from flows.interview.questions import BY_ID, Question

_EVERYWHERE = frozenset({"was_answered", "needs_no_answer"})
_SHAPE = ("answer", "skip")


@dataclass(frozen=True, slots=True)
class Stop:
    """A question as a stop on the line. ``only_if`` names the rule under which the way leads over it, None: always.

    A stop with a rule lies on a siding: whatever comes before it up to the last stop without one also leads past it.
    """

    question: Question
    only_if: str | None


def mermaid() -> str:
    """The diagram as text. Every question can also be left unasked: where no answer to it could change anything."""
    lines = [
        "%% The interview's questions and their order. Printed by: python -m bot diagram",
        "%% A question marked * is asked only while its answer can still change somebody's route.",
        "stateDiagram-v2",
        f"  [*] --> {FIRST}",
    ]
    for name in MACHINE.states:
        if name != END:
            question = BY_ID[name]
            mark = "" if question.basic else " *"
            lines.append(f"  {name}: {name.replace('_', ' ')}{mark} ({question.about})")
    lines += [f"  {source} --> {dest}{label}" for (source, dest), label in _drawn_edges()]
    lines.append(f"  {END} --> [*]")
    return "\n".join(lines) + "\n"


def stops() -> tuple[Stop, ...]:
    """The questions in their order, each with what leads there."""
    ways = edges()
    found = []
    for name in MACHINE.states:
        if name != END:
            rules = [" / ".join(rules) for (source, dest), rules in ways.items() if dest == name != source]
            found.append(Stop(BY_ID[name], rules[0] if rules and all(rules) else None))
    return tuple(found)


def edges() -> dict[tuple[str, str], tuple[str, ...]]:
    """Each pair of states once, with the guards under which the machine goes from one to the other."""
    guards: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for trigger in _SHAPE:
        for transition in MACHINE.get_transitions(trigger):
            names = [str(getattr(each.func, "__name__", each.func)) for each in transition.conditions]
            told = " and ".join(name.replace("_", " ") for name in names if name not in _EVERYWHERE)
            guards[transition.source, str(transition.dest)][told] = None
    return {pair: tuple(rule for rule in rules if rule) for pair, rules in guards.items()}


def _drawn_edges() -> Iterator[tuple[tuple[str, str], str]]:
    for pair, rules in edges().items():
        yield pair, f": {' / '.join(rules)}" if rules else ""
