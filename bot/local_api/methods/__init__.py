"""The Bot API's methods, each on the world: what a bot can ask for, and what Telegram answers or refuses."""

from bot.local_api.methods import (
    chat_members,
    deleting,
    editing,
    ephemeral,
    inline_answers,
    own_profile,
    press_answers,
    receiving,
    rich_messages,
    sending,
)
from bot.local_api.methods.registry import METHODS, Call, Method

__all__ = ["METHODS", "Call", "Method"]

# Importing these modules is what fills METHODS.
ROOMS = (
    chat_members,
    deleting,
    editing,
    ephemeral,
    inline_answers,
    own_profile,
    press_answers,
    receiving,
    rich_messages,
    sending,
)
