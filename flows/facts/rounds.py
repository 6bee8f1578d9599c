"""Past seasons' round figures, IRCC's scale of chances, and how its weekly file names countries."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from flows.facts.record import CountryCode, Fact, Strict
from flows.party import Category

Count = Annotated[int, Field(ge=0, le=1_000_000)]


class PoolRecord(Strict):
    """What was published of one pool on one day; a missing key was not published.

    ``invited`` counts the whole season so far, ``last`` the week before alone. ``label`` is IRCC's chance code.
    """

    quota: Count | Literal["unlimited"] | None = None
    invited: Count | None = None
    last: Count | None = None
    candidates: Count | None = None
    spots: Count | None = None
    label: Annotated[int, Field(ge=1, le=5)] | None = None


class RoundState(Fact):
    """The pools as published on one day. ``current_as_of`` is that day; it is past, so ``effective_to`` is the same."""

    season: int
    pools: Annotated[dict[Category, dict[CountryCode, PoolRecord]], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_day(self) -> "RoundState":
        if self.current_as_of is None or self.effective_to != self.current_as_of:
            raise ValueError(
                "figures belong to one day; give it as current_as_of and the same day as effective_to, so that old "
                "figures are never taken for today's"
            )
        return self

    @property
    def data_of(self) -> date:
        """The day whose figures these are."""
        assert self.current_as_of is not None
        return self.current_as_of


class LabelStep(Strict):
    """One label: the chance in the next round lies between two percentages."""

    code: Annotated[int, Field(ge=1, le=5)]
    name: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    from_percent: Annotated[int, Field(ge=0, le=100)]
    to_percent: Annotated[int, Field(ge=0, le=100)]


class LabelScale(Fact):
    """IRCC's labels, best first."""

    labels: Annotated[tuple[LabelStep, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> "LabelScale":
        codes = [label.code for label in self.labels]
        if codes != sorted(set(codes)):
            raise ValueError(f"labels must be in order and without doubles, found {codes}")
        if any(label.from_percent > label.to_percent for label in self.labels):
            raise ValueError("a label's from_percent lies above its to_percent")
        return self


class InvitedShare(Fact):
    """The share of those who waited a whole past season in one pool and were invited."""

    season: int
    citizenship: CountryCode
    category: Category
    share: Annotated[float, Field(gt=0, le=1)]


class FeedCodes(Fact):
    """Codes in IRCC's weekly file that are not the ISO code of the country: ``codes`` maps them to it.

    ``not_countries`` are codes of entries that are no country at all.
    """

    codes: dict[Annotated[str, Field(pattern=r"^[a-z]{2}$")], CountryCode]
    not_countries: tuple[str, ...] = ()


class RoundMemory(Strict):
    """Everything about rounds that does not come from the live file."""

    scale: LabelScale
    feed: FeedCodes
    shares: tuple[InvitedShare, ...] = ()
    states: tuple[RoundState, ...] = ()
