import { spawnSync } from 'node:child_process'
import { expect, test } from '@playwright/test'
import { FUSES, findPackage, wrongFuses } from '../../setup/package.mjs'

const program = findPackage()?.binary

// Needs `npm run package` around a real Electron; the release workflow does that on three systems.
if (!process.env.SKEPTIC_NEEDS_PACKAGE)
  test.skip(program === undefined, 'no packaged program in release/: npm run package makes one')

function run(words: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(program ?? 'no packaged program', words, {
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, ...env },
  })
}

test('says its version and ends', () => {
  expect(run(['--version']).status).toBe(0)
})

for (const word of [
  '--no-sandbox',
  '--inspect',
  '--remote-debugging-port=0',
  '--load-extension=/tmp',
  'skeptic://open',
  'https://evil.example',
])
  test(`refuses ${word}`, () => {
    expect(run([word]).status).toBe(3)
  })

test('is no Node, whatever the environment says', () => {
  const { stdout, status } = run(['-e', 'process.stdout.write("node")'], { ELECTRON_RUN_AS_NODE: '1' })
  expect(stdout).not.toContain('node')
  expect(status).toBe(3)
})

test('loads nothing that NODE_OPTIONS names', () => {
  const { stderr, status } = run(['--version'], { NODE_OPTIONS: '--require=/does/not/exist.cjs' })
  expect(stderr).not.toContain('exist.cjs')
  expect(status).toBe(0)
})

test('carries every fuse as declared', async () => {
  expect(await wrongFuses(program ?? '')).toEqual([])
  expect(Object.keys(FUSES)).toHaveLength(9)
})
