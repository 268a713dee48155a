import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const AT = '2026-11-22T16:00:00Z'
const WORK = 'W-0RD3R'
const sample = path.join(root, 'packs/samples/bank-transfer')
const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-walk-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let bank = ''
let count = 0
beforeEach(() => {
  bank = path.join(dir, `bank-${count++}`)
  cpSync(sample, bank, { recursive: true })
})

type CheckLine = {
  readonly id: string
  readonly verdict: string
  readonly reason: string
  readonly sentence: string
  readonly statement: string
  readonly selfReported: boolean
  readonly parts: readonly { readonly path: string }[]
}
type Record = {
  readonly verdict: string
  readonly checks: readonly CheckLine[]
  readonly counts: { readonly [verdict: string]: number }
}

function run(...args: string[]) {
  return skeptic([...args, '--at', AT], { cwd: bank })
}

function verify(...args: string[]): { readonly code: number | null; readonly record: Record } {
  const ran = run('verify', WORK, '--json', ...args)
  expect([0, 1, 2], ran.out + ran.err).toContain(ran.code)
  return { code: ran.code, record: ran.json() as unknown as Record }
}

/** The one check that the planted defect breaks. */
function failing(record: Record): CheckLine {
  const failed = record.checks.filter(check => check.verdict === 'fail')
  expect(failed.length, JSON.stringify(failed, null, 1)).toBeGreaterThan(0)
  return failed[0] as CheckLine
}

/** Passed checks that rest on a report; what Skeptic reads itself, the commits and changed lines, needs none. */
function provenByReports(record: Record): readonly CheckLine[] {
  return record.checks.filter(check => check.verdict === 'pass' && !OF_THE_CHANGE.test(check.statement))
}

/** What the changed files and lines show by themselves, without any report. */
const OF_THE_CHANGE = /^(?:Every changed file|No added line silences|What steers scanners|No test is deleted)/

