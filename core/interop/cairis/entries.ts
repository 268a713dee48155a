import type { Building } from '../reading/building.ts'
import { byName, calledItem, type Item } from '../reading/items.ts'
import { idOf, type Raw } from '../reading/json-fields.ts'
import type { Places } from '../reading/text-places.ts'
import type { XmlNode } from '../reading/xml.ts'
import { many, tally } from '../report.ts'
import type { Objects } from './objects.ts'

/** A file on its way into a design. */
export type Reading = { readonly building: Building; readonly places: Places; readonly objects: Objects }

/** An object of the file with its node, whose parts have places of their own. */
export type Entry = Item & { readonly node: XmlNode }

/** Finds an object by the name the file gives it. */
export type Find = (name: string | undefined) => Entry | undefined

/** Which objects; the prefix of their ids is empty when they become no rows of their own. */
export type EntriesOf = {
  readonly tag: string
  readonly prefix: string
  readonly noun: string
  /** The attribute within whose value names are unique; default: in the whole file. */
  readonly within?: string
}

/** The objects of a tag. Of two with one name the first is meant by whoever uses it. */
export function entriesOf({ building, places, objects }: Reading, { tag, prefix, noun, within }: EntriesOf): readonly Entry[] {
  const seen = new Map<string, number>()
  return (objects.get(tag) ?? []).map((node, i): Entry => {
    const place = { at: places.at(node.at), report: building.report }
    const originalId = idOf(node.attributes.name)
    const scope = within === undefined ? [] : [idOf(node.attributes[within]) ?? '']
    const scoped = JSON.stringify([...scope, originalId])
    const times = originalId === undefined ? 0 : (seen.get(scoped) ?? 0)
    seen.set(scoped, times + 1)
    if (times > 0) tellTwin(place.at, building, noun)
    const own = originalId === undefined ? `#${i}` : times === 0 ? originalId : `${originalId} ${times + 1}`
    const id = prefix === '' ? '' : building.idFor(prefix, building.model, tag, ...scope, own)
    // A name that was cut or straightened is no key that has been used up: the whole of it stays under foreign.
    const key = originalId === node.attributes.name ? 'name' : ''
    return { id, originalId, raw: rawOf(node), place, noun, key, node }
  })
}

function tellTwin(at: string, { report }: Building, noun: string): void {
  tally(report, at, {
    what: count => `Name of ${many(count, noun)}`,
    why: 'Another one before it has the same name; what the file joins to that name was joined to the first.',
  })
}

/** An object as JSON: attributes and texts by name, everything else as lists; what is blank says nothing. */
export function rawOf({ attributes, children, text }: XmlNode): Raw {
  const values = new Map<string, unknown>(Object.entries(attributes).filter(([, value]) => value.trim() !== ''))
  const lists = new Map<string, unknown[]>()
  for (const child of children) {
    const value = contentOf(child)
    if (value === undefined) continue
    const list = lists.get(child.name) ?? []
    lists.set(child.name, list)
    list.push(value)
  }
  for (const [name, list] of lists) {
    const key = values.has(name) ? `<${name}>` : name
    values.set(key, list.length === 1 && typeof list[0] === 'string' ? list[0] : list)
  }
  if (text.trim() !== '') values.set('#text', text.trim())
  return Object.fromEntries(values)
}

function contentOf(node: XmlNode): unknown {
  if (node.children.length > 0 || Object.keys(node.attributes).length > 0) {
    const raw = rawOf(node)
    return Object.keys(raw).length > 0 ? raw : undefined
  }
  return node.text.trim() === '' ? undefined : node.text.trim()
}

/** The parts of a node with one of these tags, and their parts with the next, and so on. */
export function partsOf(node: XmlNode, ...tags: readonly string[]): readonly XmlNode[] {
  return tags.reduce<readonly XmlNode[]>(
    (nodes, tag) => nodes.flatMap(one => one.children.filter(({ name }) => name === tag)),
    [node],
  )
}

/** By exact name first; else upper and lower case are one, as they are to the database of CAIRIS. */
export function finderOf(entries: readonly Entry[]): Find {
  const exact = byName(entries) as ReadonlyMap<string, Entry>
  const folded = new Map(
    entries.toReversed().flatMap(entry => (entry.originalId === undefined ? [] : [[entry.originalId.toLowerCase(), entry]])),
  )
  return name => (name === undefined ? undefined : (exact.get(name) ?? folded.get(name.toLowerCase())))
}

/** A part of an object that names another by one of its attributes. */
export type Link = { readonly from: Entry; readonly node: XmlNode; readonly attribute?: string; readonly find: Find }

/** What a part names; a name that leads nowhere is a loss. */
export function follow({ building, places }: Reading, { from, node, attribute = 'name', find }: Link): Entry | undefined {
  const name = idOf(node.attributes[attribute])
  const found = find(name)
  if (!found) tellMissing({ at: places.at(node.at), from, name })
  else if (found.originalId !== name)
    tally(building.report, places.at(node.at), {
      what: count => `Spelling of ${many(count, 'name')}`,
      why: 'It differs in upper and lower case from the object it means, which CAIRIS does not tell apart: joined to that.',
    })
  return found
}

/** A name that leads nowhere. */
export function tellMissing({ at, from, name }: { at: string; from: Entry; name: string | undefined }): void {
  from.place.report.losses.push({
    at,
    what: `A link of ${calledItem(from, 'name')}`,
    why: `It names ${name === undefined ? 'nothing' : `"${name.slice(0, 80)}"`}, which the file does not hold; kept under foreign.`,
  })
}

/** Ids as a map of links; nothing when there are none. */
export function idMap(ids: readonly string[]): { readonly [id: string]: true } | undefined {
  return ids.length > 0 ? Object.fromEntries(ids.map(id => [id, true as const])) : undefined
}
