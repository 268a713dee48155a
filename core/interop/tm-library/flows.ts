import type { Ternary } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { byName, calledItem, type Item, nameOf, originOf } from '../reading/items.ts'
import { defined, idOf, lineOf, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Lists } from './read.ts'

type Named = ReadonlyMap<string, Item>
type Kinds = Readonly<Record<string, Named>>

/** Data flows, joined by the type and name of their ends. */
export function addFlows(building: Building, lists: Lists, unknown: ReadonlySet<string>): void {
  const kinds: Kinds = { component: byName(lists.components), data_store: byName(lists.stores), actor: byName(lists.actors) }
  for (const flow of lists.flows) addFlow(building, flow, { kinds, isUnknown: unknown.has(flow.originalId ?? '') })
}

function addFlow(building: Building, flow: Item, { kinds, isUnknown }: { kinds: Kinds; isUnknown: boolean }): void {
  const { raw, id } = flow
  const source = endOf(flow, 'source', kinds)
  const target = endOf(flow, 'destination', kinds)
  const keys = typeof raw.encrypted === 'boolean' ? ['encrypted'] : []
  for (const end of [source, target]) if (end.isWhole) keys.push(end.key)
  const { provenance, foreign } = originOf(building, flow, { keys, texts: { description: 100_000 }, name: 'title' })
  tellSensitive(flow)
  building.flows[id] = defined({
    id,
    name: nameOf(flow, 'title'),
    source: source.id,
    target: target.id,
    encryption: isUnknown && raw.encrypted === false ? undefined : ternary(raw.encrypted),
    description: textOf(raw.description),
    provenance,
    foreign,
  })
}

function ternary(value: unknown): Ternary | undefined {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : undefined
}

/** Data assets are named, and the file names none here: who knows which data it is must say so. */
function tellSensitive({ id, raw, place }: Item): void {
  if (typeof raw.has_sensitive_data !== 'boolean') return
  tally(place.report, place.at, {
    what: count => `Whether sensitive data moves on ${many(count, 'data flow')}`,
    why: 'The file does not say which data: kept under foreign.',
  })
  if (raw.has_sensitive_data)
    place.report.problems.push({
      code: 'import.sensitive',
      severity: 'warning',
      at: id,
      message: 'The file says that this data flow carries sensitive data, and not which.',
      cure: 'Link the data it carries.',
    })
}

type End = { readonly key: string; readonly id: string | undefined; readonly isWhole: boolean }

function endOf(flow: Item, key: 'source' | 'destination', kinds: Kinds): End {
  const { place, raw, id } = flow
  const end = recordOf(raw[key])
  const name = idOf(end?.object)
  const type = (lineOf(end?.type, 100) ?? '').split('/').pop()?.replaceAll('-', '_') ?? ''
  const found = name === undefined ? undefined : foundAs(name, type, kinds)
  if (found) {
    if (found.as !== type) tellType(flow, key, { type, ...found })
    const isWhole = found.as === type && Object.keys(end ?? {}).every(own => own === 'type' || own === 'object')
    return { key, id: found.item.id, isWhole }
  }
  const word = key === 'source' ? 'Source' : 'Target'
  if (name !== undefined)
    place.report.losses.push({
      at: `${place.at}/${key}`,
      what: `${word} of ${calledItem(flow, 'title')}`,
      why: `It names "${name.slice(0, 80)}", which is no element of this file; kept under foreign.`,
    })
  place.report.problems.push({
    code: 'import.looseEnd',
    severity: 'warning',
    at: id,
    message: `The ${word.toLowerCase()} of this data flow is no element of the file.`,
    cure: 'Connect it to an element, or delete the flow.',
  })
  return { key, id: undefined, isWhole: false }
}

/** By type first; the public models name the type wrongly now and then, and a name of its own is enough. */
function foundAs(name: string, type: string, kinds: Kinds): { readonly item: Item; readonly as: string } | undefined {
  const order = [...Object.keys(kinds).filter(kind => kind === type), ...Object.keys(kinds).filter(kind => kind !== type)]
  for (const as of order) {
    const item = kinds[as]?.get(name)
    if (item) return { item, as }
  }
  return undefined
}

function tellType(flow: Item, key: string, { type, as, item }: { type: string; as: string; item: Item }): void {
  const name = item.originalId?.slice(0, 80) ?? ''
  flow.place.report.losses.push({
    at: `${flow.place.at}/${key}`,
    what: `Type of the ${key === 'source' ? 'source' : 'target'} of ${calledItem(flow, 'title')}`,
    why: `The file ${type === '' ? 'names none' : `says ${type.slice(0, 40)}`}, and lists "${name}" as ${as}, which was taken.`,
  })
}
