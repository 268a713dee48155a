import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { bundleOf } from '../../core/model/write.ts'
import { designOf, element, flow } from '../core/model/designs.ts'
import { FULL } from '../core/model/samples.ts'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-packs-'))
const templates = path.join(root, '../shared/corpus/models/tb7')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let design = ''
let count = 0
beforeEach(() => {
  design = path.join(dir, `design-${count++}`)
  cpSync(path.join(root, 'packs/samples/bank-transfer/threat-model'), design, { recursive: true })
})

const run = (...args: string[]) => skeptic([...args, '--design', design, '--at', '2026-11-22T16:00:00Z'])

type Listed = { readonly rules: readonly { readonly id: string; readonly rules: number; readonly used: boolean }[] }
type Told = { readonly problems: readonly { readonly at: string; readonly message: string; readonly cure: string }[] }

const OWN = {
  id: 'own',
  version: '1.0.0',
  title: 'Our own rules',
  licence: 'Apache-2.0',
  rules: [
    {
      id: 'OWN-1',
      version: 1,
      categories: ['tampering'],
      on: 'element',
      element: ['dataStore'],
      crossing: 'any',
      subject: 'element',
      title: 'Somebody changes {element} by hand',
      description: 'Rows are changed in the console of the database.',
      question: 'Who may open the console of {element}?',
      likelihood: 2,
      impact: 4,
      cwe: ['CWE-284'],
      controls: ['LEAST-PRIVILEGE'],
    },
  ],
}

function put(pack: unknown): void {
  mkdirSync(path.join(design, 'packs'), { recursive: true })
  writeFileSync(path.join(design, 'packs/own.json'), typeof pack === 'string' ? pack : JSON.stringify(pack))
}

describe('packs', () => {
  test('lists what ships: at least 120 rules and 80 controls, optional packs not used', () => {
    const ran = run('packs', '--json')
    expect(ran.code).toBe(0)
    const { rules, controls } = ran.json() as unknown as Listed & { controls: { controls: number }[] }
    expect(rules.reduce((sum, pack) => sum + pack.rules, 0)).toBeGreaterThanOrEqual(120)
    expect(controls.reduce((sum, pack) => sum + pack.controls, 0)).toBeGreaterThanOrEqual(80)
    expect(rules.filter(pack => !pack.used).map(pack => pack.id)).toEqual(['stride-element'])
  })

  test("a team's pack finds, and its broken rule is named with file, rule and cure while the other one works", () => {
    put({ ...OWN, rules: [...OWN.rules, { ...OWN.rules[0], id: 'OWN-2', when: [{ attribute: { brave: ['yes'] } }] }] })
    const ran = run('packs', '--json')
    expect(ran.code).toBe(1)
    const { rules, problems } = ran.json() as unknown as Listed & Told
    expect(rules.find(pack => pack.id === 'own')?.rules).toBe(1)
    expect(problems).toHaveLength(1)
    expect(problems[0]?.at).toContain('packs/own.json:/rules/1')
    expect(problems[0]?.message).toContain('OWN-2')
    expect(problems[0]?.cure).not.toBe('')
    const findings = (run('threats', '--json', '--all').json() as { findings: { rule: string }[] }).findings
    expect(findings.filter(({ rule }) => rule === 'OWN-1').length).toBe(2)
    expect(findings.some(({ rule }) => rule.startsWith('SI-'))).toBe(true)
    expect(run('gate').out).toContain('Somebody changes Ledger by hand')
  })

  test('a pack that is no JSON breaks no other', () => {
    put('{ "id": ')
    expect(run('packs').code).toBe(1)
    expect(run('threats').code).toBe(0)
    expect(run('gate').code).toBe(0)
  })

  test('chooses packs and goes back to the default', () => {
    expect(run('packs', '--use', 'stride-interaction').code).toBe(0)
    const { findings } = run('threats', '--json', '--all').json() as { findings: { pack: string; applicability: string }[] }
    const live = findings.filter(({ applicability }) => applicability !== 'gone')
    expect(new Set(live.map(({ pack }) => pack))).toEqual(new Set(['stride-interaction']))
    expect(live.length).toBeLessThan(findings.length)
    const used = (run('packs', '--json').json() as unknown as Listed).rules.filter(pack => pack.used)
    expect(used.map(pack => pack.id)).toEqual(['stride-interaction'])
    expect(run('packs', '--use', 'default').code).toBe(0)
    expect(readFileSync(path.join(design, 'skeptic.json'), 'utf8')).not.toContain('packs')
    expect(run('packs', '--use', 'nothing-like-it').code).toBe(3)
  })

  test('adds a pack from a file, and refuses what is none', () => {
    const file = path.join(dir, 'add.json')
    writeFileSync(file, JSON.stringify(OWN))
    expect(run('packs', '--add', file).out).toContain('1 rule\n')
    expect(existsSync(path.join(design, 'packs/own.json'))).toBe(true)
    writeFileSync(file, '[]')
    const refused = run('packs', '--add', file)
    expect(refused.code).toBe(3)
    expect(refused.err).not.toMatch(/\n\s+at /)
  })

  test.skipIf(!existsSync(templates)).each([
    ['default.tb7', 47],
    ['MedicalDeviceTemplate.tb7', 125],
    ['Azure_Cloud_Services.tb7', 191],
  ])('%s comes in as %d rules', (file, rules) => {
    expect(run('packs', '--add', path.join(templates, file)).out).toContain(`${rules} rules`)
    const listed = run('packs', '--json').json() as unknown as Listed & Told
    expect(listed.problems).toEqual([])
    expect(listed.rules.some(pack => pack.rules === rules && pack.used)).toBe(true)
    expect(skeptic(['import', path.join(templates, file), '--design', design]).err).toContain('skeptic packs --add')
  })
})

