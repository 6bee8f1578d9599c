"""From the views of one step to the messages that go out: rendered, placed, with real links in place of meanings."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from bot import links
from bot.arrival import Arrival
from bot.outgoing import Button, Outgoing
from bot.store.contract import Link
from bot.transport import Transport
from flows.conversation.event import Event, EventKind
from flows.conversation.view import Slot, View


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
        self._whispers = transport.whispers
        self._clock = clock

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
            if slot is Slot.NOTICE:
                if query is not None and view.chat == event.chat:
                    answers, query = query, None
                else:
                    slot = Slot.MESSAGE
            chat = view.chat
            if view.only_for is not None and not answers and not self._whispers:
                chat = view.only_for  # never to be seen by the others of a group
            tied_to = event.user if answers else view.only_for
            buttons = tuple(
                tuple(self._button(button, session_id, event, tied_to, made) for button in row)
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
                    pressed=event.message if event.kind is EventKind.PRESS and chat == event.chat else None,
                    query=answers,
                    only_for=view.only_for,
                    open_url=opens,
                    farewell=chat in farewell_to,
                )
            )
            if slot is Slot.MESSAGE:
                spoken.add(chat)
        return Presented(tuple(outgoing), tuple(made), query is None)

    def _button(
        self, button: RenderedButton, session_id: str, event: Event, tied_to: int | None, made: list[Link]
    ) -> Button:
        if button.start is None:
            return Button(button.id, button.label, button.url)
        token = links.new_token()
        expires = self._clock() + links.LIFETIME
        made.append(Link(links.digest(token), session_id, button.start, expires, tied_to, event.user))
        return Button(button.id, button.label, self._start_link(token))


def _below(slot: Slot, chat: int, event: Event) -> bool:
    """Whether the card or board goes to the end of the chat: there was a typed message it would otherwise stand above.

    A board is only posted anew where a command in its group asked for it.
    """
    if chat != event.chat:
        return False
    if slot is Slot.BOARD:
        return event.kind is EventKind.COMMAND
    return slot is Slot.CARD and event.kind in (EventKind.TEXT, EventKind.COMMAND)
