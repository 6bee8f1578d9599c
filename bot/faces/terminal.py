"""The conversation for a person at a terminal: text, buttons as numbers, answers typed. Works through a pipe as well."""

import shutil
import sys
import textwrap
from typing import TextIO

from bot.faces.local import Shown
from bot.outgoing import Button

_WIDEST = 88


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


def read_answer(source: TextIO) -> str | None:
    """The next line that a person types, None at the end."""
    if source.isatty():
        sys.stdout.write("\n> ")
        sys.stdout.flush()
    line = source.readline()
    return line.strip() if line else None
