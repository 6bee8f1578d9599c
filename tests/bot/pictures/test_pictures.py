"""The pictures: drawn for any party, readable on any ground, and never needed beside their captions."""

import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.pictures.card import card_file
from bot.pictures.chance import chance_picture
from bot.pictures.orders import CardLine
from bot.pictures.reader import LONGEST_CAPTION, Reader
from bot.pictures.sheet import (
    BODY,
    GROUND,
    HEIGHT,
    MARGIN,
    WIDTH,
    Sheet,
    drawable,
    look_of,
    loses_letters,
    short_name,
    text_width,
    wrapped,
)
from bot.pictures.timeline import timeline_picture
from flows.conversation.view import Words
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.odds.chances import odds_for
from flows.odds.figures import round_figures
from flows.odds.odds import Odds
from flows.party import Party
from flows.party_file import read_party
from flows.picture_words import chance_caption, past_caption, timeline_caption
from flows.routes.evaluate import evaluate
from flows.timeline import Dated, dates_of
from flows.timeline_words import title
from flows.words import load_words

FACTS, WORDS = load_facts(CONTENT_ROOT), load_words(CONTENT_ROOT)
CODES = ("GB", "FR", "IE", "AU", "KR", "IT", "ES", "BE", "NL", "TW")
NAMES = ("Ana", "Ben", "Chloé", "Déborah-Françoise de la Tour", "Ève", "Fritz", "Gül", "弘 🎉", "$x_1$ \\frac", "Ян")
SEASON, BETWEEN = date(2026, 2, 1), date(2026, 11, 22)


def party_of(size: int, on: date) -> Party:
    people = "".join(
        f"  - {{id: p{n}, born: {1992 + n}-04-02, citizenships: [{CODES[n]}], participations: [], stage: in_pool, "
        f"student: false, job: {{state: none}}, lives_in: {CODES[n]}}}\n"
        for n in range(size)
    )
    return read_party(f"people:\n{people}", "party.yaml", on, None, FACTS)


def known(size: int, on: date) -> tuple[Party, Odds, list[Dated]]:
    party = party_of(size, on)
    answer = evaluate(party, FACTS)
    return party, odds_for(party, answer, round_figures(FACTS, (), on), on), dates_of(party, answer, FACTS)


def reader(names: tuple[str, ...] = NAMES) -> Reader:
    return Reader(WORDS, "en", lambda person: names[int(person[1:])])


def image(png: bytes | None) -> Image.Image:
    assert png is not None
    return Image.open(BytesIO(png))


def ground_of(picture: Image.Image) -> set[tuple[int, ...]]:
    """The colours along the four edges."""
    plain = picture.convert("RGB")
    w, h = plain.size
    strips = [(0, 0, w, 9), (0, h - 9, w, h), (0, 0, 9, h), (w - 9, 0, w, h)]
    return {colour for strip in strips for _, colour in plain.crop(strip).getcolors(2**20) or ()}  # type: ignore[misc]


OWN_GROUND = tuple(int(GROUND[i : i + 2], 16) for i in (1, 3, 5))


@pytest.mark.parametrize("size", [1, 2, 10])
@pytest.mark.parametrize("on", [SEASON, BETWEEN])
def test_pictures_of_any_party_stand_on_their_own_ground(size: int, on: date) -> None:
    """Nothing is see-through and nothing touches an edge: light and dark messengers show the same."""
    party, odds, dates = known(size, on)
    people = [person.id for person in party.people]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter that the font lacks would warn
        drawn = [
            chance_picture(odds, reader()),
            timeline_picture(dates, people, on, reader()),
        ]
    for png in drawn:
        picture = image(png)
        assert picture.width == WIDTH
        assert picture.width + picture.height <= 10_000
        assert png is not None
        assert len(png) < 2_000_000
        assert picture.convert("RGBA").getextrema()[3] == (255, 255)
        assert ground_of(picture) == {OWN_GROUND}
        assert len(picture.convert("RGB").getcolors(2**24) or ()) > 50


def test_the_chance_picture_fits_a_phone() -> None:
    _, odds, _ = known(2, SEASON)
    assert image(chance_picture(odds, reader())).size == (WIDTH, HEIGHT)


def test_without_any_figures_there_is_no_picture() -> None:
    party = read_party("people: [{id: p0, age: 27, citizenships: [FI], participations: []}]", "x", SEASON, None, FACTS)
    odds = odds_for(party, evaluate(party, FACTS), round_figures(FACTS, (), SEASON), SEASON)
    assert chance_picture(odds, reader()) is None
    assert chance_caption(odds, reader().called) == past_caption(odds) == []
    assert timeline_picture([], ["p0"], SEASON, reader()) is None
    assert card_file([]) is None


def test_pictures_can_be_drawn_side_by_side_and_come_out_the_same() -> None:
    _, odds, _ = known(2, SEASON)
    with ThreadPoolExecutor(4) as pool:
        drawn = set(pool.map(lambda _: chance_picture(odds, reader()), range(8)))
    assert drawn == {chance_picture(odds, reader())}


def test_no_two_people_look_the_same() -> None:
    looks = [look_of(place) for place in range(40)]
    assert len(set(looks)) == 40


