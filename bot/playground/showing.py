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
from bot.playground.message_html import page_html
from bot.playground.stage import Phone, Stage

PICTURES = ("image/png", "image/jpeg")


def environment() -> Environment:
    """Templates with everything escaped that is not marked as HTML."""
    folder = Path(__file__).with_name("templates")
    made = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters["page_html"] = page_html
    made.filters["clock"] = _clock
    return made


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

    def shape(self) -> str:
        """Changes with everything on the page that is not inside a phone's messages."""
        stage = self._stage
        phones = [(phone.id, phone.user.id, phone.theme, len(self.commands(phone))) for phone in stage.phones.values()]
        people = [person.id for person in stage.people]
        return str(zlib.crc32(repr((phones, people, stage.today, stage.problem)).encode()))

    def live(self) -> dict[str, Any]:
        """Everything that changes while the page is open."""
        phones = {
            phone.id: {
                "items": [{"key": item.key, "state": item.state, "html": item.html} for item in self.items(phone)],
                "typing": self.typing(phone),
                "notice": phone.notice,
            }
            for phone in self._stage.phones.values()
        }
        return {"shape": self.shape(), "state": self._stage.state, "phones": phones}

    def _item(self, phone: Phone, seen: Seen) -> Item:
        html = self._message.render(
            seen=seen,
            phone=phone,
            mine=seen.sender == phone.user.first_name and not seen.from_bot,
            others=list(self._stage.others(phone)) if self._passes_on(phone, seen) else [],
            leads_to_bot=self._stage.leads_to_bot,
            pictures=PICTURES,
        )
        key = f"{'e' if seen.ephemeral else 'm'}{seen.id}"
        return Item(key, f"{zlib.crc32(html.encode()):x}", Markup(html))  # noqa: S704 - rendered by an escaping template

    def _passes_on(self, phone: Phone, seen: Seen) -> bool:
        """Whether a link of this message can be opened by others: in one's own chat it is there to be passed on."""
        return not phone.chat.is_group and any(
            self._stage.leads_to_bot(button) for row in seen.buttons for button in row
        )


def _clock(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%H:%M")
