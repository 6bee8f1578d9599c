"""Long polling: updates are fetched, stored, and acknowledged by asking for those after them."""

import asyncio
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.store.contract import StoreError
from bot.telegram.calls import call
from bot.telegram.failures import meaning
from bot.telegram.intake import Intake
from bot.telegram.translate import WANTED
from bot.transport import Flood

_log = structlog.get_logger(__name__)
_WAIT = 30  # seconds that the messenger holds the line when there is nothing
_LONGEST_PAUSE = 30.0


async def poll(bot: Bot, intake: Intake) -> None:
    """Fetch until cancelled. InvalidToken if the token is no longer good; everything else is tried again."""
    offset: int | None = None
    pause = 0.5
    while True:
        try:
            updates = await _fetch(bot, offset)
            await intake.take(updates)
        except InvalidToken:
            raise
        except Conflict:
            _log.error("polled_elsewhere", hint="another process polls with this token, or a webhook is set: stop it")
        except RetryAfter as error:
            flood = meaning(error)
            await asyncio.sleep(flood.seconds if isinstance(flood, Flood) else pause)
            continue
        except TelegramError as error:
            _log.warning("messenger_unreached", problem=type(error).__name__)
        except StoreError as error:
            _log.error("store_unavailable", problem=str(error))
        else:
            pause = 0.5
            if updates:
                offset = max(update["update_id"] for update in updates) + 1
            continue
        await asyncio.sleep(pause)
        pause = min(_LONGEST_PAUSE, pause * 2)


async def _fetch(bot: Bot, offset: int | None) -> list[dict[str, Any]]:
    """Raw updates, so that one that the library cannot read does not hold up those beside it."""
    wanted = {"timeout": _WAIT, "allowed_updates": WANTED, "limit": 100, "offset": offset}
    return list(await call(bot, "getUpdates", read_timeout=_WAIT + 10, **wanted))
