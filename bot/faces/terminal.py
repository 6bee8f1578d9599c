"""The conversation for a person at a terminal: text, buttons as numbers, answers typed. Works through a pipe as well."""

import shutil
import tempfile
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import ascii_lowercase
from typing import TextIO

from bot.assembly import Conversation, assemble
from bot.belonging import id_by_update
from bot.faces.lines import Lines
from bot.faces.local import LocalMessenger, Shown, take_turn
from bot.outgoing import Button
from bot.store.contract import Store
from flows.conversation.view import Attachment

_PERSON = 1  # the user at the terminal
_WIDEST = 88


async def talk_at_terminal(
    conversation: Conversation, store: Store, today: date | None, source: TextIO, out: TextIO
) -> None:
    """Greet, then take typed answers and numbers of buttons until the input ends."""
    screen = Screen(out)
    messenger = LocalMessenger(screen.show, await store.next_update())
    engine = assemble(conversation, store, messenger, pacing=None, today=today, new_id=id_by_update)
    await engine.start()
    try:
        await take_turn(engine, messenger.typed(_PERSON, _PERSON, "/start"))
        screen.flush()
        lines = Lines(source)
        while (typed := await _next_answer(lines, source.isatty(), out)) is not None:
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
    """Writes what is shown, keeps files where they can be opened, and remembers what to type for which button."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._folder: Path | None = None
        self._turn: list[Shown] = []
        self._marks: dict[str, Button] = {}

    def show(self, shown: Shown) -> None:
        """Take a message; a later state of the same message replaces it."""
        self._turn = [other for other in self._turn if other.message is None or other.message != shown.message]
        self._turn.append(shown)

    def flush(self) -> None:
        """Write what this turn has shown."""
        if not self._turn:
            return
        self._marks = _marked([button for shown in self._turn for row in shown.buttons for button in row])
        marks = iter(self._marks)
        for shown in self._turn:
            self._write(shown, marks)
        self._turn = []
        self._out.flush()

    def chosen(self, typed: str) -> Button | None:
        """The button whose label or mark was typed, if any."""
        wanted = typed.strip().casefold()
        for button in self._marks.values():
            if button.label.casefold() == wanted:
                return button
        return self._marks.get(wanted)

    def _keep(self, file: Attachment) -> Path:
        """Put a file where the person can open it; a newer one of the same name takes its place."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="iec-together-files-"))
        path = self._folder / Path(file.name).name
        path.write_bytes(file.data)
        return path

    def _write(self, shown: Shown, marks: Iterator[str]) -> None:
        width = min(_WIDEST, shutil.get_terminal_size().columns)
        self._out.write("\n")
        for line in shown.text.split("\n"):
            self._out.write(_wrapped(line, width) + "\n")
        if shown.file is not None:
            self._out.write(f"[{self._keep(shown.file)}]\n")
        if any(shown.buttons):
            self._out.write("\n")
        for row in shown.buttons:
            cells = [_cell(next(marks), button) for button in row]
            in_one_line = "   ".join(cells)
            self._out.write((in_one_line if len(in_one_line) <= width else "\n".join(cells)) + "\n")


def _marked(buttons: list[Button]) -> dict[str, Button]:
    """What to type for each button: a number, or, where numbers are answers themselves, the label or a letter."""
    if not any(button.label.isdigit() for button in buttons):
        return {str(number): button for number, button in enumerate(buttons, start=1)}
    letters = iter(f"{letter}{again}" for again in ("", *"123456789") for letter in ascii_lowercase)
    marks: dict[str, Button] = {}
    for button in buttons:
        by_label = button.label.isdigit() and button.label not in marks
        marks[button.label if by_label else next(letters)] = button
    return marks


def _cell(mark: str, button: Button) -> str:
    label = "" if button.label == mark else f"  {button.label}"
    return f"{mark:>3}{label}" + (f"  {button.url}" if button.url else "")


def _wrapped(line: str, width: int) -> str:
    return "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""])


async def _next_answer(lines: Lines, prompted: bool, out: TextIO) -> str | None:
    """The next line that a person types, None at the end."""
    if prompted:
        out.write("\n> ")
        out.flush()
    line = await lines.next()
    return None if line is None else line.strip()
