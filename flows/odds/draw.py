"""The exact mathematics of being drawn: uniform draws without replacement, over rounds, for several people together.

Everything rests on one fact: a given set of people stays undrawn through given rounds with a probability that is a plain
product over rounds and pools, whatever happens to everybody else. Inclusion and exclusion turn it into the chances
of "all", "exactly so many" and "these two within so many weeks", with no simulation and no independence assumed
inside a pool. Different pools draw independently.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise, product
from math import comb, floor, prod
from operator import mul


@dataclass(frozen=True, slots=True)
class Draw:
    """One round of one pool: ``invited`` out of ``size``, each as likely as the other.

    An ``invited`` between two whole numbers is one of the two, so often that it is right on average. With ``size`` None
    only the chance of one person is known (``chance_known``), and people are taken as independent.
    """

    size: int | None
    invited: float = 0
    chance_known: float = 0.0

    @property
    def chance(self) -> float:
        """The chance of one person in the pool."""
        return 1.0 - self.none_of(1)

    def none_of(self, people: int) -> float:
        """The chance that none of so many given people in the pool is drawn."""
        return self.none_of_up_to(people)[people]

    def none_of_up_to(self, people: int) -> list[float]:
        """The chances that none of 0, 1, 2 ... given people in the pool is drawn."""
        if self.size is None:
            return [float((1.0 - self.chance_known) ** count) for count in range(people + 1)]
        if people > self.size:
            raise ValueError(f"{people} people cannot be in a pool of {self.size}")
        fewer = floor(self.invited)
        part = self.invited - fewer
        found = _none_of_up_to(self.size, fewer, people)
        if part == 0:
            return found
        more = _none_of_up_to(self.size, fewer + 1, people)
        return [(1.0 - part) * one + part * other for one, other in zip(found, more, strict=True)]


def _none_of_up_to(size: int, invited: int, people: int) -> list[float]:
    found, chance = [1.0], 1.0
    for count in range(people):
        chance *= max(0, size - invited - count) / (size - count)
        found.append(chance)
    return found


LARGEST_LOT = 10
"""People sharing pools who are counted together exactly. Further ones are taken as drawn independently of them, which is
wrong by less than people squared over the size of the pool."""

Rounds = Mapping[Hashable, Sequence[Draw | None]]
"""For each pool its draws by round, None where a round has none; all of the same length."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in one pool from round ``first`` to round ``last``, both counted in (from 0)."""

    pool: Hashable
    first: int = 0
    last: int = 10**6

    def open_in(self, index: int) -> bool:
        """Whether the place is held in round ``index``."""
        return self.first <= index <= self.last


@dataclass(frozen=True, slots=True)
class Member:
    """One person with all the places they wait in."""

    slots: frozenset[Slot]

    def pools_in(self, index: int) -> list[Hashable]:
        """The pools that may draw this person in round ``index``."""
        return [slot.pool for slot in self.slots if slot.open_in(index)]


def still_waiting(rounds: Rounds, members: Sequence[Member]) -> list[list[float]]:
    """For each round, the chances that after it exactly 0, 1, 2 ... of the members are still waiting."""
    length = max((len(draws) for draws in rounds.values()), default=0)
    together = [[1.0] for _ in range(length)]
    for component in _lots(_components(members)):
        for index, chances in enumerate(_component_waiting(rounds, component, length)):
            together[index] = _convolve(together[index], chances)
    return together


def waits(rounds: Rounds, member: Member) -> list[float]:
    """For each round, the chance that this one person is still waiting after it."""
    length = max((len(draws) for draws in rounds.values()), default=0)
    waiting = [1.0] * length
    for slot in member.slots:
        undrawn = 1.0
        for index, draw in enumerate(rounds[slot.pool]):
            if draw is not None and slot.first <= index <= slot.last:
                undrawn *= draw.none_of(1)
            waiting[index] *= undrawn
    return waiting


def none_drawn(rounds: Rounds, people: Sequence[Member], index: int) -> float:
    """The chance that round ``index`` draws none of these people, all of whom were waiting until then."""
    counts = Counter(pool for member in people for pool in member.pools_in(index))
    chance = 1.0
    for pool, count in counts.items():
        draw = _draw(rounds, pool, index)
        if draw is not None:
            chance *= draw.none_of(count)
    return chance


