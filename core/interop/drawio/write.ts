import { containmentOf } from '../../dfd/containment.ts'
import { layoutId } from '../../dfd/drawing.ts'
import { ELEMENT_SIZE, type Point } from '../../dfd/geometry.ts'
import type { Boundary, Design, Element, Flow, Layout } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { listOf, recordOf } from '../reading/json-fields.ts'
import type { Written } from '../writers.ts'
import { htmlOf } from './html-text.ts'
import { type CellIds, cellIdsOf, isFromDrawio } from './ids.ts'
import { drawioLosses } from './losses.ts'
import { type OwnKind, ownAttributes, pageAttributes } from './own.ts'
import { isOn, styleOf } from './style.ts'
import { NAME, type Tree, treeFrom, xmlOf } from './tree.ts'
import { type Areas, areasOf } from './write-layout.ts'
import { pagesFor, type WrittenPage } from './write-pages.ts'
import { styleFor } from './write-style.ts'

/** Writes one page for each diagram, uncompressed, so that versions can be compared; ids of ours are those of the cells. */
export function writeDrawio(design: Design): Result<Written> {
  const pages = pagesFor(design)
  const names = new Set<string>()
  const trees = pages.map((page, i) => diagramTree(design, page, pageId(page, i, names)))
  const file: Tree = { tag: 'mxfile', attributes: { host: 'skeptic', pages: String(pages.length) }, children: trees }
  return ok({ text: `${xmlOf(file, '')}\n`, losses: drawioLosses(design, pages) })
}

/** The id the page had in draw.io, else ours. */
function pageId({ diagram }: WrittenPage, i: number, used: Set<string>): string {
  const original = diagram && isFromDrawio(diagram) ? diagram.provenance.originalId : undefined
  const id = original !== undefined && original !== '' && !used.has(original) ? original : (diagram?.id ?? `page-${i + 1}`)
  used.add(id)
  return id
}

type Writing = {
  readonly design: Design
  readonly page: WrittenPage
  readonly areas: Areas
  readonly ids: CellIds
  /** The boundary whose cell holds a thing. */
  readonly holder: ReadonlyMap<string, string>
}

function diagramTree(design: Design, page: WrittenPage, id: string): Tree {
  const writing: Writing = {
    design,
    page,
    areas: areasOf(design, page),
    ids: cellIdsOf(design, page),
    holder: holdersOf(design, page),
  }
  const own = page.diagram && page.diagram.id !== id ? { 'skeptic-diagram': page.diagram.id } : {}
  const data = { ...plainData(page.diagram?.foreign?.data), ...pageAttributes(design, page.diagram), ...own }
  const cells = [
    node('UserObject', { label: '', ...data, id: '0' }, [node('mxCell', {})]),
    node('mxCell', { id: '1', parent: '0' }),
    ...outsideIn(writing).map(box => boxTree(writing, box)),
    ...page.elements.map(element => elementTree(writing, element)),
    ...page.curves.map(curve => curveTree(writing, curve)),
    ...page.flows.map(flow => flowTree(writing, flow)),
    ...textsOf(writing),
  ]
  const model = node(
    'mxGraphModel',
    {
      grid: '1',
      gridSize: '10',
      guides: '1',
      tooltips: '1',
      connect: '1',
      arrows: '1',
      fold: '1',
      page: '0',
      math: '0',
      shadow: '0',
    },
    [node('root', {}, cells)],
  )
  return node('diagram', { id, name: page.name }, [model])
}

function node(tag: string, attributes: Readonly<Record<string, string>>, children: readonly Tree[] = []): Tree {
  return { tag, attributes, children }
}

/** What lies in the cell of a boundary that the page shows as a container; circles are cut, as they are where they are drawn. */
function holdersOf(design: Design, { boxes, elements, curves }: WrittenPage): ReadonlyMap<string, string> {
  const containers = new Set(boxes)
  const shown = new Set([...boxes, ...elements, ...curves])
  const { boundariesIn, elementsIn } = containmentOf(design)
  return new Map(
    [...boundariesIn, ...elementsIn].flatMap(([within, ids]) =>
      within !== undefined && containers.has(within) ? ids.flatMap(id => (shown.has(id) ? [[id, within] as const] : [])) : [],
    ),
  )
}

/** Containers before what they hold. */
function outsideIn({ page, holder }: Writing): readonly string[] {
  const inside = new Map<string | undefined, string[]>()
  for (const id of page.boxes) {
    const list = inside.get(holder.get(id))
    if (list) list.push(id)
    else inside.set(holder.get(id), [id])
  }
  const order: string[] = []
  const waiting = [...(inside.get(undefined) ?? [])].reverse()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    order.push(id)
    waiting.push(...(inside.get(id) ?? []).toReversed())
  }
  return order
}

function boxTree(writing: Writing, id: string): Tree {
  const row = writing.design.boundaries[id] as Boundary
  return vertexTree(writing, row, 'boundary', row.parent)
}

function elementTree(writing: Writing, id: string): Tree {
  const row = writing.design.elements[id] as Element
  return vertexTree(writing, row, row.kind, row.boundary)
}

function vertexTree(writing: Writing, row: Element | Boundary, kind: OwnKind, within: string | undefined): Tree {
  const { areas, holder, ids } = writing
  const container = holder.get(row.id)
  const origin = (container === undefined ? undefined : areas.get(container)) ?? { x: 0, y: 0 }
  const { x, y, width, height } = areas.get(row.id) ?? { x: 0, y: 0, ...ELEMENT_SIZE }
  const cell = node(
    'mxCell',
    { style: styleFor(row, kind), vertex: '1', parent: container === undefined ? '1' : ids.of(container) },
    [
      node('mxGeometry', {
        x: text(x - origin.x),
        y: text(y - origin.y),
        width: text(width),
        height: text(height),
        as: 'geometry',
      }),
    ],
  )
  return wrapped(writing, { row, kind, cell, within: container === undefined ? within : undefined })
}

