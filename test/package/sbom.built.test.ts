import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { Repository } from '../cli/merging.ts'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const WORK = 'W-0RD3R'
const MITIGATION = 'mitigations/M-0WNER.json'

/** A team that takes Skeptic on, and whose mitigation asks what its packages list. */
function team(asked: object): Repository {
  const repository = new Repository({ driver: false })
  repository.write('.gitignore', '.skeptic/\n')
  repository.withBank('')
  const file = path.join(repository.design, MITIGATION)
  const row = JSON.parse(readFileSync(file, 'utf8')) as object
  const components = { from: { slot: 'sbom' }, min: 600, ...asked }
  const checks = { shipped: { statement: 'What Skeptic ships is listed.', verify: { components } } }
  writeFileSync(file, JSON.stringify({ ...row, checks }))
  repository.commit('Ask for the list')
  return repository
}

/** What `npm run sbom` writes, from the build that is there: a test must not build anew beside others. */
const MAKE = `
const { releaseBom } = await import(${JSON.stringify(pathToFileURL(path.join(root, 'setup/pack-sbom.mjs')).href)})
process.stdout.write(JSON.stringify(releaseBom(), null, 1) + '\\n')`

type Check = { readonly statement: string; readonly verdict: string; readonly reason: string; readonly sentence: string }

function judged(repository: Repository): Check | undefined {
  const run = (...words: readonly string[]) => skeptic(words, { cwd: repository.dir })
  const collected = run('evidence', 'sbom', 'skeptic.cdx.json', '--', process.execPath, '--input-type=module', '-e', MAKE)
  expect(collected.code, collected.err).toBe(0)
  const said = run('verify', WORK, '--base', 'HEAD', '--json').json() as { readonly checks: readonly Check[] }
  return said.checks.find(({ statement }) => statement === 'What Skeptic ships is listed.')
}

test('skeptic verify reads the bill of materials of a release, as the release makes it', () => {
  const check = judged(team({ include: ['pkg:npm/react@*', 'pkg:npm/fastdom@*'], exclude: ['event-stream'] }))
  expect(check?.verdict, check?.sentence).toBe('pass')
})

test('and says no where it lists what may not be shipped', () => {
  expect(judged(team({ exclude: ['pkg:npm/react@*'] }))).toMatchObject({
    verdict: 'fail',
    sentence: expect.stringContaining('react'),
  })
})
