// The tests' small bot once more, written with grammY. NODE_MODULES names the folder that grammY is installed in.

import { createServer } from "node:http"
import { createRequire } from "node:module"

const { Bot, InlineKeyboard, InputFile, webhookCallback } = createRequire(`${process.env.NODE_MODULES}/`)("grammy")

const apiRoot = process.env.IEC_TOGETHER_API_URL
const token = process.env.TELEGRAM_BOT_TOKEN
const bot = new Bot(token, { client: { apiRoot } })
const keyboard = (number) => new InlineKeyboard().text("Count", `count:${number}`)

bot.command("start", (ctx) =>
  ctx.reply(`<b>Hello</b> ${ctx.match}`.trim(), { parse_mode: "HTML", reply_markup: keyboard(0) }),
)
const buttons = (...labels) => ({ inline_keyboard: labels.map((label) => [{ text: label, callback_data: label }]) })
bot.command("together", (ctx) =>
  ctx.reply("Board", { reply_markup: buttons("in", "here"), message_thread_id: ctx.msg.message_thread_id }),
)
bot.callbackQuery("in", async (ctx) => {
  await ctx.answerCallbackQuery({ url: `https://t.me/${ctx.me.username}?start=in-${ctx.from.id}` })
  const text = `${ctx.callbackQuery.message.text}, ${ctx.from.first_name}`
  await ctx.editMessageText(text, { reply_markup: buttons("in", "here") })
})
bot.callbackQuery("here", async (ctx) => {
  const to = { receiver_user_id: ctx.from.id, callback_query_id: ctx.callbackQuery.id }
  await ctx.reply("Only you", { ephemeral_message_parameters: to, reply_markup: buttons("yes") })
  await ctx.answerCallbackQuery()
})
bot.callbackQuery("yes", async (ctx) => {
  await ctx.api.raw.editEphemeralMessageText({
    chat_id: ctx.chat.id,
    receiver_user_id: ctx.from.id,
    ephemeral_message_id: ctx.callbackQuery.message.ephemeral_message_id,
    text: "Still only you",
  })
  await ctx.answerCallbackQuery()
})
bot.on("message:left_chat_member", (ctx) => ctx.reply(`${ctx.message.left_chat_member.first_name} is gone`))
bot.on("message:migrate_from_chat_id", (ctx) => ctx.reply(`From ${ctx.message.migrate_from_chat_id}`))
bot.on("inline_query", (ctx) => {
  const content = { message_text: `Card of ${ctx.from.first_name}` }
  const result = { type: "article", id: "card", title: "Card", input_message_content: content }
  return ctx.answerInlineQuery([result], { cache_time: 0, is_personal: true })
})
bot.callbackQuery(/^count:(\d+)$/, async (ctx) => {
  const number = Number(ctx.match[1]) + 1
  await ctx.answerCallbackQuery(`${number}!`)
  await ctx.editMessageText(`Counted to ${number}`, { reply_markup: keyboard(number) })
})
bot.on("message:document", async (ctx) => {
  const { file_path } = await ctx.getFile()
  const data = Buffer.from(await (await fetch(`${apiRoot}/file/bot${token}/${file_path}`)).arrayBuffer())
  await ctx.replyWithDocument(new InputFile(Buffer.from(data).reverse(), "reversed.txt"), {
    caption: `${data.length} bytes`,
  })
})
bot.on("message:text", (ctx) => ctx.reply(ctx.message.text))
bot.on("my_chat_member", async (ctx) => {
  if (ctx.myChatMember.new_chat_member.status === "member" && ctx.chat.type !== "private") {
    await ctx.reply("Thanks for having me")
  }
})

const url = process.env.IEC_TOGETHER_WEBHOOK_URL
if (url === undefined) {
  await bot.start()
} else {
  const secretToken = process.env.IEC_TOGETHER_WEBHOOK_SECRET
  const [host, port] = process.env.IEC_TOGETHER_WEBHOOK_LISTEN.split(":")
  await bot.init()
  createServer(webhookCallback(bot, "http", { secretToken })).listen(Number(port), host, async () => {
    await bot.api.setWebhook(`${url}/`, { secret_token: secretToken })
  })
}