describe('what a short run reads', () => {
  /** A bundle of two processes; the second states what is given. */
  const findingsOf = (fields: Parameters<typeof element>[1]) => {
    const file = path.join(dir, `bundle-${count++}.json`)
    const drawn = designOf(element('E-00001'), element('E-00002', fields), flow('F-00001', 'E-00001', 'E-00002'))
    writeFileSync(file, bundleOf({ ...drawn, settings: FULL.settings, policy: FULL.policy }))
    const ran = skeptic(['threats', '--design', file, '--all', '--json'])
    return (ran.json() as { findings: { pack: string }[] }).findings.map(({ pack }) => pack)
  }

  test('a plain design asks the interaction patterns; a word or an attribute brings in the packs that wait for it', () => {
    expect(new Set(findingsOf({}))).toEqual(new Set(['stride-interaction']))
    expect(findingsOf({ kind: 'dataStore', technology: 'PostgreSQL' })).toContain('web-api')
    expect(findingsOf({ attributes: { isAiAgent: 'yes', usesTools: 'yes' } })).toContain('ai')
  })
})

describe('coverage', () => {
  test('hides nothing that is unanswered', () => {
    expect(run('coverage', '--json').json()).toMatchObject({ totals: { undecided: 0, open: 0 } })
    put(OWN)
    const { totals } = run('coverage', '--json').json() as { totals: { undecided: number } }
    expect(totals.undecided).toBeGreaterThan(0)
    expect(run('coverage').out).toContain('UNDECIDED')
    expect(run('coverage', '--trace').out).toContain('finding.undecided')
  })
})

describe('triage of many', () => {
  test('one reason for several findings', () => {
    put(OWN)
    const open = (run('threats', '--json').json() as { findings: { id: string; triage: unknown }[] }).findings.filter(
      ({ triage }) => triage === null,
    )
    expect(open.length).toBe(2)
    const decided = run('triage', ...open.map(({ id }) => id), '--not-applicable', 'Nobody has a console.', '--json')
    expect((decided.json() as { changed: string[] }).changed).toEqual(open.map(({ id }) => id))
    expect(run('gate').code).toBe(0)
    expect(run('triage', open[0]?.id ?? '', 'N-00000000', '--not-applicable', 'x').code).toBe(3)
  })
})
