"""How far apart two invitations come: the exact joint chances of two people's rounds."""

from collections.abc import Sequence

from flows.odds.draw import Member, Rounds, none_drawn


def drawn_in(rounds: Rounds, one: Member, other: Member) -> list[list[float]]:
    """The chance that ``one`` is drawn in round i and ``other`` in round j, as a table of i by j."""
    length = max((len(draws) for draws in rounds.values()), default=0)
    alone = [none_drawn(rounds, (one,), index) for index in range(length)]
    beside = [none_drawn(rounds, (other,), index) for index in range(length)]
    pair = [none_drawn(rounds, (one, other), index) for index in range(length)]
    undrawn = [[1.0] * (length + 1) for _ in range(length + 1)]
    for i in range(length + 1):
        for j in range(length + 1):
            if i == j == 0:
                continue
            if i == j:
                undrawn[i][j] = undrawn[i - 1][j - 1] * pair[i - 1]
            elif i > j:
                undrawn[i][j] = undrawn[i - 1][j] * alone[i - 1]
            else:
                undrawn[i][j] = undrawn[i][j - 1] * beside[j - 1]
    return [
        [max(0.0, undrawn[i][j] - undrawn[i + 1][j] - undrawn[i][j + 1] + undrawn[i + 1][j + 1]) for j in range(length)]
        for i in range(length)
    ]


def both_within(rounds: Rounds, one: Member, other: Member, gaps: Sequence[int]) -> list[float]:
    """For each of ``gaps``: the chance that both are drawn, at most so many rounds apart."""
    table = drawn_in(rounds, one, other)
    by_gap = [0.0] * (len(table) + 1)
    for i, row in enumerate(table):
        for j, chance in enumerate(row):
            by_gap[abs(i - j)] += chance
    return [min(1.0, sum(by_gap[: gap + 1])) for gap in gaps]
