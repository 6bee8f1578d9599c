"""Occupations: the unit groups of NOC 2021 and the everyday names that people type for them."""

from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from flows.facts.record import Strict

Noc = Annotated[str, Field(pattern=r"^\d{5}$")]


class Occupation(Strict):
    """One NOC 2021 unit group. The second digit of the code is the TEER: training, education, experience and
    responsibilities, from 0 (management) to 5 (a short demonstration is enough).

    ``names`` are everyday names, in any language, that mean this group and no other; the most usual ones first.
    """

    noc: Noc
    title: str
    names: tuple[str, ...] = ()

    @property
    def teer(self) -> int:
        """The TEER level, 0 to 5."""
        return int(self.noc[1])


class SharedNames(Strict):
    """Everyday names that fit several unit groups. ``groups`` are their codes, the most likely one first; there are
    at most six, so that a person can be asked which one it is."""

    groups: Annotated[tuple[Noc, ...], Field(min_length=2, max_length=6)]
    names: Annotated[tuple[str, ...], Field(min_length=1)]


class JobTalk(Strict):
    """Words around a job in an answer, in all languages together.

    ``fillers`` say nothing about the job, ``joins`` part two jobs ("and"), ``places`` lead to where or for whom it is
    done ("in", "at"), ``places_with_article`` do so only before an article ("en un hotel", but not "en chef"),
    ``articles`` are left out altogether, ``unknown`` are whole answers that leave the job open, ``short`` are shortened
    words with what they stand for.
    """

    fillers: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    places_with_article: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    short: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Occupations(Strict):
    """All unit groups, and the names that several of them share. ``source`` names an entry of ``content/sources/``."""

    source: str
    talk: JobTalk = JobTalk()
    several: tuple[SharedNames, ...] = ()
    occupations: tuple[Occupation, ...]

    @model_validator(mode="after")
    def _no_doubles(self) -> "Occupations":
        codes = [occupation.noc for occupation in self.occupations]
        if len(codes) != len(set(codes)):
            raise ValueError("a NOC code stands twice")
        for shared in self.several:
            if strange := sorted(set(shared.groups) - set(codes)):
                raise ValueError(
                    f"the shared names {', '.join(shared.names[:3])} point to {strange[0]}, no known group"
                )
        return self

    @cached_property
    def by_noc(self) -> dict[str, Occupation]:
        """Unit groups by their code."""
        return {occupation.noc: occupation for occupation in self.occupations}
