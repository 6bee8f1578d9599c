"""The tests' small bot once more, written with aiogram. It runs in aiogram's own environment, not in the project's."""

import asyncio
import os
from urllib.parse import urlsplit

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    EphemeralMessageParameters,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

dispatcher = Dispatcher()


def keyboard(number: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Count", callback_data=f"count:{number}")]])


@dispatcher.message(CommandStart())
async def start(message: Message, command: CommandObject) -> None:
    text = f"<b>Hello</b> {command.args or ''}".strip()
    await message.answer(text, parse_mode="HTML", reply_markup=keyboard(0))


def buttons(*labels: str) -> InlineKeyboardMarkup:
    rows = [[InlineKeyboardButton(text=label, callback_data=label)] for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=rows)


@dispatcher.message(Command("together"))
async def board(message: Message) -> None:
    await message.answer("Board", reply_markup=buttons("in", "here"))


@dispatcher.callback_query(F.data == "in")
async def come_in(query: CallbackQuery, bot: Bot) -> None:
    await query.answer(url=f"https://t.me/{(await bot.me()).username}?start=in-{query.from_user.id}")
    await query.message.edit_text(
        f"{query.message.text}, {query.from_user.first_name}", reply_markup=buttons("in", "here")
    )


@dispatcher.callback_query(F.data == "here")
async def whisper(query: CallbackQuery, bot: Bot) -> None:
    to = EphemeralMessageParameters(receiver_user_id=query.from_user.id, callback_query_id=query.id)
    await bot.send_message(
        query.message.chat.id, "Only you", ephemeral_message_parameters=to, reply_markup=buttons("yes")
    )
    await query.answer()


@dispatcher.callback_query(F.data == "yes")
async def whispered(query: CallbackQuery, bot: Bot) -> None:
    await bot.edit_ephemeral_message_text(
        chat_id=query.message.chat.id,
        receiver_user_id=query.from_user.id,
        ephemeral_message_id=query.message.ephemeral_message_id,
        text="Still only you",
    )
    await query.answer()


@dispatcher.message(F.left_chat_member)
async def left(message: Message) -> None:
    await message.answer(f"{message.left_chat_member.first_name} is gone")


@dispatcher.message(F.migrate_from_chat_id)
async def migrated(message: Message) -> None:
    await message.answer(f"From {message.migrate_from_chat_id}")


@dispatcher.inline_query()
async def card(query: InlineQuery) -> None:
    content = InputTextMessageContent(message_text=f"Card of {query.from_user.first_name}")
    result = InlineQueryResultArticle(id="card", title="Card", input_message_content=content)
    await query.answer([result], cache_time=0, is_personal=True)


@dispatcher.callback_query(F.data.startswith("count:"))
async def count(query: CallbackQuery) -> None:
    number = int(query.data.removeprefix("count:")) + 1
    await query.answer(f"{number}!")
    await query.message.edit_text(f"Counted to {number}", reply_markup=keyboard(number))


@dispatcher.message(F.document)
async def document(message: Message, bot: Bot) -> None:
    received = await bot.download(message.document)
    data = received.read()
    await message.answer_document(BufferedInputFile(data[::-1], "reversed.txt"), caption=f"{len(data)} bytes")


@dispatcher.message(F.text)
async def echo(message: Message) -> None:
    await message.answer(message.text)


@dispatcher.my_chat_member()
async def greeted(change: ChatMemberUpdated) -> None:
    if change.new_chat_member.status == "member" and change.chat.type != "private":
        await change.answer("Thanks for having me")


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["IEC_TOGETHER_API_URL"]))
    bot = Bot(os.environ["TELEGRAM_BOT_TOKEN"], session=session)
    url = os.environ.get("IEC_TOGETHER_WEBHOOK_URL")
    if url is None:
        await bot.delete_webhook()
        await dispatcher.start_polling(bot)
        return
    secret = os.environ["IEC_TOGETHER_WEBHOOK_SECRET"]
    address = urlsplit("//" + os.environ["IEC_TOGETHER_WEBHOOK_LISTEN"])
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=secret).register(app, path="/")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, address.hostname, address.port).start()
    await bot.set_webhook(url + "/", secret_token=secret)
    await asyncio.Event().wait()


asyncio.run(main())
