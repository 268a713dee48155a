import type { XmlNode } from '../reading/xml.ts'
import type { Shapes } from './elements.ts'
import { type Entry, type Find, finderOf, follow, idMap, type Reading } from './entries.ts'
import type { Lists } from './read.ts'

type Ids = { readonly [id: string]: true } | undefined

/** The rows that assets became, and whether each asset became one. */
export type Targets = { readonly elements: Ids; readonly data: Ids; readonly isWhole: boolean }

/** Tells which rows the assets became that parts of an object name. */
export type TargetsOf = (from: Entry, parts: readonly XmlNode[], attribute?: string) => Targets

/** An asset is data, an element or both, or was drawn nowhere and is no row at all. */
export function targetsFor(
  reading: Reading,
  lists: Lists,
  { shapes, data }: { shapes: Shapes; data: ReadonlySet<Entry> },
): TargetsOf {
  const find: Find = finderOf(lists.assets)
  const elementsOf = new Map<Entry, string[]>()
  for (const { id, described } of shapes.all) if (described) elementsOf.set(described, [...(elementsOf.get(described) ?? []), id])
  return (from, parts, attribute = 'name') => {
    const once = new Map(parts.map(node => [node.attributes[attribute], node]))
    const assets = [...once.values()].map(node => follow(reading, { from, node, attribute, find }))
    const elements = assets.flatMap(asset => (asset && elementsOf.get(asset)) ?? [])
    const held = assets.flatMap(asset => (asset && data.has(asset) ? [asset.id] : []))
    const isRow = (asset: Entry | undefined) => !asset || data.has(asset) || elementsOf.has(asset)
    return { elements: idMap(elements), data: idMap(held), isWhole: assets.every(isRow) }
  }
}
