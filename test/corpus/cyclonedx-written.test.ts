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

const folder = 'models/cyclonedx-2.0'
const bundled = `${folder}/_schema-cyclonedx-2.0-bundled.schema.json`
const here = isHere(bundled)
const MODELS = [
  ...['valid-blueprint-architecture', 'valid-blueprint-data-flow', 'valid-control-full', 'valid-threatmodel-simple'],
  'invalid-threatmodel-missing-bomref',
].map(name => `${folder}/${name}-2.0.json`)
/** Drafts of 1.6 wrote a model as components: they come back as what they became, not as they were. */
const DRAFTS = ['multi', 'otm'].map(name => `models/tmbom-cdx-early/tmbom-${name}-example.cdx.json`)

/** The schema calls itself bundled, and still names four files beside it. */
const expectValid = here
  ? vendorSchema(bundled, {
      'https://cyclonedx.org/schema/behavior-taxonomy.schema.json': `${folder}/_schema-behavior-taxonomy.schema.json`,
      'https://cyclonedx.org/schema/spdx.schema.json': 'schemas/cyclonedx/spdx.schema.json',
      'https://cyclonedx.org/schema/cryptography-defs.schema.json': 'schemas/cyclonedx/cryptography-defs.schema.json',
    })
  : () => undefined

function designOf(file: string): Design {
  const read = importModel('model.json', JSON.stringify(jsonOf(file)), { stamp })
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value.design
}

describe.skipIf(!here)('CycloneDX files that were written', () => {
  describe.each([...MODELS, ...DRAFTS])('%s', file => {
    const design = designOf(file)
    const { text, losses, back, told } = roundOf(design, 'cyclonedx')
    const written: unknown = JSON.parse(text)

    test('fits the schema, and every reference that the model made leads somewhere', () => {
      expectValid(written)
      expect(faultsOf(written).filter(fault => !faultsOf(jsonOf(file)).includes(fault))).toEqual([])
    })

    test('comes back as the same design, but for what is told', () => {
      const { missing, added, fields } = differencesOf(design, back)
      expect(added).toEqual([])
      const places = placesOf(losses)
      for (const { table } of missing) expect(places).toContain(table)
      for (const { table, field } of fields) expect(places).toContain(`${table}/${field}`)
      expect(told.filter(({ why }) => !why.includes('does not hold'))).toEqual([])
    })
  })

  test.each(MODELS)('%s differs from its original only where a reason is stated', file => {
    const { text } = roundOf(designOf(file), 'cyclonedx')
    const differences = rawDifferences(jsonOf(file), JSON.parse(text), keyOf)
    expect(differences.length).toBeGreaterThan(0)
    expect(differences.filter(one => !REASONS.some(({ holds }) => holds(one)))).toEqual([])
  })

  test('losses of the written models are few', () => {
    expect(
      Object.fromEntries(MODELS.map(file => [file.split('/').pop(), placesOf(roundOf(designOf(file), 'cyclonedx').losses)])),
    ).toEqual({
      'valid-blueprint-architecture-2.0.json': ['provenance', 'settings/foreign'],
      'valid-blueprint-data-flow-2.0.json': ['provenance', 'settings/foreign'],
      'valid-control-full-2.0.json': ['provenance', 'settings/foreign'],
      'valid-threatmodel-simple-2.0.json': ['provenance', 'settings/foreign'],
      'invalid-threatmodel-missing-bomref-2.0.json': ['provenance', 'settings/foreign', 'threats/foreign'],
    })
  })

  test('random designs fit the schema, and every reference leads somewhere', () => {
    fc.assert(
      fc.property(randomDesign({ elements: 3, flows: 6 }), design => {
        if (Object.keys(design.elements).length === 0) return
        const written: unknown = JSON.parse(roundOf(design, 'cyclonedx').text)
        expectValid(written)
        expect(faultsOf(written)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

type Reason = { readonly why: string; readonly holds: (difference: RawDifference) => boolean }

/** Why a file may differ from the one it was read from. */
const REASONS: readonly Reason[] = [
  {
    why: 'properties of ours were added',
    holds: ({ at, kind, is }) => kind === 'added' && /\/properties(\/-)?$/.test(at) && isOurs(is),
  },
  {
    why: 'objects of ours were added, which say again what rows say',
    holds: ({ at, kind, is }) =>
      kind === 'added' &&
      (hasMark(is) ||
        (Array.isArray(is) && is.every(hasMark)) ||
        /^\/(metadata|profiles|threats|risks|blueprints)(\/|$)/.test(at)),
  },
  {
    why: 'the written file has its own number, time and schema',
    holds: ({ at }) => ['/serialNumber', '/version', '/$schema'].includes(at),
  },
  {
    why: 'a requirement is always a draft, approved or retired, and of some kind',
    holds: ({ at, kind }) => kind === 'added' && /^\/definitions\/requirements\/\d+\/(status|type|id)$/.test(at),
  },
  {
    why: 'the schema has no such component any more: it stands as an asset',
    holds: ({ at, kind, was }) =>
      kind === 'removed' && /^\/components\/\d+$/.test(at) && (was as { type?: string }).type === 'service',
  },
  {
    why: 'a scenario that realizes no threat of the file stands as a threat, as the import said',
    holds: ({ at, kind, was }) =>
      kind === 'removed' && /^\/threats\/scenarios/.test(at) && !Array.isArray((was as { threats?: unknown }).threats),
  },
]

function isOurs(value: unknown): boolean {
  const list = Array.isArray(value) ? value : [value]
  return list.every(one => String((one as { name?: unknown }).name).startsWith('skeptic:'))
}

function hasMark(value: unknown): boolean {
  const { properties } = (value ?? {}) as { properties?: readonly unknown[] }
  return Array.isArray(properties) && properties.some(isOurs)
}

function keyOf(object: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(object['bom-ref'] ?? object.ref ?? object.name ?? object.category ?? object.cweId ?? object.id ?? object)
}

/** Keys whose texts name objects of the file. */
const LINKS = new Set(
  `actor affectedAssets aggregates associates children composes componentRef contains controls dataProfiles dataSets dataStore dependsOn
  destination elements flows mitigations parent realizes ref relatedRisks relatedThreats requirements root satisfies serves target
  targets threatProfile threats zone zones assets`.split(/\s+/),
)

/** Bom-refs given twice, and names of objects that are not there. */
function faultsOf(file: unknown): readonly string[] {
  const refs = new Map<string, number>()
  const named: string[] = []
  const waiting: unknown[] = [file]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const [key, value] of Object.entries(next as object)) {
      if (key === 'bom-ref') refs.set(String(value), (refs.get(String(value)) ?? 0) + 1)
      const isLink = LINKS.has(key) || (key === 'source' && 'destination' in (next as object))
      if (isLink) named.push(...[value].flat().filter(one => typeof one === 'string'))
      if (typeof value === 'object' && value !== null) waiting.push(value)
    }
  return [
    ...[...refs].filter(([, count]) => count > 1).map(([ref]) => `twice ${ref}`),
    ...named.filter(name => !refs.has(name)).map(name => `nowhere ${name}`),
  ]
}
