"""An outgoing message: a view rendered for its chat, as it is kept in the outbox until it has been sent."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from bot.plain_json import given_fields, known_fields
from flows.conversation.view import Attachment, Slot


@dataclass(frozen=True, slots=True)
class Button:
    """A button: ``id`` comes back when it is pressed; ``url`` makes it a link instead."""

    id: str
    label: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """Something to choose for another chat: what is seen of it in the list, and the message it becomes."""

    id: str
    title: str
    about: str
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message for ``chat``, rendered for the face that sends it.

    ``slot`` says where it goes (flows.conversation.view.Slot). ``below`` wants the card or board as a new message at
    the end of the chat rather than edited where it is; ``pressed`` is the message whose button led here: the card is
    edited only if it is that one. ``query`` is the press to answer; ``only_for`` hides it from others of a group;
    ``open_url`` is a link to open at once in answer to the press. ``farewell``: nothing is remembered of this chat after it.

    What answers one user's press in a group waits in the queue of that user's own chat, not behind what the group is to
    read: then ``chat`` is theirs and ``shown_in`` the group (and ``thread`` its topic, where it matters).
    """

    chat: int
    slot: Slot
    text: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None
    below: bool = False
    pressed: int | None = None
    query: str | None = None
    only_for: int | None = None
    open_url: str | None = None
    farewell: bool = False
    shown_in: int | None = None
    thread: int | None = None
    offers: tuple[Offered, ...] = ()

    @property
    def place(self) -> int:
        """The chat in which it appears."""
        return self.chat if self.shown_in is None else self.shown_in

    @property
    def whispered(self) -> bool:
        """Whether it is a message in a group that one member alone sees."""
        return self.shown_in is not None and self.slot is not Slot.NOTICE


def outgoing_to_json(outgoing: Outgoing) -> str:
    """The message as JSON text, without what has its default value; a file's bytes in base64."""
    fields = given_fields(outgoing)
    if outgoing.buttons:
        fields["buttons"] = _rows(outgoing.buttons)
    if outgoing.offers:
        fields["offers"] = [[o.id, o.title, o.about, o.text, _rows(o.buttons)] for o in outgoing.offers]
    if outgoing.attachment is not None:
        file = outgoing.attachment
        fields["attachment"] = [file.name, file.media_type, base64.b64encode(file.data).decode(), file.drawing]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def outgoing_from_json(text: str) -> Outgoing:
    """The message written by ``outgoing_to_json``; keys of other versions are passed over. ValueError if it is none."""
    try:
        fields = known_fields(Outgoing, json.loads(text))
        fields["slot"] = Slot(fields["slot"])
        fields["buttons"] = _buttons(fields.get("buttons", ()))
        fields["offers"] = tuple(
            Offered(id, title, about, text, _buttons(rows)) for id, title, about, text, rows in fields.get("offers", ())
        )
        if "attachment" in fields:
            name, media_type, data, *drawing = fields["attachment"]
            fields["attachment"] = Attachment(name, media_type, base64.b64decode(data), *drawing)
        return Outgoing(**fields)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"expected a stored message, found something else ({type(error).__name__})") from error


def _rows(buttons: tuple[tuple[Button, ...], ...]) -> list[list[tuple[str, str, str | None]]]:
    return [[(button.id, button.label, button.url) for button in row] for row in buttons]


def _buttons(rows: Any) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(Button(*button) for button in row) for row in rows)
