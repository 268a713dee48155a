import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const AT = '2026-11-22T16:00:00Z'
const sample = path.join(root, 'packs/samples/bank-transfer')
const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-diff-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let bank = ''
let count = 0
beforeEach(() => {
  bank = path.join(dir, `bank-${count++}`)
  cpSync(sample, bank, { recursive: true })
})

type Answer = {
  readonly changes: readonly { readonly kind: string; readonly table: string; readonly id: string; readonly sentence: string }[]
  readonly findings: {
    readonly gained: readonly object[]
    readonly lost: readonly object[]
    readonly undecided: readonly object[]
  }
  readonly stale: { readonly prompts: readonly object[]; readonly checks: readonly { readonly what: string }[] }
  readonly summary: string
  readonly before: Readonly<Record<string, string>>
  readonly after: Readonly<Record<string, string>>
}

function run(...args: string[]) {
  return skeptic([...args, '--at', AT], { cwd: bank })
}

function diffed(...args: string[]): Answer {
  const ran = run('diff', ...args, '--json')
  expect(ran.code, ran.err).toBe(0)
  return ran.json() as unknown as Answer
}

function git(...args: string[]): string {
  const who = ['-c', 'user.name=architect', '-c', 'user.email=architect@example.com', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...who, ...args], { cwd: bank, encoding: 'utf8' }).trim()
}

function commit(message: string): void {
  git('add', '-A')
  git('commit', '-q', '-m', message)
}

/** Renames the service in the working tree. */
function rename(name: string): void {
  const file = path.join(bank, 'threat-model/elements/E-TRAP1.json')
  const element = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, `${JSON.stringify({ ...element, name }, null, 2)}\n`)
}

const RENAMED = [
  expect.objectContaining({
    kind: 'changed',
    table: 'elements',
    id: 'E-TRAP1',
    sentence: 'renames Transfer service to Transfers',
  }),
]

describe('skeptic diff', () => {
  test('two folders: what changed, what follows, and whose designs they are', () => {
    rename('Transfers')
    const answer = diffed(sample, '.')
    expect(answer.changes).toEqual(RENAMED)
    expect(answer.summary).toMatch(
      /^Renames Transfer service to Transfers; 2 work items have another slice; \d+ checks affected\.$/,
    )
    expect(answer.stale.prompts).toEqual([
      { workItem: 'W-0RD3R', id: 'P-0RD3R', name: 'Accept transfer orders' },
      { workItem: 'W-REC0R', id: 'P-REC0R', name: 'Record orders in the audit log' },
    ])
    expect(answer.findings).toEqual({ gained: [], lost: [], undecided: [] })
    expect(answer.before).toMatchObject({ name: sample, kind: 'folder' })
    expect(answer.before.digest).toMatch(/^sha256:/)
    expect(answer.before.digest).not.toBe(answer.after.digest)
  })

  test('revisions of the present design, with the working tree and with each other', () => {
    git('init', '-q')
    commit('One')
    rename('Transfers')
    expect(diffed('HEAD').changes).toEqual(RENAMED)
    expect(diffed('HEAD').after).toMatchObject({ name: 'the present design', kind: 'folder' })
    commit('Two')
    expect(diffed('HEAD').changes).toEqual([])
    expect(diffed('HEAD~1', 'HEAD').changes).toEqual(RENAMED)
    expect(diffed('HEAD~1', 'HEAD').before).toMatchObject({ kind: 'revision', commit: git('rev-parse', 'HEAD~1') })
    expect(diffed('HEAD', 'HEAD~1').changes).toMatchObject([{ sentence: 'renames Transfers to Transfer service' }])
  })

  test('a bundle is the same design as the folder it came from', () => {
    const bundle = path.join(dir, 'bank.skeptic.json')
    expect(run('export', '--out', bundle).code).toBe(0)
    expect(diffed(bundle)).toMatchObject({ changes: [], summary: 'Nothing differs.' })
    rename('Transfers')
    expect(diffed(bundle).changes).toEqual(RENAMED)
  })

  test('a prompt that went out is stale by its version, in text and in a comment', () => {
    expect(run('prompt', 'W-0RD3R').code).toBe(0)
    rename('Transfers')
    expect(diffed(sample, '.').stale.prompts).toContainEqual({
      workItem: 'W-0RD3R',
      id: 'P-0RD3R',
      name: 'Accept transfer orders',
      version: 1,
    })
    const text = run('diff', sample, '.').out
    expect(text).toMatch(/^Renames .*; prompt P-0RD3R v1 becomes stale; \d+ checks affected\.\n/)
    expect(text).toContain('  ~ E-TRAP1     renames Transfer service to Transfers')
    const comment = run('diff', sample, '.', '--format', 'md').out
    expect(comment).toMatch(/^### Changes to the threat model\n/)
    expect(comment).toContain('- `E-TRAP1` renames Transfer service to Transfers')
  })

  test('a difference is no failure, unless one asks', () => {
    expect(run('diff', sample, '.', '--exit-code').code).toBe(0)
    rename('Transfers')
    expect(run('diff', sample, '.').code).toBe(0)
    expect(run('diff', sample, '.', '--exit-code').code).toBe(1)
  })

  test('what cannot be compared is one message with place, reason and cure', () => {
    const refusal = (...args: string[]) => {
      const ran = run('diff', ...args, '--json')
      expect(ran.code).toBe(3)
      const { error } = ran.json() as { readonly error: Readonly<Record<string, string>> }
      expect(error.cure).toBeTruthy()
      return error
    }
    expect(refusal('no-such-thing')).toMatchObject({ code: 'diff.unknown', at: 'no-such-thing' })
    expect(refusal('HEAD')).toMatchObject({ code: 'diff.unknown' })
    expect(refusal(sample, '.', '--format', 'pdf')).toMatchObject({ code: 'diff.format' })
    writeFileSync(path.join(bank, 'model.json'), '{"a": 1}')
    expect(refusal('model.json').at).toMatch(/model\.json/)
    git('init', '-q')
    git('commit', '-q', '--allow-empty', '-m', 'Nothing yet')
    expect(refusal('HEAD')).toMatchObject({ code: 'diff.noDesignThen', at: 'HEAD' })
    rename('')
    commit('Broken')
    expect(refusal('HEAD').at).toBe('HEAD:elements/E-TRAP1.json:/name')
    expect(refusal('src').code).toBe('folder.noDesign')
  })

  const history = path.resolve(root, '../shared/corpus/models/history-threat-composer')
  test.skipIf(!existsSync(history))('models of another tool, by the ids of the tool', () => {
    const [first, last] = ['2023-11-22', '2025-05-01'].map(day => path.join(history, `ThreatComposer@${day}.tc.json`)) as [
      string,
      string,
    ]
    const answer = diffed(first, last)
    expect(answer.changes.every(({ kind }) => kind === 'changed')).toBe(true)
    expect(answer.before).toMatchObject({ kind: 'file', format: 'threat-composer' })
    const into = path.join(dir, 'composer')
    expect(run('import', last, '--into', into).code).toBe(0)
    expect(skeptic(['diff', last, '--design', into, '--json']).json().changes).toEqual([])
  })
})
