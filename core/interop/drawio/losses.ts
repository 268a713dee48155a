import { hasRow, rowsOf } from '../../model/table.ts'
import type { AnyRow, Design, TableName } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'
import { lineOf, textOf } from '../reading/json-fields.ts'
import { type Loss, many } from '../report.ts'
import { fieldsLost, tablesLost } from '../writing/losses.ts'
import { wholeLost } from '../writing/whole-lost.ts'
import { isFromDrawio } from './ids.ts'
import { inXml } from './tree.ts'
import type { WrittenPage } from './write-pages.ts'
import { isStyleLost } from './write-style.ts'

const TABLES = [
  ...([
    'requirements',
    'assumptions',
    'data',
    'triage',
    'threats',
    'mitigations',
    'acceptances',
    'exclusions',
    'workItems',
    'comments',
    'suggestions',
  ] as const),
] as const

const NO_PLACE = 'A drawing has no place for it.'
const DATA = { data: 'Data' } as const

/** What no page shows and no attribute of ours says. */
export function drawioLosses(design: Design, pages: readonly WrittenPage[]): readonly Loss[] {
  return [
    ...wholeLost(design, { glossary: 'The glossary', foreign: 'Keys of another program about the design' }, NO_PLACE),
    ...fieldsLost(design, { table: 'elements', fields: DATA, why: NO_PLACE }),
    ...fieldsLost(design, { table: 'flows', fields: DATA, why: NO_PLACE }),
    ...fieldsLost(design, { table: 'layout', fields: { label: 'Place of the label' }, why: 'draw.io places labels by itself.' }),
    ...foreignLost(design),
    ...stylesLost(design),
    ...textsChanged(design),
    ...hiddenLinks(design, pages),
    ...tablesLost(design, TABLES, NO_PLACE),
  ]
}

/** Keys that another program's file had; those of draw.io go back. */
function foreignLost(design: Design): readonly Loss[] {
  return (['elements', 'flows', 'boundaries', 'diagrams'] as const).flatMap(table => {
    const rows = rowsOf(design[table] as Readonly<Record<string, AnyRow>>) as readonly Parts[]
    const count = rows.filter(row => row.foreign !== undefined && !isFromDrawio(row)).length
    return count === 0
      ? []
      : [
          {
            at: `${table}/foreign`,
            what: `Keys of another program of ${many(count, 'row')}`,
            why: 'They mean nothing in draw.io.',
          },
        ]
  })
}

type Parts = {
  readonly id: string
  readonly foreign?: unknown
  readonly provenance: Parameters<typeof isFromDrawio>[0]['provenance'] & object
}

function stylesLost(design: Design): readonly Loss[] {
  const count =
    rowsOf(design.elements).filter(row => isStyleLost(row, row.kind)).length +
    rowsOf(design.boundaries).filter(row => isStyleLost(row, 'boundary')).length
  return count === 0
    ? []
    : [{ at: 'styles', what: `Style of ${many(count, 'shape')}`, why: 'It draws something else than the design now says.' }]
}

/** Names are one line; texts keep their lines. */
const TEXTS: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  settings: ['purpose'],
  elements: ['technology', 'outOfScope', 'description'],
  flows: ['protocol', 'outOfScope', 'description'],
  boundaries: ['description'],
  diagrams: ['description'],
}

/** Characters that XML cannot hold or nobody sees. */
function textsChanged(design: Design): readonly Loss[] {
  let count = 0
  for (const [table, fields] of Object.entries(TEXTS))
    for (const row of rowsOf(design[table as TableName] as Readonly<Record<string, AnyRow>>) as readonly AnyRow[]) {
      const values = row as unknown as Readonly<Record<string, unknown>>
      const { name } = values
      if (typeof name === 'string' && lineOf(inXml(name), 400) !== name) count++
      for (const field of fields) {
        const value = values[field]
        if (typeof value === 'string' && textOf(inXml(value)) !== value) count++
      }
      for (const field of ['paths', 'tags'] as const)
        if (
          table === 'elements' &&
          Object.keys((values[field] ?? {}) as object).some(key => inXml(key) !== key || /\n|^\s|\s$|^$/.test(key))
        )
          count++
    }
  if (count === 0) return []
  return [
    { at: 'texts', what: `Characters of ${many(count, 'text')}`, why: 'Control characters and blanks at the ends are not kept.' },
  ]
}

/** A page draws a flow only between what it shows. */
function hiddenLinks(design: Design, pages: readonly WrittenPage[]): readonly Loss[] {
  let flows = 0
  let places = 0
  for (const { diagram, ...page } of pages) {
    if (!diagram) continue
    flows += idsOf(diagram.flows).filter(id => hasRow(design.flows, id)).length - page.flows.length
  }
  const shown = new Set(
    pages.flatMap(({ diagram, elements, flows, boxes, curves }) =>
      diagram ? [...elements, ...flows, ...boxes, ...curves].map(id => `${diagram.id}.${id}`) : [],
    ),
  )
  for (const { id } of rowsOf(design.layout)) if (!shown.has(id)) places++
  return [
    ...(flows > 0
      ? [{ at: 'diagrams/flows', what: `${many(flows, 'data flow')} on a diagram`, why: 'Its ends are not on the same diagram.' }]
      : []),
    ...(places > 0
      ? [
          {
            at: 'layout',
            what: `Where ${many(places, 'thing')} ${places === 1 ? 'is' : 'are'} drawn`,
            why: 'The diagram does not show what it places.',
          },
        ]
      : []),
  ]
}
