"""Every passport has exactly one rule on every day, and the changes happen on their day."""

from datetime import date

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from flows.facts.content import CONTENT_ROOT, Facts, load_facts
from flows.facts.travel import Entry

TODAY = date(2026, 11, 22)
# Uninhabited, or without a passport of their own; then groups and private codes that are no country.
NOBODYS = {"AQ", "BV", "EH", "GS", "HM", "IO", "TF", "UM"}
NO_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
COUNTRIES = sorted(
    code for code in Locale("en").territories if len(code) == 2 and code.isalpha() and code not in NOBODYS | NO_COUNTRY
)
ENTRY = load_facts(CONTENT_ROOT).entry


@given(st.sampled_from(COUNTRIES), st.dates(date(2010, 1, 1), date(2040, 1, 1)))
def test_exactly_one_rule_a_day(code: str, day: date) -> None:
    passport = ENTRY.travel_as.get(code, code)
    holding = [
        rule
        for rule in ENTRY.rules
        if passport in rule.passports and (rule.effective_from or date.min) <= day <= (rule.effective_to or date.max)
    ]
    assert len(holding) == 1
    assert ENTRY.rule_on(code, day) is holding[0]


def test_every_country_stands_in_the_file() -> None:
    assert [code for code in COUNTRIES if ENTRY.rule_on(code, TODAY) is None] == []


def test_no_code_that_is_no_country() -> None:
    assert (set(ENTRY.by_passport) | set(ENTRY.travel_as)) <= set(COUNTRIES)


def test_how_many_of_each(facts: Facts) -> None:
    count = dict.fromkeys(Entry, 0)
    for passport in facts.entry.by_passport:
        rule = facts.entry.rule_on(passport, TODAY)
        assert rule is not None
        count[rule.entry] += 1
    assert count == {
        Entry.CITIZEN: 1,
        Entry.NOTHING: 1,
        Entry.ETA: 48,
        Entry.DOCUMENT_DEPENDENT: 5 + 10,
        Entry.ETA_ON_CONDITIONS: 17,
        Entry.VISA: 127,
    }


@pytest.mark.parametrize(
    ("passport", "day", "entry"),
    [
        ("CA", TODAY, Entry.CITIZEN),
        ("US", TODAY, Entry.NOTHING),
        ("PR", TODAY, Entry.NOTHING),
        ("FR", TODAY, Entry.ETA),
        ("GL", TODAY, Entry.ETA),
        ("NO", TODAY, Entry.ETA),
        ("TW", TODAY, Entry.DOCUMENT_DEPENDENT),
        ("RO", TODAY, Entry.DOCUMENT_DEPENDENT),
        ("CR", TODAY, Entry.ETA_ON_CONDITIONS),
        ("IN", TODAY, Entry.VISA),
        ("XK", TODAY, Entry.VISA),
        ("QA", date(2025, 11, 24), Entry.VISA),
        ("QA", date(2025, 11, 25), Entry.ETA),
        ("MX", date(2024, 2, 28), Entry.ETA),
        ("MX", date(2024, 2, 29), Entry.ETA_ON_CONDITIONS),
        ("ID", date(2026, 5, 25), Entry.VISA),
        ("MY", date(2026, 5, 26), Entry.ETA_ON_CONDITIONS),
        ("AR", date(2023, 6, 5), Entry.VISA),
        ("AR", date(2023, 6, 6), Entry.ETA_ON_CONDITIONS),
    ],
)
def test_passports_by_day(facts: Facts, passport: str, day: date, entry: Entry) -> None:
    rule = facts.entry.rule_on(passport, day)
    assert rule is not None
    assert rule.entry is entry


def test_partner_countries_need_no_visa_with_one_exception(facts: Facts) -> None:
    need = {
        code: facts.entry.rule_on(code, TODAY)
        for code, country in facts.countries.items()
        if country.versions[-1].categories
    }
    asked = {code: rule.entry for code, rule in need.items() if rule is not None and rule.entry is not Entry.ETA}
    assert asked == {
        "CR": Entry.ETA_ON_CONDITIONS,
        "HK": Entry.DOCUMENT_DEPENDENT,
        "TW": Entry.DOCUMENT_DEPENDENT,
    }


def test_a_passport_that_stands_nowhere_is_not_guessed(facts: Facts) -> None:
    assert facts.entry.rule_on("ZZ", TODAY) is None
