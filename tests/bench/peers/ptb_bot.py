"""python-telegram-bot as its documentation has it: ConversationHandler and PicklePersistence. Arguments: address, file."""

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("yes", callback_data="yes")]])


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    context.user_data["answers"] = []
    await update.message.reply_text("question 0")
    return 0


async def typed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    answers = context.user_data["answers"]
    answers.append(update.message.text)
    await update.message.reply_text(f"question {len(answers)}", reply_markup=BUTTONS if len(answers) > 2 else None)
    return len(answers)


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    answers = context.user_data["answers"]
    answers.append(update.callback_query.data)
    await update.callback_query.answer()
    await update.effective_chat.send_message(f"question {len(answers)}", reply_markup=BUTTONS)
    return len(answers) if len(answers) < 6 else ConversationHandler.END


def main() -> None:
    address, file = sys.argv[1:]
    app = (
        ApplicationBuilder()
        .token("1:bench")
        .base_url(f"{address}/bot")
        .persistence(PicklePersistence(filepath=file))
        .build()
    )
    states = {
        **{number: [MessageHandler(filters.TEXT & ~filters.COMMAND, typed)] for number in range(3)},
        **{number: [CallbackQueryHandler(pressed)] for number in range(3, 6)},
    }
    entry = [CommandHandler("start", start)]
    app.add_handler(ConversationHandler(entry, states, entry, name="seven", persistent=True, allow_reentry=True))
    app.run_polling()


if __name__ == "__main__":
    main()
