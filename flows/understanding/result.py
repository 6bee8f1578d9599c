"""What came of reading a typed answer."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Understood:
    """Exactly one of the three is meaningful.

    ``value`` is in the party file's form, or the text ``"unknown"`` for "I don't know". ``ask_back`` lists what could
    have been meant, likeliest first, in the same form. ``error`` is the key of a message that says what was expected.
    """

    value: Any = None
    ask_back: tuple[Any, ...] = ()
    error: str | None = None
