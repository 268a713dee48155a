import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../core/interop/import.ts'
import { differencesOf } from '../../core/interop/writing/read-back.ts'
import type { Design } from '../../core/model/types.ts'
import { stamp } from '../core/interop/imported.ts'
import { randomDesign } from '../core/interop/random-design.ts'
import { placesOf, roundOf } from '../core/interop/round-measured.ts'
import { type RawDifference, rawDifferences } from './raw-differences.ts'
import { isHere, jsonOf, vendorSchema } from './vendor-schemas.ts'

const folder = 'models/owasp-tm-library'
const schema = `${folder}/_schema-threat-model.schema.json`
const here = isHere(schema)
const MODELS = ['cryptocurrency-wallet-threat-model', 'husky-ai-threat-model', 'huskyai.tmbom'].map(
  name => `${folder}/${name}.json`,
)
const expectValid = here ? vendorSchema(schema) : () => undefined

function designOf(file: string): Design {
  const read = importModel('model.json', JSON.stringify(jsonOf(file)), { stamp })
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value.design
}

describe.skipIf(!here)('files of the Threat Model Library that were written', () => {
  describe.each(MODELS)('%s', file => {
    const design = designOf(file)
    const { text, losses, back } = roundOf(design, 'tm-library')
    const written: unknown = JSON.parse(text)

    test('fits the schema, dates and times included', () => {
      expectValid(written)
    })

    test('comes back as the same design, but for what is told', () => {
      const { missing, added, fields } = differencesOf(design, back)
      expect(added.filter(({ table }) => table !== 'diagrams')).toEqual([])
      const places = placesOf(losses)
      for (const { table } of missing) expect(places).toContain(table)
      for (const { table, field } of fields) expect(places).toContain(`${table}/${field}`)
    })

    test('differs from its original only where a reason is stated', () => {
      const differences = rawDifferences(jsonOf(file), written, keyOf)
      expect(differences.filter(one => !REASONS.some(({ holds }) => holds(one)))).toEqual([])
    })
  })

  test('random designs fit the schema', () => {
    fc.assert(
      fc.property(randomDesign(), design => {
        expectValid(JSON.parse(roundOf(design, 'tm-library').text))
      }),
      { numRuns: 80 },
    )
  })
})

type Reason = { readonly why: string; readonly holds: (difference: RawDifference) => boolean }

const REASONS: readonly Reason[] = [
  { why: 'our ids stand in an extension', holds: ({ at }) => at === '/extensions' },
  {
    why: 'what lies in no zone lies in one that says so',
    holds: ({ at, is }) => /\/trust_zone$/.test(at) && is === 'no-trust-boundary',
  },
  {
    why: 'that zone, and the end of loose flows, stand for nothing',
    holds: ({ kind, is }) => kind === 'added' && STANDINS.has(nameOf(is)),
  },
  { why: 'our diagrams were added as text', holds: ({ at, kind }) => kind === 'added' && /^\/diagrams/.test(at) },
  { why: 'zones between which data moves are a pair', holds: ({ at, kind }) => kind === 'added' && at === '/trust_boundaries/-' },
  { why: 'vendor and product are one technology here', holds: ({ at }) => /^\/data_stores\/\d+\/(vendor|product)$/.test(at) },
  { why: 'blanks at the ends of a text say nothing', holds: ({ was, is }) => typeof was === 'string' && was.trim() === is },
]

const STANDINS: ReadonlySet<unknown> = new Set(['no-trust-boundary', 'not-connected'])

function nameOf(value: unknown): unknown {
  return (value as { readonly symbolic_name?: unknown }).symbolic_name
}

function keyOf(object: Readonly<Record<string, unknown>>): string {
  const { symbolic_name: name, trust_zone_a: a, trust_zone_b: b, cwe_id: cwe, capec_id: capec, data_store: store } = object
  return JSON.stringify(name ?? (a !== undefined ? [a, b] : (cwe ?? capec ?? store ?? object.title ?? object.description)))
}
