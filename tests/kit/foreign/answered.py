"""What a Bot API server that others wrote answered to the bot, and what its people see by that."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answered:
    """A call that was answered; ``result`` is None where it was refused."""

    method: str
    fields: dict[str, Any]
    result: Any
    refusal: str = ""

    @property
    def ok(self) -> bool:
        """Whether it was accepted."""
        return not self.refusal


def sent(calls: Iterable[Answered]) -> list[Answered]:
    """The messages that were sent or edited."""
    return [call for call in calls if call.ok and call.method.startswith(("send", "edit"))]


def standing(calls: Iterable[Answered], chat: int) -> list[dict[str, Any]]:
    """The bot's messages in a chat as they stand, oldest first: what was sent last under each number."""
    found: dict[int, dict[str, Any]] = {}
    for call in calls:
        if not call.ok or int(call.fields.get("chat_id", 0)) != chat:
            continue
        if call.method == "deleteMessage":
            found.pop(int(call.fields["message_id"]), None)
        elif call.method.startswith(("send", "edit")) and isinstance(call.result, dict):
            found[call.result["message_id"]] = call.fields | {"message_id": call.result["message_id"]}
    return list(found.values())
