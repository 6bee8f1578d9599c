"""The conversation for a person at a terminal: text, buttons as numbers, answers typed. Works through a pipe as well."""

import asyncio
import shutil
import textwrap
from datetime import date
from typing import TextIO

from bot.assembly import Conversation, assemble
from bot.faces.local import LocalMessenger, Shown, take_turn
from bot.outgoing import Button
from bot.store.contract import Store

_PERSON = 1  # the user at the terminal
_WIDEST = 88


async def talk_at_terminal(
    conversation: Conversation, store: Store, today: date | None, source: TextIO, out: TextIO
) -> None:
    """Greet, then take typed answers and numbers of buttons until the input ends."""
    screen = Screen(out)
    messenger = LocalMessenger(screen.show, await store.next_update())
    engine = assemble(conversation, store, messenger, pacing=None, today=today)
    await engine.start()
    try:
        await take_turn(engine, messenger.typed(_PERSON, _PERSON, "/start"))
        screen.flush()
        while (typed := await asyncio.to_thread(_next_answer, source, out)) is not None:
            if not typed:
                continue
            button = screen.chosen(typed)
            arrival = (
                messenger.pressed(_PERSON, _PERSON, button.id) if button else messenger.typed(_PERSON, _PERSON, typed)
            )
            await take_turn(engine, arrival)
            screen.flush()
    finally:
        await engine.stop()


class Screen:
    """Writes what is shown and remembers which number stands for which button."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._turn: list[Shown] = []
        self._buttons: list[Button] = []

    def show(self, shown: Shown) -> None:
        """Take a message; a later state of the same message replaces it."""
        self._turn = [other for other in self._turn if other.message is None or other.message != shown.message]
        self._turn.append(shown)

    def flush(self) -> None:
        """Write what this turn has shown."""
        if not self._turn:
            return
        self._buttons = []
        for shown in self._turn:
            self._write(shown)
        self._turn = []
        self._out.flush()

    def chosen(self, typed: str) -> Button | None:
        """The button whose label or number was typed, if any."""
        wanted = typed.strip().casefold()
        for button in self._buttons:
            if button.label.casefold() == wanted:
                return button
        if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(self._buttons):
            return self._buttons[int(wanted) - 1]
        return None

    def _write(self, shown: Shown) -> None:
        width = min(_WIDEST, shutil.get_terminal_size().columns)
        self._out.write("\n")
        for line in shown.text.split("\n"):
            wrapped = textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
            self._out.write("\n".join(wrapped) + "\n")
        if shown.file is not None:
            self._out.write(f"[{shown.file.name}]\n")
        if any(shown.buttons):
            self._out.write("\n")
        for row in shown.buttons:
            for button in row:
                self._buttons.append(button)
                address = f"  {button.url}" if button.url else ""
                self._out.write(f"{len(self._buttons):>3}  {button.label}{address}\n")


def _next_answer(source: TextIO, out: TextIO) -> str | None:
    """The next line that a person types, None at the end."""
    if source.isatty():
        out.write("\n> ")
        out.flush()
    line = source.readline()
    return line.strip() if line else None
