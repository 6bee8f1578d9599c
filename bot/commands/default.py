"""``python -m bot`` alone: with a token the bot runs, without one the conversation opens here."""

import os

from bot.settings import variable_of


def start() -> int:
    """Run the bot if there is a token, else open the local chat; its exit status."""
    if os.environ.get(variable_of("telegram_bot_token")):
        from bot.commands.run import run_bot

        return run_bot()
    from bot.commands.chat import run_chat

    return run_chat(as_json=False, today=None, store=None)
