"""Outgoing messages into calls of the Bot API. The only place that sends to Telegram."""

import html
import re
from typing import Any

from telegram import Bot, InputFile
from telegram.constants import CallbackQueryLimit, MessageLimit, ParseMode
from telegram.error import TelegramError
from telegram.helpers import create_deep_linked_url

from bot import metrics
from bot.outgoing import Offered, Outgoing
from bot.telegram.calls import call
from bot.telegram.failures import is_bad_markup, is_harmless, is_topic_gone, meaning
from bot.transport import Refused
from flows.conversation.view import Attachment, Slot

_NO_PREVIEW = {"is_disabled": True}
_TAG = re.compile(r"<[^>]*>")
BEGIN = "begin"  # the start parameter of the way into the private chat above the offers
_GLANCE = 80  # characters that can be read before a passing notice is gone; longer ones wait for an OK


class TelegramTransport:
    """A bot.transport.Transport over an initialized ``telegram.Bot``."""

    def __init__(self, bot: Bot, *, whispers: bool = False) -> None:
        """``whispers``: the server knows messages that one member of a group alone sees (bot.telegram.whispering)."""
        self._bot = bot
        self.whispers = whispers

    async def deliver(self, outgoing: Outgoing, edit: int | None, thread: int | None) -> int | None:
        """Answer a press, edit, or send: text first, then the file where its caption would be too long."""
        if outgoing.slot is Slot.NOTICE and outgoing.query:
            await self._answer_press(outgoing, outgoing.query)
            return None
        if outgoing.slot is Slot.OFFERS:
            await self._offer(outgoing)
            return None
        if outgoing.whispered:
            await self._whisper(outgoing, edit, thread)
            return None
        if edit is not None:
            await self._edit(outgoing, edit)
            return edit
        if outgoing.attachment is None:
            return await self._send(outgoing, thread)
        if len(_plain(outgoing.text)) <= MessageLimit.CAPTION_LENGTH:
            return await self._send_file(outgoing, outgoing.attachment, outgoing.text, thread)
        await self._send(outgoing, thread)
        return await self._send_file(outgoing, outgoing.attachment, "", thread)

    async def remove(self, chat: int, message: int) -> None:
        """Delete it; what is too old to be deleted loses its buttons."""
        try:
            await self._call("deleteMessage", chat_id=chat, message_id=message)
        except Refused:
            await self._call("editMessageReplyMarkup", chat_id=chat, message_id=message)

    async def acknowledge(self, query: str) -> None:
        """Take the waiting sign off the button."""
        await self._call("answerCallbackQuery", callback_query_id=query)

    def start_link(self, token: str) -> str:
        """The bot's own address; a button with it keeps working when its message is passed on."""
        return create_deep_linked_url(self._bot.username, token)

    async def _answer_press(self, outgoing: Outgoing, query: str) -> None:
        text = _plain(outgoing.text)[: CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH]
        await self._call(
            "answerCallbackQuery",
            callback_query_id=query,
            text=text or None,
            show_alert=len(text) > _GLANCE and not outgoing.open_url,
            url=outgoing.open_url,
        )

    async def _offer(self, outgoing: Outgoing) -> None:
        """Answer an inline query: for this user only, and not kept by Telegram, as it may have changed a moment later."""
        results = [
            {
                "type": "article",
                "id": offer.id,
                "title": _plain(offer.title),
                "description": _plain(offer.about),
                "input_message_content": {"message_text": offer.text, "parse_mode": ParseMode.HTML},
                "reply_markup": _keyboard(offer),
            }
            for offer in outgoing.offers
        ]
        await self._call(
            "answerInlineQuery",
            inline_query_id=outgoing.query,
            results=[{name: value for name, value in result.items() if value is not None} for result in results],
            cache_time=0,
            is_personal=True,
            button={"text": _plain(outgoing.text), "start_parameter": BEGIN} if outgoing.text else None,
        )

    async def _whisper(self, outgoing: Outgoing, edit: int | None, thread: int | None) -> None:
        """Something new says nothing personal (flows.conversation.aside). A server that shows it to all does so only once."""
        shown = {"text": outgoing.text, "parse_mode": ParseMode.HTML, "reply_markup": _keyboard(outgoing)}
        if edit is not None:
            which = {"receiver_user_id": outgoing.only_for, "ephemeral_message_id": edit}
            await self._call("editEphemeralMessageText", chat_id=outgoing.place, **which, **shown)
            return
        answered = {"receiver_user_id": outgoing.only_for, "callback_query_id": outgoing.query}
        sent = await self._call(
            "sendMessage",
            chat_id=outgoing.place,
            message_thread_id=thread,
            ephemeral_message_parameters=answered,
            **shown,
        )
        if sent and not sent.get("ephemeral_message_id"):
            self.whispers = False
            await self.remove(outgoing.place, sent["message_id"])

    async def _edit(self, outgoing: Outgoing, message: int) -> None:
        await self._call(
            "editMessageText",
            chat_id=outgoing.chat,
            message_id=message,
            text=outgoing.text,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(outgoing),
            link_preview_options=_NO_PREVIEW,
        )

    async def _send(self, outgoing: Outgoing, thread: int | None) -> int | None:
        sent = await self._call(
            "sendMessage",
            chat_id=outgoing.chat,
            text=outgoing.text,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(outgoing),
            link_preview_options=_NO_PREVIEW,
            message_thread_id=thread,
        )
        return _number(sent)

    async def _send_file(self, outgoing: Outgoing, file: Attachment, caption: str, thread: int | None) -> int | None:
        kind = "photo" if file.media_type.startswith("image/") else "document"
        sent = await self._call(
            f"send{kind.capitalize()}",
            chat_id=outgoing.chat,
            caption=caption or None,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(outgoing) if caption else None,
            message_thread_id=thread,
            **{kind: InputFile(file.data, filename=file.name)},
        )
        return _number(sent)

    async def _call(self, method: str, **given: Any) -> Any:
        """Make a call, once more without what is at fault in it where that can be left out; its errors in the sender's terms."""
        with metrics.CALLS.labels(method).time():
            while True:
                try:
                    return await call(self._bot, method, **given)
                except TelegramError as error:
                    metrics.CALL_ERRORS.labels(method, type(error).__name__).inc()
                    if is_harmless(error):
                        return None
                    mended = _mended(given, error)
                    if mended is None:
                        raise meaning(error) from None
                    given = mended


def _mended(given: dict[str, Any], error: TelegramError) -> dict[str, Any] | None:
    """The same call outside a topic that is gone, or without markup that is not understood; None if it is neither."""
    if is_topic_gone(error) and given.get("message_thread_id") is not None:
        return given | {"message_thread_id": None}
    if is_bad_markup(error) and given.get("parse_mode") is not None:
        plain = {name: _plain(given[name]) for name in ("text", "caption") if given.get(name)}
        return given | plain | {"parse_mode": None}
    return None


def _number(sent: Any) -> int | None:
    return int(sent["message_id"]) if sent else None


def _keyboard(outgoing: Outgoing | Offered) -> dict[str, Any] | None:
    """The rows of buttons as an InlineKeyboardMarkup of the Bot API."""
    rows = [
        [
            {"text": button.label, "url": button.url}
            if button.url
            else {"text": button.label, "callback_data": button.id}
            for button in row
        ]
        for row in outgoing.buttons
    ]
    return {"inline_keyboard": rows} if any(rows) else None


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text))
