"""The country files against a second statement of the same terms, written from the notes and not from the files."""

from datetime import date

import pytest

from flows.facts.content import Facts
from flows.facts.country import CountryStatus
from flows.party import Category

TODAY = date(2026, 11, 22)
WH, YP, COOP = Category.WORKING_HOLIDAY, Category.YOUNG_PROFESSIONALS, Category.INTERNATIONAL_COOP

# Upper ages and months of Working Holiday / Young Professionals / Co-op, stays, rule of repeating, gap, lives in, school in.
# Repeating: any (a category may come again), once (each category once), slot (WH or YP once, Co-op once), coop1 (Co-op once).
TABLE = """
AD  30/-/-    12/-/-    1 any   0  -                 -
AU  35/35/35  24/24/12  2 slot  0  -                 AU
AT  30/35/35  12/12/6   3 once  0  -/-/AT            -
BE  30/-/-    12/-/-    1 any   0  BE                -
CL  35/35/35  12/12/12  2 any   0  -                 CL
CR  35/35/35  12/12/12  2 once  0  -                 CR
HR  35/35/35  12/12/12  2 any   3  -                 HR
CZ  35/35/35  12/12/12  2 once  0  CZ                CZ
DK  35/-/-    12/-/-    1 any   0  DK+GL+FO          -
EE  35/35/35  12/12/12  2 once  0  -                 EE
FI  35/35/35  12/12/12  3 once  0  -                 -
FR  35/35/35  24/24/12  2 slot  0  -                 -
DE  35/35/35  12/12/12  2 once  0  -                 -
GR  35/35/35  12/12/12  2 once  0  -                 -
HK  30/-/-    12/-/-    1 any   0  HK                -
IS  30/-/-    12/-/-    2 any   0  -                 -
IE  35/35/35  24/24/12  2 slot  0  -                 IE
IT  35/35/35  12/12/12  2 any   0  IT                -
JP  30/-/-    12/-/-    2 any   0  JP                -
KR  35/35/35  24/24/24  2 coop1 0  -                 -
LV  35/35/35  12/12/12  2 once  12 LV                LV
LT  35/35/35  12/12/12  2 once  3  -                 LT
LU  35/35/35  12/12/12  1 any   0  -                 -
NL  30/30/-   12/12/-   2 once  0  NL+AW+BQ+CW+SX    -
NZ  35/-/-    23/-/-    1 any   0  -                 -
NO  35/35/35  12/12/12  2 once  0  NO                -
PL  35/35/35  12/12/12  2 once  6  -                 PL
PT  35/35/35  24/24/24  1 any   0  -                 -
SM  35/-/-    12/-/-    2 any   0  -                 -
SK  35/35/35  12/12/12  2 once  3  SK                SK
SI  35/35/35  12/12/12  2 once  0  -                 SI
ES  35/35/35  12/12/12  2 once  3  ES                ES
SE  30/30/30  12/12/12  2 once  0  SE                SE
CH  -/35/35   -/18/18   2 any   0  -                 CH
TW  35/35/35  12/12/12  1 any   0  -                 TW
GB  35/35/35  24/24/24  2 any   0  -                 -
"""
ROWS = [row.split() for row in TABLE.strip().splitlines()]


def allowed(facts: Facts, code: str, *stays: Category) -> bool:
    """Whether these stays in this order fit the total and the limits of today's terms."""
    participation = facts.countries[code].terms_on(TODAY).participation  # type: ignore[union-attr]
    return len(stays) <= participation.max_total and all(
        sum(stay in limit.categories for stay in stays) <= limit.times for limit in participation.at_most
    )


def test_every_partner_is_in_the_table(facts: Facts) -> None:
    active = {code for code, country in facts.countries.items() if country.status is CountryStatus.ACTIVE}
    assert active == {row[0] for row in ROWS}
    assert len(active) == facts.value("programme.partner_countries", TODAY).value == 36


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_terms(facts: Facts, row: list[str]) -> None:
    code, ages, months, total, repeating, gap, lives_in, school = row
    terms = facts.countries[code].terms_on(TODAY)
    assert terms is not None
    homes = lives_in.split("/") if "/" in lives_in else [lives_in] * 3
    for category, age, length, home in zip((WH, YP, COOP), ages.split("/"), months.split("/"), homes, strict=True):
        pool = terms.categories.get(category)
        assert (pool is None) == (age == "-"), category
        if pool is not None:
            assert (pool.min_age, pool.max_age, pool.months) == (18, int(age), int(length)), category
            assert set(pool.lives_in) == (set() if home == "-" else set(home.split("+"))), category
            assert pool.enrolled_in == (school if category is COOP and school != "-" else None), category
    assert terms.participation.max_total == int(total)
    assert terms.participation.gap_months == int(gap)
    open_to = [category for category in (WH, YP, COOP) if category in terms.categories]
    if int(total) > 1:
        for category in open_to:
            again = repeating == "any" or (repeating == "coop1" and category is not COOP)
            assert allowed(facts, code, category, category) == again, category
        if WH in open_to and YP in open_to:
            assert allowed(facts, code, WH, YP) == (repeating != "slot")
            assert allowed(facts, code, YP, WH) == (repeating != "slot")
        if COOP in open_to:
            assert allowed(facts, code, open_to[0], COOP)
            assert allowed(facts, code, COOP, open_to[0])
        if len(open_to) == 3:
            assert allowed(facts, code, COOP, WH, YP) == (int(total) >= 3)


