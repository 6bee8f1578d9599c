"""The dialogue as a Mermaid state diagram, drawn from the machine that the interview runs on."""

from collections import defaultdict

from flows.interview.machine import END, FIRST, MACHINE
from flows.interview.questions import BY_ID

_EVERYWHERE = frozenset({"was_answered", "needs_no_answer"})
_SHAPE = ("answer", "skip")


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
    lines += [f"  {source} --> {dest}{label}" for (source, dest), label in _edges().items()]
    lines.append(f"  {END} --> [*]")
    return "\n".join(lines) + "\n"


def _edges() -> dict[tuple[str, str], str]:
    """Each pair of states once, with the guards under which the machine goes from one to the other."""
    guards: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for trigger in _SHAPE:
        for transition in MACHINE.get_transitions(trigger):
            names = [str(getattr(each.func, "__name__", each.func)) for each in transition.conditions]
            told = " and ".join(name.replace("_", " ") for name in names if name not in _EVERYWHERE)
            guards[transition.source, str(transition.dest)][told] = None
    return {
        pair: f": {' / '.join(label for label in labels if label)}" if any(labels) else ""
        for pair, labels in guards.items()
    }
