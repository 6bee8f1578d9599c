"""``python -m bot understand QUESTION "text"``: what the bot makes of a typed answer."""

import json
import sys
from datetime import date
from typing import Any

from flows.facts.content import CONTENT_ROOT, load_facts
from flows.facts.yaml_file import ContentError
from flows.understanding.errors import ERRORS
from flows.understanding.result import Understood
from flows.understanding.understand import QUESTIONS, understand
from flows.words import Text, load_words


def run_understand(question: str, text: str, *, as_json: bool, today: date | None) -> int:
    """Print the value, the candidates or the error; 1 where the text was not understood or the content is wrong, 2 where
    there is no such question."""
    if question not in QUESTIONS:
        print(f"{question}: no such question; expected one of: {', '.join(QUESTIONS)}", file=sys.stderr)
        return 2
    try:
        understood = understand(question, text, today or date.today(), load_facts(CONTENT_ROOT))
        error = _error_text(understood)
    except ContentError as problem:
        print(problem, file=sys.stderr)
        return 1
    ask_back = list(understood.ask_back)
    value = None if error or ask_back else understood.value
    if as_json:
        print(json.dumps({"value": value, "ask_back": ask_back, "error": error}, ensure_ascii=False))
        return 1 if error else 0
    if error:
        print(error, file=sys.stderr)
        return 1
    print("which one? " + " | ".join(map(_plain, ask_back)) if ask_back else _plain(value))
    return 0


def _error_text(understood: Understood) -> str | None:
    if understood.error is None:
        return None
    entry, _ = load_words(CONTENT_ROOT).message(ERRORS[understood.error].key)
    assert isinstance(entry, Text)
    return "".join(entry.pieces)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
