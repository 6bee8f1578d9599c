"""Whether the server knows ephemeral messages, which one member of a group alone sees (Bot API 10.2 and later).

It is asked by a call that can do nothing, never by sending something and looking who saw it: a server that does not know
a parameter leaves it out without a word. How a message is made ephemeral changed from 10.2 to 10.3, and no call tells the
two apart, so the first of them says nothing personal, and what comes back shows what it became (bot.telegram.transport).
"""

import structlog
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound, Forbidden, TelegramError

_log = structlog.get_logger(__name__)


async def can_whisper(bot: Bot) -> bool:
    """Ask to delete an ephemeral message that cannot exist, in the bot's chat with itself: is the method known?"""
    nothing = {"chat_id": bot.id, "receiver_user_id": bot.id, "ephemeral_message_id": 1}
    try:
        await bot.do_api_request("deleteEphemeralMessage", api_kwargs=nothing)
    except EndPointNotFound:
        return False
    except (BadRequest, Forbidden):
        return True
    except TelegramError as error:
        _log.warning("whispering_not_known", problem=type(error).__name__)
        return False
    return False  # a server that says it is done does not look
