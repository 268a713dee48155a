import fc from 'fast-check'
import type { Change } from '../../core/model/change.ts'
import type { AnyRow, TableName } from '../../core/model/types.ts'

/** Few ids, so that random peers meet on the same rows. */
const elementId = fc.constantFrom('E-00001', 'E-00002', 'E-00003')
const boundaryId = fc.constantFrom('B-00001', 'B-00002')
const name = fc.constantFrom('Shop', 'Ledger', 'Browser', 'Queue')
const ternary = fc.constantFrom('yes', 'no', 'unknown')
const attribute = fc.constantFrom('authenticates', 'logsAudit', 'isAiAgent')
const glob = fc.constantFrom('src/**', 'src/api/*.ts', '**')
const data = fc.constantFrom('D-00001', 'D-00002')
const provenance = fc.constant({ kind: 'human', at: '2026-11-22T16:00:00Z' })
const set = (key: fc.Arbitrary<string>) =>
  fc.dictionary(key, fc.constant(true), { minKeys: 1, maxKeys: 2, noNullPrototype: true })
const states = fc.dictionary(attribute, ternary, { minKeys: 1, maxKeys: 2, noNullPrototype: true })
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

type Shape = {
  readonly table: TableName
  readonly row: fc.Arbitrary<AnyRow>
  readonly id: fc.Arbitrary<string>
  readonly fields: fc.Arbitrary<object>
}

function shape<R extends { id: fc.Arbitrary<string> } & Record<string, fc.Arbitrary<unknown>>>(
  table: TableName,
  required: R,
  others: Record<string, fc.Arbitrary<unknown>>,
): Shape {
  const requiredKeys = Object.keys(required) as never[]
  const whole = { ...required, ...others }
  const paths = Object.fromEntries(
    Object.entries(whole).flatMap(([field, value]) => {
      if (field === 'id') return []
      if (!MAPS[field]) return [[field, requiredKeys.includes(field as never) ? value : optional(value)]]
      return MAPS[field].map(([key, inner]) => [`${field}/${key}`, optional(inner)])
    }),
  )
  return {
    table,
    row: fc.record(whole, { requiredKeys, noNullPrototype: true }) as unknown as fc.Arbitrary<AnyRow>,
    id: required.id,
    fields: fc.record(paths, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<object>,
  }
}

const MAPS: Readonly<Record<string, readonly (readonly [string, fc.Arbitrary<unknown>])[]>> = {
  attributes: [
    ['authenticates', ternary],
    ['logsAudit', ternary],
  ],
  data: [
    ['D-00001', fc.constant(true)],
    ['D-00002', fc.constant(true)],
  ],
  paths: [
    ['src/**', fc.constant(true)],
    ['src/api/*.ts', fc.constant(true)],
  ],
}

const SHAPES: readonly Shape[] = [
  shape(
    'elements',
    { id: elementId, name, kind: fc.constantFrom('process', 'dataStore', 'externalEntity'), provenance },
    {
      technology: name,
      boundary: boundaryId,
      attributes: states,
      data: set(data),
      paths: set(glob),
      foreign: fc.constant({ a: [1, { b: null }] }),
    },
  ),
  shape(
    'boundaries',
    {
      id: boundaryId,
      name,
      kind: fc.constantFrom('network', 'process'),
      membership: fc.constantFrom('stated', 'geometry'),
      provenance,
    },
    { parent: boundaryId },
  ),
  shape(
    'flows',
    { id: fc.constantFrom('F-00001', 'F-00002'), name, source: elementId, target: elementId, provenance },
    { protocol: name, data: set(data) },
  ),
  shape(
    'triage',
    {
      id: fc.constantFrom('N-00000001', 'N-00000002'),
      decision: fc.constantFrom('real', 'notApplicable'),
      subject: fc.constant({ rule: 'STRIDE-1' }),
      at: fc.constant('2026-11-22T16:00:00Z'),
      by: fc.constant('security lead'),
    },
    { likelihood: fc.integer({ min: 1, max: 5 }), reason: name },
  ),
  shape('layout', { id: fc.constantFrom('G-00001.E-00001', 'G-00001.E-00002') }, { x: fc.integer(), y: fc.integer() }),
]

const changeOf = ({ table, row, id, fields }: Shape): fc.Arbitrary<Change> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('put'), table: fc.constant(table), row }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('patch'), table: fc.constant(table), id, fields }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove'), table: fc.constant(table), id }) },
  ) as unknown as fc.Arbitrary<Change>

/** Any change that keeps its row within its schema. */
export const change: fc.Arbitrary<Change> = fc.oneof(...SHAPES.map(changeOf))

export type PeerStep =
  | { readonly do: 'edit'; readonly who: number; readonly changes: readonly Change[] }
  | { readonly do: 'sync'; readonly who: number; readonly to: number }
  | { readonly do: 'undo' | 'redo'; readonly who: number }

const who = fc.nat({ max: 2 })

/** A step in a history of three peers. */
export const peerStep: fc.Arbitrary<PeerStep> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('edit' as const), who, changes: fc.array(change, { minLength: 1, maxLength: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const), who, to: who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const), who }) },
)
