import fc from 'fast-check'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import { TABLE_NAMES, TABLES } from '../../../core/model/tables.ts'
import type { AnyRow, Boundary, DataAsset, Design, Element, Flow, Requirement, Stamp } from '../../../core/model/types.ts'
import { ROWS } from './samples.ts'

const provenance = { kind: 'human', at: '2026-11-22T16:00:00Z', by: 'architect' } as const

/** A stamp whose random ids follow from a seed. */
export function stampOf(seed = 'seed'): Stamp {
  return { at: '2026-11-22T16:00:00Z', by: 'architect', random: randomFrom(seed) }
}

export function element(id: string, fields: Partial<Element> = {}): Element {
  return { id, name: id, kind: 'process', provenance, ...fields }
}

export function flow(id: string, source?: string, target?: string, fields: Partial<Flow> = {}): Flow {
  return { id, name: id, ...(source ? { source } : {}), ...(target ? { target } : {}), provenance, ...fields }
}

export function boundary(id: string, parent?: string, fields: Partial<Boundary> = {}): Boundary {
  return { id, name: id, kind: 'network', membership: 'stated', ...(parent ? { parent } : {}), provenance, ...fields }
}

export function asset(id: string, dataClass?: DataAsset['class']): DataAsset {
  return { id, name: id, ...(dataClass ? { class: dataClass } : {}), provenance }
}

export function requirement(id: string, statement: string, fields: Partial<Requirement> = {}): Requirement {
  return { id, statement, kind: 'functional', status: 'draft', verification: 'test', provenance, ...fields }
}

/** A design from loose rows; each finds its table by its id. */
export function designOf(...rows: readonly AnyRow[]): Design {
  const tableOfRow = (id: string) =>
    TABLE_NAMES.find(name =>
      name === 'layout' ? id.includes('.') : !id.includes('.') && TABLES[name].prefix === id.split('-')[0],
    )
  return applyChanges(
    EMPTY_DESIGN,
    rows.map(row => ({ kind: 'put', table: tableOfRow(row.id), row }) as Change),
  )
}

/** Rows of three ids in every table, so that random changes meet. Some fields of the sample are left away, never the required ones. */
const OPTIONAL = [
  'description',
  'foreign',
  'data',
  'elements',
  'attributes',
  'boundary',
  'parent',
  'target',
  'glossary',
  'vertices',
]
const number = fc.integer({ min: 1, max: 3 })

function withNumber(id: string, n: number): string {
  return /\d$/.test(id) && id.length > 6 ? `${id.slice(0, -1)}${n}` : id
}

const row = fc
  .tuple(fc.constantFrom(...TABLE_NAMES), number, fc.subarray(OPTIONAL), fc.constantFrom('x', 'y', 'ü "'))
  .map(([table, n, left, text]) => {
    const fields = Object.entries(ROWS[table]).filter(([field]) => !left.includes(field))
    const named = Object.fromEntries(fields.map(([field, value]) => [field, field === 'name' || field === 'text' ? text : value]))
    return { table, row: { ...named, id: withNumber(ROWS[table].id, n) } as unknown as AnyRow }
  })

const put = row.map(({ table, row }) => ({ kind: 'put', table, row }) as Change)
const patch = fc
  .tuple(
    row,
    fc.dictionary(
      fc.constantFrom('name', 'description', 'data/D-00001', 'data/D-00002', 'paths/a/b', 'attributes/logsAudit'),
      fc.constantFrom('1', '2', undefined),
      { noNullPrototype: true },
    ),
  )
  .map(([{ table, row }, fields]): Change => ({ kind: 'patch', table, id: row.id, fields }))
const remove = row.map(({ table, row }): Change => ({ kind: 'remove', table, id: row.id }))

/** Any change, also on rows that are not there. */
export const anyChange: fc.Arbitrary<Change> = fc.oneof({ weight: 4, arbitrary: put }, patch, remove)
export const anyChanges: fc.Arbitrary<readonly Change[]> = fc.array(anyChange, { maxLength: 25 })
/** Designs whose rows need not fit their schemas. */
export const anyDesign: fc.Arbitrary<Design> = anyChanges.map(changes => applyChanges(EMPTY_DESIGN, changes))
/** Designs whose rows fit. */
export const validDesign: fc.Arbitrary<Design> = fc
  .array(put, { maxLength: 25 })
  .map(changes => applyChanges(EMPTY_DESIGN, changes))
