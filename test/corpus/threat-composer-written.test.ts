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

const folder = 'models/threat-composer'
const schema = `${folder}/_schema-threat-composer-v1.json`
const here = isHere(schema)
const MODELS = [
  ...['', 'Workspace-reinforce2024-ex1', 'Workspace-reinforce2024-ex2', 'Workspace-reinforce2024-ex3.3'].map(
    name => `${folder}/ThreatComposer${name}.tc.json`,
  ),
  ...['2023-11-22', '2024-09-02', '2025-05-01'].map(day => `models/history-threat-composer/ThreatComposer@${day}.tc.json`),
]
const expectValid = here ? vendorSchema(schema) : () => undefined

function importOf(file: string) {
  const read = importModel('model.json', JSON.stringify(jsonOf(file)), { stamp })
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value
}

describe.skipIf(!here)('files of Threat Composer that were written', () => {
  describe.each(MODELS)('%s', file => {
    const { design } = importOf(file)
    const { text, losses, back } = roundOf(design, 'threat-composer')
    const written: unknown = JSON.parse(text)

    test('fits the schema, lengths included', () => {
      expectValid(written)
    })

    test('comes back as the same design, but for what is told', () => {
      const { missing, added, fields } = differencesOf(design, back)
      expect([missing, added]).toEqual([[], []])
      const places = placesOf(losses)
      for (const { table, field } of fields) expect(places).toContain(`${table}/${field}`)
      expect(places).toEqual(['provenance'])
    })

    test('differs from its original only where a reason is stated', () => {
      const told = importOf(file).summary.losses.map(({ at }) => at)
      const differences = rawDifferences(jsonOf(file), written, keyOf)
      expect(differences.filter(one => !REASONS.some(({ holds }) => holds(one)) && !told.includes(one.at))).toEqual([])
    })
  })

  test('random designs fit the schema, whatever the length of their texts', () => {
    const long = fc.constantFrom(1, 190, 1500, 4000)
    fc.assert(
      fc.property(randomDesign(), long, (design, length) => {
        expectValid(JSON.parse(roundOf(longer(design, length), 'threat-composer').text))
      }),
      { numRuns: 80 },
    )
  })
})

/** The design with every statement drawn out. */
function longer(design: Design, length: number): Design {
  const drawn = <Row extends { readonly statement: string }>(table: Readonly<Record<string, Row>>) =>
    Object.fromEntries(
      Object.entries(table).map(([id, row]) => [
        id,
        {
          ...row,
          statement:
            [...row.statement.repeat(length)]
              .slice(0, length)
              .join('')
              .slice(0, 4000)
              .replace(/\p{Cs}$/u, '')
              .trim() || 'a',
        },
      ]),
    )
  const { threats, mitigations, assumptions } = design
  return { ...design, threats: drawn(threats), mitigations: drawn(mitigations), assumptions: drawn(assumptions) }
}

type Reason = { readonly why: string; readonly holds: (difference: RawDifference) => boolean }

const REASONS: readonly Reason[] = [
  {
    why: 'our ids stand in the metadata',
    holds: ({ at, kind, is }) => kind === 'added' && /\/metadata(\/-)?$/.test(at) && isOurs(is),
  },
  {
    why: 'how far something is, is always said',
    holds: ({ at, kind }) => kind === 'added' && /^\/(threats|mitigations)\/\d+\/status$/.test(at),
  },
  { why: 'the order of display says nothing', holds: ({ at, kind }) => kind === 'removed' && at.endsWith('/displayOrder') },
]

function isOurs(value: unknown): boolean {
  return [value].flat().every(one => String((one as { readonly key?: unknown }).key).startsWith('custom:skeptic-'))
}

function keyOf(object: Readonly<Record<string, unknown>>): string {
  const { id, key, mitigationId, linkedId, assumptionId } = object
  return JSON.stringify(id ?? key ?? [mitigationId, assumptionId, linkedId])
}
