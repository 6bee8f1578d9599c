"""Budgets: a flood is told once and then ignored, and nobody pays for another."""

from bot.abuse import Budget, Budgets, Verdict
from bot.arrival import Arrival
from flows.conversation.event import Event, EventKind


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def said(user: int, chat: int | None = None, kind: EventKind = EventKind.TEXT) -> Arrival:
    where = chat if chat is not None else user
    return Arrival(1, where, user, Event(kind, user, where, text="x"))


def test_a_flood_is_told_once_and_heard_again_after_a_rest() -> None:
    clock = Clock()
    budgets = Budgets(Budget(5, 1.0), clock=clock)
    verdicts = [budgets.judge(said(7)) for _ in range(10)]
    assert verdicts == [Verdict.TAKE] * 5 + [Verdict.TELL] + [Verdict.IGNORE] * 4
    assert budgets.judge(said(8)) is Verdict.TAKE, "others are not concerned"
    clock.now += 1
    assert budgets.judge(said(7)) is Verdict.TAKE
    assert budgets.judge(said(7)) is Verdict.IGNORE, "told again only after a real rest"
    clock.now += 10
    assert [budgets.judge(said(7)) for _ in range(6)][-1] is Verdict.TELL


def test_a_group_has_a_budget_of_its_own_and_leaving_is_always_heard() -> None:
    budgets = Budgets(Budget(5, 1.0), Budget(8, 1.0), Clock())
    verdicts = [budgets.judge(said(user, -1)) for user in range(1, 12)]
    assert verdicts.count(Verdict.TAKE) == 8 and verdicts.count(Verdict.TELL) == 1
    assert budgets.judge(said(1)) is Verdict.TAKE, "in private they are still heard"
    assert budgets.judge(said(3, -1, EventKind.LEFT)) is Verdict.TAKE
