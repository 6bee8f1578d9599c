"""The bot on Telegram from start to stop: store, sign-in, engine, polling or webhook, a graceful end."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator

import structlog
from pydantic import SecretStr
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.abuse import Budgets
from bot.assembly import Conversation, assemble
from bot.memory import settle
from bot.pacing import Pacing, paces_for
from bot.retention import keep_purged
from bot.rounds.known import CurrentContent
from bot.rounds.refresh import keep_fresh
from bot.settings import Settings, variable_of
from bot.store.contract import Store
from bot.store.opening import store_of
from bot.telegram.http import AiohttpRequest
from bot.telegram.intake import Intake
from bot.telegram.menu import publish_menu
from bot.telegram.polling import poll
from bot.telegram.translate import WANTED
from bot.telegram.transport import TelegramTransport
from bot.telegram.whispering import can_whisper
from bot.webhook import PATH, listening_socket, server_for, webhook_app
from flows.words import WordBook

_log = structlog.get_logger(__name__)
_TOKEN = variable_of("telegram_bot_token")


class CannotRun(Exception):
    """The bot cannot be started or go on: one line for whoever runs it."""


async def run(
    settings: Settings,
    conversation: Conversation,
    words: WordBook,
    budgets: Budgets | None,
    content: CurrentContent | None = None,
) -> None:
    """Run until SIGTERM or SIGINT; CannotRun, or StoreError, if it cannot be started.

    ``words`` are for the menu; ``budgets`` None takes whatever people send; ``content`` is what round figures are to be
    brought into while it runs, if any.
    """
    token = settings.telegram_bot_token
    if token is None:
        raise CannotRun(f"{_TOKEN}: expected the bot's token, found none. Set it to the one that BotFather gave you.")
    stop = asyncio.Event()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signal_number, stop.set)
    async with _opened(store_of(settings)) as store, _bot_of(settings, token) as bot:
        if not await _sign_in(bot, settings, stop):
            return
        engine = assemble(
            conversation,
            store,
            TelegramTransport(bot, whispers=await can_whisper(bot)),
            pacing=Pacing(paces_for(settings.sends_per_second)),
            today=settings.today,
            held_at=settings.today_at,
            admin_chat=settings.admin_chat,
        )
        intake = Intake(bot, engine, budgets)
        settle()
        await engine.start()
        beside = [
            asyncio.create_task(keep_purged(store, settings.retention_days)),
            asyncio.create_task(publish_menu(bot, words)),
        ]
        if content is not None:
            beside += _keeping_rounds(settings, content)
            beside.append(asyncio.create_task(asyncio.to_thread(content().asking.warm)))
        try:
            if settings.webhook_url and settings.webhook_secret:
                await _behind_webhook(settings, settings.webhook_url, settings.webhook_secret, bot, intake, store, stop)
            else:
                await _by_polling(bot, intake, stop)
        finally:
            for task in beside:
                task.cancel()
            await engine.stop()
            _log.info("stopped")


def _keeping_rounds(settings: Settings, content: CurrentContent) -> list[asyncio.Task[None]]:
    """Fetch round figures when they are due, unless that is switched off; take in those that anybody archived."""
    tasks = [asyncio.create_task(content.keep_current())]
    if settings.rounds_fetch:
        place, url, facts = settings.rounds_place, settings.rounds_url, content().facts
        tasks.append(asyncio.create_task(keep_fresh(place, url, facts, kept=content.look, clock=settings.now)))
    return tasks


@contextlib.asynccontextmanager
async def _opened(store: Store) -> AsyncIterator[Store]:
    await store.open()
    try:
        yield store
    finally:
        await store.close()


@contextlib.asynccontextmanager
async def _bot_of(settings: Settings, token: SecretStr) -> AsyncIterator[Bot]:
    proxy = settings.proxy.get_secret_value() if settings.proxy else None
    bot = Bot(
        token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=AiohttpRequest(proxy=proxy),
        get_updates_request=AiohttpRequest(1, proxy=proxy),
    )
    try:
        yield bot
    finally:
        await bot.shutdown()


async def _sign_in(bot: Bot, settings: Settings, stop: asyncio.Event) -> bool:
    """Learn the bot's own name, however long Telegram cannot be reached; False if told to stop meanwhile."""
    pause = 1.0
    while not stop.is_set():
        try:
            await bot.initialize()
        except InvalidToken:
            raise CannotRun(f"{_TOKEN}: Telegram does not know this token. Copy it again from BotFather.") from None
        except TelegramError as error:
            _log.warning("messenger_unreached", problem=type(error).__name__, at=settings.api_url)
        else:
            return True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(30.0, pause * 2)
    return False


async def _by_polling(bot: Bot, intake: Intake, stop: asyncio.Event) -> None:
    polling = asyncio.create_task(_poll(bot, intake))
    stopping = asyncio.create_task(stop.wait())
    _log.info("started", by="polling")
    await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    polling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await polling


async def _poll(bot: Bot, intake: Intake) -> None:
    try:
        with contextlib.suppress(TelegramError):  # if one is set and stays, polling says so
            await bot.delete_webhook()
        await poll(bot, intake)
    except InvalidToken:
        raise CannotRun(f"{_TOKEN}: Telegram no longer accepts this token. Put the new one in its place.") from None


async def _behind_webhook(
    settings: Settings, url: str, secret: SecretStr, bot: Bot, intake: Intake, store: Store, stop: asyncio.Event
) -> None:
    try:
        listening = listening_socket(settings.webhook_listen)
    except OSError as error:
        variable = variable_of("webhook_listen")
        raise CannotRun(f"{variable}: cannot listen at {settings.webhook_listen}: {error.strerror}") from None
    server = server_for(webhook_app(intake, store, secret.get_secret_value(), lambda: not stop.is_set()))
    serving = asyncio.create_task(server.serve([listening]))
    announcing = asyncio.create_task(_announce(settings, url, secret, bot))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    for task in (stopping, announcing):
        task.cancel()
    server.should_exit = True
    await serving


async def _announce(settings: Settings, url: str, secret: SecretStr, bot: Bot) -> None:
    """Tell Telegram where to bring updates, until it has taken note."""
    pause = 1.0
    while True:
        try:
            await bot.set_webhook(
                f"{url}{PATH}",
                secret_token=secret.get_secret_value(),
                allowed_updates=WANTED,
                max_connections=settings.webhook_connections,
            )
        except TelegramError as error:
            _log.error("webhook_not_set", problem=error.message)
            await asyncio.sleep(pause)
            pause = min(60.0, pause * 2)
        else:
            _log.info("started", by="webhook")
            return
