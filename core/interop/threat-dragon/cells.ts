import type { Box, Point } from '../../dfd/geometry.ts'
import type { Boundary, Element, Flow, Layout } from '../../model/types.ts'
import { WORDS } from '../reading/building.ts'
import { NO_REASON } from '../reading/drawing.ts'
import { lineOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { foreignFrom } from '../writing/foreign.ts'
import { CURVE_ATTRS, flowAttrs, labelsOf, nodeAttrs, portsOf } from './looks.ts'
import type { WrittenThreats } from './threats-on.ts'

export const TOOL = 'OWASP Threat Dragon'

/** What a cell is made from, besides its row. */
export type CellParts = {
  readonly cell: string
  /** Ours: the id, and what lies around it where the drawing does not show it. */
  readonly skeptic: Raw
  readonly threats: WrittenThreats
}

const SHAPES = {
  process: { shape: 'process', type: 'tm.Process' },
  dataStore: { shape: 'store', type: 'tm.Store' },
  externalEntity: { shape: 'actor', type: 'tm.Actor' },
} as const

/** The boxes Threat Dragon shows for each kind, unticked unless we know better. */
function ticked({ kind, attributes = {}, codeClasses = {} }: Element): Raw {
  if (kind === 'externalEntity') return { providesAuthentication: false }
  if (kind === 'process')
    return {
      handlesCardPayment: codeClasses.payment === true,
      handlesGoodsOrServices: false,
      isWebApplication: false,
      privilegeLevel: '',
    }
  return {
    isALog: attributes.isLog === 'yes',
    isEncrypted: attributes.encryptsAtRest === 'yes',
    isSigned: false,
    storesCredentials: attributes.storesCredentials === 'yes',
    storesInventory: false,
  }
}

/** A process, store or actor in its place; elements stand above boundaries. */
export function elementCell(element: Element, box: Box, { cell, skeptic, threats }: CellParts): Raw {
  const { shape, type } = SHAPES[element.kind]
  const foreign = foreignFrom(TOOL, element)
  const { name, ...data } = dataOf(element, type, WORDS[element.kind])
  return {
    ...recordOf(foreign.cell),
    ...placed(box),
    attrs: nodeAttrs(shape, name, { isOpen: threats.isOpen, isOutOfScope: element.outOfScope !== undefined }),
    visible: true,
    shape,
    zIndex: 1,
    ports: portsOf(cell),
    id: cell,
    data: {
      ...restored({ name, ...data, ...ticked(element), hasOpenThreats: threats.isOpen }, foreign),
      threats: threats.list,
      skeptic,
    },
  }
}

/** The end of a line: on a cell, or loose at a point, whose coordinates must be whole. */
export type End = { readonly cell: string } | Point

export function flowCell(flow: Flow, ends: Ends, { cell, skeptic, threats }: CellParts): Raw {
  const foreign = foreignFrom(TOOL, flow)
  const { name, ...data } = dataOf(flow, 'tm.Flow', WORDS.flow)
  const look = { isOpen: threats.isOpen, isOutOfScope: flow.outOfScope !== undefined }
  const facts = {
    isBidirectional: flow.bidirectional === true,
    isEncrypted: flow.encryption === 'yes',
    isPublicNetwork: flow.publicNetwork === 'yes',
    protocol: flow.protocol ?? '',
    hasOpenThreats: threats.isOpen,
  }
  return {
    ...recordOf(foreign.cell),
    ...lineShape('flow', flowAttrs(look, facts.isBidirectional), name),
    ...routed(ends),
    id: cell,
    data: { ...restored({ name, ...data, ...facts }, foreign), threats: threats.list, skeptic },
  }
}

/** Where a line runs. */
export type Ends = { readonly source: End; readonly target: End; readonly layout: Layout | undefined }

/** A boundary as a box; outer ones lie farther back. */
export function boxCell(boundary: Boundary, at: { readonly box: Box; readonly depth: number }, parts: Unthreatened): Raw {
  const foreign = foreignFrom(TOOL, boundary)
  const data = boundaryData(boundary, 'tm.BoundaryBox')
  return {
    ...recordOf(foreign.cell),
    ...placed(at.box),
    attrs: { label: { text: data.name } },
    visible: true,
    shape: 'trust-boundary-box',
    zIndex: Math.min(-1, at.depth - 1000),
    id: parts.cell,
    data: { ...restored(data, foreign), skeptic: parts.skeptic },
  }
}

type Unthreatened = Omit<CellParts, 'threats'>

/** A boundary of which nobody knows the inside, as an open curve. */
export function curveCell(boundary: Boundary, ends: Ends, { cell, skeptic }: Unthreatened): Raw {
  const foreign = foreignFrom(TOOL, boundary)
  const data = boundaryData(boundary, 'tm.Boundary')
  return {
    ...recordOf(foreign.cell),
    ...lineShape('trust-boundary-curve', CURVE_ATTRS, data.name),
    ...routed(ends),
    id: cell,
    data: { ...restored(data, foreign), skeptic },
  }
}

function boundaryData(boundary: Boundary, type: string) {
  const name = nameOf(boundary, WORDS.box)
  return { type, name, description: boundary.description ?? '', isTrustBoundary: true, hasOpenThreats: false }
}

function dataOf(row: Element | Flow, type: string, noun: string) {
  const isOut = row.outOfScope !== undefined
  const reason = row.outOfScope === NO_REASON ? '' : (row.outOfScope ?? '')
  const name = nameOf(row, noun)
  return { type, name, description: row.description ?? '', outOfScope: isOut, reasonOutOfScope: reason }
}

/** The name as the file had it, over several lines or not at all, as long as it means the same. */
function nameOf(row: Element | Flow | Boundary, noun: string): string {
  const { name } = foreignFrom(TOOL, row)
  if (typeof name === 'string' && lineOf(name, 400) === row.name) return name
  return row.name === `Unnamed ${noun.toLowerCase()}` && row.provenance.tool?.startsWith(TOOL) ? '' : row.name
}

function placed({ x, y, width, height }: Box) {
  return { position: { x, y }, size: { width, height } }
}

function lineShape(shape: string, attrs: object, name: string) {
  return { shape, attrs, width: 200, height: 100, zIndex: 10, connector: 'smooth', labels: labelsOf(name) }
}

function routed({ source, target, layout }: Ends) {
  return { source, target, vertices: layout?.vertices ?? [] }
}

/** What Threat Dragon has no opinion on goes back as it was; a value it would not accept does not, and is told. */
export function restored(own: Raw, foreign: Raw): Raw {
  const back = Object.entries(foreign).filter(([key, value]) => goesBack(own, key, value))
  return { ...own, ...Object.fromEntries(back) }
}

/** How many rows keep a value that Threat Dragon would not accept: it was wrong in the file it came from, and stays out of the next. */
export function refusedBack(rows: readonly (Element | Flow | Boundary)[]): number {
  return rows.filter(row => Object.entries(foreignFrom(TOOL, row)).some(([key, value]) => isRefused(key, value))).length
}

function isRefused(key: string, value: unknown): boolean {
  const kind = KINDS.get(key)
  return key !== 'name' && kind !== undefined && typeof value !== kind
}

/** Whether a kept key goes back: where we write only a default, and the value is of the kind that Threat Dragon wants there. */
export function goesBack(own: Raw, key: string, value: unknown): boolean {
  if (key === 'cell' || key === 'name' || key === 'skeptic' || key === 'threats') return false
  if (isRefused(key, value)) return false
  return !Object.hasOwn(own, key) || own[key] === false || own[key] === ''
}

const FLAGS = [
  ...['handlesCardPayment', 'handlesGoodsOrServices', 'isALog', 'isBidirectional', 'isEncrypted', 'isPublicNetwork', 'isSigned'],
  ...['isTrustBoundary', 'isWebApplication', 'outOfScope', 'providesAuthentication', 'storesCredentials', 'storesInventory'],
  'hasOpenThreats',
]
const TEXTS = ['name', 'description', 'privilegeLevel', 'protocol', 'reasonOutOfScope', 'type']
const KINDS: ReadonlyMap<string, string> = new Map([
  ...FLAGS.map(key => [key, 'boolean'] as const),
  ...TEXTS.map(key => [key, 'string'] as const),
])
