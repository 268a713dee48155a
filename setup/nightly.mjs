// npm run nightly: the long suites in full. Random tests run as often as they were written for, with a fresh seed, and no clock hurries them.
import { ensureBuild, ensureDependencies, say } from './ready.mjs'
import { run } from './run.mjs'

await ensureDependencies()
const { bin } = await import('./check.mjs')
const { generate } = await import('./generate.mjs')
await generate()
await ensureBuild()
say('Long suites; this takes a quarter of an hour and more')
const env = { ...process.env, SKEPTIC_NIGHTLY: '1' }
process.exitCode = await run(bin('vitest'), ['run', '--testTimeout=1800000', '--hookTimeout=600000'], { env })
