"""Outgoing messages into calls of the Bot API. The only place that sends to Telegram."""

import html
import re
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import CallbackQueryLimit, MessageLimit, ParseMode
from telegram.error import TelegramError
from telegram.helpers import create_deep_linked_url

from bot import metrics
from bot.outgoing import Outgoing
from bot.telegram.failures import is_bad_markup, is_harmless, is_topic_gone, meaning
from bot.transport import Refused
from flows.conversation.view import Slot

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TAG = re.compile(r"<[^>]*>")
_GLANCE = 80  # characters that can be read before a passing notice is gone; longer ones wait for an OK


class TelegramTransport:
    """A bot.transport.Transport over an initialized ``telegram.Bot``."""

    whispers = False

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def deliver(self, outgoing: Outgoing, edit: int | None, thread: int | None) -> int | None:
        """Answer a press, edit, or send: text first, then the file where its caption would be too long."""
        if outgoing.slot is Slot.NOTICE and outgoing.query:
            await self._answer_press(outgoing, outgoing.query)
            return None
        if edit is not None:
            await self._edit(outgoing, edit)
            return edit
        if outgoing.attachment is None:
            return await self._send(outgoing, thread)
        if len(_plain(outgoing.text)) <= MessageLimit.CAPTION_LENGTH:
            return await self._send_file(outgoing, outgoing.text, thread)
        await self._send(outgoing, thread)
        return await self._send_file(outgoing, "", thread)

    async def remove(self, chat: int, message: int) -> None:
        """Delete it; what is too old to be deleted loses its buttons."""
        try:
            await self._call("deleteMessage", lambda _: self._bot.delete_message(chat, message))
        except Refused:
            await self._call("editMessageReplyMarkup", lambda _: self._bot.edit_message_reply_markup(chat, message))

    async def acknowledge(self, query: str) -> None:
        """Take the waiting sign off the button."""
        await self._call("answerCallbackQuery", lambda _: self._bot.answer_callback_query(query))

    def start_link(self, token: str) -> str:
        """The bot's own address; a button with it keeps working when its message is passed on."""
        return create_deep_linked_url(self._bot.username, token)

    async def _answer_press(self, outgoing: Outgoing, query: str) -> None:
        text = _plain(outgoing.text)[: CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH]
        await self._call(
            "answerCallbackQuery",
            lambda _: self._bot.answer_callback_query(
                query,
                text=text or None,
                show_alert=len(text) > _GLANCE and not outgoing.open_url,
                url=outgoing.open_url,
            ),
        )

    async def _edit(self, outgoing: Outgoing, message: int) -> None:
        await self._call(
            "editMessageText",
            lambda markup: self._bot.edit_message_text(
                outgoing.text if markup else _plain(outgoing.text),
                chat_id=outgoing.chat,
                message_id=message,
                parse_mode=markup,
                reply_markup=_keyboard(outgoing),
                link_preview_options=_NO_PREVIEW,
            ),
        )

    async def _send(self, outgoing: Outgoing, thread: int | None) -> int | None:
        async def send(markup: ParseMode | None, topic: int | None = thread) -> Any:
            try:
                return await self._bot.send_message(
                    outgoing.chat,
                    outgoing.text if markup else _plain(outgoing.text),
                    parse_mode=markup,
                    reply_markup=_keyboard(outgoing),
                    link_preview_options=_NO_PREVIEW,
                    message_thread_id=topic,
                )
            except TelegramError as error:
                if topic is not None and is_topic_gone(error):
                    return await send(markup, None)
                raise

        sent = await self._call("sendMessage", send)
        return sent.message_id if sent else None

    async def _send_file(self, outgoing: Outgoing, caption: str, thread: int | None) -> int | None:
        file = outgoing.attachment
        assert file is not None
        kept = {"caption": caption or None, "message_thread_id": thread}
        content = InputFile(file.data, filename=file.name)

        async def send(markup: ParseMode | None) -> Any:
            chosen: dict[str, Any] = {
                **kept,
                "parse_mode": markup,
                "reply_markup": _keyboard(outgoing) if caption else None,
            }
            if file.media_type.startswith("image/"):
                return await self._bot.send_photo(outgoing.chat, content, **chosen)
            return await self._bot.send_document(outgoing.chat, content, **chosen)

        sent = await self._call("sendPhoto" if file.media_type.startswith("image/") else "sendDocument", send)
        return sent.message_id if sent else None

    async def _call(self, method: str, call: Callable[[ParseMode | None], Awaitable[Any]]) -> Any:
        """Make a call with markup, once more without if the markup is at fault; its errors in the sender's terms."""
        with metrics.CALLS.labels(method).time():
            try:
                return await call(ParseMode.HTML)
            except TelegramError as error:
                metrics.CALL_ERRORS.labels(method, type(error).__name__).inc()
                if is_harmless(error):
                    return None
                if not is_bad_markup(error):
                    raise meaning(error) from None
            try:
                return await call(None)
            except TelegramError as error:
                if is_harmless(error):
                    return None
                raise meaning(error) from None


def _keyboard(outgoing: Outgoing) -> InlineKeyboardMarkup | None:
    rows = [
        [
            InlineKeyboardButton(button.label, url=button.url)
            if button.url
            else InlineKeyboardButton(button.label, callback_data=button.id)
            for button in row
        ]
        for row in outgoing.buttons
    ]
    return InlineKeyboardMarkup(rows) if any(rows) else None


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text))
