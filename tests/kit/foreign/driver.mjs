// A Bot API server and the people on it, both of telegram-test-api: one order a line on standard input, one answer a line.
// The argument is the port on loopback; NODE_MODULES names the folder that the package is installed in. It ends with its input.

import { createRequire } from "node:module"
import { createInterface } from "node:readline"

const TelegramServer = createRequire(`${process.env.NODE_MODULES}/`)("telegram-test-api")

const server = new TelegramServer({ host: "127.0.0.1", port: Number(process.argv[2]), storeTimeout: 3600 })
const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`)

const make = { text: "makeMessage", command: "makeCommand", press: "makeCallbackQuery" }
const send = { text: "sendMessage", command: "sendCommand", press: "sendCallback" }

// Its own client makes and sends what a person does; done once the server has kept it, or its webhook has taken it.
const play = async ({ token, person, kind, text, options }) => {
  const client = server.getClient(token, { ...person, timeout: 30000 })
  if (kind === "history") return client.getUpdatesHistory()
  const taken = server.waitUserMessage()
  await client[send[kind]](client[make[kind]](text, options))
  await taken
  return true
}

await server.start()
answer("ready")
for await (const line of createInterface({ input: process.stdin })) answer(await play(JSON.parse(line)))
await server.stop()
process.exit(0)
