"""Faults on order: what Telegram and the network do on a bad day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any


class FaultKind(StrEnum):
    """What goes wrong with a call."""

    TOO_MANY = "too_many"  # 429 with retry_after = seconds; nothing is done
    SERVER_ERROR = "server_error"  # 500; nothing is done
    BAD_GATEWAY = "bad_gateway"  # 502 with a page instead of JSON; nothing is done
    RESET = "reset"  # the connection breaks; nothing is done
    LOST_ANSWER = "lost_answer"  # it is done, but the connection breaks before the answer
    DELAY = "delay"  # it is done after that many seconds


@dataclass
class Fault:
    """The next ``times`` calls of ``method`` (a pattern such as ``send*``) go wrong, after ``after`` that do not.

    ``chat_id`` narrows it to one chat.
    """

    kind: FaultKind
    method: str = "*"
    times: int = 1
    after: int = 0
    seconds: float = 1.0
    chat_id: int | None = None


class Faults:
    """The faults that are still to come."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> Fault:
        """Have this fault happen."""
        self._ordered.append(fault)
        return fault

    def clear(self) -> None:
        """From now on nothing goes wrong."""
        self._ordered.clear()

    def pending(self) -> tuple[Fault, ...]:
        """The faults that are still to come, in the order in which they were ordered."""
        return tuple(self._ordered)

    def due(self, method: str, raw: Mapping[str, Any]) -> Fault | None:
        """The fault that hits this call, if any; it is used up by it. getUpdates is hit only when named in full."""
        for fault in self._ordered:
            if not fnmatchcase(method.lower(), fault.method.lower()):
                continue
            if method == "getUpdates" and fault.method != "getUpdates":
                continue
            if fault.chat_id is not None and str(raw.get("chat_id")) != str(fault.chat_id):
                continue
            if fault.after > 0:
                fault.after -= 1
                return None
            fault.times -= 1
            if fault.times <= 0:
                self._ordered.remove(fault)
            return fault
        return None
