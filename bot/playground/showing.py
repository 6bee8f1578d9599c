"""The stage as data for the page: each phone's messages rendered one by one, so that only what changed is replaced."""

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.local_api import viewing
from bot.local_api.viewing import Seen
from bot.playground.inline import is_answered, offered
from bot.playground.message_html import page_html
from bot.playground.stage import Phone, Stage
from bot.playground.trouble import last_calls, ordered


def environment() -> Environment:
    """Templates with everything escaped that is not marked as HTML."""
    folder = Path(__file__).with_name("templates")
    made = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters["page_html"] = page_html
    made.filters["clock"] = _clock
    return made


def picture_type(data: bytes) -> str | None:
    """The media type of a picture that a page can show, told by how it begins; None for any other file."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "image/jpeg" if data.startswith(b"\xff\xd8\xff") else None


@dataclass(frozen=True, slots=True)
class Item:
    """One rendered message: ``key`` stays, ``state`` changes with what it shows."""

    key: str
    state: str
    html: Markup


class Show:
    """Renders what the phones of ``stage`` show."""

    def __init__(self, stage: Stage, templates: Environment) -> None:
        self._stage = stage
        self._message = templates.get_template("message.html")
        self._offers = templates.get_template("offers.html")
        self._calls = templates.get_template("calls.html")

    def items(self, phone: Phone) -> list[Item]:
        """The messages of a phone as its person sees them, oldest first."""
        seen = viewing.sees(self._stage.world, phone.user.id, phone.chat.id)
        return [self._item(phone, message) for message in seen]

    def typing(self, phone: Phone) -> bool:
        """Whether the bot is shown at work in this chat."""
        return viewing.bot_action(self._stage.world, phone.chat.id) is not None

    def commands(self, phone: Phone) -> list[dict[str, Any]]:
        """What the app's menu offers."""
        return viewing.commands(self._stage.world, phone.user.id, phone.chat.id)

    def description(self, phone: Phone) -> str:
        """What the bot says of itself in a chat where nothing was said yet."""
        told = self._stage.world.bot.descriptions
        return told.get(phone.user.language) or told.get("", "")

    def offers(self, phone: Phone) -> Markup:
        """What inline mode offers on a phone; empty where nothing was asked."""
        if phone.question is None:
            return Markup("")
        shown = self._offers.render(phone=phone, offered=offered(phone), answered=is_answered(self._stage))
        return Markup(shown)  # noqa: S704 - an escaping template

    def calls(self) -> Markup:
        """What the bot called last, and the trouble that is to come."""
        api = self._stage.api
        return Markup(self._calls.render(ordered=ordered(api), last=last_calls(api)))  # noqa: S704 - an escaping template

    def groups(self) -> list[Phone]:
        """The phones that show a group."""
        return [phone for phone in self._stage.phones.values() if phone.chat.is_group]

    def shape(self) -> str:
        """Changes with everything on the page that is not inside a phone's messages."""
        stage = self._stage
        phones = [
            (
                phone.id,
                phone.user.id,
                phone.theme,
                len(self.commands(phone)),
                [each.who.id for each in phone.chat.present()],
            )
            for phone in stage.phones.values()
        ]
        people = [(person.id, person.blocked, person.started, stage.world.bot.privacy) for person in stage.people]
        return str(zlib.crc32(repr((phones, people, stage.today, stage.problem)).encode()))

    def live(self) -> dict[str, Any]:
        """Everything that changes while the page is open."""
        phones = {
            phone.id: {
                "items": [{"key": item.key, "state": item.state, "html": item.html} for item in self.items(phone)],
                "typing": self.typing(phone),
                "notice": phone.notice,
                "offers": self.offers(phone),
            }
            for phone in self._stage.phones.values()
        }
        return {"shape": self.shape(), "state": self._stage.state, "calls": self.calls(), "phones": phones}

    def _item(self, phone: Phone, seen: Seen) -> Item:
        html = self._message.render(
            seen=seen,
            phone=phone,
            mine=seen.sender_id == phone.user.id,
            via=self._via(phone, seen),
            happened=self._happened(phone, seen) if seen.service else "",
            others=list(self._stage.others(phone)) if self._passes_on(phone, seen) else [],
            leads_to_bot=self._stage.leads_to_bot,
            places=list(self._stage.phones.values()),
        )
        key = f"{'e' if seen.ephemeral else 'm'}{seen.id}"
        return Item(key, f"{zlib.crc32(html.encode()):x}", Markup(html))  # noqa: S704 - rendered by an escaping template

    def _via(self, phone: Phone, seen: Seen) -> str:
        """The bot's name where a person sent this by way of it."""
        message = None if seen.ephemeral else phone.chat.messages.get(seen.id)
        return f"via @{message.via_bot.username}" if message is not None and message.via_bot else ""

    def _happened(self, phone: Phone, seen: Seen) -> str:
        """A service message in words."""
        told = phone.chat.messages[seen.id].service
        for name, alone, other in (("new_chat_members", "joined", "added"), ("left_chat_member", "left", "removed")):
            if name in told:
                whom = told[name][0] if isinstance(told[name], list) else told[name]
                return f"{seen.sender} " + (alone if whom["id"] == seen.sender_id else f"{other} {whom['first_name']}")
        return f"{seen.sender}: {str(seen.service).replace('_', ' ')}"

    def _passes_on(self, phone: Phone, seen: Seen) -> bool:
        """Whether a link of this message can be opened by others: in one's own chat it is there to be passed on."""
        return not phone.chat.is_group and any(
            self._stage.leads_to_bot(button) for row in seen.buttons for button in row
        )


def _clock(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%H:%M")
