import { newId, randomFrom } from '../../model/identity.ts'
import { hasRow, rowAt, rowIds, rowsOf } from '../../model/table.ts'
import { TABLES } from '../../model/tables.ts'
import type { AnyRow, Design, Table, TableName } from '../../model/types.ts'
import type { Problem } from '../../support/result.ts'
import { notedAnew, provenanceIn } from './as-imported.ts'
import { type Groups, groupsOf } from './groups.ts'
import { calledRow, labelOf } from './label.ts'
import { renamed } from './renamed.ts'

/** The imported design under the ids that the present one has for the same things. */
export type Identified = {
  readonly design: Design
  readonly groups: Groups
  /** One for each thing that was known by its name alone. */
  readonly problems: readonly Problem[]
}

/** In this order, because the label of a flow is made of its ends, and that of an acceptance of its threat. */
const ORDER: readonly TableName[] = [
  'elements',
  'boundaries',
  'data',
  'flows',
  'threats',
  'mitigations',
  'acceptances',
  'requirements',
  'assumptions',
  'diagrams',
]

/** What a person drew may be known by its name; what a person wrote in sentences may not. */
const DRAWN: ReadonlySet<TableName> = new Set(['elements', 'boundaries', 'data'])

/**
 * Finds the present row for each imported one: by its id, then by the id its file gave it, then by a name that only one row of each side
 * has. An id that belongs to something else here is no match, and the imported row gets another.
 */
export function identified(present: Design, imported: Design): Identified {
  const groups = groupsOf(present, imported)
  const problems: Problem[] = []
  const isOurs = oursIn(present, imported, groups)
  const ids = new Map<string, string>()
  let design = imported
  for (const table of ORDER) {
    const found = matches(table, present, design, { groups, isOurs })
    for (const { from, to, byName } of found) {
      if (from !== to) ids.set(from, to)
      if (byName) problems.push(byNameProblem(byName, to))
    }
    if (found.some(({ from, to }) => from !== to)) design = renamed(imported, ids)
  }
  return { design: notedAnew(design, groups.model), groups, problems }
}

type Match = { readonly from: string; readonly to: string; readonly byName?: string }
type Known = { readonly groups: Groups; readonly isOurs: (table: TableName, row: AnyRow, mine: AnyRow) => boolean }

function matches(table: TableName, present: Design, imported: Design, { groups, isOurs }: Known): readonly Match[] {
  const rows = rowsOf(imported[table] as Table<AnyRow>)
  const mine = present[table] as Table<AnyRow>
  const free = new Map(rowsOf(mine).map(row => [row.id, row]))
  const open: AnyRow[] = []
  for (const row of rows) {
    const same = rowAt(mine, row.id)
    if (same && (groups.isEarlier(same) || isOurs(table, row, same))) free.delete(row.id)
    else open.push(row)
  }
  if (open.length === 0) return []
  const found: Match[] = []
  const earlier = [...free.values()].filter(groups.isEarlier)
  const left = pair(
    open,
    earlier,
    row => provenanceIn(row)?.originalId,
    (row, to) => {
      free.delete(to.id)
      found.push({ from: row.id, to: to.id })
    },
  )
  const named = [...free.values()].filter(
    row => groups.isEarlier(row) || (DRAWN.has(table) && provenanceIn(row)?.kind !== 'import'),
  )
  const elsewhere = new Set(duplicates(rowsOf(mine), row => labelOf(table, row)))
  const twice = new Set(duplicates(rows, row => labelOf(table, row)))
  const label = (row: AnyRow) => {
    const said = labelOf(table, row)
    return said === undefined || elsewhere.has(said) || twice.has(said) ? undefined : said
  }
  const fresh = pair(left, named, label, (row, to) => found.push({ from: row.id, to: to.id, byName: calledRow(row) }))
  const given = new Set<string>()
  for (const row of fresh.filter(({ id }) => hasRow(mine, id))) {
    const to = freeId(table, row, id => given.has(id) || hasRow(mine, id) || hasRow(imported[table], id))
    given.add(to)
    found.push({ from: row.id, to })
  }
  return found
}

/** Pairs rows that alone on each side have the same key; answers those that found no partner. */
function pair(
  rows: readonly AnyRow[],
  candidates: readonly AnyRow[],
  keyOf: (row: AnyRow) => string | undefined,
  join: (row: AnyRow, to: AnyRow) => void,
): readonly AnyRow[] {
  const byKey = unique(candidates, keyOf)
  const mine = unique(rows, keyOf)
  return rows.filter(row => {
    const key = keyOf(row)
    const to = key === undefined || mine.get(key) !== row ? undefined : byKey.get(key)
    if (to) join(row, to)
    return to === undefined
  })
}

function unique(rows: readonly AnyRow[], keyOf: (row: AnyRow) => string | undefined): ReadonlyMap<string, AnyRow> {
  const several = new Set(duplicates(rows, keyOf))
  return new Map(
    rows.flatMap(row => {
      const key = keyOf(row)
      return key === undefined || several.has(key) ? [] : [[key, row] as const]
    }),
  )
}

function duplicates(rows: readonly AnyRow[], keyOf: (row: AnyRow) => string | undefined): readonly string[] {
  const seen = new Set<string>()
  return rows.flatMap(row => {
    const key = keyOf(row)
    if (key === undefined) return []
    if (seen.has(key)) return [key]
    seen.add(key)
    return []
  })
}

/** An id drawn from the one it cannot have: the same on every machine. */
function freeId(table: TableName, row: AnyRow, taken: (id: string) => boolean): string {
  return newId(TABLES[table].prefix ?? '', randomFrom(JSON.stringify(['other', row.id])), taken)
}

/**
 * Whether a row that no earlier revision gave is meant by an imported one of its id: the file is this design come back, or both are
 * called the same, here or in their files, or so many ids are known that chance cannot be the reason.
 */
function oursIn(present: Design, imported: Design, groups: Groups): Known['isOurs'] {
  const [mine, theirs] = [present.settings.design, imported.settings.design]
  const isThis = mine !== undefined && mine.designId === theirs?.designId
  let rows = 0
  let known = 0
  for (const table of ORDER)
    for (const id of rowIds(imported[table])) {
      rows++
      const row = rowAt(present[table] as Table<AnyRow>, id)
      if (row && !groups.isSameFamily(row)) known++
    }
  const isMany = known > 1 && known * 10 >= rows
  return (table, row, same) => {
    if (isThis) return true
    // Diagrams of one tool are all called alike.
    if (table === 'diagrams' && groups.isSameFamily(same)) return false
    if ((labelOf(table, row) ?? '') === labelOf(table, same)) return true
    if (!groups.isSameFamily(same)) return isMany
    const original = provenanceIn(row)?.originalId
    return original !== undefined && original === provenanceIn(same)?.originalId
  }
}

function byNameProblem(name: string, id: string): Problem {
  return {
    code: 'import.sameName',
    severity: 'info',
    at: id,
    message: `"${name.slice(0, 80)}" was taken for ${id}, which is called the same: the file gives it another id.`,
    cure: 'If these are two things, rename the one in the design and import again.',
  }
}
