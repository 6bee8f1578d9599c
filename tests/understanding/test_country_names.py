"""Every country by every name that Babel knows in the partner countries' languages, by its codes and by its flag."""

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.understanding.citizenships import understand_citizenships
from flows.understanding.lives_in import understand_lives_in
from flows.understanding.places import (
    LANGUAGES,
    citizens_of_code,
    code_of,
    country_phrases,
    country_words,
    known_codes,
)
from flows.understanding.tokens import tokens_of

CODES = sorted(known_codes())
# Names that mean two countries as they stand; for all others the country itself must come out.
TWO_COUNTRIES = {"GY", "CD", "CG", "MF", "SX", "VI", "VG"}
ENGLISH = Locale.parse("en").territories


def meant(text: str) -> list[list[str]]:
    understood = understand_citizenships(text)
    return [understood.value] if understood.value is not None else list(understood.ask_back)


def flag(code: str) -> str:
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_country_is_known_by_its_name(locale: str) -> None:
    for code, name in Locale.parse(locale).territories.items():
        if code not in known_codes():
            continue
        expected = list(citizens_of_code(code))
        understood = understand_citizenships(name)
        if understood.value is not None:
            assert understood.value == expected, name
        else:
            assert expected in understood.ask_back, name
            assert code in TWO_COUNTRIES or expected != [code], f"{name} is certain and was asked back"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_where_one_lives_is_the_place_itself(locale: str) -> None:
    for code, name in Locale.parse(locale).territories.items():
        if code in known_codes():
            understood = understand_lives_in(name)
            assert understood.value == code or code in understood.ask_back, name


@pytest.mark.parametrize("code", CODES)
def test_codes_and_flags(code: str) -> None:
    expected = list(citizens_of_code(code))
    assert expected in meant(flag(code))
    assert expected in meant(code)
    assert expected in meant(country_words().countries[code].iso3)


@pytest.mark.parametrize("code", [code for code in CODES if country_words().countries[code].people])
def test_words_for_people(code: str) -> None:
    for word in country_words().countries[code].people:
        assert list(citizens_of_code(code)) in meant(word), word
        assert list(citizens_of_code(code)) in meant(f"I'm {word}"), word


NOISE = st.tuples(
    st.sampled_from(["", " ", "  ", "\t", "I'm ", "hi! ", "well, "]),
    st.sampled_from(["", " ", "!", "!!", ".", " :)", ", thanks", "\n"]),
    st.sampled_from([str, str.upper, str.lower, str.title]),
)


@settings(deadline=None)
@given(st.sampled_from(CODES), NOISE)
def test_capitals_blanks_and_marks_make_no_difference(code: str, noise: tuple) -> None:
    before, behind, change = noise
    name = ENGLISH[code]
    assert meant(before + change(name) + behind) == meant(name)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([code for code in CODES if code not in TWO_COUNTRIES]), min_size=2, max_size=4, unique=True
    )
)
def test_several_at_once(codes: list[str]) -> None:
    names = [ENGLISH[code] for code in codes]
    expected = sorted({citizen for code in codes for citizen in citizens_of_code(code)})
    for text in (", ".join(names), " and ".join(names), " / ".join(names), "".join(map(flag, codes))):
        assert expected in [sorted(value) for value in meant(text)], text


PLAIN = sorted(code for code in CODES if citizens_of_code(code) == (code,) and code not in TWO_COUNTRIES)


@settings(deadline=None)
@given(st.sampled_from(PLAIN), st.data())
def test_one_wrong_letter_never_makes_another_country(code: str, data: st.DataObject) -> None:
    name = ENGLISH[code]
    place = data.draw(st.integers(1, max(1, len(name) - 1)))
    kind = data.draw(st.sampled_from(["leave out", "double", "swap"]))
    typed = {
        "leave out": name[:place] + name[place + 1 :],
        "double": name[:place] + name[place - 1] + name[place:],
        "swap": name[: place - 1] + name[place - 1 : place + 1][::-1] + name[place + 1 :],
    }[kind]
    understood = understand_citizenships(typed)
    a_name_of_its_own = country_phrases().whole(tokens_of(typed)) or code_of(tokens_of(typed)[0])
    if understood.value is not None and not a_name_of_its_own:
        assert understood.value == [code], typed


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("not American", "US"),
        ("I'm Irish, not British", "GB"),
        ("my mum is from Chile and I have a Polish passport", "CL"),
        ("Brit living in Spain", "ES"),
        ("I was born in Germany, I'm Dutch", "DE"),
        ("Canadian permanent resident with a French passport", "CA"),
        ("I speak Italian but I'm Swiss", "IT"),
        ("my girlfriend is Mexican, I'm Belgian", "MX"),
        ("ex-Canadian, now Dutch", "CA"),
    ],
)
def test_what_is_not_held_is_never_understood_as_held(text: str, never: str) -> None:
    understood = understand_citizenships(text)
    assert never not in (understood.value or [])
    if understood.ask_back:
        assert any(never not in candidate for candidate in understood.ask_back)
