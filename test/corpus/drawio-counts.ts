import { inflateRawSync } from 'node:zlib'

/** Counts straight from the text of a draw.io file, written without a look at the importer and without a reader of XML. */
type Cell = Readonly<Record<string, string>>

function pagesOf(text: string): readonly string[] {
  const diagrams = [...text.matchAll(/<diagram\b[^>]*>([\s\S]*?)<\/diagram>/g)].map(([, inner = '']) => inner.trim())
  if (diagrams.length === 0) return [text]
  return diagrams.map(inner =>
    inner.startsWith('<') ? inner : decodeURIComponent(inflateRawSync(Buffer.from(inner, 'base64')).toString('latin1')),
  )
}

function cellsOf(page: string): readonly Cell[] {
  const cells: Cell[] = []
  let wrapper: Cell = {}
  for (const [, tag = '', attributes = ''] of page.matchAll(/<(mxCell|object|UserObject)\b((?:[^>"]|"[^"]*")*)>/g)) {
    const own = Object.fromEntries([...attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]))
    if (tag !== 'mxCell') wrapper = { ...own, value: own.label ?? '' }
    else {
      cells.push({ ...own, ...wrapper })
      wrapper = {}
    }
  }
  return cells
}

type Kind = 'processes' | 'dataStores' | 'externalEntities' | 'flows' | 'boundaries' | 'unresolvedBoundaries' | 'nothing'

function kindsOf(cells: readonly Cell[]): readonly Kind[] {
  const isRound = cells.some(({ style = '' }) => /(^|;)ellipse|rounded=1/.test(style))
  const holders = new Set(cells.flatMap(cell => (isNamedShape(cells, cell) ? [cell.parent ?? ''] : [])))
  return cells.map(cell => kindOf(cell, { cells, holders, isRound }))
}

function isNamedShape(cells: readonly Cell[], { vertex, value = '', style = '', parent }: Cell): boolean {
  const isOnEdge = cells.some(({ id, edge }) => id === parent && edge === '1')
  return vertex === '1' && value !== '' && !isOnEdge && !/^text|shape=note/.test(style)
}

type Page = { readonly cells: readonly Cell[]; readonly holders: ReadonlySet<string>; readonly isRound: boolean }

function kindOf(cell: Cell, { cells, holders, isRound }: Page): Kind {
  const { id = '', style = '', value = '', parent = '' } = cell
  const stated = cell['skeptic-kind']
  if (stated === 'boundary') return cell.edge === '1' ? 'unresolvedBoundaries' : 'boundaries'
  if (stated)
    return { process: 'processes', dataStore: 'dataStores', externalEntity: 'externalEntities', flow: 'flows' }[stated] as Kind
  if (cell.edge === '1') {
    const isBare = !cell.source && !cell.target && /endArrow=none/.test(style) && !/startArrow=(?!none)/.test(style)
    return isBare ? 'unresolvedBoundaries' : 'flows'
  }
  const isOnEdge = cells.some(one => one.id === parent && one.edge === '1')
  if (cell.vertex !== '1' || isOnEdge || /^text|shape=note/.test(style)) return 'nothing'
  if (/^group/.test(style) && value === '') return 'nothing'
  if (/requiredInterface/.test(style)) return 'unresolvedBoundaries'
  if (/dashed=1|swimlane/.test(style) || /Boundary/.test(cell.c4Type ?? '') || holders.has(id)) return 'boundaries'
  if (/cylinder|partialRectangle|\.rds/.test(style)) return 'dataStores'
  if (/umlActor|shape=actor|person/.test(style)) return 'externalEntities'
  const isPlain = !/shape=|^ellipse|^image|rounded=1/.test(style)
  return isPlain && isRound ? 'externalEntities' : 'processes'
}

function rawCounts(text: string): Readonly<Record<string, number>> {
  const pages = pagesOf(text)
  const kinds = pages.flatMap(page => kindsOf(cellsOf(page)))
  const count = (kind: Kind) => kinds.filter(one => one === kind).length
  const elements = count('processes') + count('dataStores') + count('externalEntities')
  return {
    elements,
    processes: count('processes'),
    dataStores: count('dataStores'),
    externalEntities: count('externalEntities'),
    flows: count('flows'),
    boundaries: count('boundaries'),
    unresolvedBoundaries: count('unresolvedBoundaries'),
    dataAssets: 0,
    threats: 0,
    mitigations: 0,
    acceptances: 0,
    requirements: 0,
    diagrams: pages.length,
  }
}

export const counts: Readonly<Record<string, (text: string) => Readonly<Record<string, number>>>> = { drawio: rawCounts }
