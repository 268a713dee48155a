import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { EMPTY_DESIGN } from '../../core/model/change.ts'
import { controlOf } from '../../core/model/lookup.ts'
import type { Category, ControlPack, Design, Element, Rule, RulePack } from '../../core/model/types.ts'
import { deriveFindings } from '../../core/threats/engine.ts'
import { fixtureDesign, fixtureProblems } from '../../core/threats/fixtures.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import * as validate from '../../schemas/generated/validate-packs.js'
import { mutationsOf } from './mutations.ts'

const provenance = { kind: 'human', at: '2026-01-01T00:00:00Z' } as const
const pack = builtinPacks.rules.find(({ id }) => id === 'stride-interaction') ?? builtinPacks.rules[0]
if (!pack) throw new Error('no rule pack')

function oneFlow(source: Element['kind'], target: Element['kind'], crossing: boolean): Design {
  const element = (id: string, kind: Element['kind'], boundary?: string): Element => ({
    id,
    name: id,
    kind,
    provenance,
    ...(boundary ? { boundary } : {}),
  })
  return {
    ...EMPTY_DESIGN,
    elements: { 'E-00001': element('E-00001', source), 'E-00002': element('E-00002', target, crossing ? 'B-00001' : undefined) },
    flows: { 'F-00001': { id: 'F-00001', name: 'flow', source: 'E-00001', target: 'E-00002', provenance } },
    boundaries: { 'B-00001': { id: 'B-00001', name: 'net', kind: 'network', membership: 'stated', provenance } },
  }
}

const LETTERS: readonly (readonly [string, Category])[] = [
  ['S', 'spoofing'],
  ['T', 'tampering'],
  ['R', 'repudiation'],
  ['I', 'informationDisclosure'],
  ['D', 'denialOfService'],
  ['E', 'elevationOfPrivilege'],
]

function countsOf(design: Design) {
  const { findings } = deriveFindings(design, pack ? [pack] : [])
  return LETTERS.map(([, category]) => findings.filter(finding => finding.categories.includes(category)).length)
}

describe('stride-interaction', () => {
  test('is exactly 36 patterns with unique ids', () => {
    expect(pack.rules.length).toBe(36)
    expect(new Set(pack.rules.map(rule => rule.id)).size).toBe(36)
    expect(pack.rules.filter(rule => rule.crossing === 'only').map(rule => [rule.categories, rule.subject])).toEqual([
      [['tampering'], 'flow'],
      [['informationDisclosure'], 'flow'],
      [['denialOfService'], 'flow'],
    ])
  })

  test.each([
    // source, target, S T R I D E, base, crossing
    ['process', 'process', [2, 0, 2, 1, 2, 2], 9, 12],
    ['process', 'dataStore', [1, 1, 1, 2, 1, 0], 6, 9],
    ['dataStore', 'process', [1, 1, 1, 1, 2, 1], 7, 10],
    ['process', 'externalEntity', [2, 0, 1, 1, 1, 0], 5, 8],
    ['externalEntity', 'process', [2, 0, 1, 1, 1, 1], 6, 9],
  ] as const)('%s to %s counts as the reference table says', (source, target, letters, base, crossing) => {
    const [s, t, r, i, d, e] = letters
    expect(countsOf(oneFlow(source, target, false))).toEqual([s, t, r, i, d, e])
    expect(countsOf(oneFlow(source, target, true))).toEqual([s, t + 1, r, i + 1, d + 1, e])
    expect(deriveFindings(oneFlow(source, target, false), [pack]).findings.length).toBe(base)
    expect(deriveFindings(oneFlow(source, target, true), [pack]).findings.length).toBe(crossing)
  })

  test.each([
    ['externalEntity', 'externalEntity'],
    ['externalEntity', 'dataStore'],
    ['dataStore', 'externalEntity'],
    ['dataStore', 'dataStore'],
  ] as const)('%s to %s yields nothing, crossing or not', (source, target) => {
    expect(deriveFindings(oneFlow(source, target, false), [pack]).findings).toEqual([])
    expect(deriveFindings(oneFlow(source, target, true), [pack]).findings).toEqual([])
  })
})

const read = (folder: string): readonly unknown[] =>
  readdirSync(new URL(`../../packs/${folder}/`, import.meta.url))
    .filter(name => name.endsWith('.json'))
    .map(name => JSON.parse(readFileSync(new URL(`../../packs/${folder}/${name}`, import.meta.url), 'utf8')))

const packs = read('rules') as readonly RulePack[]
const controls = read('controls') as readonly ControlPack[]
const rules = packs.flatMap(({ rules: own }) => own)

/** Whether some fixture of a rule comes out otherwise once the rule is another. */
function isCaught(rule: Rule, other: RulePack): boolean {
  const { positive = [], negative = [] } = rule.fixtures ?? {}
  return [...positive, ...negative].some(fixture => {
    const { findings, problems } = deriveFindings(fixtureDesign(rule, fixture), [other])
    const isFound = findings.some(finding => finding.applicability === 'applies')
    return problems.length > 0 || isFound !== (positive as readonly unknown[]).includes(fixture)
  })
}

test('every rule pack of the folder ships', () => {
  expect(builtinPacks.rules.map(({ id }) => id).sort()).toEqual(packs.map(({ id }) => id).sort())
})

test('ids are unique over all packs', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
})

describe.each(packs)('$id', own => {
  test('fits its schema', () => {
    expect(validate.rulePack(own), JSON.stringify(validate.rulePack.errors)).toBe(true)
  })

  test('holds no broken rule, and every fixture does as it says', () => {
    expect(deriveFindings(EMPTY_DESIGN, [own]).problems).toEqual([])
    expect(fixtureProblems(own)).toEqual([])
  })

  test('a rule with any one condition turned round breaks a fixture', () => {
    const missed = own.rules.flatMap(rule =>
      mutationsOf(rule)
        .filter(mutation => !isCaught(rule, { ...own, optional: false, rules: [mutation.rule] }))
        .map(({ what }) => `${rule.id} ${what}`),
    )
    expect(missed).toEqual([])
  })

  test('each rule has a weakness and a control of its category, and suppresses only by a control it names', () => {
    const wrong = own.rules.flatMap(({ id, cwe, controls: named, unless = [], categories, privacy = [] }) => [
      ...(cwe.length === 0 ? [`${id} names no CWE`] : []),
      ...(named.length === 0 ? [`${id} names no control`] : []),
      ...unless.filter(({ control }) => !named.includes(control)).map(({ control }) => `${id} rests on ${control}`),
      ...named
        .filter(control => {
          const found = controlOf(controls, control)
          const answers = [...categories, ...privacy] as readonly string[]
          return ![...(found?.categories ?? []), ...(found?.privacy ?? [])].some(category => answers.includes(category))
        })
        .map(control => `${id} names ${control}, which is missing or answers another category`),
    ])
    expect(wrong).toEqual([])
  })

  test('has titles, descriptions and questions that nobody else has', () => {
    for (const field of ['title', 'description', 'question'] as const)
      for (const rule of own.rules) expect(rules.filter(other => other[field] === rule[field]).length, rule.id).toBe(1)
    expect(own.rules.filter(rule => !rule.question.endsWith('?')).map(rule => rule.id)).toEqual([])
  })
})
