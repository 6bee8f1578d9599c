"""aiogram-dialog as its documentation has it: a window for each question, inputs and buttons. Argument: address."""

import asyncio
import sys
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Const


class Seven(StatesGroup):
    q0, q1, q2, q3, q4, q5, q6 = (State() for _ in range(7))


dispatcher = Dispatcher(storage=MemoryStorage())


@dispatcher.message(CommandStart())
async def start(message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(Seven.q0, data={"answers": []}, mode=StartMode.RESET_STACK)


async def typed(message: Message, widget: MessageInput, manager: DialogManager) -> None:
    await note(message.text, manager)


async def pressed(query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    await note("yes", manager)


async def note(answer: Any, manager: DialogManager) -> None:
    manager.dialog_data["answers"] = [*manager.dialog_data.get("answers", ()), answer]
    await manager.next()


asked = [
    Window(Const(f"question {number}"), MessageInput(typed), state=getattr(Seven, f"q{number}")) for number in range(3)
]
shown = [
    Window(
        Const(f"question {number}"),
        Button(Const("yes"), id="yes", on_click=pressed),
        state=getattr(Seven, f"q{number}"),
    )
    for number in range(3, 7)
]
dispatcher.include_router(Dialog(*asked, *shown))
setup_dialogs(dispatcher)

if __name__ == "__main__":
    session = AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1]))
    asyncio.run(dispatcher.start_polling(Bot("1:bench", session=session)))
