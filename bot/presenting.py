"""From the views of one step to the messages that go out: rendered, placed, with real links in place of meanings."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from bot import links
from bot.arrival import Arrival
from bot.belonging import with_session
from bot.outgoing import Button, Offered, Outgoing
from bot.store.contract import Link
from bot.transport import Transport
from flows.conversation.event import Event, EventKind
from flows.conversation.view import Offer, Slot, View


class RenderedButton(Protocol):
    """A button as the renderer gives it; ``start`` is the meaning of a deep link to be made."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def url(self) -> str | None: ...  # noqa: D102
    @property
    def start(self) -> str | None: ...  # noqa: D102


class Rendered(Protocol):
    """A view in the form of a face: its text and rows of buttons."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def buttons(self) -> tuple[tuple[RenderedButton, ...], ...]: ...  # noqa: D102


Render = Callable[[View], Rendered]


@dataclass(frozen=True, slots=True)
class Presented:
    """Messages in their order, the links that they carry, and whether one of them answers the press."""

    outgoing: tuple[Outgoing, ...]
    links: tuple[Link, ...]
    answers_press: bool


class Presenter:
    """Knows the face: how it renders and how its links look."""

    def __init__(self, render: Render, transport: Transport, clock: Callable[[], float]) -> None:
        self._render = render
        self._start_link = transport.start_link
        self._transport = transport
        self._clock = clock

    @property
    def whispers(self) -> bool:
        """Whether one member of a group can be shown something there that the others do not see."""
        return self._transport.whispers

    def present(
        self, arrival: Arrival, event: Event, views: Iterable[tuple[str, View]], farewell_to: Collection[int] = ()
    ) -> Presented:
        """The messages for ``views``, each with the id of the session that shows it, in answer to ``event``.

        ``farewell_to`` are the private chats that are forgotten after this.
        """
        outgoing: list[Outgoing] = []
        made: list[Link] = []
        query = arrival.query
        spoken: set[int] = set()  # chats with a new message in this turn: a card after it goes below it
        for session_id, view in views:
            rendered = self._render(view)
            slot = Slot.MESSAGE if view.attachment else view.slot
            answers = None
            if slot is Slot.OFFERS:
                answers, query = query, None
            elif slot is Slot.NOTICE:
                if query is not None and view.chat == event.chat:
                    answers, query = query, None
                else:
                    slot = Slot.MESSAGE
            chat, shown_in = view.chat, None
            if answers:
                chat, shown_in = event.user, None if event.private else event.chat
            elif view.only_for is not None:  # never to be seen by the others of a group
                chat = view.only_for
                if self._may_whisper(view, slot, arrival, event):
                    answers, shown_in = arrival.query, view.chat
            tied_to = event.user if answers else view.only_for
            offers = tuple(self._offered(view, offer, session_id, event, made) for offer in view.offers)
            buttons = tuple(
                tuple(
                    self._button(button, session_id, event, tied_to, made, private=chat > 0 and not shown_in)
                    for button in row
                )
                for row in rendered.buttons
            )
            opens = next((button.url for row in buttons for button in row if button.url), None) if answers else None
            outgoing.append(
                Outgoing(
                    chat=chat,
                    slot=slot,
                    text=rendered.text,
                    buttons=buttons,
                    attachment=view.attachment,
                    below=_below(slot, chat, event) or (chat in spoken and slot is Slot.CARD),
                    pressed=_pressed(slot, chat, shown_in, event),
                    query=answers,
                    only_for=view.only_for,
                    open_url=opens,
                    farewell=chat in farewell_to,
                    shown_in=shown_in,
                    thread=arrival.thread if shown_in and slot is not Slot.NOTICE else None,
                    offers=offers,
                )
            )
            if slot is Slot.MESSAGE:
                spoken.add(chat)
        return Presented(tuple(outgoing), tuple(made), query is None)

    def _offered(self, view: View, offer: Offer, session_id: str, event: Event, made: list[Link]) -> Offered:
        title, about, message = (
            self._render(View(view.chat, Slot.MESSAGE, words, choices, language=view.language))
            for words, choices in (((offer.title,), ()), ((offer.about,), ()), (offer.words, offer.choices))
        )
        buttons = tuple(
            tuple(self._button(button, session_id, event, None, made, private=False) for button in row)
            for row in message.buttons
        )
        return Offered(offer.id, title.text, about.text, message.text, buttons)

    def _may_whisper(self, view: View, slot: Slot, arrival: Arrival, event: Event) -> bool:
        """A new whisper takes a press to answer; everything after it takes its place."""
        if arrival.query is None or (view.only_for, view.chat) != (event.user, event.chat) or event.private:
            return False
        return self.whispers and (slot is Slot.MESSAGE or (slot is Slot.CARD and event.whispered))

    def _button(
        self,
        button: RenderedButton,
        session_id: str,
        event: Event,
        tied_to: int | None,
        made: list[Link],
        *,
        private: bool,
    ) -> Button:
        if button.start is None:
            press_id = with_session(button.id, session_id) if private else button.id
            return Button(press_id, button.label, button.url)
        token = links.new_token()
        expires = self._clock() + links.LIFETIME
        made.append(Link(links.digest(token), session_id, button.start, expires, tied_to, event.user))
        return Button(button.id, button.label, self._start_link(token))


def _pressed(slot: Slot, chat: int, shown_in: int | None, event: Event) -> int | None:
    """The pressed message, for what may take its place: a whisper that of a whisper, others that of others."""
    if event.kind is not EventKind.PRESS or event.chat not in (chat, shown_in) or slot is Slot.BOARD:
        return None
    if shown_in is not None or event.whispered:
        return event.message if shown_in is not None and event.whispered and slot is Slot.CARD else None
    return event.message


def _below(slot: Slot, chat: int, event: Event) -> bool:
    """Whether the card or board goes to the end of the chat: there was a typed message it would otherwise stand above.

    A board is only posted anew where a command in its group asked for it.
    """
    if chat != event.chat:
        return False
    if slot is Slot.BOARD:
        return event.kind is EventKind.COMMAND
    return slot is Slot.CARD and event.kind in (EventKind.TEXT, EventKind.COMMAND)
