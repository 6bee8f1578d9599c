"""Inline mode on a phone: somebody types the bot's name and a question in any chat, and chooses what the bot offers."""

from typing import Any

from bot.local_api import acting, inline
from bot.local_api.errors import NotPossible
from bot.playground.stage import Phone, Stage


def typed_query(stage: Stage, text: str) -> str | None:
    """What stands after the bot's name, where a text begins with it; None for any other text."""
    first, _, rest = text.strip().partition(" ")
    return rest.strip() if first.lower() == f"@{stage.world.bot.username}".lower() else None


def is_answered(stage: Stage) -> bool:
    """Whether the bot takes such questions at all: Telegram brings it only the kinds of updates that it asks for."""
    asked_for = stage.world.mailbox.asked_for
    return not asked_for or "inline_query" in asked_for


def ask(stage: Stage, phone: Phone, query: str) -> None:
    """Ask the bot; what it offers appears on the phone once it has answered."""
    phone.notice = ""
    phone.question = inline.ask(stage.world, phone.user.id, phone.chat.id, query)


def choose(stage: Stage, phone: Phone, result_id: str) -> None:
    """Send one of the results into the chat."""
    if phone.question is None:
        raise NotPossible("nothing is offered here")
    inline.choose(stage.world, phone.question.id, result_id)
    phone.question = None


def send_as_text(stage: Stage, phone: Phone) -> None:
    """Send what was typed as an ordinary message, as an app does when nothing is chosen."""
    if phone.question is not None:
        stage.say(phone, f"@{stage.world.bot.username} {phone.question.query}")


def follow_button(stage: Stage, phone: Phone) -> Phone:
    """Open the private chat that the bot offers beside its results; the phone that shows it."""
    button = offered(phone).get("button") or {}
    if "start_parameter" not in button:
        raise NotPossible("the bot offers no way into its private chat here")
    phone.question = None
    link = f"https://t.me/{stage.world.bot.username}?start={button['start_parameter']}"
    acting.open_link(stage.world, phone.user.id, link)
    return stage.phone_of(stage.world.chat(phone.user.id), phone.user)


def offered(phone: Phone) -> dict[str, Any]:
    """What the bot has answered, as it stands in the Bot API; empty while it has not."""
    return (phone.question.answer if phone.question else None) or {}
