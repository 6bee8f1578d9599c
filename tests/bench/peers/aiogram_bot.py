"""aiogram as its documentation has it: FSM with states in memory. Runs in an environment of its own. Argument: address."""

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

BUTTONS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="yes", callback_data="yes")]])


class Seven(StatesGroup):
    q0, q1, q2, q3, q4, q5 = (State() for _ in range(6))


STATES = (Seven.q0, Seven.q1, Seven.q2, Seven.q3, Seven.q4, Seven.q5)
dispatcher = Dispatcher(storage=MemoryStorage())


@dispatcher.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    await state.set_state(Seven.q0)
    await state.set_data({"answers": []})
    await message.answer("question 0")


async def note(answer: str, state: FSMContext) -> int:
    answers = [*(await state.get_data())["answers"], answer]
    await state.update_data(answers=answers)
    await state.set_state(STATES[len(answers)] if len(answers) < len(STATES) else None)
    return len(answers)


@dispatcher.message(StateFilter(*STATES[:3]), F.text)
async def typed(message: Message, state: FSMContext) -> None:
    count = await note(message.text, state)
    await message.answer(f"question {count}", reply_markup=BUTTONS if count > 2 else None)


@dispatcher.callback_query(StateFilter(*STATES[3:]))
async def pressed(query: CallbackQuery, state: FSMContext) -> None:
    count = await note(query.data, state)
    await query.answer()
    await query.message.answer(f"question {count}", reply_markup=BUTTONS)


if __name__ == "__main__":
    session = AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1]))
    asyncio.run(dispatcher.start_polling(Bot("1:bench", session=session)))
