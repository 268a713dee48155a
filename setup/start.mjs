// npm start: sets everything up and opens the workbench with the sample design.
import path from 'node:path'
import { ensureBuild, ensureDependencies } from './ready.mjs'
import { root } from './root.mjs'
import { run } from './run.mjs'

await ensureDependencies()
await ensureBuild()
const { desktopAvailable } = await import('./electron-available.mjs')
const desktop = desktopAvailable()
const rest = process.argv.slice(2)
if (desktop.available) process.exit(await run(desktop.binary, [root, ...rest]))
process.stderr.write(`No desktop window here (${desktop.reason}): the workbench opens in the browser instead.\n`)
process.exit(await run(process.execPath, [path.join(root, 'dist/cli/skeptic.cjs'), 'serve', '--sample', ...rest]))
