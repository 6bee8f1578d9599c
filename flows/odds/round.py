"""What IRCC publishes of a pool each week, as typed records, and everything known of all pools together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flows.party import Category


@dataclass(frozen=True, slots=True, order=True)
class Pool:
    """One citizenship in one category: the lot that invitations are drawn from."""

    citizenship: str
    category: Category

    @property
    def id(self) -> str:
        """The id that the own route through this pool has in an answer, for example ``working_holiday:IE``."""
        return f"{self.category.value}:{self.citizenship}"


@dataclass(frozen=True, slots=True)
class PoolFigures:
    """The state of one pool on the day ``data_of``; None where nothing was published.

    ``invited`` counts all invitations of the season so far, ``invited_last`` those of the week before alone (told only by
    some reports). ``candidates`` are in the pool, ``spots`` letters can still be issued, ``label`` is IRCC's chance code
    (1 excellent ... 5 very low). ``final_round`` is the announced last week of rounds. ``within`` names a
    special line inside the pool (its figures are kept, odds do not use them). ``source`` is a web address; ``sure`` is False
    where it is not the file itself or a faithful copy.
    """

    pool: Pool
    data_of: date
    season: int
    source: str
    quota: int | None = None
    unlimited: bool = False
    invited: int | None = None
    invited_last: int | None = None
    candidates: int | None = None
    spots: int | None = None
    label: int | None = None
    accepting: bool = True
    first_round: date | None = None
    final_round: date | None = None
    within: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """One step of IRCC's scale: the chance in the next round lies between ``low`` and ``high`` (0 to 1)."""

    code: int
    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SeasonShare:
    """What share of those who waited in a pool for a whole past season was invited."""

    pool: Pool
    season: int
    share: float
    source: str


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """All figures known: per pool the published states, oldest first, one a day.

    ``letters_per_invitation`` is how many permits one invitation leads to. ``closes`` is the last day of a
    season's rounds by season, ``closes_basis`` says whether it was announced or follows the pattern.
    """

    series: Mapping[Pool, tuple[PoolFigures, ...]]
    labels: Mapping[int, Label]
    letters_per_invitation: float
    closes: Mapping[int, date]
    closes_basis: Mapping[int, str]
    shares: Mapping[Pool, tuple[SeasonShare, ...]] = field(default_factory=dict)

    def newest(self, pool: Pool) -> PoolFigures | None:
        """The latest published state of a pool; None where there is none."""
        states = self.series.get(pool, ())
        return states[-1] if states else None

    def label_of(self, figures: PoolFigures) -> Label | None:
        """IRCC's label as a range; None where there is none or the code is not on the scale."""
        return None if figures.label is None else self.labels.get(figures.label)
