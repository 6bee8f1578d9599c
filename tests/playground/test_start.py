"""What ``python -m bot`` alone opens: a browser where somebody can see one, else the chat in the terminal."""

import os
import pty
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.playground.conftest import inherited

GREETING = "Who is going?"


def test_through_a_pipe_it_is_the_chat() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot"], input="", env=inherited(), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0 and GREETING in done.stdout


@pytest.mark.parametrize(
    ("screen", "options", "opened"),
    [
        ({"BROWSER": "true"}, (), "The playground is at http://127.0.0.1:"),
        ({"BROWSER": "true"}, ("--terminal",), GREETING),
        ({}, (), GREETING),
    ],
)
def test_at_a_terminal_it_depends_on_the_screen(screen: dict[str, str], options: Sequence[str], opened: str) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *options],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=inherited() | screen,
        start_new_session=True,
    )
    os.close(theirs)
    shown = ""
    try:
        while opened not in shown:
            shown += os.read(ours, 4096).decode(errors="replace")
    finally:
        process.terminate()
        process.wait(30)
        os.close(ours)
    assert ("playground is at" in shown) == (opened != GREETING)
