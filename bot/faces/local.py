"""A messenger inside this process: whatever is delivered is handed to ``show``; presses and typed words become arrivals."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.arrival import Arrival
from bot.command_text import split_command
from bot.engine import Engine
from bot.outgoing import Button, Outgoing
from flows.conversation.event import Event, EventKind
from flows.conversation.view import Attachment, Slot

START_LINK = "https://t.me/iec_together_bot?start="
_IDS_PER_UPDATE = 100  # so that message ids go on growing when a stored conversation is continued


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as it appears; ``to`` is who alone sees it, ``message`` None for a passing notice."""

    chat: int
    to: int | None
    message: int | None
    edit: bool
    text: str
    buttons: tuple[tuple[Button, ...], ...]
    file: Attachment | None


class LocalMessenger:
    """A bot.transport.Transport whose chats exist only here."""

    whispers = True

    def __init__(self, show: Callable[[Shown], None], first_update: int = 1) -> None:
        self._show = show
        self._next_update = first_update
        self._next_message = (first_update - 1) * _IDS_PER_UPDATE + 1
        self._shown_in: dict[tuple[int, str], tuple[int | None, str | None]] = {}
        self._start_links: dict[int, list[str]] = {}  # by chat, the newest last
        self._whispered: set[int] = set()  # the messages that one member of a group alone sees

    async def deliver(self, outgoing: Outgoing, edit: int | None, thread: int | None) -> int | None:
        """Show it at once."""
        place = outgoing.place
        to = place if place > 0 else outgoing.only_for
        message = edit
        if outgoing.slot is Slot.NOTICE and outgoing.query:
            to = int(outgoing.query.partition(":")[0])
        elif message is None:
            message = self._next_message
            self._next_message += 1
        for row in outgoing.buttons:
            for button in row:
                self._shown_in[place, button.id] = (message, button.url)
                if button.url is not None and button.url.startswith(START_LINK):
                    self._start_links.setdefault(place, []).append(button.url)
        buttons, file = outgoing.buttons, outgoing.attachment
        if outgoing.whispered and message is not None:
            self._whispered.add(message)
        self._show(Shown(place, to, message, edit is not None, outgoing.text, buttons, file))
        return message

    async def remove(self, chat: int, message: int) -> None:
        """What was shown stays shown."""

    async def acknowledge(self, query: str) -> None:
        """Nobody waits."""

    def start_link(self, token: str) -> str:
        """An address of the usual form; typing ``/start`` and the token does the same."""
        return START_LINK + token

    def typed(self, user: int, chat: int, text: str, name: str = "", language: str = "en") -> Arrival:
        """What a user typed."""
        command = split_command(text)
        if command is None:
            event = Event(EventKind.TEXT, user, chat, text=text, user_name=name, language=language)
        else:
            kind = EventKind.COMMAND
            event = Event(kind, user, chat, name=command[0], text=command[1], user_name=name, language=language)
        return self._arrival(event)

    def pressed(self, user: int, chat: int, press: str, name: str = "", language: str = "en") -> Arrival:
        """A button that a user pressed; one with a start link opens it in their private chat."""
        message, url = self._shown_in.get((chat, press), (None, None))
        if url is not None and url.startswith(START_LINK):
            return self.typed(user, user, f"/start {url.removeprefix(START_LINK)}", name, language)
        event = Event(
            EventKind.PRESS,
            user,
            chat,
            press=press,
            user_name=name,
            message=message,
            language=language,
            whispered=message in self._whispered,
        )
        return self._arrival(event, query=f"{user}:{self._next_update}")

    def followed(self, user: int, shown_in: int, number: int, name: str = "", language: str = "en") -> Arrival | None:
        """A user who opens a start link shown in a chat, their own or another's; ``number`` 1 is the newest. None if
        there is no such link."""
        links = self._start_links.get(shown_in, [])
        if not 1 <= number <= len(links):
            return None
        return self.typed(user, user, f"/start {links[-number].removeprefix(START_LINK)}", name, language)

    def left(self, user: int, chat: int) -> Arrival:
        """A user who left a group."""
        return self._arrival(Event(EventKind.LEFT, user, chat))

    def _arrival(self, event: Event, query: str | None = None) -> Arrival:
        update = self._next_update
        self._next_update += 1
        return Arrival(update, event.chat, event.user, event, query)


async def take_turn(engine: Engine, arrival: Arrival) -> None:
    """Give one arrival to the engine and wait until everything it leads to has been shown."""
    await engine.take([arrival])
    await engine.idle()
