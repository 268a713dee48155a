// npm run check: format, lint, types, layers and unit tests.
import path from 'node:path'
import { ensureDependencies } from './ready.mjs'
import { isProgram, root } from './root.mjs'
import { must } from './run.mjs'

/** Every room with a tsconfig of its own, each with the words its layer may know. */
const ROOMS = ['core', 'ydoc', 'host/client', 'host/node', 'electron', 'renderer', 'hub', 'cli']

/** What must hold before a test runs: a name and a command for each. */
export function checks() {
  const rooms = ROOMS.map(room => [`Types of ${room}`, bin('tsc'), ['-p', room]])
  return [
    ['Format and lint', bin('biome'), ['check', '.', '--error-on-warnings']],
    ...rooms,
    ['Types of tests and tools', bin('tsc'), ['-p', '.']],
  ]
}

export function bin(name) {
  return path.join(root, 'node_modules', '.bin', name)
}

if (isProgram(import.meta.url)) {
  await ensureDependencies()
  const { generate } = await import('./generate.mjs')
  await generate()
  for (const [what, command, args] of checks()) await must(what, command, args)
  await must('Unit tests', bin('vitest'), ['run', '--project', 'unit'])
}
