import { wellFormed } from '../../evidence/show.ts'
import { entityOf, labelOf, tableOf } from '../../model/lookup.ts'
import { pathOf } from '../../model/parse.ts'
import type { Design, Element } from '../../model/types.ts'
import { ALL_ACTIVE } from '../../targets/active.ts'
import { inert } from '../../targets/inert.ts'

/** What paths are relative to: only the folder's user knows where it lies. */
export const DESIGN_FOLDER = 'DESIGN'

/** Text of the design in a message: one line in which no link, mention or placeholder of its own does anything. */
export function said(text: string): string {
  return wellFormed(inert(text, ALL_ACTIVE))
}

/** Where a result shows: the file of the first thing in the design folder, and all of them by id and name. */
export function locationOf(design: Design, ids: readonly string[]): unknown {
  const [first = ''] = ids
  const table = tableOf(first)
  return {
    ...(table === undefined
      ? {}
      : {
          physicalLocation: {
            artifactLocation: { uri: pathOf(table, first), uriBaseId: DESIGN_FOLDER },
            region: { startLine: 1 },
          },
        }),
    logicalLocations: ids.map(id => ({ name: said(labelOf(design, id)), fullyQualifiedName: id, kind: kindOf(design, id) })),
  }
}

const KINDS: Readonly<Record<string, string>> = {
  flows: 'data flow',
  boundaries: 'trust boundary',
  data: 'data asset',
  threats: 'threat',
}

function kindOf(design: Design, id: string): string {
  const table = tableOf(id) ?? ''
  if (table !== 'elements') return KINDS[table] ?? table
  const kind = (entityOf(design, id) as Element | undefined)?.kind
  return kind === 'dataStore' ? 'data store' : kind === 'externalEntity' ? 'external entity' : 'process'
}
