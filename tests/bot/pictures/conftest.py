"""The running bot over the local Bot API server, by both ways in."""

from tests.bot.telegram.conftest import mode  # noqa: F401
from tests.kit.fixtures import bot_process, local_api, world  # noqa: F401
