import type { Element } from '../model/types.ts'
import type { Stencil, Template } from './tb7-template.ts'

export type Kind = Element['kind']

/** The stencils of a template, asked as its filters ask. */
export type Palette = {
  readonly knows: (id: string) => boolean
  readonly nameOf: (id: string) => string
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
  const family = familiesOf(byId)
  const roots = [...byId.values()].filter(({ parent }) => parent === ROOT || !byId.has(parent))
  const rootsShaped = (...shapes: string[]) => roots.filter(({ shape }) => shapes.includes(shape)).map(({ id }) => id)
  const isOwn = (id: string) => !Object.hasOwn(GENERIC, id) && id !== ANY_FLOW
  return {
    knows: id => byId.has(id),
    nameOf: id => byId.get(id)?.name || id,
    family,
    kindsOf: id => [...new Set(family(id).flatMap(member => kindOf(member, byId)))],
    strangers: {
      elements: rootsShaped('Ellipse', 'Rectangle', 'ParallelLines').filter(isOwn),
      flows: rootsShaped('Line').filter(isOwn),
    },
    boundaryRoots: rootsShaped('BorderBoundary', 'LineBoundary'),
    attribute: attributesOf([...byId.values()]),
  }
}

const SHAPES: Readonly<Record<string, Kind>> = { Ellipse: 'process', ParallelLines: 'dataStore', Rectangle: 'externalEntity' }

/** The generic kind above a stencil, else its own shape or the one it takes from above. */
function kindOf(id: string, byId: ReadonlyMap<string, Stencil>): readonly Kind[] {
  const above = new Set([id])
  for (const one of above) above.add(byId.get(one)?.parent ?? ROOT)
  const generic = [...above].find(one => Object.hasOwn(GENERIC, one))
  const shape = [...above].map(one => byId.get(one)?.shape ?? '').find(one => Object.hasOwn(SHAPES, one))
  const kind = generic ? GENERIC[generic] : SHAPES[shape ?? '']
  return kind ? [kind] : []
}

/** Parents may run in a circle: each stencil is met once. */
function familiesOf(byId: ReadonlyMap<string, Stencil>): Palette['family'] {
  const children = new Map<string, string[]>()
  for (const { id, parent } of byId.values()) children.set(parent, [...(children.get(parent) ?? []), id])
  const known = new Map<string, readonly string[]>()
  return id => {
    const found = known.get(id)
    if (found) return found
    const members = new Set([id])
    for (const member of members) for (const child of children.get(member) ?? []) members.add(child)
    known.set(id, [...members])
    return [...members]
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
