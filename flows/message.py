"""The messages that code can say, each declared once: its key in ``content/<language>/`` and the values it is given.

Declaring them makes the start-up check complete: a missing message, an unknown one, or a placeholder that nobody fills
is found before the first person writes.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from flows.conversation.view import Words

_DECLARED: dict[str, frozenset[str]] = {}


class Message:
    """One message: call it with its values to get a paragraph for a view."""

    __slots__ = ("key", "values")

    def __init__(self, key: str, *values: str) -> None:
        """Declare the message ``key`` that is always given ``values`` (a text need not use them all)."""
        self.key = key
        self.values = frozenset(values)
        if _DECLARED.setdefault(key, self.values) != self.values:
            raise ValueError(f"{key} is declared twice with different values")

    def __call__(self, **values: Any) -> Words:
        """The paragraph with these values; TypeError where a value is missing or not declared."""
        if values.keys() != self.values:
            raise TypeError(f"{self.key} takes {sorted(self.values)}, not {sorted(values)}")
        return Words(self.key, values)

    def folded(self, **values: Any) -> Words:
        """The same, shown closed where the face can."""
        return Words(self(**values).key, values, folded=True)


class Family:
    """Messages that differ by a code, such as one for every reason: ``prefix.code``, all given the same values."""

    __slots__ = ("messages", "prefix")

    def __init__(self, prefix: str, codes: Iterable[str], *values: str) -> None:
        """Declare ``prefix.code`` for every code."""
        self.prefix = prefix
        self.messages = {code: Message(f"{prefix}.{code}", *values) for code in codes}

    def __call__(self, code: str, **values: Any) -> Words:
        """The paragraph for ``code``; KeyError where the family has no such code."""
        return self.messages[code](**values)

    def key(self, code: str) -> str:
        """The key of the message for ``code``."""
        return self.messages[code].key

    def __contains__(self, code: str) -> bool:
        return code in self.messages


def declared() -> Mapping[str, frozenset[str]]:
    """Every declared message with the values it is given."""
    return _DECLARED
