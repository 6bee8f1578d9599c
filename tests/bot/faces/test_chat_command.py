"""``python -m bot chat`` as a process: pipes, files, a terminal, an interrupt, a store that is kept."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

HELLO = '{"chat": "private", "user": 7, "text": "/start"}\n'
USUAL = {"PYTHONPATH": str(Path.cwd()), "PATH": os.environ["PATH"]}


def chat(*options: str, **streams: object) -> subprocess.Popen[bytes]:
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    return subprocess.Popen([sys.executable, "-m", "bot", "chat", *options], env=USUAL, **streams)  # type: ignore[call-overload]


def test_each_turn_is_answered_before_the_next_is_read() -> None:
    talk = chat("--json")
    assert talk.stdin is not None and talk.stdout is not None
    for line in (HELLO.encode(), b"\xff\xfe not text\n", HELLO.encode()):
        talk.stdin.write(line)
        talk.stdin.flush()
        answered = []
        while (found := json.loads(talk.stdout.readline())) != {"end": True}:
            answered.append(found)
        assert answered
    talk.stdin.close()
    assert talk.wait(30) == 0


def test_lines_from_a_file_and_without_a_last_end(tmp_path: Path) -> None:
    (tmp_path / "in").write_text(HELLO + HELLO.rstrip())
    with (tmp_path / "in").open() as source:
        out, _ = chat("--json", stdin=source).communicate(timeout=60)
    assert out.decode().count('{"end": true}') == 2
    out, _ = chat("--json").communicate((HELLO + HELLO.rstrip()).encode(), timeout=60)
    assert out.decode().count('{"end": true}') == 2


def test_a_kept_conversation_goes_on(tmp_path: Path) -> None:
    texts = []
    for said in ("/start", "just me"):
        line = json.dumps({"chat": "private", "user": 7, "text": said})
        out, _ = chat("--json", "--store", str(tmp_path / "kept.db")).communicate(line.encode(), timeout=60)
        texts.append(json.loads(out.splitlines()[0])["text"])
    out, _ = chat("--json").communicate(line.encode(), timeout=60)
    assert json.loads(out.splitlines()[0])["text"] != texts[1], "without the store it would begin anew"


def test_at_a_terminal_an_interrupt_ends_it_at_once() -> None:
    outer, inner = pty.openpty()
    talk = chat(stdin=inner, stdout=inner)
    os.close(inner)  # so that reading ends when the process does
    try:
        _read_to_prompt(outer)
        os.write(outer, b"just me\n")
        _read_to_prompt(outer)
        talk.send_signal(signal.SIGINT)
        _, errors = talk.communicate(timeout=60)
    except OSError:
        _, errors = talk.communicate(timeout=60)
        raise AssertionError(f"it ended by itself: {errors.decode()}") from None
    finally:
        talk.kill()
        os.close(outer)
    assert (talk.returncode, errors) == (0, b"")


def _read_to_prompt(terminal: int) -> None:
    seen = b""
    while b"\n> " not in seen.replace(b"\r\n", b"\n"):
        seen += os.read(terminal, 4096)
