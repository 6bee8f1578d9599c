"""The interview as a state machine, one for the whole process: states are questions, triggers are what happens to them.

``answer`` leads on from a question that was answered, ``skip`` from one that needs no answer now. From a question about
several people both lead first to the next of them. Nothing is kept in the machine: a throw-away model walks it anew over
the stored answers each time it matters where somebody is.
"""

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any

from transitions import EventData, Machine

from flows.interview.questions import PATH, About, Question

END = "done"
FIRST = PATH[0].id


def build(machine_class: type[Machine] = Machine, **options: Any) -> Machine:
    """The machine of the interview, without any model. ``options`` go to the class, for drawing it."""
    return machine_class(
        model=None,
        states=[*(question.id for question in PATH), END],
        initial=FIRST,
        transitions=list(_transitions()),
        auto_transitions=False,
        send_event=True,
        after_state_change="begin",
        **options,
    )


def _transitions() -> Iterator[dict[str, Any]]:
    for place, question in enumerate(PATH):
        for trigger, guard in (("answer", "was_answered"), ("skip", "needs_no_answer")):
            if question.about is not About.PARTY:
                yield {
                    "trigger": trigger,
                    "source": question.id,
                    "dest": "=",
                    "conditions": [guard, "others_follow"],
                    "before": "turn_to_next",
                }
            for follower in _followers(place):
                fits = [_rule(follower)] if follower and follower.only_if else []
                yield {
                    "trigger": trigger,
                    "source": question.id,
                    "dest": follower.id if follower else END,
                    "conditions": [guard, *fits],
                }


def _followers(place: int) -> list[Question | None]:
    """The questions that may come next: those that fit only some, up to the first that fits everybody, or the end."""
    later = PATH[place + 1 :]
    some = list(takewhile(lambda question: question.only_if is not None, later))
    return [*some, later[len(some)] if len(some) < len(later) else None]


def _rule(question: Question) -> Callable[[EventData], bool]:
    """A guard that is named after the rule, so that the diagram can show it."""
    only_if = question.only_if
    assert only_if is not None

    def holds(event: EventData) -> bool:
        model: Any = event.model
        return bool(model.fits(question))

    holds.__name__ = only_if.__name__
    return holds


MACHINE = build()
ANSWER = MACHINE.events["answer"]
SKIP = MACHINE.events["skip"]
