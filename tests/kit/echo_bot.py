"""A small bot on python-telegram-bot for the tests of the server itself: polling, or a webhook with its secret.

It reads the same environment variables as the product, answers text with the same text, and /start with a button.
"""

import asyncio
import hmac
import logging
import os
from urllib.parse import urlsplit

from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

logging.basicConfig(level=logging.WARNING)
Context = ContextTypes.DEFAULT_TYPE


async def start(update: Update, context: Context) -> None:
    assert update.effective_message
    payload = " ".join(context.args or [])
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Count", callback_data="count:0")]])
    await update.effective_message.reply_html(f"<b>Hello</b> {payload}".strip(), reply_markup=keyboard)


async def count(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query and query.data
    number = int(query.data.removeprefix("count:")) + 1
    await query.answer(f"{number}!")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Count", callback_data=f"count:{number}")]])
    await query.edit_message_text(f"Counted to {number}", reply_markup=keyboard)


async def echo(update: Update, context: Context) -> None:
    assert update.message and update.message.text
    await update.message.reply_text(update.message.text)


async def document(update: Update, context: Context) -> None:
    assert update.message and update.message.document
    received = await update.message.document.get_file()
    data = bytes(await received.download_as_bytearray())
    await update.message.reply_document(data[::-1], filename="reversed.txt", caption=f"{len(data)} bytes")


async def greeted(update: Update, context: Context) -> None:
    change = update.my_chat_member
    if change and change.new_chat_member.status == "member" and change.chat.type != "private":
        await context.bot.send_message(change.chat.id, "Thanks for having me")


def build() -> Application:
    address = os.environ["IEC_TOGETHER_API_URL"]
    app = (
        ApplicationBuilder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(f"{address}/bot")
        .base_file_url(f"{address}/file/bot")
        .build()
    )
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(count))
    app.add_handler(MessageHandler(filters.Document.ALL, document))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(ChatMemberHandler(greeted))
    return app


async def serve_webhook(app: Application) -> None:
    secret = os.environ["IEC_TOGETHER_WEBHOOK_SECRET"]
    address = urlsplit("//" + os.environ["IEC_TOGETHER_WEBHOOK_LISTEN"])

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given, secret):
            return web.Response(status=403)
        await app.update_queue.put(Update.de_json(await request.json(), app.bot))
        return web.Response()

    site = web.Application()
    site.router.add_post("/", receive)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, address.hostname, address.port).start()
    async with app:
        await app.start()
        await app.bot.set_webhook(os.environ["IEC_TOGETHER_WEBHOOK_URL"] + "/", secret_token=secret)
        await asyncio.Event().wait()


if __name__ == "__main__":
    if "IEC_TOGETHER_WEBHOOK_URL" in os.environ:
        asyncio.run(serve_webhook(build()))
    else:
        build().run_polling()