def _draw(rounds: Rounds, pool: Hashable, index: int) -> Draw | None:
    draws = rounds[pool]
    return draws[index] if index < len(draws) else None


def _components(members: Sequence[Member]) -> list[list[Member]]:
    """Members grouped so that people of different groups share no pool, not even through others."""
    groups: list[tuple[set[Hashable], list[Member]]] = []
    for member in members:
        joined: tuple[set[Hashable], list[Member]] = ({slot.pool for slot in member.slots}, [member])
        apart = []
        for pools, people in groups:
            if pools & joined[0]:
                joined[0].update(pools)
                joined[1].extend(people)
            else:
                apart.append((pools, people))
        groups = [*apart, joined]
    return [people for _, people in groups]


def _lots(components: Sequence[Sequence[Member]]) -> list[Sequence[Member]]:
    """Components cut into lots small enough to go through all their sets, and to lose no digits in doing so."""
    return [
        component[start : start + LARGEST_LOT]
        for component in components
        for start in range(0, len(component), LARGEST_LOT)
    ]


def _component_waiting(rounds: Rounds, members: Sequence[Member], length: int) -> list[list[float]]:
    """``still_waiting`` for people who share pools.

    People in the same pools for the same time are alike, so the sets to go through are told by how many of each kind
    they hold. Their chances of staying undrawn, summed by size, give the chances of exactly so many.
    """
    kinds = Counter(members)
    alike = tuple(kinds.values())
    weights, bounds = _sets(alike)
    undrawn = list(weights)
    pools = sorted({slot.pool for kind in kinds for slot in kind.slots}, key=repr)
    found = []
    for index in range(length):
        tables: dict[tuple[bool, ...], list[float]] = {}
        for pool in pools:
            draw = _draw(rounds, pool, index)
            if draw is None:
                continue
            in_it = tuple(pool in kind.pools_in(index) for kind in kinds)
            none_of = draw.none_of_up_to(sum(count for count, inside in zip(alike, in_it, strict=True) if inside))
            tables[in_it] = [a * b for a, b in zip(none_of, tables[in_it], strict=True)] if in_it in tables else none_of
        for in_it, none_of in tables.items():
            undrawn = [chance * none_of[count] for chance, count in zip(undrawn, _inside(alike, in_it), strict=True)]
        found.append(_exactly([sum(undrawn[start:end]) for start, end in pairwise(bounds)]))
    return found


@lru_cache(maxsize=64)
def _chosen(alike: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Every way to take some of each kind, where there are so many of each; smallest sets first."""
    return tuple(sorted(product(*(range(count + 1) for count in alike)), key=sum))


@lru_cache(maxsize=64)
def _sets(alike: tuple[int, ...]) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """For each way to take some of each kind how many sets it stands for, and where in the list each size begins."""
    ways = _chosen(alike)
    weights = tuple(float(prod(map(comb, alike, chosen))) for chosen in ways)
    sizes = [sum(chosen) for chosen in ways]
    return weights, tuple(bisect_left(sizes, size) for size in range(sum(alike) + 2))


@lru_cache(maxsize=512)
def _inside(alike: tuple[int, ...], in_it: tuple[bool, ...]) -> tuple[int, ...]:
    """How many of each set are of the kinds ``in_it``."""
    return tuple(sum(compress(chosen, in_it)) for chosen in _chosen(alike))


@lru_cache(maxsize=64)
def _signed(people: int) -> tuple[tuple[int, ...], ...]:
    """Inclusion and exclusion: the factors by which the sums over sets of each size make "exactly so many"."""
    return tuple(
        tuple((-1) ** (size - exactly) * comb(size, exactly) if size >= exactly else 0 for size in range(people + 1))
        for exactly in range(people + 1)
    )


def _exactly(by_size: Sequence[float]) -> list[float]:
    """From the summed chances that all of a set wait, by the set's size, to the chances that exactly so many wait."""
    return [min(1.0, max(0.0, sum(map(mul, factors, by_size)))) for factors in _signed(len(by_size) - 1)]


def _convolve(one: Sequence[float], other: Sequence[float]) -> list[float]:
    mixed = [0.0] * (len(one) + len(other) - 1)
    for i, left in enumerate(one):
        for j, right in enumerate(other):
            mixed[i + j] += left * right
    return mixed
