import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { commit, git, temporaryFolder } from '../host/evidence/repository.ts'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const AT = '2026-11-22T16:00:00Z'
const WORK = 'W-0RD3R'

/** The sample in a repository of its own, with its gate open. */
function bank(): string {
  const folder = path.join(temporaryFolder(), 'bank')
  cpSync(path.join(root, 'packs/samples/bank-transfer'), folder, { recursive: true })
  git(path.dirname(folder), 'init', '--quiet', 'bank')
  commit(folder, 'Begin')
  return folder
}

const run = (cwd: string, ...args: readonly string[]) => skeptic([...args, '--at', AT], { cwd })
const entries = (folder: string) => readdirSync(path.join(folder, 'threat-model/ledger')).length

describe('skeptic prompt --trailers', () => {
  test('names the text that was issued last, and notes nothing', () => {
    const folder = bank()
    expect(run(folder, 'prompt', WORK, '--trailers')).toMatchObject({
      code: 3,
      err: expect.stringMatching(/No prompt of W-0RD3R was issued/),
    })
    const issued = run(folder, 'prompt', WORK, '--json').json()
    const before = entries(folder)
    const { code, out } = run(folder, 'prompt', WORK, '--trailers', '--agent', 'Claude:opus')
    expect([code, out]).toEqual([0, `Assisted-by: Claude:opus\nGuarded-Prompt: P-0RD3R@${String(issued.digest).slice(0, 19)}\n`])
    expect(run(folder, 'prompt', WORK, '--trailers', '--json').json()).toMatchObject({
      digest: issued.digest,
      trailers: [{ name: 'Assisted-by', value: 'TOOL:MODEL' }, { name: 'Guarded-Prompt' }],
    })
    expect(run(folder, 'prompt', WORK, '--trailers', '--agent', 'a b:c').code).toBe(3)
    expect(entries(folder)).toBe(before)
  })
})

describe('skeptic provenance', () => {
  test('tells who made what, writes it as traces, and verify keeps it', () => {
    const folder = bank()
    run(folder, 'prompt', WORK)
    const trailers = run(folder, 'prompt', WORK, '--trailers', '--agent', 'Claude:opus').out
    commit(folder, 'Prompt')
    git(folder, 'checkout', '--quiet', '-b', 'topic')
    const file = path.join(folder, 'src/transfers/order.ts')
    writeFileSync(file, `${readFileSync(file, 'utf8')}// by a tool\n`)
    const marked = commit(folder, `One\n\n${trailers}`)
    writeFileSync(file, `${readFileSync(file, 'utf8')}// by nobody\n// at all\n`)
    commit(folder, 'Two')
    const { code, out } = run(folder, 'provenance', '--out', 'traces.jsonl')
    expect(code).toBe(0)
    expect(out).toContain('Lines: 1 flagged, 0 conflicting, 2 unflagged, 0 human-attested.')
    expect(out).toContain(`${marked.slice(0, 9)} flagged as made with AI: One (Developer)`)
    expect(out).toContain('Issued on 2026-11-22, the last version of P-0RD3R.')
    const [, trace] = readFileSync(path.join(folder, 'traces.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(trace).toMatchObject({ vcs: { revision: marked }, files: [{ path: 'src/transfers/order.ts' }] })
    expect(run(folder, 'provenance', '--json').json()).toMatchObject({ counts: { flagged: 1, unflagged: 2 } })
    expect(run(folder, 'verify', WORK, '--head', 'HEAD', '--dry-run').out).toContain('Who made it, as the sources say.')
  })

  test('says what is missing', () => {
    const folder = path.join(temporaryFolder(), 'bank')
    cpSync(path.join(root, 'packs/samples/bank-transfer'), folder, { recursive: true })
    expect(run(folder, 'provenance')).toMatchObject({ code: 3, err: expect.stringMatching(/no git repository/) })
    expect(run(bank(), 'provenance', '--base', 'nowhere')).toMatchObject({ code: 3, err: expect.stringMatching(/nowhere/) })
  })
})

describe('skeptic prompt --target promptfoo', () => {
  test('writes one configuration, the same each time', () => {
    const folder = bank()
    const one = run(folder, 'prompt', WORK, '--target', 'promptfoo')
    expect([one.code, one.err]).toEqual([0, ''])
    expect(load(one.out)).toMatchObject({ prompts: [{ id: 'plain' }, { id: 'guarded' }], providers: ['echo'] })
    expect(run(folder, 'prompt', WORK, '--target', 'promptfoo').out).toBe(one.out)
    const { code, out } = run(folder, 'prompt', WORK, '--target', 'promptfoo', '--provider', 'openai:gpt-5', '--out', 'tests')
    expect([code, out.trim().endsWith('promptfooconfig.yaml')]).toEqual([0, true])
    expect(load(readFileSync(path.join(folder, out.trim()), 'utf8'))).toMatchObject({ providers: ['openai:gpt-5'] })
  })
})
