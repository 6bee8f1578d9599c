"""What a picture shows, as plain data that survives JSON: nothing here is drawn, and no text is in a language yet."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.conversation.view import Words
from flows.odds.odds import Odds
from flows.timeline import Dated


class Weight(StrEnum):
    """How a line of a card stands out."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class ChanceScene:
    """The chances over time, of everybody and of all together."""

    odds: Odds


@dataclass(frozen=True, slots=True)
class TimelineScene:
    """The dates of a party as of ``today``; colours and shapes follow the order of ``people``."""

    dates: tuple[Dated, ...]
    people: tuple[str, ...]
    today: date


@dataclass(frozen=True, slots=True)
class CardScene:
    """A whole answer to keep: paragraphs, each with how it stands out."""

    lines: tuple[tuple[Weight, Words], ...]


Scene = ChanceScene | TimelineScene | CardScene
