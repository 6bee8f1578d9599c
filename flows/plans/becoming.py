"""Becoming a couple for a partner's permit: by waiting alone, or only by an act of theirs."""

from datetime import date

from flows.answer import Need, RouteAnswer


def couple_need(route: RouteAnswer) -> Need | None:
    """What is wanting before the two count as a couple; None where they do, or where only an answer is wanting."""
    return next((need for need in route.needs if need.code == "relationship_qualifies" and need.question is None), None)


def couple_from(route: RouteAnswer) -> date | None:
    """The day from which waiting alone makes the two a couple; None where they are one, or waiting alone never does."""
    need = couple_need(route)
    return need.from_ if need is not None else None


def must_become_a_couple(route: RouteAnswer) -> bool:
    """Whether the two do not count as a couple, and only moving in together or marrying in time makes them one."""
    need = couple_need(route)
    return need is not None and need.from_ is None
