"""The chances of being drawn, held against figures worked by hand and against drawing many times."""

import random
from itertools import combinations
from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.odds.draw import Draw, Member, Slot, still_waiting, waits
from flows.odds.gap import both_within, drawn_in


def in_pool(pools: str = "a", first: int = 0, last: int = 10**6) -> Member:
    return Member(frozenset(Slot(pool, first, last) for pool in pools))


def drawn_of(rounds: dict[str, list[Draw]], members: list[Member]) -> list[float]:
    """The chances that 0, 1, 2 ... have been drawn at the end."""
    return list(reversed(still_waiting(rounds, members)[-1]))


@pytest.mark.parametrize(
    ("invited", "size", "p", "both", "one", "neither"),
    [
        (2865, 3400, "0.843", "0.710", "0.265", "0.025"),
        (3125, 7380, "0.423", "0.179", "0.488", "0.332"),
        (618, 5926, "0.104", "0.011", "0.187", "0.802"),
        (24, 4232, "0.0057", "0.00003", "0.0113", "0.989"),
    ],
)
def test_a_couple_in_one_round_of_real_pools(
    invited: int, size: int, p: str, both: str, one: str, neither: str
) -> None:
    draw = Draw(size, invited)
    found = drawn_of({"a": [draw]}, [in_pool(), in_pool()])
    printed = [draw.chance, found[2], found[1], found[0]]
    for expected, value in zip((p, both, one, neither), printed, strict=True):
        assert f"{value:.{len(expected) - 2}f}" == expected


def test_four_friends_in_the_british_pool_of_january_2026() -> None:
    found = drawn_of({"a": [Draw(3400, 2865)]}, [in_pool()] * 4)
    assert [f"{found[n]:.3f}" for n in (4, 3, 2)] == ["0.504", "0.377", "0.105"]


def test_a_couple_over_the_french_season_of_2024() -> None:
    rounds = {"a": [Draw(None, chance_known=0.446)]}
    _neither, one, both = drawn_of(rounds, [in_pool(), in_pool()])
    assert [f"{value:.3f}" for value in (both, one + both, one)] == ["0.199", "0.693", "0.494"]


def test_five_british_rounds_of_august_2026_together() -> None:
    after = [(50, 3052), (24, 3351), (24, 3600), (24, 3875), (24, 4208)]
    rounds = {"a": [Draw(left + invited, invited) for invited, left in after]}
    assert f"{1 - waits(rounds, in_pool())[-1]:.3f}" == "0.041"


@pytest.mark.parametrize(
    ("p", "within"),
    [
        (0.05, {0: "0.03", 2: "0.12", 4: "0.21", 8: "0.35", 26: "0.74"}),
        (0.10, {0: "0.05", 2: "0.23", 4: "0.38", 8: "0.59", 26: "0.94"}),
        (0.30, {0: "0.18", 2: "0.60", 4: "0.80", 8: "0.95", 26: "1.00"}),
        (0.50, {0: "0.33", 2: "0.83", 4: "0.96", 8: "1.00", 26: "1.00"}),
        (0.80, {0: "0.67", 2: "0.99", 4: "1.00", 8: "1.00", 26: "1.00"}),
    ],
)
def test_how_far_apart_two_invitations_come(p: float, within: dict[int, str]) -> None:
    rounds = {pool: [Draw(None, chance_known=p)] * 320 for pool in "ab"}
    found = both_within(rounds, in_pool("a"), in_pool("b"), list(within))
    assert [f"{value:.2f}" for value in found] == list(within.values())


def simulate(
    rounds: dict[str, list[Draw]], members: list[Member], times: int, rng: random.Random
) -> list[list[int | None]]:
    """Draw ``times`` seasons by lot, one slip a candidate; the round of each member's invitation, None if never.

    In every round the members still in a pool are the first slips of it; whoever is drawn in one pool is out of all
    others at once, and slips are drawn anew as the pool's published size says.
    """
    length = len(next(iter(rounds.values())))
    seasons = []
    for _ in range(times):
        when: list[int | None] = [None] * len(members)
        for index in range(length):
            for pool, draws in rounds.items():
                inside = [i for i, member in enumerate(members) if when[i] is None and pool in member.pools_in(index)]
                drawn = rng.sample(range(draws[index].size or 0), draws[index].invited)
                for slip in drawn:
                    if slip < len(inside):
                        when[inside[slip]] = index
        seasons.append(when)
    return seasons


def agrees(found: float, seen: int, times: int) -> bool:
    """Within five standard errors of a simulation, so that a right figure fails once in millions of runs."""
    error = sqrt(max(found * (1 - found), 1 / times) / times)
    return abs(found - seen / times) <= 5 * error


PARTIES = {
    "couple in a small pool": [in_pool("a"), in_pool("a")],
    "couple in two pools": [in_pool("a"), in_pool("b")],
    "one in two pools, one in one of them": [in_pool("ab"), in_pool("b")],
    "six friends, three pools, one leaves early": [
        in_pool("a"),
        in_pool("a"),
        in_pool("a", last=1),
        in_pool("b"),
        in_pool("c", first=2),
        Member(frozenset({Slot("b", 2), Slot("c", 0, 3)})),
    ],
    "ten in the same pool": [in_pool("a")] * 10,
    "ten in three pools": [in_pool("a")] * 4 + [in_pool("b")] * 3 + [in_pool("c")] * 3,
}


