"""The dates of a party: the right day, for the right people, from the right basis."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.facts.content import CONTENT_ROOT, load_facts
from flows.party_file import read_party
from flows.routes.evaluate import evaluate
from flows.timeline import CODES, Basis, Dated, clock_ends, dates_of

FACTS = load_facts(CONTENT_ROOT)


def dates(text: str, on: date) -> list[Dated]:
    party = read_party(text, "party.yaml", on, on, FACTS)
    return dates_of(party, evaluate(party, FACTS), FACTS)


def of(code: str, found: list[Dated]) -> list[tuple[tuple[str, ...], date, date, Basis]]:
    return [(dated.who, dated.first, dated.last, dated.basis) for dated in found if dated.code == code]


ALONE = "people: [{{id: p1, citizenships: [IE], participations: [], {}}}]"
COUPLE = """
people:
  - {id: p1, born: 1996-04-02, citizenships: [IE], participations: [], stage: none, arrive_by: 2027-06-01}
  - {id: p2, born: 1985-04-02, citizenships: [US], participations: [], stage: none}
relationships:
  - {between: [p1, p2], kind: living_together, living_together_since: 2026-06-30}
"""


def test_the_next_opening_is_a_pattern_of_days() -> None:
    found = dates(ALONE.format("born: 1996-04-02"), date(2026, 11, 22))
    assert of("pool_opens", found) == [(("p1",), date(2026, 12, 11), date(2026, 12, 19), Basis.PATTERN)]
    assert of("season_closes", found) == []


def test_while_pools_are_open_their_close_is_told() -> None:
    open_now = dates(ALONE.format("born: 1996-04-02"), date(2026, 8, 22))
    assert of("season_closes", open_now) == [(("p1",), date(2026, 10, 20), date(2026, 10, 20), Basis.PATTERN)]
    past = dates(ALONE.format("born: 1996-04-02"), date(2024, 8, 22))
    assert of("season_closes", past) == [(("p1",), date(2024, 10, 21), date(2024, 10, 21), Basis.ANNOUNCED)]


def test_the_last_day_of_age_is_the_eve_of_the_birthday() -> None:
    found = dates(ALONE.format("born: 1996-04-02"), date(2026, 11, 22))
    assert of("last_invitation_day", found) == [(("p1",), date(2032, 4, 1), date(2032, 4, 1), Basis.RULE)]


def test_a_waiting_period_ends_on_its_day() -> None:
    """Polish citizens wait six months from the end of a permit."""
    stay = "{citizenship: PL, category: working_holiday, started: 2025-10-01, ended: 2026-09-30}"
    text = f"people: [{{id: p1, born: 1999-01-01, citizenships: [PL], stage: none, participations: [{stay}]}}]"
    (waited,) = [dated for dated in dates(text, date(2026, 11, 22)) if dated.code == "waiting_period_over"]
    assert (waited.who, waited.basis, waited.values["countries"]) == (("p1",), Basis.RULE, ("PL",))
    assert waited.first == date(2027, 3, 30)
    assert of("waiting_period_over", dates(text, date(2027, 4, 1))) == []


def test_a_clock_runs_ten_days_to_answer_and_twenty_to_apply() -> None:
    invited = dates(ALONE.format("stage: invited, invited_on: 2026-02-20"), date(2026, 2, 21))
    accepted = dates(ALONE.format("stage: invited, invited_on: 2026-02-20, accepted_on: 2026-02-25"), date(2026, 2, 26))
    assert of("answer_by", invited) == [(("p1",), date(2026, 3, 2), date(2026, 3, 2), Basis.RULE)]
    assert of("submit_by", invited) == []
    assert of("submit_by", accepted) == [(("p1",), date(2026, 3, 17), date(2026, 3, 17), Basis.RULE)]
    assert of("answer_by", accepted) == []


def test_a_missed_deadline_is_still_told() -> None:
    found = dates(ALONE.format("stage: invited, invited_on: 2026-02-20"), date(2026, 3, 20))
    assert of("answer_by", found) == [(("p1",), date(2026, 3, 2), date(2026, 3, 2), Basis.RULE)]


def test_the_usual_time_to_decide_and_the_letter() -> None:
    applied = dates(ALONE.format("stage: applied, applied_on: 2026-03-01"), date(2026, 3, 2))
    assert of("decision", applied) == [(("p1",), date(2026, 4, 26), date(2026, 4, 26), Basis.USUAL)]
    approved = dates(ALONE.format("stage: approved, letter_valid_until: 2027-04-01"), date(2026, 5, 2))
    assert of("letter_expires", approved) == [(("p1",), date(2027, 4, 1), date(2027, 4, 1), Basis.TOLD)]


def test_whoever_no_longer_waits_is_not_told_of_pools() -> None:
    found = dates(ALONE.format("born: 1996-04-02, stage: approved, letter_valid_until: 2027-04-01"), date(2026, 11, 22))
    assert {dated.code for dated in found} == {"letter_expires"}


def test_twelve_months_together_and_the_wedding() -> None:
    found = dates(COUPLE, date(2026, 11, 22))
    assert of("months_together", found) == [(("p1", "p2"), date(2027, 6, 30), date(2027, 6, 30), Basis.RULE)]
    engaged = COUPLE.replace("living_together,", "engaged, wedding_on: 2027-02-14,")
    assert of("wedding", dates(engaged, date(2026, 11, 22))) == [
        (("p1", "p2"), date(2027, 2, 14), date(2027, 2, 14), Basis.TOLD)
    ]
    assert of("months_together", dates(COUPLE, date(2027, 7, 1))) == []


def test_the_partner_s_last_day_for_a_permit_in_hand() -> None:
    """A permit to the last of August 2028 has 16 months left until the last of April 2027."""
    held = COUPLE.replace(
        "stage: none, arrive_by: 2027-06-01",
        "stage: in_canada, permit: {kind: working_holiday, starts: 2026-09-01, ends: 2028-08-31}",
    )
    found = dates(held, date(2026, 11, 22))
    assert of("partner_apply_by", found) == [(("p2", "p1"), date(2027, 4, 30), date(2027, 4, 30), Basis.RULE)]
    assert of("permit_ends", found) == [(("p1",), date(2028, 8, 31), date(2028, 8, 31), Basis.TOLD)]


def test_the_partner_s_last_day_if_the_first_arrives_as_wished() -> None:
    """Two years from 1 June 2027 end on 31 May 2029; sixteen months are left until the end of January 2028."""
    found = dates(COUPLE, date(2026, 11, 22))
    assert of("partner_apply_by", found) == [(("p2", "p1"), date(2028, 1, 31), date(2028, 1, 31), Basis.IF_ARRIVING)]


def test_a_wish_that_has_passed_names_no_last_day() -> None:
    assert of("partner_apply_by", dates(COUPLE, date(2027, 6, 2))) == []


def test_papers_that_end() -> None:
    found = dates(ALONE.format("passport_expires: 2028-05-01, insurance_ends: 2028-06-01"), date(2026, 11, 22))
    assert of("passport_expires", found)[0][1] == date(2028, 5, 1)
    assert of("insurance_ends", found)[0][1] == date(2028, 6, 1)


def test_every_date_by_a_rule_has_its_source() -> None:
    for text in (COUPLE, ALONE.format("born: 1996-04-02"), ALONE.format("stage: invited, invited_on: 2026-11-20")):
        for dated in dates(text, date(2026, 11, 22)):
            assert dated.code in CODES
            assert (dated.source is None) == (dated.basis is Basis.TOLD)
            assert dated.first <= dated.last


def test_dates_come_in_order_and_none_twice() -> None:
    found = dates(COUPLE, date(2026, 11, 22))
    assert [dated.first for dated in found] == sorted(dated.first for dated in found)
    assert len({(dated.code, dated.who, dated.first) for dated in found}) == len(found)


ZONES = ["Asia/Tokyo", "Europe/Paris", "America/Vancouver", "Pacific/Auckland", "UTC"]


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), st.sampled_from(ZONES))
def test_the_clock_runs_full_days_whatever_the_zone_and_summer_time(moment: datetime, zone: str) -> None:
    started = moment.replace(tzinfo=ZoneInfo(zone))
    ended = clock_ends(started, 20)
    assert ended.tzinfo is UTC
    assert ended - started.astimezone(UTC) == timedelta(hours=480)


def test_the_clock_across_summer_time_ends_an_hour_off_by_the_wall() -> None:
    started = datetime(2026, 3, 20, 12, 30, tzinfo=ZoneInfo("Europe/Paris"))
    assert clock_ends(started, 20).astimezone(ZoneInfo("Europe/Paris")).hour == 13


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        clock_ends(datetime(2026, 3, 20, 12, 30), 20)
    assert clock_ends(datetime(2026, 3, 20, tzinfo=timezone(timedelta(hours=9))), 10).day == 29
