// node setup/corpus.mjs coverage|noise|lint|reference|models|evidence|lookalikes|record: what rules, requirement lint and readers find in files of others.
import path from 'node:path'
import { ensureDependencies } from './ready.mjs'
import { root } from './root.mjs'

await ensureDependencies()
const { generate } = await import('./generate.mjs')
await generate()
const { runnerImport } = await import('vite')
const { module } = await runnerImport(path.join(root, 'bench/corpus.ts'), { root, configFile: false, logLevel: 'error' })
process.exitCode = module.run(root, process.argv.slice(2))
