// Turns the TypeScript types of the Bot API into one JSON Schema: parameters and result of each method, and Update.
// Run in the folder that holds node_modules; writes schema.json there.

import { readFileSync, writeFileSync } from "node:fs"
import { createGenerator } from "ts-json-schema-generator"
import ts from "typescript"

const declared = "node_modules/@gramio/types/out/methods.d.ts"
const source = ts.createSourceFile(declared, readFileSync(declared, "utf8"), ts.ScriptTarget.Latest, true)
const calls = []
const results = []
for (const statement of source.statements) {
  if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== "APIMethods") continue
  for (const member of statement.members) {
    const kind = member.type.typeName.getText()
    const given = member.type.typeArguments.map((argument) => argument.getText())
    const parameters = kind === "CallAPIWithoutParams" ? "Record<string, never>" : given[0]
    calls.push(`${member.name.getText()}: ${parameters}`)
    results.push(`${member.name.getText()}: ${given.at(-1)}`)
  }
}
if (calls.length < 100) throw new Error(`only ${calls.length} methods found: the types have changed their form`)

writeFileSync(
  "entry.ts",
  `import type * as Params from "@gramio/types/params"
import type * as Objects from "@gramio/types/objects"
export interface Calls { ${calls.join("\n")} }
export interface Results { ${results.join("\n")} }
export interface BotApi { calls: Calls; results: Results; update: Objects.TelegramUpdate }
`,
)
writeFileSync(
  "tsconfig.json",
  JSON.stringify({
    compilerOptions: {
      target: "es2022",
      lib: ["es2022", "dom"],
      module: "node16",
      moduleResolution: "node16",
      strict: true,
      skipLibCheck: true,
    },
    files: ["entry.ts"],
  }),
)
const generator = createGenerator({
  path: "entry.ts",
  tsconfig: "tsconfig.json",
  type: "BotApi",
  skipTypeCheck: true,
  additionalProperties: false,
})
const schema = generator.createSchema("BotApi")
writeFileSync("schema.json", JSON.stringify(schema))
console.log(`${calls.length} methods, ${Object.keys(schema.definitions).length} definitions`)
