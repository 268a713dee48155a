import type { Element } from '../../model/types.ts'
import type { Stencil, Template } from './template.ts'
import { wordsFor } from './words.ts'

export type Kind = Element['kind']

/** The stencils of a template, asked as its filters ask. */
export type Palette = {
  readonly knows: (id: string) => boolean
  readonly nameOf: (id: string) => string
  /** Words that mean the stencil or one of its family. */
  readonly wordsOf: (id: string) => readonly string[]
  /** The stencil and all that descend from it, as the tool understands "is". */
  readonly family: (id: string) => readonly string[]
  /** What it and its family may be drawn as: Microsoft's generic kinds, or the shape of what the template adds to them. */
  readonly kindsOf: (id: string) => readonly Kind[]
  /** Roots of the template's own families: drawn as an element or a flow, yet not one of Microsoft's generic kinds. */
  readonly strangers: { readonly elements: readonly string[]; readonly flows: readonly string[] }
  /** Stencils for boundaries that have no parent. */
  readonly boundaryRoots: readonly string[]
  readonly attribute: (name: string) => PaletteAttribute | undefined
}

/** An attribute by its internal name, over all stencils that have it. */
export type PaletteAttribute = {
  /** As a drawn object shows it; stencils may word one attribute differently. */
  readonly titles: readonly string[]
  /** What it is until somebody touches it. */
  readonly initial: string | undefined
}

/** Microsoft's generic kinds; the parent of each is ROOT. */
export const GENERIC: Readonly<Record<string, Kind>> = { 'GE.P': 'process', 'GE.DS': 'dataStore', 'GE.EI': 'externalEntity' }
export const ANY_FLOW = 'GE.DF'
export const ROOT = 'ROOT'

/** The palette of a template. Of two stencils with one id the first counts. */
export function paletteOf({ stencils }: Template): Palette {
  const byId = new Map<string, Stencil>()
  for (const stencil of stencils) if (!byId.has(stencil.id)) byId.set(stencil.id, stencil)
  const nameOf = (id: string) => byId.get(id)?.name || id
  const family = familiesOf(byId)
  const kinds = kindsByStencil(byId)
  const roots = [...byId.values()].filter(({ parent }) => parent === ROOT || !byId.has(parent))
  const rootsShaped = (...shapes: string[]) => roots.filter(({ shape }) => shapes.includes(shape)).map(({ id }) => id)
  const isOwn = (id: string) => !Object.hasOwn(GENERIC, id) && id !== ANY_FLOW
  return {
    knows: id => byId.has(id),
    nameOf,
    wordsOf: memoised(id => wordsFor(family(id).map(nameOf))),
    family,
    kindsOf: memoised(id => [...new Set(family(id).flatMap(member => kinds.get(member) ?? []))]),
    strangers: {
      elements: rootsShaped('Ellipse', 'Rectangle', 'ParallelLines').filter(isOwn),
      flows: rootsShaped('Line').filter(isOwn),
    },
    boundaryRoots: rootsShaped('BorderBoundary', 'LineBoundary'),
    attribute: attributesOf([...byId.values()]),
  }
}

const SHAPES: Readonly<Record<string, Kind>> = { Ellipse: 'process', ParallelLines: 'dataStore', Rectangle: 'externalEntity' }

/** The generic kind above each stencil, else its own shape or the one it takes from above; every stencil is visited once. */
function kindsByStencil(byId: ReadonlyMap<string, Stencil>): ReadonlyMap<string, Kind> {
  const known = new Map<string, { readonly generic: Kind | undefined; readonly shape: Kind | undefined }>()
  for (const start of byId.keys()) {
    const path = new Set<string>()
    for (let id = start; byId.has(id) && !known.has(id) && !path.has(id); id = byId.get(id)?.parent ?? ROOT) path.add(id)
    for (const id of [...path].reverse()) {
      const { parent, shape } = byId.get(id) as Stencil
      const above = known.get(parent)
      known.set(id, { generic: entry(GENERIC, id) ?? above?.generic, shape: entry(SHAPES, shape) ?? above?.shape })
    }
  }
  return new Map([...known].flatMap(([id, { generic, shape }]) => (generic || shape ? [[id, (generic ?? shape) as Kind]] : [])))
}

function entry(kinds: Readonly<Record<string, Kind>>, key: string): Kind | undefined {
  return Object.hasOwn(kinds, key) ? kinds[key] : undefined
}

/** Parents may run in a circle: each stencil is met once. */
function familiesOf(byId: ReadonlyMap<string, Stencil>): Palette['family'] {
  const children = new Map<string, string[]>()
  for (const { id, parent } of byId.values()) children.set(parent, [...(children.get(parent) ?? []), id])
  return memoised(id => {
    const members = new Set([id])
    for (const member of members) for (const child of children.get(member) ?? []) members.add(child)
    return [...members]
  })
}

function memoised<T>(answer: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>()
  return id => {
    const found = known.get(id) ?? answer(id)
    known.set(id, found)
    return found
  }
}

function attributesOf(stencils: readonly Stencil[]): Palette['attribute'] {
  const byName = new Map<string, { titles: string[]; initial: string | undefined }>()
  for (const { name, title, values, isFixed } of stencils.flatMap(({ attributes }) => attributes)) {
    const known = byName.get(name) ?? { titles: [], initial: undefined }
    byName.set(name, known)
    if (!known.titles.includes(title)) known.titles.push(title)
    if (!isFixed) known.initial ??= values[0]
  }
  return name => byName.get(name)
}
