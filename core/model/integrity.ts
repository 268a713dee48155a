import type { Problem } from '../support/result.ts'
import { tableOf } from './lookup.ts'
import { hasRow, rowAt, rowsOf } from './table.ts'
import { TABLE_NAMES, TABLES } from './tables.ts'
import type { AnyRow, Design, Table } from './types.ts'

/** Scars that a merge can leave, each with its cure. A merge cannot be refused, so these are found on reading. */
export function integrityProblems(design: Design): readonly Problem[] {
  return [
    ...danglingLinks(design),
    ...cycles(design, 'boundaries'),
    ...cycles(design, 'requirements'),
    ...duplicateTargets(design),
  ]
}

const SINGLE_LINKS: readonly (readonly [keyof Design, string])[] = [
  ['elements', 'boundary'],
  ['boundaries', 'parent'],
  ['requirements', 'parent'],
  ['flows', 'source'],
  ['flows', 'target'],
  ['acceptances', 'threat'],
]

function danglingLinks(design: Design): readonly Problem[] {
  const found: Problem[] = []
  for (const [table, field] of SINGLE_LINKS)
    for (const row of rowsOf(design[table] as Table<AnyRow>)) {
      const to = (row as Record<string, unknown>)[field]
      if (typeof to === 'string' && !isThere(design, to)) found.push(dangling(row.id, field, to))
    }
  for (const table of TABLE_NAMES)
    for (const row of rowsOf(design[table] as Table<AnyRow>))
      for (const field of TABLES[table].maps)
        for (const to in (row as Record<string, unknown>)[field] as object | undefined)
          if (LINK.test(to) && !isThere(design, to)) found.push(dangling(row.id, field, to))
  return found
}

/** Links to findings are computed ids and cannot dangle here. */
const LINK = /^[RAEFBDTMXWG]-[0-9A-HJKMNP-TV-Z]{5}$/

function isThere(design: Design, id: string): boolean {
  const table = tableOf(id)
  return table !== undefined && hasRow(design[table], id)
}

function dangling(from: string, field: string, to: string): Problem {
  return {
    code: 'integrity.dangling',
    severity: 'warning',
    at: from,
    message: `Its ${field} names ${to}, which is not in the design.`,
    cure: `Restore ${to}, or take the link away.`,
  }
}

const INSIDE_ITSELF = {
  boundaries: 'This boundary lies inside itself.',
  requirements: 'This requirement is a part of itself.',
} as const

function cycles(design: Design, table: keyof typeof INSIDE_ITSELF): Problem[] {
  const rows: Rows = design[table]
  const inside = cyclicIds(rows)
  return rowsOf(rows)
    .filter(({ id }) => inside.has(id))
    .map(({ id }) => insideItself(id, table))
}

type Nested = { readonly id: string; readonly parent?: string }
type Rows = Table<Nested>

/** Rows on a cycle of parents, without those that only lead to one. Each is visited once, however deep they lie. */
function cyclicIds(rows: Rows): ReadonlySet<string> {
  const cyclic = new Set<string>()
  const visited = new Set<string>()
  for (const row of rowsOf(rows)) {
    const path: string[] = []
    let next: Nested | undefined = row
    for (; next && !visited.has(next.id); next = next.parent === undefined ? undefined : rowAt(rows, next.parent)) {
      visited.add(next.id)
      path.push(next.id)
    }
    const start = next ? path.indexOf(next.id) : -1
    if (start >= 0) for (const id of path.slice(start)) cyclic.add(id)
  }
  return cyclic
}

function insideItself(at: string, table: keyof typeof INSIDE_ITSELF): Problem {
  return {
    code: 'integrity.cycle',
    severity: 'error',
    at,
    message: INSIDE_ITSELF[table],
    cure: 'Give it another parent, or none.',
  }
}

function duplicateTargets(design: Design): Problem[] {
  return rowsOf(design.triage)
    .filter(triage => triage.duplicateOf === triage.id)
    .map(triage => ({
      code: 'integrity.selfDuplicate',
      severity: 'error',
      at: triage.id,
      message: 'This finding is called a duplicate of itself.',
      cure: 'Decide it again.',
    }))
}
