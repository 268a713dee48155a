import type { Problem } from '../support/result.ts'
import { tableOf } from './lookup.ts'
import { hasRow, rowsOf } from './table.ts'
import { TABLE_NAMES, TABLES } from './tables.ts'
import type { AnyRow, Design, Table } from './types.ts'

/** Scars that a merge can leave, each with its cure. A merge cannot be refused, so these are found on reading. */
export function integrityProblems(design: Design): readonly Problem[] {
  return [...danglingLinks(design), ...boundaryCycles(design), ...duplicateTargets(design)]
}

const SINGLE_LINKS: readonly (readonly [keyof Design, string])[] = [
  ['elements', 'boundary'],
  ['boundaries', 'parent'],
  ['flows', 'source'],
  ['flows', 'target'],
  ['acceptances', 'threat'],
]

function danglingLinks(design: Design): Problem[] {
  const single = SINGLE_LINKS.flatMap(([table, field]) =>
    rowsOf(design[table] as Table<AnyRow>).flatMap(row =>
      dangling(design, row.id, field, (row as Record<string, unknown>)[field]),
    ),
  )
  const many = TABLE_NAMES.flatMap(table =>
    rowsOf(design[table] as Table<AnyRow>).flatMap(row =>
      TABLES[table].maps.flatMap(field =>
        Object.keys(((row as Record<string, unknown>)[field] as object | undefined) ?? {})
          .filter(key => LINK.test(key))
          .flatMap(key => dangling(design, row.id, field, key)),
      ),
    ),
  )
  return [...single, ...many]
}

/** Links to findings are computed ids and cannot dangle here. */
const LINK = /^[RAEFBDTMXWG]-[0-9A-HJKMNP-TV-Z]{5}$/

function dangling(design: Design, from: string, field: string, to: unknown): Problem[] {
  if (typeof to !== 'string') return []
  const table = tableOf(to)
  if (table && hasRow(design[table], to)) return []
  return [
    {
      code: 'integrity.dangling',
      severity: 'warning',
      at: from,
      message: `Its ${field} names ${to}, which is not in the design.`,
      cure: `Restore ${to}, or take the link away.`,
    },
  ]
}

function boundaryCycles(design: Design): Problem[] {
  return rowsOf(design.boundaries).flatMap(boundary => {
    const seen = new Set<string>()
    for (let id: string | undefined = boundary.id; id !== undefined; id = design.boundaries[id]?.parent) {
      if (seen.has(id)) {
        if (id !== boundary.id) return []
        return [
          {
            code: 'integrity.cycle',
            severity: 'error',
            at: boundary.id,
            message: 'This boundary lies inside itself.',
            cure: 'Give it another parent, or none.',
          },
        ]
      }
      seen.add(id)
    }
    return []
  })
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
