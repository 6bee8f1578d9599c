"""All content as one validated object, read once at start by ``load_content``; wrong content never gets further."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from flows.facts.country import Country
from flows.facts.occupation import Occupations
from flows.facts.partner_exception import PartnerExceptions
from flows.facts.partner_permit import PartnerPermit
from flows.facts.record import Fact, Source
from flows.facts.rounds import FeedCodes, InvitedShare, LabelScale, RoundMemory, RoundState
from flows.facts.season import Seasons
from flows.facts.travel import EntryRules
from flows.facts.value import NamedValue, ValueVersion
from flows.facts.yaml_file import ContentError, YamlFile

T = TypeVar("T")
IdT = TypeVar("IdT", Source, NamedValue)


@dataclass(frozen=True)
class Facts:
    """What is true: every dated record of ``content/``. ``version`` changes with any of the files read."""

    version: str
    sources: Mapping[str, Source]
    countries: Mapping[str, Country]
    partner_permit: PartnerPermit
    partner_exceptions: PartnerExceptions
    occupations: Occupations
    seasons: Seasons
    values: Mapping[str, NamedValue]
    entry: EntryRules
    rounds: RoundMemory

    def url(self, fact: Fact) -> str:
        """The web address of a fact's source."""
        return self.sources[fact.source].url

    def value(self, value_id: str, day: date) -> ValueVersion:
        """A single dated value, for example ``invitation.answer_days``; KeyError where no such value exists."""
        return self.values[value_id].on(day)

    @cached_property
    def oldest_check(self) -> date:
        """The earliest day on which any fact in force today (no ``effective_to``) was last checked."""
        return min(fact.checked_on for _, fact in self.every_fact() if fact.effective_to is None)

    def every_fact(self) -> list[tuple[str, Fact]]:
        """All dated records with a name a person can find them by."""
        named: list[tuple[str, Fact]] = []
        for code, country in self.countries.items():
            named += [(f"countries/{code.lower()}", version) for version in country.versions]
        named += [(f"partner_permit/{rule.id}", rule) for rule in self.partner_permit.versions]
        named += [(f"partner_exceptions/{rule.id}", rule) for rule in self.partner_exceptions.exceptions]
        named += [(f"seasons/{season.year}", season) for season in self.seasons.seasons]
        named.append(("seasons/pattern", self.seasons.pattern))
        for value in self.values.values():
            named += [(f"values/{value.id}", version) for version in value.versions]
        named += [(f"entry/{rule.entry}", rule) for rule in self.entry.rules]
        named += [("rounds/scale", self.rounds.scale), ("rounds/feed", self.rounds.feed)]
        named += [(f"rounds/shares of {share.season}", share) for share in self.rounds.shares]
        named += [(f"rounds/{state.data_of}", state) for state in self.rounds.states]
        return named


class _Reader:
    """Collects the problems of all files, so that a person sees them together."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[str] = []
        self.digest = hashlib.sha256()
        self.cited: list[tuple[str, str]] = []

    def read(self, path: Path, model: type[T]) -> T | None:
        """The file as ``model``; None, with its problems kept, where it is not one."""
        file = self._file(path)
        return None if file is None else self._checked(file, model)

    def by_id(self, folder: str, model: type[list[IdT]]) -> dict[str, IdT]:
        """All entries of the lists in a folder, by their id."""
        found: dict[str, IdT] = {}
        for path in sorted((self.root / folder).glob("*.yaml")):
            file = self._file(path)
            entries = None if file is None else self._checked(file, model)
            for place, entry in enumerate(entries or ()):
                if entry.id in found and file is not None:
                    self.problems.append(
                        f"{path}:{file.line_of((place,))}: {entry.id} stands twice in {folder}; keep one"
                    )
                found[entry.id] = entry
        return found

    def countries(self) -> dict[str, Country]:
        """All country files, by the country's code."""
        found: dict[str, Country] = {}
        for path in sorted((self.root / "countries").glob("*.yaml")):
            country = self.read(path, Country)
            if country is not None:
                right = f"{country.code.lower()}.yaml"
                if path.name != right:
                    self.problems.append(f"{path}:1: holds {country.code}; rename it to {right} or correct the code")
                found[country.code] = country
        if not found:
            self.problems.append(f"{self.root / 'countries'}:1: no country can be read; expected one file a country")
        return found

    def rounds(self) -> RoundMemory | None:
        """Past seasons' round figures; None where one of their files is wrong."""
        folder = self.root / "rounds"
        scale = self.read(folder / "scale.yaml", LabelScale)
        feed = self.read(folder / "feed.yaml", FeedCodes)
        shares = self.read(folder / "shares.yaml", list[InvitedShare])
        states: list[RoundState] = []
        for path in sorted(folder.glob("season_*.yaml")):
            states += self.read(path, list[RoundState]) or ()
        if scale is None or feed is None or shares is None:
            return None
        return RoundMemory(scale=scale, feed=feed, shares=tuple(shares), states=tuple(states))

    def _file(self, path: Path) -> YamlFile | None:
        try:
            raw = path.read_bytes()
        except OSError as error:
            self.problems.append(f"{path}:1: cannot be read: {error.strerror}; expected a content file here")
            return None
        self.digest.update(path.relative_to(self.root).as_posix().encode() + b"\0" + raw)
        try:
            file = YamlFile(path, raw.decode("utf-8"))
        except ContentError as error:
            self.problems += error.problems
            return None
        except UnicodeDecodeError as error:
            self.problems.append(f"{path}:1: not UTF-8 text: {error.reason}; save it as UTF-8")
            return None
        for inside, data in file.mappings():
            for key in ("source", "also"):
                names = data.get(key, [])
                where = f"{path}:{file.line_of((*inside, key))}"
                self.cited += [(where, str(name)) for name in (names if isinstance(names, list) else [names])]
        return file

    def _checked(self, file: YamlFile, model: type[T]) -> T | None:
        try:
            return TypeAdapter(model).validate_python(file.data)
        except ValidationError as error:
            self.problems += file.problems_of(error)
            return None


def load_facts(root: Path) -> Facts:
    """Read and check every fact below ``root``; raises ContentError naming all problems at once."""
    reader = _Reader(root)
    sources = reader.by_id("sources", list[Source])
    countries = reader.countries()
    partner_permit = reader.read(root / "partner_permit.yaml", PartnerPermit)
    exceptions = reader.read(root / "partner_exceptions.yaml", PartnerExceptions)
    occupations = reader.read(root / "occupations.yaml", Occupations)
    seasons = reader.read(root / "seasons.yaml", Seasons)
    values = reader.by_id("values", list[NamedValue])
    entry = reader.read(root / "entry.yaml", EntryRules)
    rounds = reader.rounds()
    reader.problems += [
        f"{where}: source: {name!r} is not listed in {root / 'sources'}; add it there or correct the id"
        for where, name in reader.cited
        if name not in sources
    ]
    if reader.problems:
        raise ContentError(reader.problems)
    assert partner_permit and exceptions and occupations and seasons and entry and rounds
    return Facts(
        version=reader.digest.hexdigest()[:16],
        sources=sources,
        countries=countries,
        partner_permit=partner_permit,
        partner_exceptions=exceptions,
        occupations=occupations,
        seasons=seasons,
        values=values,
        entry=entry,
        rounds=rounds,
    )


CONTENT_ROOT = Path(__file__).resolve().parents[2] / "content"
