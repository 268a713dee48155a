import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const AT = '2026-11-22T16:00:00Z'
const WORK = 'W-0RD3R'
const RECORD = 'W-REC0R'
const TRANSFER = 'E-TRAP1'
const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-policy-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let bank = ''
let count = 0
beforeEach(() => {
  bank = path.join(dir, `bank-${count++}`)
  cpSync(path.join(root, 'packs/samples/bank-transfer'), bank, { recursive: true })
})

function run(...args: string[]) {
  return skeptic([...args, '--at', AT], { cwd: bank })
}

function edit(place: string, fields: object): void {
  const file = path.join(bank, 'threat-model', place)
  const before = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...before, ...fields }))
}

/** The policy of the sample with one more rule, about the service that is to be changed. */
function rule(level: string, more: object = {}): void {
  const file = path.join(bank, 'threat-model/policy.json')
  const before = JSON.parse(readFileSync(file, 'utf8'))
  const maps = ['AISVS AC.1.1']
  edit('policy.json', { rules: { ...before.rules, 'AI-09': { when: { element: [TRANSFER] }, level, maps, ...more } } })
}

/** Every entry of the ledger with its bytes. */
function ledger(): ReadonlyMap<string, string> {
  const folder = path.join(bank, 'threat-model/ledger')
  const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.json')) : []
  return new Map(names.map(name => [name, readFileSync(path.join(folder, name), 'utf8')]))
}

describe('skeptic policy', () => {
  test('says what holds where, who decides, and what that answers', () => {
    const { code, out } = run('policy')
    expect(code).toBe(0)
    expect(out).toMatch(/W-0RD3R +assisted-2p +AI-01 +AISVS AC\.4\.4, SSDF PW\.7/)
    expect(run('policy', '--json').json()).toMatchObject({
      preset: 'team',
      default: 'assisted',
      rules: [{ id: 'AI-01' }, { id: 'AI-02' }],
      problems: [],
      applies: expect.arrayContaining([
        expect.objectContaining({ id: WORK, level: 'assisted-2p', from: 'AI-01', allowed: true }),
      ]),
    })
  })

  test('says what a preset would change, and changes nothing', () => {
    const before = readFileSync(path.join(bank, 'threat-model/policy.json'), 'utf8')
    const { code, out } = run('policy', '--preset', 'regulated')
    expect(code).toBe(0)
    expect(out).toMatch(/W-0RD3R +assisted-2p +AI-01 +advise-only +default \(no prompt\)/)
    expect(run('policy', '--preset', 'regulated', '--json').json()).toMatchObject({
      preset: 'regulated',
      counts: { looser: 0 },
      workItems: [
        { id: WORK, before: { level: 'assisted-2p' }, after: { level: 'advise-only', allowed: false }, change: 'stricter' },
        { id: RECORD, change: 'stricter' },
      ],
    })
    expect(readFileSync(path.join(bank, 'threat-model/policy.json'), 'utf8')).toBe(before)
  })

  test('compares with any policy file; built-in floors stay', () => {
    const file = path.join(bank, 'other.json')
    writeFileSync(file, JSON.stringify({ preset: 'own', default: 'sandboxed-agent' }))
    expect(run('policy', '--file', 'other.json', '--json').json()).toMatchObject({
      workItems: [
        { id: WORK, before: { from: 'AI-01' }, after: { level: 'assisted-2p', from: expect.stringMatching(/^floor\./) } },
        { id: RECORD, after: { level: 'assisted-2p' } },
      ],
      elements: expect.arrayContaining([
        expect.objectContaining({ after: expect.objectContaining({ level: 'sandboxed-agent' }) }),
      ]),
    })
  })

  test.each<[string, readonly string[], string, RegExp]>([
    ['an unknown preset', ['--preset', 'lax'], '', /no preset "lax"[\s\S]*team, strict, regulated/],
    ['both', ['--preset', 'team', '--file', 'p.json'], '{}', /cannot both/],
    ['no such file', ['--file', 'none.json'], '', /none\.json: The policy could not be read: ENOENT/],
    ['no JSON', ['--file', 'p.json'], '{"preset": }', /p\.json:1/],
    [
      'a key that has no place',
      ['--file', 'p.json'],
      '{"preset":"team","default":"assisted","zone":1}',
      /p\.json:\/: The key "zone"/,
    ],
    ['a list', ['--file', 'p.json'], '[]', /p\.json/],
  ])('refuses %s', (_, args, text, expected) => {
    if (text !== '') writeFileSync(path.join(bank, 'p.json'), text)
    const { code, err } = run('policy', ...args)
    expect(code).toBe(3)
    expect(err).toMatch(expected)
  })
})

