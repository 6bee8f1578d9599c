"""Telling a command from other text."""

import re

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)


def split_command(text: str, bot_name: str | None = None) -> tuple[str, str] | None:
    """The command's name in lower case and the rest of the text; None if it is none, or one for another bot."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return None
    name, addressed_to, rest = found.groups()
    if addressed_to and bot_name and addressed_to.lower() != bot_name.lower():
        return None
    return name.lower(), (rest or "").strip()
