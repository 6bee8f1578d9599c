"""Occupations: the unit groups of NOC 2021 and the everyday names that people type for them."""

from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from flows.facts.record import Strict

Noc = Annotated[str, Field(pattern=r"^\d{5}$")]


class Occupation(Strict):
    """One NOC 2021 unit group. The second digit of the code is the TEER: training, education, experience and
    responsibilities, from 0 (management) to 5 (a short demonstration is enough)."""

    noc: Noc
    title: str
    names: tuple[str, ...] = ()

    @property
    def teer(self) -> int:
        """The TEER level, 0 to 5."""
        return int(self.noc[1])


class Occupations(Strict):
    """All unit groups. ``source`` names an entry of ``content/sources/``."""

    source: str
    occupations: tuple[Occupation, ...]

    @model_validator(mode="after")
    def _no_doubles(self) -> "Occupations":
        codes = [occupation.noc for occupation in self.occupations]
        if len(codes) != len(set(codes)):
            raise ValueError("a NOC code stands twice")
        return self

    @cached_property
    def by_noc(self) -> dict[str, Occupation]:
        """Unit groups by their code."""
        return {occupation.noc: occupation for occupation in self.occupations}
