"""The wished day told in passing: by, before and in; who wishes; what is no wish."""

from datetime import date

import pytest

from flows.understanding.arriving import read_wished_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day", "ours"),
    [
        ("we want to be there by March", "2027-03-01", True),
        ("I'd like to be in Canada by 15 May 2027", "2027-05-15", False),
        ("we hope to arrive in June 2027", "2027-06-30", True),
        ("can we still make it by 1 February?", "2027-02-01", True),
        ("we're going to Canada in March", "2027-03-31", True),
        ("I want to go in spring", "2027-05-31", False),
        ("wir wollen bis März in Kanada sein", "2027-03-01", True),
        ("ich möchte im Juni in Kanada ankommen", "2027-06-30", False),
        ("on voudrait arriver avant septembre", "2027-09-01", True),
        ("je veux être au Canada en juin", "2027-06-30", False),
        ("queremos llegar antes de abril", "2027-04-01", True),
        ("quiero estar en Canadá antes de mayo", "2027-05-01", False),
    ],
)
def test_a_wish_is_read(text: str, day: str, ours: bool) -> None:
    found = read_wished_day(text, TODAY)
    assert found is not None
    assert (found.day.isoformat(), found.ours) == (day, ours)


@pytest.mark.parametrize(
    "text",
    [
        "I was in Canada in March", "we don't need to be there by March", "we marry in March and want to be there",
        "I want to work in Canada", "I turned 31 in March", "we want to be there for two years", "my permit ends in March",
        "we want to be there by March 2020", "we moved in together in March", "must I apply by March?", "",
        "wir heiraten im März und wollen nach Kanada",
    ],
)  # fmt: skip
def test_what_is_no_wish_is_left_alone(text: str) -> None:
    assert read_wished_day(text, TODAY) is None
