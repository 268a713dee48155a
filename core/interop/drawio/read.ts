import { tooLarge } from '../../model/json.ts'
import type { Stamp } from '../../model/types.ts'
import { ok, type Refusal, type Result, refuse } from '../../support/result.ts'
import type { ReadModel } from '../reading/building.ts'
import type { Drawing, DrawnDiagram } from '../reading/drawing.ts'
import { designOf } from '../reading/drawn-design.ts'
import { type Foreign, keptForeign } from '../reading/foreign.ts'
import { lineOf, textOf } from '../reading/json-fields.ts'
import { XML_LIMITS } from '../reading/xml.ts'
import { type ImportReport, many, newReport, tally } from '../report.ts'
import { type Cell, cellsOf } from './cells.ts'
import { type Page, pagesOf } from './pages.ts'
import { thingsOf } from './things.ts'
import { treeOf } from './tree.ts'

/** More than any person draws; a file beyond it was made to hurt. */
const MOST = { cells: 50_000, boxes: 2000 } as const

type ReadPage = { readonly page: Page; readonly cells: readonly Cell[] }

/** Reads every page of a draw.io file as a diagram of one design. */
export function readDrawio(file: string, text: string, stamp: Stamp): Result<ReadModel> {
  if (text.length > XML_LIMITS.length) return tooLarge(file, text.length, XML_LIMITS.length)
  const pages = pagesOf(file, text.startsWith('\uFEFF') ? text.slice(1) : text)
  if (!pages.ok) return pages
  const count = pages.value.reduce((sum, page) => sum + page.cells.length, 0)
  if (count > MOST.cells) return tooMany(file, count, 'cells')
  const read = pages.value.map(page => ({ page, cells: cellsOf(page) }))
  const report = newReport()
  const diagrams = read.map(page => diagramOf(page, report))
  const boxes = diagrams.reduce((sum, { things }) => sum + things.filter(({ kind }) => kind === 'box').length, 0)
  if (boxes > MOST.boxes) return tooMany(file, boxes, 'boxes')
  const origin = { file, tool: 'draw.io', family: 'drawio', stamp }
  return ok({ design: designOf(drawingOf(read, diagrams), origin, report), formatVersion: 'mxfile', report })
}

/** A file says nothing of the model as a whole, unless it is ours; the only page's title is the best name there is. */
function drawingOf(pages: readonly ReadPage[], diagrams: readonly DrawnDiagram[]): Drawing {
  const own = pages.map(({ cells }) => rootData(cells)).find(data => data['skeptic-design'] !== undefined) ?? {}
  return {
    name:
      lineOf(own['skeptic-name'], 400) ??
      (diagrams.length === 1 && !DEFAULT_TITLE.test(diagrams[0]?.name ?? '') ? diagrams[0]?.name : undefined),
    purpose: textOf(own['skeptic-purpose']),
    owner: undefined,
    foreign: undefined,
    designId: own['skeptic-design'],
    diagrams,
  }
}

/** Page-1, Seite-1: draw.io's own, in any language. */
const DEFAULT_TITLE = /^\p{L}+-\d+$/u

/** Data of the page itself stands on its root cell. */
function rootData(cells: readonly Cell[]): Readonly<Record<string, string>> {
  return cells.find(({ kind, parent }) => kind === 'other' && parent === undefined)?.data ?? {}
}

function diagramOf({ page, cells }: ReadPage, report: ImportReport): DrawnDiagram {
  const data = rootData(cells)
  const { things, unread } = thingsOf(cells, report)
  if (things.length > 0)
    tally(report, page.place, {
      what: stylesOf,
      why: 'Skeptic draws in its own style. Styles of shapes are kept under foreign; position, size and bends are read.',
    })
  tellLayers(cells, page, report)
  for (const cell of unread) tellUnread(cell, report)
  const kept =
    unread.length > 0 ? keptForeign({ cells: unread.map(({ node }) => treeOf(node)) }, { at: page.place, report }) : undefined
  const rest = Object.fromEntries(Object.entries(data).filter(([key]) => !key.startsWith('skeptic-')))
  const values = Object.keys(rest).length > 0 ? keptForeign({ data: rest }, { at: page.place, report }) : undefined
  const foreign: Foreign | undefined = kept || values ? { ...kept, ...values } : undefined
  return {
    place: page.place,
    originalId: page.id,
    ownId: data['skeptic-diagram'] ?? page.id,
    name: lineOf(page.name, 400),
    description: textOf(data['skeptic-description']),
    foreign,
    things,
  }
}

function stylesOf(count: number): string {
  return `Colours, fonts and line styles of ${many(count, 'page')}`
}

/** All layers are read as one. */
function tellLayers(cells: readonly Cell[], page: Page, report: ImportReport): void {
  const layers = cells.filter(({ kind, parent }) => kind === 'other' && parent !== undefined)
  if (layers.length > 1)
    report.losses.push({
      at: page.place,
      what: many(layers.length, 'layer'),
      why: 'What lies on them is read; that it lies on different layers is not.',
    })
}

function tellUnread({ place, text, style, styleText }: Cell, report: ImportReport): void {
  const isText = style.names.has('text')
  const shown = lineOf(text, 80)
  const shape = style.values.get('shape') ?? [...style.names][0] ?? lineOf(styleText, 40) ?? 'line'
  report.losses.push({
    at: place,
    what: `${isText ? 'Text' : `Shape "${shape.slice(0, 60)}"`}${shown ? ` "${shown}"` : ''}`,
    why: isText
      ? 'A drawn text belongs to no element: kept under foreign of its diagram.'
      : 'Neither element, flow nor boundary: kept under foreign of its diagram.',
  })
}

function tooMany(file: string, count: number, what: keyof typeof MOST): Refusal {
  return refuse({
    code: 'import.tooMany',
    at: file,
    message: `The file holds ${count} ${what}; at most ${MOST[what]} are read.`,
    cure: 'Split the model into several files.',
  })
}
