"""Trouble on order: what may go wrong with the bot's next calls, in words for the page, and what became of its last ones."""

from collections.abc import Mapping

from bot.local_api import LocalApi
from bot.local_api.errors import NotPossible
from bot.local_api.faults import Fault, FaultKind
from bot.local_api.server import Record

KINDS: Mapping[FaultKind, str] = {
    FaultKind.TOO_MANY: "are too many (429, retry_after)",
    FaultKind.DELAY: "are carried out late",
    FaultKind.SERVER_ERROR: "fail (500)",
    FaultKind.BAD_GATEWAY: "meet a bad gateway (502)",
    FaultKind.RESET: "are cut off before they are done",
    FaultKind.LOST_ANSWER: "are done, but the answer is lost",
}
CALLS: Mapping[str, str] = {
    "*": "calls",
    "send*": "new messages",
    "edit*": "edits",
    "answerCallbackQuery": "answers to a press",
    "getUpdates": "fetches of updates",
}
MOST_TIMES, LONGEST_SECONDS = 20, 60
_SHOWN_CALLS = 8


def order(api: LocalApi, kind: str, calls: str, times: int, seconds: int) -> None:
    """Let the next ``times`` calls (a key of CALLS) go wrong; NotPossible for what is not on offer."""
    if kind not in tuple(FaultKind) or calls not in CALLS:
        raise NotPossible("this trouble cannot be ordered")
    if not (1 <= times <= MOST_TIMES and 1 <= seconds <= LONGEST_SECONDS):
        raise NotPossible(f"1 to {MOST_TIMES} calls, and 1 to {LONGEST_SECONDS} seconds")
    api.faults.order(Fault(FaultKind(kind), calls, times, seconds=float(seconds)))


def ordered(api: LocalApi) -> list[str]:
    """The trouble that is still to come, one line each."""
    return [
        f"The next {fault.times} {CALLS[fault.method]} {KINDS[fault.kind]}{_how_long(fault)}"
        for fault in api.faults.pending()
    ]


def last_calls(api: LocalApi) -> list[str]:
    """The bot's last calls and how they were answered, the newest first."""
    return [_line(record) for record in reversed(api.calls[-_SHOWN_CALLS:])]


def _how_long(fault: Fault) -> str:
    return f", {fault.seconds:g} s" if fault.kind in (FaultKind.TOO_MANY, FaultKind.DELAY) else ""


def _line(record: Record) -> str:
    return f"{record.method}: {'done' if record.ok else record.answer['description']}"