@pytest.mark.parametrize("name", PARTIES)
def test_agreement_with_drawing_by_lot(name: str) -> None:
    members = PARTIES[name]
    rounds = {
        "a": [Draw(16, 5), Draw(14, 3), Draw(18, 6), Draw(13, 0), Draw(15, 4)],
        "b": [Draw(12, 4), Draw(11, 4), Draw(12, 5), Draw(10, 2), Draw(11, 1)],
        "c": [Draw(10, 1), Draw(12, 2), Draw(13, 3), Draw(14, 4), Draw(14, 7)],
    }
    times = 8000
    seasons = simulate(rounds, members, times, random.Random(name))
    waiting = still_waiting(rounds, members)
    for index, chances in enumerate(waiting):
        for count, chance in enumerate(chances):
            seen = sum(sum(when is None or when > index for when in season) == count for season in seasons)
            assert agrees(chance, seen, times), (index, count, chance, seen / times)
    for i, member in enumerate(members):
        for index, chance in enumerate(waits(rounds, member)):
            seen = sum(season[i] is None or season[i] > index for season in seasons)
            assert agrees(chance, seen, times)
    for i, j in combinations(range(min(3, len(members))), 2):
        found = both_within(rounds, members[i], members[j], [0, 1, 4])
        for gap, chance in zip([0, 1, 4], found, strict=True):
            seen = sum(
                season[i] is not None and season[j] is not None and abs(season[i] - season[j]) <= gap
                for season in seasons
            )
            assert agrees(chance, seen, times), (i, j, gap, chance, seen / times)


def test_the_pool_moving_by_its_own_arrivals_draws_as_its_sizes_say() -> None:
    """A whole pool of slips with newcomers, drawn round by round, against the same sizes as plain draws."""
    start, arrivals, invitations, rng, times = 9, 3, [4, 2, 5], random.Random(5), 20000
    sizes, size = [], start
    for invited in invitations:
        sizes.append(size)
        size += arrivals - invited
    rounds = {"a": [Draw(n, invited) for n, invited in zip(sizes, invitations, strict=True)]}
    found = list(reversed(still_waiting(rounds, [in_pool(), in_pool()])[-1]))
    seen = [0, 0, 0]
    for _ in range(times):
        pool = ["me", "you", *(f"other {i}" for i in range(start - 2))]
        for index, invited in enumerate(invitations):
            rng.shuffle(pool)
            pool = [*pool[invited:], *(f"new {index} {i}" for i in range(arrivals))]
        seen[2 - ("me" in pool) - ("you" in pool)] += 1
    assert all(agrees(chance, count, times) for chance, count in zip(found, seen, strict=True)), (found, seen)


@given(st.integers(2, 60), st.data())
def test_one_round_is_hypergeometric(size: int, data: st.DataObject) -> None:
    invited = data.draw(st.integers(0, size))
    people = data.draw(st.integers(1, min(10, size)))
    found = drawn_of({"a": [Draw(size, invited)]}, [in_pool()] * people)
    for count, chance in enumerate(found):
        ways = comb(people, count) * (comb(size - people, invited - count) if invited >= count else 0)
        assert chance == pytest.approx(ways / comb(size, invited), abs=1e-12)


DRAWS = st.lists(
    st.integers(12, 400).flatmap(lambda n: st.integers(0, n).map(lambda i: Draw(n, i))), min_size=6, max_size=6
)
MEMBERS = st.lists(
    st.dictionaries(st.sampled_from("abc"), st.tuples(st.integers(0, 3), st.integers(2, 6)), min_size=1).map(
        lambda places: Member(frozenset(Slot(pool, *window) for pool, window in places.items()))
    ),
    min_size=1,
    max_size=8,
)


@given(st.fixed_dictionaries(dict.fromkeys("abc", DRAWS)), MEMBERS)
def test_chances_are_chances(rounds: dict[str, list[Draw]], members: list[Member]) -> None:
    before = [0.0] * len(members) + [1.0]
    for chances in still_waiting(rounds, members):
        assert sum(chances) == pytest.approx(1.0)
        assert all(0 <= chance <= 1 for chance in chances)
        # Nobody comes back into the pool: "at most so many wait" never becomes less likely.
        for count in range(len(chances)):
            assert sum(chances[: count + 1]) >= sum(before[: count + 1]) - 1e-9
        before = chances
    expected = sum(waits(rounds, member)[-1] for member in members)
    assert sum(count * chance for count, chance in enumerate(before)) == pytest.approx(expected, abs=1e-9)


@given(st.fixed_dictionaries(dict.fromkeys("abc", DRAWS)), MEMBERS.filter(lambda m: len(m) >= 2))
def test_the_joint_table_holds_both_margins(rounds: dict[str, list[Draw]], members: list[Member]) -> None:
    table = drawn_in(rounds, members[0], members[1])
    both = still_waiting(rounds, members[:2])[-1][0]
    assert sum(map(sum, table)) == pytest.approx(both, abs=1e-9)
    assert drawn_in(rounds, members[1], members[0]) == [pytest.approx(column) for column in zip(*table, strict=True)]


def test_two_in_one_pool_of_three_with_two_drawn_are_never_both_left() -> None:
    assert drawn_of({"a": [Draw(3, 2)]}, [in_pool(), in_pool()]) == [0.0, pytest.approx(2 / 3), pytest.approx(1 / 3)]


def test_more_people_than_the_pool_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="3 people"):
        Draw(2, 1).none_of(3)


def test_a_large_group_is_counted_nearly_as_one_lot() -> None:
    """Twelve people in a pool of thousands: the lots change nothing that anyone could see."""
    rounds = {"a": [Draw(4000, 1500), Draw(3500, 700)]}
    found = still_waiting(rounds, [in_pool()] * 12)[-1]
    exact = 1.0
    for draw in rounds["a"]:
        exact *= draw.none_of(12)
    assert found[12] == pytest.approx(exact, rel=0.05)
    assert sum(found) == pytest.approx(1.0)
