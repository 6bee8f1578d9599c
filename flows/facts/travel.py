"""What a passport needs to enter Canada as a visitor: nothing, an eTA, a visa, or an eTA on conditions."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property

from pydantic import Field, model_validator

from flows.facts.record import CountryCode, Fact, MessageKey, PlacedError, Strict, check_versions, version_on


class Entry(StrEnum):
    """What a visitor with this passport needs before flying in."""

    CITIZEN = "citizen"
    NOTHING = "nothing"
    ETA = "eta"
    DOCUMENT_DEPENDENT = "document_dependent"
    ETA_ON_CONDITIONS = "eta_on_conditions"
    VISA = "visa"


class EntryRule(Fact):
    """Passports with the same need. ``told`` explains it."""

    entry: Entry
    passports: tuple[CountryCode, ...]
    told: MessageKey | None = None


class EntryRules(Strict):
    """All rules. ``travel_as``: territories whose people travel on the passport of another country.

    A passport stands in several rules only one after the other, without gap or overlap.
    """

    rules: tuple[EntryRule, ...]
    travel_as: dict[CountryCode, CountryCode] = Field(default_factory=dict)

    @cached_property
    def by_passport(self) -> Mapping[str, tuple[EntryRule, ...]]:
        """The rules of each passport, oldest first."""
        found: dict[str, list[EntryRule]] = {}
        for rule in self.rules:
            for passport in rule.passports:
                found.setdefault(passport, []).append(rule)
        return {
            passport: tuple(sorted(rules, key=lambda rule: rule.effective_from or date.min))
            for passport, rules in found.items()
        }

    @model_validator(mode="after")
    def _one_rule_a_day(self) -> "EntryRules":
        for passport, rules in self.by_passport.items():
            try:
                check_versions(rules)
            except PlacedError as error:
                wrong = rules[int(error.inside[-1])]
                raise PlacedError(f"passport {passport}: {error}", ("rules", self.rules.index(wrong))) from error
        for territory, country in self.travel_as.items():
            if territory in self.by_passport:
                raise PlacedError(
                    f"{territory} stands both among the passports and under travel_as; keep one",
                    ("travel_as", territory),
                )
            if country not in self.by_passport:
                raise PlacedError(f"there is no rule for the passport {country}", ("travel_as", territory))
        return self

    def rule_on(self, passport: str, day: date) -> EntryRule | None:
        """The rule for this passport (or territory) on ``day``; None where the facts know none: then a visa is needed."""
        rules = self.by_passport.get(self.travel_as.get(passport, passport))
        return (version_on(rules, day) or rules[0]) if rules else None
