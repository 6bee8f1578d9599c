"""``python -m bot understand QUESTION "text"``: what the bot makes of a typed answer."""

import json
import sys
from datetime import date
from typing import Any

from flows.content import load_content
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.facts.yaml_file import ContentError
from flows.understanding.ask import understand_ask
from flows.understanding.errors import ERRORS
from flows.understanding.result import Understood
from flows.understanding.understand import QUESTIONS, understand
from flows.words import Text, WordBook, load_words

ASK = "ask"  # the free questions, beside those of the interview


def run_understand(question: str, text: str, *, as_json: bool, today: date | None) -> int:
    """Print the value, the candidates or the error; 1 where the text was not understood or the content is wrong, 2 where
    there is no such question."""
    if question not in (*QUESTIONS, ASK):
        print(f"{question}: no such question; expected one of: {', '.join((*QUESTIONS, ASK))}", file=sys.stderr)
        return 2
    try:
        if question == ASK:
            understood, error = _asked(text)
        else:
            understood = understand(question, text, today or date.today(), load_facts(CONTENT_ROOT))
            error = _text(ERRORS[understood.error].key, load_words(CONTENT_ROOT)) if understood.error else None
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


def _asked(text: str) -> tuple[Understood, str | None]:
    """The answers that a free question asks for, or what is said where there is none."""
    content = load_content(CONTENT_ROOT)
    understood = understand_ask(text, content.asking)
    if understood.error is None:
        return understood, None
    return understood, _text(content.asking.elsewhere(text) or ERRORS[understood.error].key, content.words)


def _text(key: str, words: WordBook) -> str:
    entry, _ = words.message(key)
    assert isinstance(entry, Text)
    return "".join(entry.pieces)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
