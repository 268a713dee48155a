// npm run bench: one table of ratios, each pair measured in one run.
import path from 'node:path'
import { ensureBuild, ensureDependencies } from './ready.mjs'
import { root } from './root.mjs'

await ensureDependencies()
await ensureBuild()
const { runnerImport } = await import('vite')
const { module } = await runnerImport(path.join(root, 'bench/run.ts'), { root, configFile: false, logLevel: 'error' })
module.run(root)