def texts(words: list[Words]) -> str:
    return "\n".join(reader().text(paragraph) for paragraph in words)


@pytest.mark.parametrize("size", [1, 2, 10])
def test_the_caption_says_what_the_picture_shows(size: int) -> None:
    _, odds, _ = known(size, SEASON)
    caption = texts(chance_caption(odds, reader().called))
    assert len(caption) <= LONGEST_CAPTION
    assert all(name in caption for name in NAMES[:size])
    for place in (0, -1) if size > 4 else (0, (len(odds.rounds) - 1) // 2, -1):
        assert f"{odds.rounds[place].day} {odds.rounds[place]:%B %Y}" in caption
    assert "30 January 2026" in caption  # the day of the figures
    assert ("Both of you" in caption, "All of you" in caption) == (size == 2, size > 2)


def test_one_figure_for_two_people_is_not_taken_for_that_of_both() -> None:
    people = "".join(f"  - {{id: p{n}, born: 1996-04-02, citizenships: [GB], participations: []}}\n" for n in range(2))
    party = read_party(f"people:\n{people}", "party.yaml", SEASON, None, FACTS)
    odds = odds_for(party, evaluate(party, FACTS), round_figures(FACTS, (), SEASON), SEASON)
    _, each, both = texts(chance_caption(odds, reader().called)).split("\n")
    assert each.startswith("Each: Ana and Ben: ")
    assert both.startswith("Both of you: ")


def test_the_caption_of_past_rounds_names_season_weeks_and_chances() -> None:
    _, odds, _ = known(1, BETWEEN)
    caption = texts(past_caption(odds))
    assert len(caption) <= LONGEST_CAPTION
    for told in (
        "2027",
        "United Kingdom",
        "23 January 2026",
        "30 January 2026",
        "21 August 2026",
        "about 54%",
        "under 1%",
    ):
        assert told in caption


def test_the_caption_of_the_dates_has_every_date() -> None:
    _, _, dates = known(10, BETWEEN)
    caption = timeline_caption(dates, reader().called)
    assert len(caption) == len(dates) + 1
    assert "11–19 Dec 2026" in texts(caption)


def test_a_caption_that_is_too_long_says_how_much_is_missing() -> None:
    _, _, dates = known(10, BETWEEN)
    lines = timeline_caption(dates, reader().called)
    assert reader().fitting(lines, 10_000) == lines
    cut = reader().fitting(lines, 200)
    assert len(texts(cut)) <= 200
    assert cut[:-1] == lines[: len(cut) - 1]
    assert reader().text(cut[-1]) == f"… and {len(lines) - len(cut) + 1} more"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(120, 900))
def test_wrapped_lines_fit_and_lose_nothing(words: str, width: int) -> None:
    lines = wrapped(words, width, BODY)
    assert all(text_width(line, BODY) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(drawable(words).split())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_a_name_always_fits_and_is_empty_only_where_nothing_of_it_can_be_drawn(name: str) -> None:
    short = short_name(name, 200)
    assert bool(short) == bool(drawable(name).strip())
    assert text_width(short, BODY) <= 200 or len(short) <= 2


UNKNOWN = "\U00010000\U00010001"
"""Letters of a script that was last written three thousand years ago; nobody here has a font for it."""


@pytest.mark.parametrize("name", ["👩‍🚀", "🎉🎉", UNKNOWN, "\u200d\ufe0f", "\u2066\u202e"])
def test_whose_name_cannot_be_drawn_has_a_number_in_the_picture(name: str) -> None:
    """The same picture as for somebody who is called that; never a box, a question mark or nothing."""
    _, odds, dates = known(2, SEASON)
    people = ["p0", "p1"]
    for draw in (
        lambda named: chance_picture(odds, named),
        lambda named: timeline_picture(dates, people, SEASON, named),
    ):
        assert draw(reader(("Ana", name))) == draw(reader(("Ana", "Person 2")))
        assert draw(reader(("Ana", name))) != draw(reader(("Ana", "Person 3")))


@pytest.mark.parametrize("name", ["محمد عبد الله", "שרה"])
def test_a_name_from_the_right_leaves_the_line_in_its_order(name: str) -> None:
    """Drawn as if the line were marked as one from the left, and not as one from the right."""
    _, _, (_, first, *_) = known(2, SEASON)
    line = reader((name, "Ben")).text(title(first, reader((name, "Ben")).called))
    sheet = Sheet(200)
    sheet.text(line, MARGIN, 50, WIDTH)
    drawn, marked = image(sheet.png()), []
    for mark in ("\u200e", "\u200f"):
        figure = Sheet(200)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bot.pictures.sheet.LEFT_TO_RIGHT", mark)
            figure.text(line, MARGIN, 50, WIDTH)
        marked.append(image(figure.png()))
    assert drawn.tobytes() == marked[0].tobytes()
    assert drawn.tobytes() != marked[1].tobytes()


@settings(max_examples=8, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_no_name_breaks_a_picture(name: str) -> None:
    _, odds, dates = known(2, SEASON)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert image(chance_picture(odds, reader((name, "Ben")))).width == WIDTH
        assert image(timeline_picture(dates, ["p0", "p1"], SEASON, reader((name, "Ben")))).width == WIDTH
        assert card_file([CardLine(name)]) or loses_letters(name)