function curveTree(writing: Writing, id: string): Tree {
  const row = writing.design.boundaries[id] as Boundary
  const layout = layoutOf(writing, id)
  const start = layout.start ?? { x: 0, y: -80 }
  const end = layout.end ?? { x: 240, y: -80 }
  const cell = node('mxCell', { style: styleFor(row, 'boundary'), edge: '1', parent: '1' }, [geometry(layout, { start, end })])
  return wrapped(writing, { row, kind: 'boundary', cell, within: row.parent })
}

function flowTree(writing: Writing, id: string): Tree {
  const { design, areas, ids } = writing
  const row = design.flows[id] as Flow
  const layout = layoutOf(writing, id)
  const source = row.source === undefined ? undefined : areas.get(row.source)
  const target = row.target === undefined ? undefined : areas.get(row.target)
  const ends = {
    ...(source && row.source !== undefined ? { source: ids.of(row.source) } : {}),
    ...(target && row.target !== undefined ? { target: ids.of(row.target) } : {}),
  }
  const start = source ? undefined : (layout.start ?? beside(target, -160))
  const end = target ? undefined : (layout.end ?? beside(source, 160))
  const cell = node('mxCell', { style: styleFor(row, 'flow'), edge: '1', parent: '1', ...ends }, [
    geometry(layout, { start, end }),
  ])
  return wrapped(writing, { row, kind: 'flow', cell, within: undefined })
}

/** A loose end hangs beside the other one. */
function beside(area: (Point & { readonly width: number; readonly height: number }) | undefined, shift: number): Point {
  if (!area) return { x: shift, y: -40 }
  return { x: (shift < 0 ? area.x : area.x + area.width) + shift, y: area.y + area.height / 2 }
}

function layoutOf({ design, page }: Writing, id: string): Partial<Layout> {
  return (page.diagram && design.layout[layoutId(page.diagram.id, id)]) ?? {}
}

function geometry(
  { vertices = [] }: Partial<Layout>,
  { start, end }: { start: Point | undefined; end: Point | undefined },
): Tree {
  const point = ({ x, y }: Point, as?: string) => node('mxPoint', { x: text(x), y: text(y), ...(as ? { as } : {}) })
  return node('mxGeometry', { relative: '1', as: 'geometry' }, [
    ...(start ? [point(start, 'sourcePoint')] : []),
    ...(end ? [point(end, 'targetPoint')] : []),
    ...(vertices.length > 0
      ? [
          node(
            'Array',
            { as: 'points' },
            vertices.map(vertex => point(vertex)),
          ),
        ]
      : []),
  ])
}

type Wrapped = {
  readonly row: Element | Flow | Boundary
  readonly kind: OwnKind
  readonly cell: Tree
  readonly within: string | undefined
}

/** The cell inside an object with its data: its own first, then ours. */
function wrapped({ ids }: Writing, { row, kind, cell, within }: Wrapped): Tree {
  const id = ids.of(row.id)
  const attributes = {
    label: isOn(styleOf(cell.attributes.style ?? ''), 'html') ? htmlOf(labelOf(row)) : labelOf(row),
    ...(isFromDrawio(row) ? plainData(row.foreign?.data) : {}),
    ...ownAttributes(row, kind),
    ...(within === undefined ? {} : { 'skeptic-boundary': within }),
    ...(id === row.id ? {} : { 'skeptic-id': row.id }),
    id,
  }
  return node('UserObject', attributes, [cell])
}

/** A name that draw.io had over several lines goes back as it was, as long as it is the same name. */
function labelOf({ name, foreign, provenance }: Element | Flow | Boundary): string {
  const written = isFromDrawio({ provenance }) ? foreign?.name : undefined
  return typeof written === 'string' && written.replace(/\s+/g, ' ').trim() === name ? written : name
}

const RESERVED: ReadonlySet<string> = new Set(['id', 'label', 'placeholders'])

function plainData(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(recordOf(value) ?? {}).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && NAME.test(entry[0]) && !RESERVED.has(entry[0]) && !entry[0].startsWith('skeptic-'),
  )
  return Object.fromEntries(entries)
}

/** Texts and decoration that the page had in draw.io. */
function textsOf({ page, ids }: Writing): readonly Tree[] {
  if (!page.diagram || !isFromDrawio(page.diagram)) return []
  const trees = listOf(page.diagram.foreign?.cells).flatMap(cell => treeFrom(cell) ?? [])
  const known = new Set([...ids.all, ...trees.map(({ attributes }) => attributes.id ?? '')])
  return trees
    .filter(
      ({ attributes }) =>
        attributes.id !== undefined && !ids.all.has(attributes.id) && attributes.id !== '0' && attributes.id !== '1',
    )
    .map(tree => attached(tree, known))
}

/** What hung on something that is gone hangs on the page. */
function attached(tree: Tree, known: ReadonlySet<string>): Tree {
  const { parent } = tree.attributes
  const attributes = parent === undefined || known.has(parent) ? tree.attributes : { ...tree.attributes, parent: '1' }
  return { ...tree, attributes, children: tree.children.map(child => (child.tag === 'mxCell' ? attached(child, known) : child)) }
}

function text(value: number): string {
  return String(Math.round(value * 1e4) / 1e4)
}
