import type { Element } from '../../model/types.ts'
import { provenanceFor } from '../reading/building.ts'
import { originOf } from '../reading/items.ts'
import { defined, idOf, lineOf, textOf } from '../reading/json-fields.ts'
import type { XmlNode } from '../reading/xml.ts'
import { many, tally } from '../report.ts'
import { type Entry, type Find, finderOf, idMap, partsOf, type Reading } from './entries.ts'
import type { Lists } from './read.ts'

/** A thing that data flows and trust boundaries name, with the object that describes it when the file holds one. */
export type Shape = {
  readonly id: string
  readonly kind: Element['kind']
  readonly name: string
  readonly described: Entry | undefined
  /** Where the file first names it. */
  readonly at: string
}

/** A name with its type, as ends of flows and parts of boundaries have them. */
export type Mention = { readonly name: string | undefined; readonly type: string | undefined }

export type Shapes = { readonly all: readonly Shape[]; readonly shapeOf: (mention: Mention) => Shape | undefined }

/** The end of a data flow. */
export function endOf({ attributes }: XmlNode, end: 'from' | 'to'): Mention {
  return { name: idOf(attributes[`${end}_name`]), type: idOf(attributes[`${end}_type`]) }
}

/** A part of a trust boundary. */
export function partOf({ attributes }: XmlNode): Mention {
  return { name: idOf(attributes.name), type: idOf(attributes.type) }
}

/** Everything that is named as process, entity or data store. One name of two types is two things: a use case may be called as an asset is. */
export function shapesOf({ building, places }: Reading, lists: Lists): Shapes {
  const describe = describer(lists)
  const shapes = new Map<string, Shape>()
  const keyOf = (kind: Element['kind'], name: string) => `${kind} ${name.toLowerCase()}`
  const note = (mention: Mention, node: XmlNode) => {
    const kind = describe.kindOf(mention)
    if (kind === undefined || mention.name === undefined || shapes.has(keyOf(kind, mention.name))) return
    const described = describe.find(kind, mention.name)
    const name = described?.originalId ?? mention.name
    const id = building.idFor('E', building.model, kind, name)
    shapes.set(keyOf(kind, mention.name), { id, kind, name, described, at: places.at(node.at) })
  }
  for (const { node } of lists.flows) for (const end of ['from', 'to'] as const) note(endOf(node, end), node)
  for (const boundary of lists.boundaries) for (const part of partsOf(boundary.node, ...INSIDE)) note(partOf(part), part)
  return {
    all: [...shapes.values()],
    shapeOf: mention => {
      const kind = describe.kindOf(mention)
      return kind && shapes.get(keyOf(kind, mention.name ?? ''))
    },
  }
}

/** From a trust boundary to what lies in it. */
export const INSIDE = ['trust_boundary_environment', 'trust_boundary_component'] as const

const KINDS: Readonly<Record<string, Element['kind']>> = { process: 'process', entity: 'externalEntity', datastore: 'dataStore' }

function describer({ assets, roles, useCases }: Lists) {
  const [asset, role, stepped]: readonly Find[] = [assets, roles, useCases].map(finderOf)
  return {
    /** By its type; without one that means something, what has that name may tell. */
    kindOf({ name, type }: Mention): Element['kind'] | undefined {
      const word = (type ?? '').toLowerCase().replace(/[\s_-]/g, '')
      if (Object.hasOwn(KINDS, word)) return KINDS[word]
      if (stepped?.(name)) return 'process'
      return role?.(name) ? 'externalEntity' : undefined
    },
    find: (kind: Element['kind'], name: string) =>
      kind === 'process' ? stepped?.(name) : (asset?.(name) ?? (kind === 'externalEntity' ? role?.(name) : undefined)),
  }
}

/** Elements with what their use case, asset or role says; an asset that is data says it there, and the store holds that data. */
export function addElements(reading: Reading, { all }: Shapes, data: ReadonlySet<Entry>): void {
  const { building } = reading
  for (const { id, kind, name, described, at } of all) {
    const isData = described !== undefined && data.has(described)
    const own =
      described && !isData ? originOf(building, described, { texts: { description: 100_000 }, name: 'name' }) : undefined
    if (!described) tellUndescribed(reading, at)
    else tellKept(described, isData)
    building.elements[id] = defined({
      id,
      name: lineOf(name, 400) ?? name.slice(0, 400),
      kind,
      data: isData && kind === 'dataStore' ? idMap([described.id]) : undefined,
      description: textOf(described?.raw.description),
      provenance: own?.provenance ?? provenanceFor(building, name),
      foreign: own?.foreign,
    })
  }
}

function tellUndescribed({ building }: Reading, at: string): void {
  tally(building.report, at, {
    what: count => `Description of ${many(count, 'element')}`,
    why: 'Only a data flow or trust boundary names them: the file holds no use case, asset or role of that name.',
  })
}

/** What a use case or an asset says beyond its name and description. */
function tellKept({ raw, place }: Entry, isData: boolean): void {
  if (raw.usecase_environment !== undefined)
    tally(place.report, place.at, {
      what: count => `Actors, conditions and steps of ${many(count, 'use case')}`,
      why: 'It became the process of that name; how it runs has no place: kept under foreign.',
    })
  if (!isData && raw.security_property !== undefined)
    tally(place.report, place.at, {
      what: count => `Security properties and significance of ${many(count, 'element')}`,
      why: 'How bad harm would be is said of data, not of elements: kept under foreign.',
    })
}
