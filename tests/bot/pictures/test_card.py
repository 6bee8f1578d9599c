"""The card to keep: read back by another library, page for page, with what each reader may see and no more."""

import re
from collections.abc import Sequence

import pypdfium2
import pytest

from bot.pictures.card import MOST_PAGES, card_file
from bot.pictures.orders import ORDERS, Card, CardLine, with_picture
from bot.pictures.painter import as_text
from flows.conversation.effect import Picture
from flows.pictures import CardScene, Weight
from tests.conversation.talk import ANA, COUPLE, SINGLE, Talk, content
from tests.conversation.test_sharing import both


def pages_of(pdf: bytes | None) -> list[str]:
    assert pdf is not None
    document = pypdfium2.PdfDocument(pdf)
    return [document[number].get_textpage().get_text_range().replace("\r\n", "\n") for number in range(len(document))]


def plain(text: str) -> str:
    """Without how it is broken into lines: readers join words at a hyphen."""
    return re.sub(r"[\s\ufffe-]+", "", text)


def card_of(talk: Talk, user: int = ANA) -> Sequence[CardLine]:
    talk.say("/share", user=user)
    wish = talk.effects[-1]
    assert isinstance(wish, Picture)
    assert isinstance(wish.scene, CardScene)
    file = with_picture(wish, content().words).attachment
    assert file is not None
    order = ORDERS.validate_json(file.drawing)
    assert isinstance(order.scene, Card)
    return order.scene.lines


def text_of(lines: Sequence[CardLine]) -> str:
    return "\n".join(line.text for line in lines)


def test_all_of_it_is_on_the_pages_in_order() -> None:
    lines = card_of(Talk().say(*COUPLE))
    pages = pages_of(card_file(lines))
    assert 1 < len(pages) < 6
    read = plain("".join(page.rpartition("\n")[0] for page in pages))  # without the numbers of the pages
    assert read == plain(text_of(lines))


def test_it_says_who_may_do_what_until_when_why_and_from_where() -> None:
    talk = Talk().say(*COUPLE)
    said = text_of(card_of(talk))
    for part in (
        "Ana (Ireland, 30)",
        "Ben (United States, 36)",
        "Working Holiday, up to 24 months",
        "The plan",
        "Dates",
        "11–19 Dec 2026",
        "As of 22 November 2026",
        "https://www.canada.ca/",
        "checked",
        "legal advice",
        "RCIC",
    ):
        assert part in said, part
    assert not re.search(r"\b[Yy]ou:|^You\b.*\(", said, re.MULTILINE), "everybody by name: others will read it too"


def test_somebody_alone_has_a_card_too() -> None:
    said = text_of(card_of(Talk().say(*SINGLE)))
    assert "Working Holiday" in said
    assert "legal advice" in said


@pytest.mark.parametrize(
    ("shows", "private"),
    [
        ("Only that I am done", ("Korea", "1993", "July", "33", "In the pool")),
        ("My route", ("1993", "July", "33", "Korea", "2029")),
    ],
)
def test_only_what_the_other_one_shows_is_on_it(shows: str, private: tuple[str, ...]) -> None:
    said = text_of(card_of(both(shows)))
    assert not [word for word in private if word in said]
    assert "Ben" in said
    assert "Ana (Ireland, 30)" in said
    assert "South Korea, 33" in text_of(card_of(both("My route, and why")))


def test_what_is_only_tried_out_is_marked_as_such() -> None:
    talk = Talk().say(*COUPLE)
    before = text_of(card_of(talk))
    talk.say("/whatif")
    talk.say(next(f"[{label}]" for label in talk.buttons[ANA] if label.startswith("Try")))
    told = talk.text.partition("\n")[0]
    assert told in text_of(card_of(talk))
    assert told not in before


def test_before_there_is_an_answer_it_says_so_and_a_card_is_not_made() -> None:
    talk = Talk().say("/start", "/share")
    assert talk.effects == []
    assert "Back" in " ".join(talk.buttons[ANA])


def test_margins_are_kept_and_the_endless_stops() -> None:
    pdf = card_file([CardLine("W" * 500), CardLine("https://" + "x" * 300, Weight.SMALL)])
    assert pdf is not None
    page = pypdfium2.PdfDocument(pdf)[0]
    shown = page.render().to_pil().convert("RGB")
    edge = shown.crop((shown.width - 40, 0, shown.width, shown.height)).getcolors()
    assert edge is not None
    assert len(edge) == 1
    assert len(pages_of(card_file([CardLine("a line of the answer " * 12)] * 900))) == MOST_PAGES
    assert card_file([]) is None


def test_a_heading_is_never_left_alone_at_the_foot_of_a_page() -> None:
    for before in range(1, 40):
        lines = [CardLine("x")] * before + [CardLine("The heading\nthe first line\nthe second line")]
        for page in pages_of(card_file(lines)):
            assert ("The heading" in page) == ("the first line" in page)


def test_sources_lead_to_their_pages() -> None:
    address = "https://www.canada.ca/en/" + "long-way/" * 20 + "page.html"
    pdf = card_file([CardLine(f"Sources\n• Officer instructions ({address}), checked 12 February 2026")])
    assert pdf is not None
    assert f"({address})".encode() in pdf


def test_the_same_card_is_the_same_file_and_without_pictures_a_text() -> None:
    lines = tuple(card_of(Talk().say(*SINGLE)))
    assert card_file(lines) == card_file(lines)
    file = as_text(Card(lines), "canada-together.pdf")
    assert (file.name, file.media_type) == ("canada-together.txt", "text/plain")
    assert plain(file.data.decode()) == plain(text_of(lines))


@pytest.mark.parametrize(
    ("name", "kept"), [("\U00010000\U00010001", False), ("Ana 🎉", True), ("محمد", True), ("Ян", True)]
)
def test_nobody_loses_their_name_on_a_card(name: str, kept: bool) -> None:
    """What no font here can write goes out as a text, which every device shows in its own letters."""
    pdf = card_file([CardLine(f"{name} (Ireland, 30)\nWorking Holiday")])
    assert (pdf is not None) is kept
    assert name in as_text(Card((CardLine(name),)), "card.pdf").data.decode()
