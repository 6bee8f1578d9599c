"""Orders for pictures: all that drawing needs, as text that waits in the outbox together with its message.

A picture is drawn when its turn to be sent has come, so nobody waits for it and a crash loses none. What is in an order is
plain data; the names of people are those that its reader knows them by.
"""

from dataclasses import dataclass, replace
from functools import partial

from pydantic import TypeAdapter

from bot.pictures.reader import Reader
from bot.render.render import text_of
from flows.conversation import effect
from flows.conversation.view import Attachment, Lines, View
from flows.message import Message
from flows.pictures import CardScene, ChanceScene, TimelineScene, Weight
from flows.words import WordBook

CAPTION = Message("pictures.caption", "lines")

PNG, PDF = "image/png", "application/pdf"
FILES = {
    ChanceScene: ("chances.png", PNG),
    TimelineScene: ("dates.png", PNG),
    CardScene: ("canada-together.pdf", PDF),
}
"""The name and the media type of what is drawn."""


@dataclass(frozen=True, slots=True)
class CardLine:
    """One paragraph of a card, as plain text."""

    text: str
    weight: Weight = Weight.BODY


@dataclass(frozen=True, slots=True)
class Card:
    """A card with its texts in the reader's language."""

    lines: tuple[CardLine, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """One picture to draw for a reader of ``language``; ``names`` are what people are called in it."""

    scene: ChanceScene | TimelineScene | Card
    names: dict[str, str]
    language: str

    def reader(self, words: WordBook) -> Reader:
        """The reader whom it is drawn for."""
        return Reader(words, self.language, lambda person: self.names.get(person, person))


ORDERS = TypeAdapter(Order)


def with_picture(wish: effect.Picture, words: WordBook) -> View:
    """The view that was wished for, with the order for its picture; its words become a caption that fits."""
    write = partial(text_of, words=words, language=wish.view.language)
    names = {person: name if isinstance(name, str) else write(name) for person, name in wish.names.items()}
    scene = wish.scene
    card = (
        Card(tuple(CardLine(write(line), weight) for weight, line in scene.lines))
        if isinstance(scene, CardScene)
        else None
    )
    order = Order(card or scene, names, wish.view.language)  # type: ignore[arg-type]  # a card scene became a card
    lines = order.reader(words).fitting(wish.view.words)
    drawing = ORDERS.dump_json(order).decode()
    name, media_type = FILES[type(scene)]
    return replace(
        wish.view, words=(CAPTION(lines=Lines(tuple(lines))),), attachment=Attachment(name, media_type, b"", drawing)
    )
