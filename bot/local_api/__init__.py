"""A strict Bot API server on loopback, with the people and chats that a bot would meet on Telegram.

The tests and the browser playground run the unmodified bot against it. Its rooms:

- the **world** (``world``, ``chats``, ``messages``, ``mailbox``, ...): what exists, free of HTTP;
- the **people's side** (``acting``, ``membership``, ``inline``, ``viewing``): what users do and what they see;
- the **bot's side** (``methods``): the Bot API's methods on that world;
- **HTTP** (``server``, ``decoding``, ``webhook``, ``control``): the wire.

It answers as Telegram does where that is known and refuses where Telegram would silently ignore: an unknown parameter
is an error here. It never talks to Telegram, listens on loopback only, and accepts one token: its own.
"""

from bot.local_api.server import LocalApi
from bot.local_api.world import World

__all__ = ["LocalApi", "World"]
