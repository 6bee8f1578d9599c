"""``python -m bot`` alone: with a token the bot runs, without one the conversation opens here."""

import os
import sys

from bot.settings import variable_of


def start(*, terminal: bool) -> int:
    """Run the bot if there is a token, else the playground where somebody can see a browser, else the terminal chat.

    ``terminal`` chooses the chat in any case; so does input or output that goes through a pipe. Its exit status.
    """
    if os.environ.get(variable_of("telegram_bot_token")):
        from bot.commands.run import run_bot

        return run_bot()
    if not terminal and sys.stdin.isatty() and sys.stdout.isatty():
        from bot.commands.playground import can_open_browser, run_playground

        if can_open_browser():
            return run_playground()
        print("This is the chat in the terminal. With a browser: python -m bot playground")
    from bot.commands.chat import run_chat

    return run_chat(as_json=False, today=None, store=None)