def test_lengths_that_depend_on_the_order(facts: Facts) -> None:
    british = facts.countries["GB"].terms_on(TODAY)
    assert british is not None
    assert {pool.months_by_stay for pool in british.categories.values()} == {(24, 12)}
    swiss = facts.countries["CH"].terms_on(TODAY)
    assert swiss is not None
    assert swiss.participation.combined_months == 18
    others = [code for code in facts.countries if code not in ("GB", "CH")]
    for code in others:
        terms = facts.countries[code].terms_on(TODAY)
        assert terms is not None
        assert terms.participation.combined_months is None
        assert not any(pool.months_by_stay for pool in terms.categories.values())


@pytest.mark.parametrize(
    ("code", "before", "after", "what"),
    [
        ("AU", date(2018, 10, 31), date(2018, 11, 1), [(WH, 30, 24, 2), (WH, 35, 24, 2)]),
        ("GB", date(2023, 12, 10), date(2023, 12, 11), [(WH, 30, 24, 1), (WH, 35, 24, 2)]),
        ("KR", date(2023, 12, 10), date(2023, 12, 11), [(WH, 30, 12, 1), (WH, 35, 24, 2)]),
        ("IT", date(2022, 10, 31), date(2022, 11, 1), [(WH, 35, 6, 1), (WH, 35, 12, 2)]),
        ("JP", date(2025, 3, 31), date(2025, 4, 1), [(WH, 30, 12, 1), (WH, 30, 12, 2)]),
    ],
)
def test_changes_on_their_day(
    facts: Facts, code: str, before: date, after: date, what: list[tuple[Category, int, int, int]]
) -> None:
    for day, (category, age, months, total) in zip((before, after), what, strict=True):
        terms = facts.countries[code].terms_on(day)
        assert terms is not None
        pool = terms.categories[category]
        assert (pool.max_age, pool.months, terms.participation.max_total) == (age, months, total), day


@pytest.mark.parametrize(
    ("code", "category", "first"),
    [
        ("FI", WH, date(2024, 3, 1)),
        ("IS", WH, date(2023, 12, 11)),
        ("PT", WH, date(2018, 12, 4)),
        ("GB", COOP, date(2023, 12, 11)),
        ("KR", YP, date(2023, 12, 11)),
        ("IT", COOP, date(2022, 11, 1)),
        ("AT", WH, date(2018, 7, 10)),
    ],
)
def test_pools_that_did_not_exist_before(facts: Facts, code: str, category: Category, first: date) -> None:
    def exists(day: date) -> bool:
        terms = facts.countries[code].terms_on(day)
        return terms is not None and category in terms.categories

    assert exists(first)
    assert not exists(first.replace(day=first.day - 1) if first.day > 1 else date(first.year, first.month - 1, 28))


def test_older_stays_have_their_own_rule_where_the_agreement_says_so(facts: Facts) -> None:
    def further(code: str, stays: int, months: int) -> int | None:
        terms = facts.countries[code].terms_on(TODAY)
        assert terms is not None
        for rule in terms.participation.legacy:
            enough = rule.min_stays <= stays <= (rule.max_stays or stays)
            if enough and (rule.min_total_months or 0) <= months <= (rule.max_total_months or months):
                return rule.further
        return None

    with_legacy = {
        code
        for code, country in facts.countries.items()
        for terms in [country.terms_on(TODAY)]
        if terms is not None and terms.participation.legacy
    }
    assert with_legacy == {"AU", "FR", "IE", "GB", "IT", "JP", "KR"}
    assert [further("AU", 1, 12), further("AU", 4, 48)] == [1, 1]
    assert [further("FR", 1, 12), further("FR", 2, 24)] == [1, 0]
    assert [further("IE", 1, 12), further("IE", 2, 24)] == [1, 0]
    assert [further("GB", 1, 12), further("GB", 1, 24), further("GB", 2, 24)] == [1, None, 0]
    assert [further("IT", 1, 6), further("JP", 1, 12), further("KR", 1, 12)] == [1, 1, 1]


def test_only_these_have_no_pool(facts: Facts) -> None:
    assert facts.countries["MX"].status is CountryStatus.SUSPENDED
    assert not facts.countries["MX"].recognized_organizations
    assert facts.countries["UA"].status is CountryStatus.NOT_LISTED
    for code in ("MX", "UA"):
        terms = facts.countries[code].terms_on(TODAY)
        assert terms is not None
        assert not terms.categories


def test_terms_were_checked_when_the_officers_page_was_read(facts: Facts) -> None:
    for code, country in facts.countries.items():
        assert country.versions[-1].checked_on == date(2026, 2, 12), code
