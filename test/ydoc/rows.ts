import type { Change } from '../../core/model/change.ts'
import type { Element, TableName } from '../../core/model/types.ts'
import type { SharedModel } from '../../ydoc/shared-model.ts'

export const PROVENANCE = { kind: 'human', at: '2026-11-22T16:00:00Z' } as const

export function element(id: string, fields: Partial<Element> = {}): Element {
  return { id, name: 'Shop', kind: 'process', provenance: PROVENANCE, ...fields }
}

export function putElement(id: string, fields: Partial<Element> = {}): Change {
  return { kind: 'put', table: 'elements', row: element(id, fields) }
}

export function patch(id: string, fields: Readonly<Record<string, unknown>>, table: TableName = 'elements'): Change {
  return { kind: 'patch', table, id, fields }
}

export function remove(id: string, table: TableName = 'elements'): Change {
  return { kind: 'remove', table, id }
}

/** Everything one document knows, given to another. */
export function sync(from: SharedModel, to: SharedModel): void {
  const answer = to.receive(from.since(to.state()))
  if (!answer.ok) throw new Error(answer.problems[0].message)
}
