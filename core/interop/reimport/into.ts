import type { Change } from '../../model/change.ts'
import { hasRow, rowIds } from '../../model/table.ts'
import { TABLE_NAMES } from '../../model/tables.ts'
import type { AnyRow, Design } from '../../model/types.ts'
import type { Problem } from '../../support/result.ts'
import { NO_UPDATE, type Update } from './update.ts'

/** The changes that bring an import in, and what they leave alone. */
export type Into = { readonly changes: readonly Change[]; readonly update: Update; readonly problems: readonly Problem[] }

export type IntoOptions = { readonly prefer?: 'design' | 'file' }

/**
 * What adds an imported design to the present one. Rows that are there already stay as people left them: a file that is
 * read again brings only what is new, and nobody's work is overwritten. Name and policy of the present design stay.
 */
export function changesInto(present: Design, imported: Design, _options: IntoOptions = {}): Into {
  const changes: Change[] = []
  let known = 0
  for (const table of TABLE_NAMES) {
    const rows = imported[table] as Readonly<Record<string, AnyRow>>
    for (const id of rowIds(rows))
      if (!hasRow(present[table], id)) changes.push({ kind: 'put', table, row: rows[id] } as Change)
      else if (table !== 'settings' && table !== 'policy') known++
  }
  const update = { ...NO_UPDATE, added: changes.length, kept: known }
  return { changes, update, problems: known === 0 ? [] : [alreadyThere(known)] }
}

function alreadyThere(count: number): Problem {
  return {
    code: 'import.present',
    severity: 'info',
    message: `${count} of the imported rows are in the design already; they were left as they are.`,
    cure: 'To see the file as it is now, import it into a new folder and compare.',
  }
}
