"""Reads the party file that a command was given: a path, or - for standard input."""

import sys
from datetime import date
from pathlib import Path

from flows.facts.content import CONTENT_ROOT, Facts, load_facts
from flows.facts.yaml_file import ContentError
from flows.party import Party
from flows.party_file import read_party

LARGEST_FILE = 1_000_000


def load_party(file: str, on: date | None) -> tuple[Party, Facts] | None:
    """The party and the facts; None after one line per problem on standard error."""
    try:
        facts = load_facts(CONTENT_ROOT)
        return read_party(_text_of(file), "standard input" if file == "-" else file, date.today(), on, facts), facts
    except ContentError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        print(f"{file}: cannot be read: {reason}; expected a party file in YAML or JSON", file=sys.stderr)
    return None


def _text_of(file: str) -> str:
    raw = sys.stdin.buffer.read(LARGEST_FILE + 1) if file == "-" else Path(file).read_bytes()
    if len(raw) > LARGEST_FILE:
        raise ContentError([f"{file}: larger than {LARGEST_FILE} bytes; a party file is a few lines"])
    return raw.decode("utf-8")
