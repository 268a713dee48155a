import { type Building, provenanceFor } from '../reading/building.ts'
import { byName, calledItem, type Item, itemsOf, originOf, type Used } from '../reading/items.ts'
import { idOf, recordOf } from '../reading/json-fields.ts'
import { LABEL, type Part, referenceIn } from './parts.ts'

/** A block with the id its row gets. */
export type Block = Item & {
  readonly part: Part
  /** As what it stood in the file: its model and name. */
  readonly origin: string
}

/** One model of the file. */
export type Model = {
  readonly part: Part
  readonly name: string
  /** Scope of its ids. */
  readonly path: string
  /** Whether the file holds others: then rows and diagrams say which is theirs. */
  readonly isOneOfMany: boolean
}

/** Where blocks stand, and what they are. */
export type As = {
  readonly path: string
  readonly origin: string
  readonly prefix: string
  readonly noun: string
  /** What tells one from another; default: its name. */
  readonly identity?: (part: Part) => string | undefined
}

const KEY = 'block key'

/** The blocks of one list with their ids. Of two with one name the first is meant by whoever uses it. */
export function blocksOf(building: Building, parts: readonly Part[], as: As): readonly Block[] {
  const { path, origin, prefix, noun, identity = part => part.name } = as
  const list = parts.map(part => ({ [KEY]: identity(part) }))
  return itemsOf(building, { list, at: path, prefix, noun, key: KEY }).flatMap((item, i) => {
    const part = parts[i]
    if (!part) return []
    const own = item.originalId ?? `${noun} ${i + 1}`
    return [{ ...item, part, raw: part.raw, place: { ...item.place, at: part.at }, origin: `${origin}/${own}`.slice(0, 1000) }]
  })
}

/** Provenance of a block's row, and all of it that no field holds. */
export function keptOf(building: Building, block: Block, used: Omit<Used, 'name'>) {
  const { foreign } = originOf(building, { ...block, originalId: undefined }, { ...used, name: LABEL })
  return { provenance: provenanceFor(building, idOf(block.origin)), foreign }
}

/** How messages call a block. */
export function calledBlock(block: Block): string {
  return calledItem(block, LABEL)
}

/** What a value of the file points at: the object, and how the file names it. */
export type Target = { readonly block: Block | undefined; readonly name: string | undefined }

/**
 * Finds objects as threatcl does: by name, else by the slug it makes of one, with either sign between the words; a slug that two
 * share means neither.
 */
export function finderOf(blocks: readonly Block[]): (value: unknown) => Target {
  const named = byName(blocks) as ReadonlyMap<string, Block>
  const slugs = new Map<string, Block | undefined>()
  for (const [name, block] of named) {
    const slug = slugOf(name)
    slugs.set(slug, slugs.has(slug) ? undefined : block)
  }
  return value => {
    const source = recordOf(value)?.expression
    const name = typeof source === 'string' ? referenceIn(source) : idOf(value)
    if (name === undefined) return { block: undefined, name: typeof source === 'string' ? source : undefined }
    return { block: named.get(name) ?? slugs.get(name.replaceAll('_', '-')), name }
  }
}

/** A name as threatcl shortens it for references: "Web App" is web-app, "AWS" is a-w-s. */
function slugOf(name: string): string {
  return name
    .replace(/([\p{L}\p{N}])(?=\p{Lu})/gu, '$1-')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
}

/** A reference that leads nowhere, which stays under foreign. */
export function tellLoose(block: Block, key: string, name: string | undefined): void {
  block.place.report.losses.push({
    at: block.place.at,
    what: `${key} of ${calledBlock(block)}`,
    why: `It names ${name === undefined ? 'nothing' : JSON.stringify(name.slice(0, 80))}, which the file does not hold there; kept under foreign.`,
  })
}
