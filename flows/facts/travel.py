"""What a passport needs to enter Canada as a visitor: nothing, an eTA, a visa, or an eTA on conditions."""

from enum import StrEnum

from flows.facts.record import CountryCode, Fact, MessageKey, Strict


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
    """All rules; every passport that stands in none needs a visa."""

    rules: tuple[EntryRule, ...]
