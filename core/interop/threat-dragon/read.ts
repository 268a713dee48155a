import type { Stamp } from '../../model/types.ts'
import { ok, type Refusal, type Result, refuse } from '../../support/result.ts'
import type { ReadModel } from '../reading/building.ts'
import type { Drawing, DrawnDiagram, DrawnThing } from '../reading/drawing.ts'
import { designOf } from '../reading/drawn-design.ts'
import { type Foreign, foreignOf, keptForeign, type Place } from '../reading/foreign.ts'
import { defined, fitting, idOf, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { type ImportReport, many, newReport, tally } from '../report.ts'
import { ourKeys, oursIn } from './ours.ts'
import { thingOfV1 } from './v1.ts'
import { thingOfV2 } from './v2.ts'

/** A Threat Dragon file as a drawing, before any row is made. */
type ReadDrawing = {
  readonly drawing: Drawing
  readonly format: 'threat-dragon-v1' | 'threat-dragon-v2'
  readonly formatVersion: string
  readonly report: ImportReport
}

/** More than any person draws; a file beyond it was made to hurt. */
export const MOST = { diagrams: 1000, cells: 50_000, boxes: 2000, threats: 100_000 } as const

/** Reads a model of either version as a design. */
export function readThreatDragon(file: string, root: Raw, stamp: Stamp): Result<ReadModel> {
  const read = drawingOf(file, root)
  if (!read.ok) return read
  const { drawing, format, formatVersion, report } = read.value
  const origin = { file, tool: `OWASP Threat Dragon ${formatVersion}`, family: 'threat-dragon', stamp }
  return ok({ design: designOf(drawing, origin, report), format, formatVersion, report })
}

/**
 * Reads the envelope that both versions share. Version 2 upgrades diagrams one by one when they are opened,
 * so a file may hold both kinds: what a diagram is, its cells say, never the version number.
 */
function drawingOf(file: string, root: Raw): Result<ReadDrawing> {
  const detail = recordOf(root.detail)
  if (!detail || !Array.isArray(detail.diagrams)) return noDiagrams(file, root, detail)
  const wrong = wrongShape(file, detail.diagrams)
  if (wrong) return wrong
  const report = newReport()
  const diagrams = detail.diagrams.flatMap((value, i) => diagramOf(value, { at: `/detail/diagrams/${i}`, report }))
  const boxes = diagrams.reduce((count, { things }) => count + things.filter(({ kind }) => kind === 'box').length, 0)
  const crowded = tooMany(file, { boxes })
  if (crowded) return crowded
  const summary = recordOf(root.summary) ?? {}
  const drawing: Drawing = {
    name: lineOf(summary.title, 400),
    purpose: textOf(summary.description),
    owner: lineOf(summary.owner, 400),
    foreign: envelopeOf(root, { summary, detail }, { at: '', report }),
    designId: oursIn(root).designId,
    diagrams,
  }
  const isV2 = looksLikeV2(root, detail.diagrams)
  return ok({
    drawing,
    format: isV2 ? 'threat-dragon-v2' : 'threat-dragon-v1',
    formatVersion: lineOf(root.version, 40) ?? (isV2 ? '2' : '1'),
    report,
  })
}

function noDiagrams(file: string, root: Raw, detail: Raw | undefined): Result<never> {
  const near = detail ? undefined : Object.keys(root).find(key => key.toLowerCase().startsWith('detail'))
  return refuse({
    code: 'threatDragon.noDiagrams',
    at: `${file}:${detail ? '/detail/diagrams' : '/detail'}`,
    message: `A Threat Dragon model has a list "detail.diagrams"; this one has none${near ? ` (but a key "${near.slice(0, 40)}")` : ''}.`,
    cure: 'Open the model in Threat Dragon and save it again.',
  })
}

/** Wrong kinds and sizes are refused before anything is read, so that no diagram comes in silently empty. */
function wrongShape(file: string, diagrams: readonly unknown[]): Refusal | undefined {
  const counts = { diagrams: diagrams.length, cells: 0, threats: 0 }
  for (const [i, diagram] of diagrams.entries()) {
    const { key, cells } = cellsOf(recordOf(diagram))
    if (cells !== undefined && cells !== null && !Array.isArray(cells))
      return refuse({
        code: 'threatDragon.cells',
        at: `${file}:/detail/diagrams/${i}/${key}`,
        message: `The cells of a diagram must be a list; here stands ${kindOf(cells)}.`,
        cure: 'Open the model in Threat Dragon and save it again.',
      })
    counts.cells += listOf(cells).length
    for (const cell of listOf(cells)) counts.threats += threatCount(cell)
  }
  return tooMany(file, counts)
}

function tooMany(file: string, counts: Partial<Record<keyof typeof MOST, number>>): Refusal | undefined {
  const over = Object.entries(counts).find(([what, count]) => count > MOST[what as keyof typeof MOST])
  if (!over) return undefined
  return refuse({
    code: 'import.tooMany',
    at: `${file}:/detail/diagrams`,
    message: `The file holds ${over[1]} ${over[0]}; at most ${MOST[over[0] as keyof typeof MOST]} are read.`,
    cure: 'Split the model into several files.',
  })
}

function threatCount(cell: unknown): number {
  const raw = recordOf(cell)
  return listOf(raw?.threats).length + listOf(recordOf(raw?.data)?.threats).length
}

function cellsOf(diagram: Raw | undefined): { readonly key: string; readonly cells: unknown; readonly version: 1 | 2 } {
  const old = recordOf(diagram?.diagramJson)
  return old && !Array.isArray(diagram?.cells)
    ? { key: 'diagramJson/cells', cells: old.cells, version: 1 }
    : { key: 'cells', cells: diagram?.cells, version: 2 }
}

const DIAGRAM = ['id', 'cells', 'diagramJson', 'thumbnail', 'placeholder', 'size', '$$hashKey'] as const

function diagramOf(value: unknown, place: Place): DrawnDiagram[] {
  const raw = recordOf(value)
  if (!raw) {
    place.report.losses.push({ at: place.at, what: 'A diagram', why: 'It is no object: nothing can be read from it.' })
    return []
  }
  const { key, cells, version } = cellsOf(raw)
  const thingOf = version === 1 ? thingOfV1 : thingOfV2
  const things: DrawnThing[] = []
  const unread: unknown[] = []
  for (const [i, value] of listOf(cells).entries()) {
    const here = { ...place, at: `${place.at}/${key}/${i}` }
    const cell = recordOf(value)
    const thing = cell && thingOf(cell, here)
    if (thing) things.push(thing)
    if (!thing || thing.kind === 'other') unread.push(unreadOf(value, thing, here))
  }
  if (things.length > 0)
    tally(place.report, place.at, {
      what: count => `Colours, fonts, ports and line styles of ${many(count, 'diagram')}`,
      why: 'Skeptic draws in its own style; position, size and bends are kept.',
    })
  const foreign = foreignOf(
    raw,
    new Set([...DIAGRAM, ...ourKeys(raw), ...fitting(raw, { title: 400, description: 100_000 })]),
    place,
  )
  const kept = unread.length > 0 ? keptForeign({ cells: unread }, place) : undefined
  return [
    {
      place: place.at,
      originalId: idOf(raw.id),
      ownId: oursIn(raw).id,
      name: lineOf(raw.title, 400),
      description: textOf(raw.description),
      foreign: foreign || kept ? { ...foreign, ...kept } : undefined,
      things,
    },
  ]
}

/** A text block or something nobody knows: told, and kept with its diagram. */
function unreadOf(value: unknown, thing: DrawnThing | undefined, { at, report }: Place): unknown {
  const cell = recordOf(value)
  const shape = lineOf(cell?.shape, 100) ?? lineOf(recordOf(cell?.data)?.type, 100) ?? lineOf(cell?.type, 100)
  const isText = shape === 'td-text-block' || shape === 'tm.Text'
  const name = lineOf(thing?.name, 80)
  report.losses.push({
    at,
    what: `${isText ? 'Text' : shape ? `Shape "${shape}"` : 'A cell without shape'}${name ? ` "${name}"` : ''}`,
    why: isText
      ? 'A drawn text belongs to no element: kept under foreign of its diagram.'
      : 'Neither element, flow nor boundary: kept under foreign of its diagram.',
  })
  return cell ? defined({ ...cell, attrs: undefined, ports: undefined, tools: undefined, labels: undefined }) : value
}

/** What the envelope holds besides the model, arranged as in the file. */
function envelopeOf(root: Raw, parts: { summary: Raw; detail: Raw }, place: Place): Foreign | undefined {
  const summary = foreignOf(parts.summary, new Set(fitting(parts.summary, { title: 400, description: 100_000 })), place)
  const detail = foreignOf(parts.detail, new Set(['diagrams']), place)
  const rest = foreignOf(root, new Set(['summary', 'detail', ...ourKeys(root)]), place)
  const kept = { ...rest, ...defined({ summary, detail }) }
  return Object.keys(kept).length > 0 ? kept : undefined
}

function looksLikeV2(root: Raw, diagrams: readonly unknown[]): boolean {
  const records = diagrams.map(recordOf).filter(diagram => diagram !== undefined)
  if (records.some(diagram => Array.isArray(diagram.cells))) return true
  if (records.some(diagram => recordOf(diagram.diagramJson))) return false
  return /^[2-9]/.test(lineOf(root.version, 40) ?? '')
}

function kindOf(value: unknown): string {
  return recordOf(value) ? 'an object' : `a ${typeof value}`
}
