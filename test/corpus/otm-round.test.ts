import { readdirSync } from 'node:fs'
import { Ajv, type AnySchema } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { importModel } from '../../core/interop/import.ts'
import { TABLE_NAMES } from '../../core/model/tables.ts'
import type { Design } from '../../core/model/types.ts'
import { stamp } from '../core/interop/imported.ts'
import { randomDesign } from '../core/interop/random-design.ts'
import { differences, round } from '../core/interop/round.ts'
import { type RawDifference, rawDifferences } from './raw-differ.ts'
import { modelsOfOthers } from './real-files.ts'

const { root, here, textOf } = modelsOfOthers('otm')
const files = here ? readdirSync(root).filter(name => !name.startsWith('_')) : []

function designOf(file: string): Design {
  const read = importModel(file, textOf(file), { stamp })
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value.design
}

/** Our keys aside: an object of attributes that is only ours was not there. */
function withoutOurs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOurs)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([key, inner]) =>
    key.startsWith('skeptic.') ? [] : [[key, withoutOurs(inner)] as const],
  )
  return Object.fromEntries(entries.filter(([key, inner]) => key !== 'attributes' || Object.keys(Object(inner)).length > 0))
}

const isNothing = (value: unknown) => value === undefined || value === null || value === false || String(value) === ''

/** Why a written file may differ from the one that was read. */
const REASONS: readonly { readonly why: string; readonly covers: (difference: RawDifference) => boolean }[] = [
  { why: 'the version that is written', covers: ({ at, to }) => at === '/otmVersion' && to === '0.2.0' },
  {
    why: 'what the file drew on no page came in on the first, without a place',
    covers: ({ at, from, to }) =>
      at.endsWith('/representations') && from === undefined && !JSON.stringify(to).includes('position'),
  },
  { why: 'what says nothing is left out', covers: ({ from, to }) => isNothing(from) && isNothing(to) },
]

describe.skipIf(!here)('Open Threat Models, read and written again', () => {
  test.each(files)('%s differs only where it is told', file => {
    const raw = parse(textOf(file)) as unknown
    const written = withoutOurs(JSON.parse(round(designOf(file), 'otm').text))
    expect(rawDifferences(raw, written).filter(one => !REASONS.some(({ covers }) => covers(one)))).toEqual([])
  })

  test.each(files)('%s comes back as the same design', file => {
    const before = designOf(file)
    expect(differences(before, round(before, 'otm').after.design, TABLE_NAMES)).toEqual([])
  })
})

describe.skipIf(!here)("the format's own schema", () => {
  const schema = here ? (JSON.parse(textOf('_schema-otm-0.2.0.json')) as AnySchema) : {}
  const accepts = new Ajv({ strict: false, allErrors: true }).compile(schema)

  test.each(files)('accepts %s as we write it', file => {
    accepts(JSON.parse(round(designOf(file), 'otm').text))
    expect(accepts.errors ?? []).toEqual([])
  })

  test('accepts designs of ours', () => {
    fc.assert(
      fc.property(randomDesign(), design => {
        accepts(JSON.parse(round(design, 'otm').text))
        expect(accepts.errors ?? []).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
