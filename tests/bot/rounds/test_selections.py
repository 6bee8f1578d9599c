"""The weekly file: every trap of the real one, and files that are not what they seem."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rounds.selections import LARGEST_FILE, PublishedPool, UnreadableFile, read_selections
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.odds.round import Pool
from flows.party import Category
from tests.bot.rounds.weekly_file import EVERY_TRAP, Line, weekly_file

TODAY = date(2023, 2, 11)
CODES = load_facts(CONTENT_ROOT).rounds.feed
DAY = "February&nbsp;10,&nbsp;2023"
WH, YP = Category.WORKING_HOLIDAY, Category.YOUNG_PROFESSIONALS


def read(raw: bytes) -> dict[tuple[Pool, str], PublishedPool]:
    return {(pool.pool, pool.within): pool for pool in read_selections(raw, CODES, TODAY).pools}


@pytest.fixture
def pools() -> dict[tuple[Pool, str], PublishedPool]:
    return read(weekly_file(DAY, *EVERY_TRAP))


@pytest.mark.parametrize("day", [DAY, "February 10, 2023", "February\u00a010,\u00a02023", " February 10,2023 "])
def test_the_day_however_its_spaces_are_written(day: str) -> None:
    assert read_selections(weekly_file(day, Line()), CODES, TODAY).data_of == date(2023, 2, 10)


def test_the_day_with_a_leading_nought() -> None:
    read = read_selections(weekly_file("August 07, 2026", Line()), CODES, date(2026, 8, 8))
    assert read.data_of == date(2026, 8, 7)


def test_codes_that_are_not_the_country_s(pools: dict[tuple[Pool, str], PublishedPool]) -> None:
    assert pools[Pool("AD", WH), ""].candidates == 2
    assert pools[Pool("LU", WH), ""].invited == 14
    assert {pool.citizenship for pool, _ in pools}.isdisjoint({"AN", "LB", "NONE"})


def test_numbers_with_and_without_commas(pools: dict[tuple[Pool, str], PublishedPool]) -> None:
    chile = pools[Pool("CL", WH), ""]
    assert (chile.quota, chile.invited, chile.candidates, chile.spots) == (1475, 1420, 5655, 649)


def test_words_for_no_number(pools: dict[tuple[Pool, str], PublishedPool]) -> None:
    australia, ukraine = pools[Pool("AU", WH), ""], pools[Pool("UA", WH), ""]
    assert (australia.quota, australia.spots, australia.unlimited, australia.invited) == (None, None, True, 2346)
    assert (ukraine.quota, ukraine.candidates, ukraine.label, ukraine.accepting) == (None, None, None, False)
    assert australia.accepting


def test_special_lines_stay_apart_from_their_pool(pools: dict[tuple[Pool, str], PublishedPool]) -> None:
    french = [
        (within, pool.quota, pool.candidates) for (pool_of, within), pool in pools.items() if pool_of == Pool("FR", YP)
    ]
    assert french == [("", 2200, 96), ("Volontariat international en entreprise (VIE)", 550, 52)]
    assert pools[Pool("ES", YP), "ICEX Vives"].candidates is None


def test_the_tag_called_second_is_the_final_round(pools: dict[tuple[Pool, str], PublishedPool]) -> None:
    korea = pools[Pool("KR", WH), ""]
    assert (korea.first_round, korea.final_round) == (date(2023, 1, 9), date(2023, 10, 2))
    assert pools[Pool("CL", WH), ""].final_round is None


def test_nothing_of_the_real_file_is_left_out() -> None:
    file = read_selections(weekly_file(DAY, *EVERY_TRAP), CODES, TODAY)
    assert file.remarks == ()
    assert len(file.pools) == 12  # ten pools and two special lines; the organizations are no pool


def test_one_odd_number_costs_that_number_alone() -> None:
    raw = weekly_file(DAY, Line(quota="about 7 000"), Line(code="de"), Line(code="ie"), Line(code="it"))
    file = read_selections(raw, CODES, TODAY)
    assert len(file.pools) == 4
    assert file.pools[0].quota is None
    assert file.pools[0].candidates == 5257
    assert len(file.remarks) == 1
    assert "about 7 000" in file.remarks[0]


@pytest.mark.parametrize("number", ["-5", "12.5", "1,00", "99999999", "1e3", "٣", "1 000", "0x10"])
def test_what_only_looks_like_a_number_is_none(number: str) -> None:
    file = read_selections(weekly_file(DAY, Line(spots=number), Line(code="de"), Line(code="ie")), CODES, TODAY)
    assert file.pools[0].spots is None
    assert file.remarks


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "not complete XML"),
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "document type"),
        (b"<html><body>Sorry</body></html>", "expected the root element <temp>"),
        (b"<temp></temp>", "chancesdate"),
        (weekly_file("soon", Line()), "chancesdate"),
        (weekly_file("Febtober 10, 2023", Line()), "chancesdate"),
        (weekly_file("February 31, 2023", Line()), "chancesdate"),
        (weekly_file("March 10, 2024", Line()), "ahead of today"),
        (weekly_file(DAY), "format has changed"),
        (weekly_file(DAY, Line(category="wp")), "format has changed"),
        (weekly_file(DAY, Line(quota="x"), Line(code="de", quota="y")), "format has changed"),
        (weekly_file(DAY, Line(), Line()), "stands twice"),
        (weekly_file(DAY, *EVERY_TRAP)[:-300], "not complete XML"),
        (weekly_file(DAY, *EVERY_TRAP).decode().encode("utf-16"), "not complete XML"),
        (b"\x00\xff" * 40, "not complete XML"),
        (b"<?xml version='1.0' encoding='no-such'?><temp/>", "not complete XML"),
        (b" " * (LARGEST_FILE + 1), "bytes"),
        (b"<temp>" * 200_000, "not complete XML"),
        (b"<temp>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</temp>", "chancesdate"),
    ],
)
def test_what_is_not_the_weekly_file_is_refused_with_a_reason(raw: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read(raw)


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE temp [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]><temp><chancesdate>&j;</chancesdate></temp>"
)
STEAL = (
    b'<?xml version="1.0"?><!DOCTYPE temp [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    b"<temp><chancesdate>&f;</chancesdate></temp>"
)


@pytest.mark.parametrize("raw", [BOMB, STEAL], ids=["entities that grow", "an entity that reads a file"])
def test_entities_are_never_followed(raw: bytes) -> None:
    with pytest.raises(UnreadableFile, match="entities"):
        read(raw)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    """Cut out any piece, put in any bytes: figures or a clear refusal, nothing else."""
    raw = weekly_file(DAY, *EVERY_TRAP)
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 400)))
    try:
        file = read_selections(raw[:start] + data.draw(st.binary(max_size=30)) + raw[end:], CODES, TODAY)
    except UnreadableFile as error:
        assert str(error)
    else:
        assert file.pools
