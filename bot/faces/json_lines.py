"""The conversation for scripts: one JSON object a line in, what the bot shows in lines out, then ``{"end": true}``.

In: ``{"chat": "private" or a group's id, "user": 7, "name": "...", "text": "..."}``, or in place of the text ``"press":
"<button id>"``, ``"left": true``, or ``"follow": 1``: the user opens the newest link to the bot (2: the one before it)
that was shown in that chat, which may be another user's private one, named by that user's number. A line that is not
understood is answered by one ``{"error": "..."}`` and changes nothing.
"""

import base64
import json
import zlib
from dataclasses import replace
from datetime import date
from typing import Any, TextIO

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError, model_validator

from bot.arrival import Arrival
from bot.assembly import Conversation, assemble
from bot.belonging import id_by_update
from bot.faces.lines import Lines
from bot.faces.local import LocalMessenger, Shown, take_turn
from bot.store.contract import Store

_EXAMPLE = '{"chat": "private", "user": 7, "text": "hello"}'
_GROUPS_BELOW = -(10**12)  # where group ids that are positive or words are put, apart from all users' ids
_ALSO_ENDING_LINES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}  # for some readers
_LARGEST = 2**53  # what every reader of JSON takes for a whole number


class _Line(BaseModel):
    """One line of input."""

    model_config = ConfigDict(extra="forbid")

    chat: StrictInt | StrictStr
    user: StrictInt = Field(gt=0, lt=_LARGEST)
    name: StrictStr = ""
    language: StrictStr = "en"
    text: StrictStr | None = None
    press: StrictStr | None = None
    left: bool = False
    follow: StrictInt | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _one_deed(self) -> "_Line":
        if (self.text is not None) + (self.press is not None) + self.left + (self.follow is not None) != 1:
            raise ValueError('expected exactly one of "text", "press", "left" and "follow"')
        return self


class LineError(Exception):
    """A line that is not understood: what was expected and what was found."""


class ChatNames:
    """Group ids as scripts write them (any number or word) and as the engine needs them (negative numbers)."""

    def __init__(self) -> None:
        self._written: dict[int, int | str] = {}

    def inward(self, chat: int | str, user: int) -> int:
        """The chat's number inside: the user's own for their private chat."""
        if chat in ("private", user):
            return user
        if isinstance(chat, int) and abs(chat) < _LARGEST:
            number = chat
        else:
            number = _GROUPS_BELOW - zlib.crc32(str(chat).encode("utf-8", "replace"))
        if number >= 0:
            number = 2 * _GROUPS_BELOW - number
        self._written[number] = chat
        return number

    def outward(self, chat: int) -> int | str:
        """The chat as scripts know it; every private chat is called that, ``to`` says whose."""
        return "private" if chat > 0 else self._written.get(chat, chat)


async def talk_in_lines(
    conversation: Conversation, store: Store, today: date | None, source: TextIO, out: TextIO
) -> None:
    """Play every line of ``source`` in turn, until it ends; each turn is written out before the next is read."""
    names = ChatNames()

    def show(shown: Shown) -> None:
        out.write(write_line(shown, names) + "\n")

    messenger = LocalMessenger(show, await store.next_update())
    engine = assemble(conversation, store, messenger, pacing=None, today=today, new_id=id_by_update)
    await engine.start()
    try:
        lines = Lines(source)
        while (line := await lines.next()) is not None:
            if not line.strip():
                continue
            try:
                await take_turn(engine, read_line(line, names, messenger))
            except LineError as error:
                out.write(json.dumps({"error": str(error)}, ensure_ascii=False) + "\n")
            out.write('{"end": true}\n')
            out.flush()
    finally:
        await engine.stop()


def read_line(line: str, names: ChatNames, messenger: LocalMessenger) -> Arrival:
    """The arrival that a line describes; LineError if it is not understood."""
    try:
        found = _Line.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"] if part not in ("int", "str"))
        problem = first["msg"].removeprefix("Value error, ")
        raise LineError(f"{where + ': ' if where else ''}{problem}; expected a line such as {_EXAMPLE}") from None
    except (ValueError, RecursionError) as error:
        raise LineError(f"this is not JSON ({error}); expected a line such as {_EXAMPLE}") from None
    if found.follow is not None:
        return _followed(found, found.follow, names, messenger)
    chat = names.inward(found.chat, found.user)
    if found.left:
        return messenger.left(found.user, chat)
    if found.press is not None:
        arrival = messenger.pressed(found.user, chat, found.press, found.name, found.language)
    else:
        arrival = messenger.typed(found.user, chat, found.text or "", found.name, found.language)
    if arrival.event is None or arrival.event.private or not isinstance(found.chat, str):
        return arrival
    return replace(arrival, event=replace(arrival.event, title=found.chat))


def _followed(found: _Line, number: int, names: ChatNames, messenger: LocalMessenger) -> Arrival:
    places = [found.chat] if isinstance(found.chat, int) and found.chat > 0 else []
    for place in (*places, names.inward(found.chat, found.user)):
        if arrival := messenger.followed(found.user, place, number, found.name, found.language):
            return arrival
    raise LineError(f'"follow": expected the number of a link shown in chat {found.chat!r}, found {number}')


def write_line(shown: Shown, names: ChatNames) -> str:
    """One line for one shown message."""
    line: dict[str, Any] = {
        "chat": names.outward(shown.chat),
        "to": shown.to,
        "message": shown.message,
        "edit": shown.edit,
        "text": shown.text,
        "buttons": [
            [{"id": button.id, "label": button.label} | ({"url": button.url} if button.url else {}) for button in row]
            for row in shown.buttons
        ],
        "file": None,
    }
    if shown.file is not None:
        data = base64.b64encode(shown.file.data).decode()
        line["file"] = {"name": shown.file.name, "media_type": shown.file.media_type, "base64": data}
    return json.dumps(line, ensure_ascii=False).translate(_ALSO_ENDING_LINES)