describe('where the policy is asked', () => {
  test.each(['forbidden', 'advise-only'])(
    '%s: gate and prompt say no, with the decision and what would change it; so does a draft',
    level => {
      rule(level)
      expect(run('gate', '--work', WORK).code).toBe(1)
      for (const more of [[], ['--draft']]) {
        const { code, json } = run('prompt', WORK, '--json', ...more)
        expect(code).toBe(1)
        const refused = json() as { problems: { code: string; cure: string }[]; decision: object }
        expect(refused.decision).toMatchObject({
          level,
          floorFrom: 'AI-09',
          matched: expect.arrayContaining(['AI-09']),
          evaluatedAt: AT,
        })
        expect(refused.decision).toHaveProperty('policyHash', expect.stringMatching(/^sha256:/))
        const asked = refused.problems.find(problem => /policy/.test(problem.code))
        expect(asked?.cure).toMatch(/waive AI-09 with a second person/)
      }
      expect(ledger().size).toBe(0)
    },
  )

  test('advise-only lets a review be prompted', () => {
    rule('advise-only')
    edit(`work-items/${WORK}.json`, { operation: 'review' })
    expect(run('prompt', WORK, '--json').json()).toMatchObject({ decision: { level: 'advise-only' } })
  })

  test('a waiver of a second person opens it until it ends', () => {
    rule('forbidden')
    const waiver = { rule: 'AI-09', scope: TRANSFER, by: 'architect', reason: 'A trial.', expires: '2026-12-31' }
    edit('policy.json', { waivers: { 'V-1': { ...waiver, approver: 'architect' } } })
    expect(run('prompt', WORK).code).toBe(1)
    edit('policy.json', { waivers: { 'V-1': { ...waiver, approver: 'security lead' } } })
    expect(run('prompt', WORK, '--json').json()).toMatchObject({ decision: { level: 'assisted-2p', waiver: 'V-1' } })
    expect(skeptic(['prompt', WORK, '--at', '2026-12-31T00:00:00Z'], { cwd: bank }).code).toBe(1)
  })

  test('a listed tool is asked for by name, model and end', () => {
    edit('policy.json', {
      tools: {
        good: { hosting: 'local', approved: true, models: ['big-*'], targets: ['markdown'] },
        old: { hosting: 'local', approved: true, expires: '2026-11-01' },
      },
    })
    const codeOf = (...args: string[]) => run('prompt', WORK, ...args).code
    expect(codeOf('--tool', 'good', '--model', 'big-4')).toBe(0)
    expect(codeOf()).toBe(0)
    expect(codeOf('--tool', 'good', '--model', 'small-1')).toBe(1)
    expect(codeOf('--tool', 'old')).toBe(1)
    expect(codeOf('--tool', 'other')).toBe(1)
    expect(codeOf('--target', 'skill')).toBe(1)
    expect(run('prompt', WORK, '--tool', 'old').out).toMatch(/tool old is not approved/)
    const [, entry = ''] = [...ledger()][0] ?? []
    expect(JSON.parse(entry).payload).toMatchObject({ use: { tool: 'good', model: 'big-4', target: 'markdown' } })
  })

  test('a stricter policy later: checklist and verdict say that what was made is stale, and the history stays', () => {
    expect(run('prompt', WORK).code).toBe(0)
    const made = ledger()
    expect(run('checklist', WORK).err).toBe('')
    rule('forbidden')
    const listed = run('checklist', WORK, '--json')
    expect(listed.err).toMatch(/became stricter[\s\S]*was assisted-2p and is forbidden by AI-09/)
    expect(listed.json()).toMatchObject({ remarks: [{ code: 'policy.stricter', at: WORK }] })
    const verdict = run('verify', WORK, '--json').json() as { problems: { code: string; cure: string }[] }
    expect(verdict.problems.find(problem => problem.code === 'policy.stricter')?.cure).toMatch(/No new prompt would be made/)
    for (const [name, bytes] of made) expect(ledger().get(name)).toBe(bytes)
  })
})
