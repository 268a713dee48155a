import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explainRow } from '../../../core/model/explain.ts'
import { TABLE_NAMES, TABLES } from '../../../core/model/tables.ts'
import * as acceptEntities from '../../../schemas/generated/accept-entities.js'
import * as acceptPacks from '../../../schemas/generated/accept-packs.js'
import * as acceptRecords from '../../../schemas/generated/accept-records.js'
import * as validateEntities from '../../../schemas/generated/validate-entities.js'
import * as validatePacks from '../../../schemas/generated/validate-packs.js'
import * as validateRecords from '../../../schemas/generated/validate-records.js'
import { OTHERS, ROWS } from './samples.ts'

type Judge = (value: unknown) => boolean
const ACCEPT: Readonly<Record<string, Judge>> = { ...acceptEntities, ...acceptPacks, ...acceptRecords }
const VALIDATE = { ...validateEntities, ...validatePacks, ...validateRecords } as Readonly<Record<string, Judge>>
const SAMPLES: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(TABLE_NAMES.map(table => [TABLES[table].schema, ROWS[table]])),
  ...OTHERS,
}

/** Values that meet the edges of our schemas: limits, patterns, types. */
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  6,
  100,
  101,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  'x',
  'x'.repeat(400),
  'x'.repeat(401),
  '\u{1F600}'.repeat(200),
  'E-00001',
  'E-0000U',
  'B-00001',
  'yes',
  'unknown',
  'D4',
  '2026-11-22T16:00:00Z',
  '2026-11-22',
  [],
  ['x'],
  [{}],
  [{ x: 0, y: 0 }],
  {},
  { 'E-00001': true },
  { 'E-00001': false },
  { x: 0, y: 0 },
  { constructor: true },
]

type Spot = readonly (string | number)[]

function spotsIn(value: unknown, spot: Spot = []): readonly Spot[] {
  if (typeof value !== 'object' || value === null) return [spot]
  return [spot, ...Object.keys(value).flatMap(key => spotsIn((value as Record<string, unknown>)[key], [...spot, key]))]
}

type Mutation = {
  readonly spot: number
  readonly kind: 'set' | 'drop' | 'add' | 'rename'
  readonly value: unknown
  readonly key: string
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  spot: fc.nat(60),
  kind: fc.constantFrom('set', 'drop', 'add', 'rename'),
  value: fc.constantFrom(...VALUES),
  key: fc.constantFrom('id', 'name', 'extra', 'E-00002', 'foreign', 'description', 'isLog', 'x', '', 'constructor'),
})

function mutated(sample: unknown, { spot, kind, value, key }: Mutation): unknown {
  const spots = spotsIn(sample)
  const path = spots[spot % spots.length] as Spot
  if (path.length === 0) return kind === 'set' ? value : { ...(sample as object), [key]: value }
  const copy = structuredClone(sample)
  const parent = path.slice(0, -1).reduce((inner, step) => (inner as Record<string, unknown>)[step], copy) as Record<
    string,
    unknown
  >
  const last = path.at(-1) as string
  if (kind === 'drop') delete parent[last]
  else if (kind === 'set') parent[last] = value
  else if (kind === 'add') parent[key] = value
  else {
    parent[key] = parent[last]
    delete parent[last]
  }
  return copy
}

describe('every schema', () => {
  test('has a sample here', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(Object.keys(ACCEPT).sort())
    expect(Object.keys(ACCEPT).sort()).toEqual(Object.keys(VALIDATE).sort())
  })

  test.each(Object.keys(SAMPLES))('%s accepts its sample', name => {
    expect(VALIDATE[name]?.(SAMPLES[name])).toBe(true)
    expect(ACCEPT[name]?.(SAMPLES[name])).toBe(true)
  })

  test.each(Object.keys(SAMPLES))('%s: the short validator agrees with the long one on mutations', name => {
    const seen = { true: 0, false: 0 }
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), mutations => {
        const value = mutations.reduce(mutated, SAMPLES[name])
        const isValid = VALIDATE[name]?.(value) === true
        seen[`${isValid}`]++
        expect(ACCEPT[name]?.(value)).toBe(isValid)
      }),
      { numRuns: 150 },
    )
    expect(seen.false).toBeGreaterThan(10)
  })

  test('a refused row is always explained in a sentence with a place', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TABLE_NAMES), mutation, (table, change) => {
        const { schema } = TABLES[table]
        const value = mutated(SAMPLES[schema], change)
        const { at, message } = explainRow(schema, value)
        expect(at).toMatch(/^\//)
        expect(message).toMatch(/\.$/)
        expect(message === 'Fits.').toBe(ACCEPT[schema]?.(value))
      }),
      { numRuns: 400 },
    )
  })
})
