import { numberOf } from '../reading/json-fields.ts'
import type { XmlNode } from '../reading/xml.ts'
import { labelText } from './html-text.ts'
import type { Page } from './pages.ts'
import { isOn, type Style, styleOf } from './style.ts'

/** A point of a drawing. */
export type Point = { readonly x: number; readonly y: number }

/** A cell of a page with what its wrapper says about it. */
export type Cell = {
  readonly node: XmlNode
  readonly place: string
  readonly id: string | undefined
  readonly parent: string | undefined
  readonly kind: 'vertex' | 'edge' | 'other'
  /** Its text, without markup. */
  readonly text: string
  readonly styleText: string
  readonly style: Style
  readonly source: string | undefined
  readonly target: string | undefined
  /** Attributes of its wrapper, which people fill in as data of the shape. */
  readonly data: Readonly<Record<string, string>>
  readonly geometry: Geometry
}

/** Relative to the parent; a relative position counts in parts of it. */
export type Geometry = {
  readonly isRelative: boolean
  readonly x: number | undefined
  readonly y: number | undefined
  readonly width: number | undefined
  readonly height: number | undefined
  readonly source: Point | undefined
  readonly target: Point | undefined
  readonly points: readonly Point[]
}

/** Every cell of a page: plain ones, and those inside an <object> or <UserObject>. */
export function cellsOf({ cells, at }: Page): readonly Cell[] {
  return cells.flatMap(node => {
    const isPlain = node.name === 'mxCell'
    const cell = isPlain ? node : node.children.find(({ name }) => name === 'mxCell')
    return cell ? [cellOf(node, { cell, isPlain, place: at(node.at) })] : []
  })
}

type Parts = { readonly cell: XmlNode; readonly isPlain: boolean; readonly place: string }

function cellOf(node: XmlNode, { cell, isPlain, place }: Parts): Cell {
  const own = cell.attributes
  const styleText = own.style ?? ''
  const style = styleOf(styleText)
  const data = isPlain ? {} : dataOf(node.attributes)
  const label = isPlain ? (own.value ?? '') : filledIn(node.attributes.label ?? own.value ?? '', node.attributes)
  return {
    node,
    place,
    id: node.attributes.id ?? own.id,
    parent: own.parent,
    kind: own.edge === '1' ? 'edge' : own.vertex === '1' ? 'vertex' : 'other',
    text: labelText(label, isOn(style, 'html')),
    styleText,
    style,
    source: own.source,
    target: own.target,
    data,
    geometry: geometryOf(cell.children.find(({ name }) => name === 'mxGeometry')),
  }
}

const NO_DATA: ReadonlySet<string> = new Set(['id', 'label', 'placeholders', '__proto__'])

function dataOf(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !NO_DATA.has(key)))
}

/** With placeholders on, %name% in a label stands for the attribute of that name. */
function filledIn(label: string, attributes: Readonly<Record<string, string>>): string {
  if (attributes.placeholders !== '1') return label
  return label.slice(0, 20_000).replace(/%([\w .-]{1,100})%/g, (whole, key: string) => {
    const value = key !== 'label' && Object.hasOwn(attributes, key) ? attributes[key] : undefined
    return value === undefined ? whole : value.slice(0, 1000)
  })
}

function geometryOf(node: XmlNode | undefined): Geometry {
  const named = (as: string) => node?.children.find(child => child.name === 'mxPoint' && child.attributes.as === as)
  const list = node?.children.find(({ name, attributes }) => name === 'Array' && attributes.as === 'points')
  return {
    isRelative: node?.attributes.relative === '1',
    x: numberOf(node?.attributes.x),
    y: numberOf(node?.attributes.y),
    width: numberOf(node?.attributes.width),
    height: numberOf(node?.attributes.height),
    source: pointOf(named('sourcePoint')),
    target: pointOf(named('targetPoint')),
    points: (list?.children ?? []).slice(0, 1000).flatMap(child => pointOf(child) ?? []),
  }
}

/** A coordinate that is not written is zero. */
function pointOf(node: XmlNode | undefined): Point | undefined {
  if (!node) return undefined
  const x = numberOf(node.attributes.x ?? 0)
  const y = numberOf(node.attributes.y ?? 0)
  return x === undefined || y === undefined ? undefined : { x, y }
}
