"""Calls of the Bot API by their own names, with plain parameters and plain results.

The library's methods make objects of the parameters and of the answer: for one message that costs seven times what the
rest of the call does, and nothing is needed of it but a number. Who signs in, how a request is made and which error a
failure is remain the library's.
"""

import warnings
from typing import Any

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken
from telegram.request import BaseRequest
from telegram.warnings import PTBUserWarning

# The advice to use the library's own methods instead is not followed, for the reason above.
warnings.filterwarnings("ignore", "Please use 'Bot", PTBUserWarning)


async def call(bot: Bot, method: str, read_timeout: float | None = None, **parameters: Any) -> Any:
    """The result of a documented method; parameters that are None are left out. ``read_timeout`` in seconds, None: as usual.

    TelegramError as the library's own method would raise it.
    """
    usual = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
    try:
        return await bot.do_api_request(method, api_kwargs=parameters, read_timeout=usual)
    except EndPointNotFound as error:  # the method exists: it is the token that is no longer known
        raise InvalidToken(error.message) from None
