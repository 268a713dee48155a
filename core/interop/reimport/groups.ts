import { rowsOf } from '../../model/table.ts'
import type { AnyRow, Design, Table, TableName } from '../../model/types.ts'
import { MODEL, modelOf, provenanceIn, toolOf } from './as-imported.ts'
import { labelOf } from './label.ts'

/** Tables whose rows say what a model is about; drawings alone say nothing of that. */
const TELLING: readonly TableName[] = [
  'elements',
  'flows',
  'boundaries',
  'data',
  'threats',
  'mitigations',
  'requirements',
  'assumptions',
]

/** An original id as long as this is no number that every file begins with. */
const TELLING_ID = 12

/** Which rows earlier revisions of a model gave. */
export type Groups = {
  /** What its rows are marked with: as they were by the revision before, or anew. */
  readonly model: string
  /** Whether a row came from an earlier revision of the file that is read now. */
  readonly isEarlier: (row: AnyRow) => boolean
  /** Whether a row came from a file of the same kind of tool. */
  readonly isSameFamily: (row: AnyRow) => boolean
}

/** A tool without its version: files of one tool share the scope of their ids. */
export function familyOf(tool: string | undefined): string | undefined {
  if (tool === undefined) return undefined
  const words = tool.split(' ')
  const version = words.findIndex((word, at) => at > 0 && /^v?\d/.test(word))
  return (version < 0 ? words : words.slice(0, version)).join(' ')
}

/**
 * Which rows of the present design came from earlier revisions of the imported model. Rows are grouped by the mark that their import
 * left; a group is an earlier revision when half of it is in the file still, or, under the same file name, half of the smaller one is in
 * the larger. A name alone is no proof: every tool has a name it suggests.
 */
export function groupsOf(present: Design, imported: Design): Groups {
  const family = familyOf(toolOf(imported))
  const isSameFamily = (row: AnyRow) => {
    const provenance = provenanceIn(row)
    return family !== undefined && provenance?.kind === 'import' && familyOf(provenance.tool) === family
  }
  const file = fileOf(imported)
  const counts = new Map<string, Count>()
  let size = 0
  for (const table of TELLING) {
    const rows = rowsOf(imported[table] as Table<AnyRow>)
    size += rows.length
    const known = signsOf(table, rows)
    for (const row of rowsOf(present[table] as Table<AnyRow>)) {
      if (!isSameFamily(row)) continue
      const isSameFile = provenanceIn(row)?.file === file
      const count = counts.get(markOf(row)) ?? { size: 0, same: 0, isSameFile: false }
      count.size++
      count.isSameFile ||= isSameFile
      if (isKnown(table, row, known, isSameFile)) count.same++
      counts.set(markOf(row), count)
    }
  }
  const earlier = [...counts].filter(([, count]) => isRevision(count, size)).sort(([, a], [, b]) => b.same - a.same)
  const marks = new Set(earlier.map(([mark]) => mark))
  return {
    model: earlier.find(([mark]) => mark.startsWith(MODEL))?.[0].slice(MODEL.length) ?? modelOf(imported),
    isSameFamily,
    isEarlier: row => isSameFamily(row) && marks.has(markOf(row)),
  }
}

type Count = { size: number; same: number; isSameFile: boolean }

function isRevision({ size, same, isSameFile }: Count, incoming: number): boolean {
  return same > 0 && same * 2 >= (isSameFile ? Math.min(size, incoming) : size)
}

/** Rows of before there were marks are told apart by their file. */
function markOf(row: AnyRow): string {
  const provenance = provenanceIn(row)
  const mark = provenance?.asImported?.[MODEL]
  return mark === undefined ? `file: ${provenance?.file ?? ''}` : `${MODEL}${mark}`
}

function fileOf(design: Design): string | undefined {
  for (const table of TELLING) for (const row of rowsOf(design[table] as Table<AnyRow>)) return provenanceIn(row)?.file
  return undefined
}

type Signs = { readonly labels: ReadonlySet<string>; readonly originals: ReadonlySet<string> }

function signsOf(table: TableName, rows: readonly AnyRow[]): Signs {
  const labels = rows.flatMap(row => labelOf(table, row) ?? [])
  return { labels: new Set(labels), originals: new Set(rows.flatMap(row => provenanceIn(row)?.originalId ?? [])) }
}

function isKnown(table: TableName, row: AnyRow, { labels, originals }: Signs, isSameFile: boolean): boolean {
  const label = labelOf(table, row)
  if (label !== undefined && labels.has(label)) return true
  const original = provenanceIn(row)?.originalId
  return original !== undefined && (isSameFile || original.length >= TELLING_ID) && originals.has(original)
}