describe('the walk over the sample on the command line', () => {
  test('gate --open says what would open it, hoped for and feared, and changes nothing', () => {
    const file = path.join(bank, 'threat-model/flows/F-REQVE.json')
    const { protocol: _protocol, ...flow } = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify(flow))
    const before = readFileSync(file, 'utf8')
    const ran = run('gate', '--open', '--json')
    expect(ran.code).toBe(1)
    expect(ran.json()).toMatchObject({
      open: false,
      ways: [
        { outlook: 'hoped', opens: true, steps: [{ problem: { code: 'gate.crossing.protocolUnknown', at: 'F-REQVE' } }] },
        { outlook: 'feared', opens: true },
      ],
    })
    expect(run('gate', '--open').out).toContain('If answers turn out as hoped: 1 thing, about 1 min')
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test('every step answers', () => {
    expect(run('lint').code).toBe(0)
    const threats = run('threats', '--all', '--json').json() as { findings: unknown[]; summary: { undecidedNow: number } }
    expect(threats.findings).toHaveLength(68)
    expect(threats.summary.undecidedNow).toBe(0)
    expect(run('gate')).toMatchObject({ code: 0 })
    expect(run('work', '--json').json()).toHaveLength(2)
    for (const target of ['markdown', 'skill']) {
      const prompt = run('prompt', WORK, '--target', target, '--out', '.', '--json')
      expect(prompt.code, prompt.err).toBe(0)
      const { files } = prompt.json() as { files: { path: string; text: string }[] }
      for (const file of files) expect(readFileSync(path.join(bank, file.path), 'utf8')).toBe(file.text)
    }
    for (const format of ['md', 'pr', 'json'])
      expect(run('checklist', WORK, '--format', format).out).toMatch(/C-[0-9A-HJKMNP-TV-Z]{8}/)
    expect(run('report').out).toContain('```mermaid')
    expect(run('export', '--format', 'mermaid').out).toMatch(/^flowchart/)
    expect(run('ledger', 'verify').code).toBe(0)
    for (const listing of ['formats', 'targets']) expect(run(listing).code).toBe(0)
    expect(run('formats', '--evidence').out).toMatch(/^sarif {2,}SARIF 2\.1\.0$/m)
    expect(run('formats', '--evidence', '--json').json()).toContainEqual({ format: 'junit', title: 'JUnit XML' })
  })

  test('verify says FAIL for the planted defect, with its reason', () => {
    const { code, record } = verify()
    expect(code).toBe(1)
    expect(record.verdict).toBe('fail')
    expect(failing(record).sentence).toMatch(/another customer/)
    const others = record.checks.filter(check => check.verdict === 'fail' && !/another customer/.test(check.sentence))
    expect(others).toEqual([])
  })

  test('after the fix that check says PASS, visibly self-reported', () => {
    const failed = verify()
      .record.checks.filter(check => check.verdict === 'fail')
      .map(check => check.id)
    cpSync(path.join(bank, 'threat-model/.skeptic/after-fix'), bank, { recursive: true })
    const { record } = verify()
    expect(record.counts.fail).toBe(0)
    for (const id of failed)
      expect(record.checks.find(check => check.id === id)).toMatchObject({ verdict: 'pass', selfReported: true })
  })

  test('evidence older than the policy allows proves nothing any more', () => {
    const failed = verify()
      .record.checks.filter(check => check.verdict === 'fail')
      .map(check => check.id)
    cpSync(path.join(bank, 'threat-model/.skeptic/after-fix'), bank, { recursive: true })
    const file = path.join(bank, 'threat-model/policy.json')
    const policy = JSON.parse(readFileSync(file, 'utf8')) as object
    const within = (mostEvidenceDays: number) => {
      writeFileSync(file, `${JSON.stringify({ ...policy, mostEvidenceDays }, null, 2)}\n`)
      return verify().record.checks.filter(check => failed.includes(check.id))
    }
    for (const check of within(3)) expect(check.verdict).toBe('pass')
    for (const check of within(1)) expect(check).toMatchObject({ verdict: 'inconclusive', reason: 'stale-time' })
  })

  test('a fixed file with the evidence of the broken one is stale, not a pass', () => {
    const failed = verify()
      .record.checks.filter(check => check.verdict === 'fail')
      .map(check => check.id)
    cpSync(path.join(bank, 'threat-model/.skeptic/after-fix/src'), path.join(bank, 'src'), { recursive: true })
    for (const id of failed) expect(verify().record.checks.find(check => check.id === id)?.verdict).toBe('inconclusive')
  })

  test('without evidence nothing is proven: INCONCLUSIVE', () => {
    rmSync(path.join(bank, 'threat-model/.skeptic/evidence'), { recursive: true })
    const { code, record } = verify()
    expect(code).toBe(2)
    expect(record.verdict).toBe('inconclusive')
    expect(provenByReports(record)).toEqual([])
  })

  test('never PASS on an empty SARIF or on an unbound report', () => {
    const evidence = path.join(bank, 'threat-model/.skeptic/evidence')
    cpSync(path.join(bank, 'threat-model/.skeptic/after-fix'), bank, { recursive: true })
    const proven = verify()
      .record.checks.filter(check => check.verdict === 'pass')
      .map(check => check.id)
    expect(proven.length).toBeGreaterThan(3)
    const sidecars = readdirSync(evidence).filter(name => name.endsWith('.skeptic.json'))
    for (const name of sidecars) rmSync(path.join(evidence, name))
    const unbound = verify().record
    expect(provenByReports(unbound)).toEqual([])
    expect(unbound.checks.filter(check => proven.includes(check.id)).map(check => check.reason)).toContain('unbound')
    for (const name of readdirSync(evidence)) rmSync(path.join(evidence, name))
    writeFileSync(path.join(evidence, 'scan.sarif'), '{"version":"2.1.0","runs":[]}')
    expect(provenByReports(verify().record)).toEqual([])
  })

  test('same input, same bytes', () => {
    const commands = [
      ['threats', '--all', '--json'],
      ['gate', '--json'],
      ['prompt', WORK],
      ['prompt', WORK, '--target', 'skill', '--json'],
      ['checklist', WORK, '--json'],
      ['report'],
      ['verify', WORK, '--json', '--dry-run'],
    ]
    const first = commands.map(command => run(...command).out)
    expect(commands.map(command => run(...command).out)).toEqual(first)
    for (const out of first) expect(out.length).toBeGreaterThan(120)
  })

  test('a changed ledger is found', () => {
    expect(run('prompt', WORK).code).toBe(0)
    const ledger = path.join(bank, 'threat-model/ledger')
    const [entry] = readdirSync(ledger).filter(name => name.endsWith('.json'))
    const file = path.join(ledger, entry as string)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"architect"', '"someone"'))
    const ran = run('ledger', 'verify', '--json')
    expect(ran.code).toBe(4)
    expect(ran.json().ok).toBe(false)
    expect(run('verify', WORK).code).toBe(4)
  })

  test('deciding from the terminal writes one decision and its threat', () => {
    const { findings } = run('threats', '--all', '--json').json() as {
      findings: { id: string; triage: unknown; applicability: string }[]
    }
    const free = findings.find(finding => finding.triage === null)
    expect(run('triage', free?.id as string, '--not-applicable', 'Covered by the gateway.').code).toBe(0)
    expect(existsSync(path.join(bank, 'threat-model/triage', `${free?.id}.json`))).toBe(true)
    expect(run('triage', free?.id as string, '--real', '9,9').code).toBe(3)
  })
})
