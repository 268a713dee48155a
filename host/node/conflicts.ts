import { createHash } from 'node:crypto'
import path from 'node:path'
import { canonicalJson, fileText } from '../../core/model/canonical.ts'
import type { MergeConflict } from '../../core/model/merge-three.ts'
import { TABLES } from '../../core/model/tables.ts'
import { ok, type Problem, type Result } from '../../core/support/result.ts'
import type { KeptConflict } from '../contract.ts'
import { codeOf, type Disk, diskProblem } from './disk.ts'
import { writeFiles } from './write-files.ts'

/** Where a person and somebody outside changed the same: both values, kept until a person decides. */
export type ConflictBook = {
  readonly list: () => readonly KeptConflict[]
  /** Whether it is in the book, and may be forgotten elsewhere. */
  readonly holds: (conflict: MergeConflict) => boolean
  /** Returns once they would survive a power cut. */
  readonly add: (conflicts: readonly MergeConflict[]) => Promise<Result<true>>
  readonly drop: (id: string) => Promise<Result<true>>
}

type Tools = { readonly dir: string; readonly disk: Disk; readonly now: () => string }

const FILE = '.skeptic/conflicts.json'
const MOST_BYTES = 512 * 1024 * 1024

/** The conflicts of a design folder. A file that cannot be understood is kept aside and told. */
export async function openConflicts(
  tools: Tools,
): Promise<Result<{ readonly book: ConflictBook; readonly problems: readonly Problem[] }>> {
  const { dir, disk } = tools
  const file = path.join(dir, FILE)
  try {
    const kept = parsed(disk.read(file, MOST_BYTES))
    if (kept) return ok({ book: bookOf(tools, kept), problems: [] })
    await disk.rename(file, `${file}.unread-${Date.now().toString(36)}`)
    return ok({ book: bookOf(tools, []), problems: [UNREAD] })
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ok({ book: bookOf(tools, []), problems: [] })
    return { ok: false, problems: [diskProblem(error, file, 'read')] }
  }
}

const UNREAD: Problem = {
  code: 'conflicts.unread',
  severity: 'warning',
  at: FILE,
  message: 'The list of open conflicts cannot be read.',
  cure: 'It was kept beside itself under another name. Compare the design with version control.',
}

function bookOf(tools: Tools, from: readonly KeptConflict[]): ConflictBook {
  let kept = from
  const holds = (conflict: MergeConflict): boolean => {
    const id = idOf(conflict)
    return kept.some(known => known.id === id)
  }

  async function keep(next: readonly KeptConflict[]): Promise<Result<true>> {
    const text = fileText({ format: 1, conflicts: next })
    const written = await writeFiles(tools.dir, new Map([[FILE, text]]), { disk: tools.disk })
    if (!written.ok) return written
    kept = next
    return ok(true)
  }

  return {
    list: () => kept,
    holds,
    add: conflicts => {
      const at = tools.now()
      const fresh = conflicts.filter(conflict => !holds(conflict)).map(found => ({ ...found, conflict: idOf(found), at }))
      const rows = fresh.map(({ conflict, id, ...rest }): KeptConflict => ({ ...rest, id: conflict, row: id }))
      return rows.length > 0 ? keep([...kept, ...rows]) : Promise.resolve(ok(true))
    },
    drop: id => keep(kept.filter(conflict => conflict.id !== id)),
  }
}

/** The same values at the same place are the same conflict, however often it is found. */
function idOf({ table, id, field, theirs }: MergeConflict): string {
  return createHash('sha256').update(canonicalJson({ table, id, field, theirs })).digest('hex').slice(0, 16)
}

function parsed(text: string): readonly KeptConflict[] | undefined {
  try {
    const { format, conflicts } = JSON.parse(text) as { readonly format?: unknown; readonly conflicts?: unknown }
    return format === 1 && Array.isArray(conflicts) && conflicts.every(isConflict) ? conflicts : undefined
  } catch {
    return undefined
  }
}

function isConflict(value: unknown): value is KeptConflict {
  const { id, table, row, field, at } = (value ?? {}) as Readonly<Record<string, unknown>>
  const isPlace = typeof table === 'string' && Object.hasOwn(TABLES, table) && typeof row === 'string'
  return isPlace && typeof id === 'string' && typeof at === 'string' && (field === null || typeof field === 'string')
}
