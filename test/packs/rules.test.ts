import { describe, expect, test } from 'vitest'
import { EMPTY_DESIGN } from '../../core/model/change.ts'
import type { Category, Design, Element } from '../../core/model/types.ts'
import { deriveFindings } from '../../core/threats/engine.ts'
import { fixtureProblems } from '../../core/threats/fixtures.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import * as validate from '../../schemas/generated/validate-packs.js'

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

describe('every rule pack', () => {
  test.each(builtinPacks.rules)('$id fits its schema', rules => {
    expect(validate.rulePack(rules), JSON.stringify(validate.rulePack.errors)).toBe(true)
  })

  test.each(builtinPacks.rules)('$id holds no broken rule, and every fixture does as it says', rules => {
    expect(deriveFindings(EMPTY_DESIGN, [rules]).problems).toEqual([])
    expect(fixtureProblems(rules)).toEqual([])
    expect(
      rules.rules.flatMap(rule => [...(rule.fixtures?.positive ?? []), ...(rule.fixtures?.negative ?? [])]).length,
    ).toBeGreaterThan(rules.rules.length * 2)
  })

  test.each(builtinPacks.rules)('$id suppresses only by a control the rule itself names', rules => {
    const stray = rules.rules.flatMap(rule => (rule.unless ?? []).filter(({ control }) => !rule.controls.includes(control)))
    expect(stray).toEqual([])
  })

  test.each(builtinPacks.rules)('$id has titles, descriptions and questions that nobody else has', rules => {
    for (const field of ['title', 'description', 'question'] as const)
      expect(new Set(rules.rules.map(rule => rule[field])).size).toBe(rules.rules.length)
    expect(rules.rules.filter(rule => !rule.question.endsWith('?')).map(rule => rule.id)).toEqual([])
  })
})
