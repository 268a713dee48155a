// node test/core/prompts/golden/write.mjs: writes the golden prompts anew; look at the difference before it is committed.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { runnerImport } from 'vite'
import { generate } from '../../../../setup/generate.mjs'

const here = import.meta.dirname
const root = path.resolve(here, '../../../..')

await generate()
const { module } = await runnerImport(path.join(here, 'cases.ts'), { root, configFile: false, logLevel: 'error' })
for (const one of await module.goldenCases()) writeFileSync(path.join(here, one.file), one.text())
