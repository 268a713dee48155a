import { type Change, patchRow } from './change.ts'
import { freshId, provenanceOf } from './create.ts'
import { sizeOf } from './table.ts'
import type { Design, Stamp, Start, TableName } from './types.ts'

/** The tables whose rows mean that work was done; a name and a policy alone are no work. */
const WORK: readonly TableName[] = [
  'requirements',
  'assumptions',
  'elements',
  'flows',
  'boundaries',
  'data',
  'triage',
  'threats',
  'mitigations',
  'acceptances',
  'workItems',
]

/** Whether nothing stands in a design but its name, its policy and empty drawings. */
export function isUnbegun(design: Design): boolean {
  return WORK.every(table => sizeOf(design[table] as Design['elements']) === 0)
}

const ELEMENT = { width: 160, height: 64 }

/** The changes that put a starting design into an empty one: fresh ids, one drawing, a purpose where none is stated. */
export function startChanges(design: Design, start: Start, stamp: Stamp): readonly Change[] {
  const ids = idsFor(design, start, stamp)
  const provenance = provenanceOf(stamp)
  const id = (word: string) => ids.get(word) ?? word
  const set = (words: readonly string[] | undefined) => Object.fromEntries((words ?? []).map(word => [id(word), true as const]))
  const sets = <K extends string>(of: { readonly [Key in K]?: readonly string[] }, keys: readonly K[]) =>
    Object.fromEntries(keys.flatMap(key => ((of[key]?.length ?? 0) > 0 ? [[key, set(of[key])]] : [])))
  const diagram = freshId(design, 'diagrams', stamp)
  const place = (word: string, [x, y]: readonly number[], size: { readonly width: number; readonly height: number }): Change => ({
    kind: 'put',
    table: 'layout',
    row: { id: `${diagram}.${id(word)}`, x: x ?? 0, y: y ?? 0, ...size },
  })
  return [
    ...purposeChange(design, start),
    ...start.boundaries.map(({ at: _at, parent, ...row }): Change => {
      const around = parent === undefined ? {} : { parent: id(parent) }
      return { kind: 'put', table: 'boundaries', row: { ...row, ...around, id: id(row.id), membership: 'stated', provenance } }
    }),
    ...start.data.map((row): Change => ({ kind: 'put', table: 'data', row: { ...row, id: id(row.id), provenance } })),
    ...start.elements.map(({ at: _at, boundary, codeClasses, data, paths, ...row }): Change => {
      const within = boundary === undefined ? {} : { boundary: id(boundary) }
      const own = sets({ codeClasses, data, paths } as Sets, ['codeClasses', 'data', 'paths'])
      return { kind: 'put', table: 'elements', row: { ...row, ...within, ...own, id: id(row.id), provenance } }
    }),
    ...start.flows.map(({ source, target, data, ...row }): Change => {
      const ends = { source: id(source ?? ''), target: id(target ?? '') }
      return {
        kind: 'put',
        table: 'flows',
        row: { ...row, ...ends, ...sets({ data } as Sets, ['data']), id: id(row.id), provenance },
      }
    }),
    ...start.requirements.map(({ elements, flows, data, ...row }, index): Change => {
      const links = sets({ elements, flows, data } as Sets, ['elements', 'flows', 'data'])
      return { kind: 'put', table: 'requirements', row: { ...row, ...links, id: id(`R ${index}`), status: 'draft', provenance } }
    }),
    ...start.assumptions.map(
      (row, index): Change => ({ kind: 'put', table: 'assumptions', row: { ...row, id: id(`A ${index}`), provenance } }),
    ),
    {
      kind: 'put',
      table: 'diagrams',
      row: {
        id: diagram,
        name: start.title,
        boundaries: set(start.boundaries.map(row => row.id)),
        elements: set(start.elements.map(row => row.id)),
        flows: set(start.flows.map(row => row.id)),
        provenance,
      },
    },
    ...start.boundaries.map(({ id: word, at }) => place(word, at, { width: at[2], height: at[3] })),
    ...start.elements.map(({ id: word, at }) => place(word, at, ELEMENT)),
  ]
}

type Sets = Readonly<Record<string, readonly string[]>>

/** A fresh id for each word of the start; no two alike. */
function idsFor(design: Design, start: Start, stamp: Stamp): ReadonlyMap<string, string> {
  const given = new Set<string>()
  const fresh = (table: TableName): string => {
    const id = freshId(design, table, stamp)
    if (given.has(id)) return fresh(table)
    given.add(id)
    return id
  }
  return new Map([
    ...start.boundaries.map(row => [row.id, fresh('boundaries')] as const),
    ...start.data.map(row => [row.id, fresh('data')] as const),
    ...start.elements.map(row => [row.id, fresh('elements')] as const),
    ...start.flows.map(row => [row.id, fresh('flows')] as const),
    ...start.requirements.map((_row, index) => [`R ${index}`, fresh('requirements')] as const),
    ...start.assumptions.map((_row, index) => [`A ${index}`, fresh('assumptions')] as const),
  ])
}

function purposeChange(design: Design, { purpose }: Start): readonly Change[] {
  const settings = design.settings.design
  if (!settings || settings.purpose) return []
  return [{ kind: 'put', table: 'settings', row: patchRow(settings, { purpose }) }]
}
