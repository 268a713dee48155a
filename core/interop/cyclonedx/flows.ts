import type { Ternary } from '../../model/types.ts'
import { type Item, nameOf, originOf } from '../reading/items.ts'
import { defined, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { MODEL } from './draft.ts'
import { among, type Links, linkTo } from './links.ts'
import { objectKey, type Thing } from './lists.ts'
import { marksIn } from './marks.ts'
import { wordOf } from './party.ts'
import type { Model } from './read.ts'

/** Data flows with what they carry and how. */
export function addFlows({ building, lists, links }: Model): void {
  const data = [...lists.sets, ...lists.dataAssets, ...lists.objects].toReversed()
  const objects = new Map([...data.map(item => [keyOf(item), item] as const), ...data.map(item => [item.id, item] as const)])
  for (const flow of lists.flows) {
    const { raw, id } = flow
    const source = endOf(links, flow, 'source')
    const target = endOf(links, flow, 'destination')
    const carried = carriedBy(flow, objects, links)
    const protocol = protocolOf(raw)
    const keys = [...carried.keys, ...(source ? ['source'] : []), ...(target ? ['destination'] : []), ...protocol.keys]
    for (const key of ['bidirectional', 'encrypted']) if (typeof raw[key] === 'boolean') keys.push(key)
    if (raw.type === 'data') keys.push('type')
    const { provenance, foreign } = originOf(building, flow, { keys, texts: { description: 100_000 }, name: 'name' })
    if (Object.keys(foreign ?? {}).length > 0) tellKept(flow)
    building.flows[id] = defined({
      id,
      name: nameOf(flow, 'name'),
      source,
      target,
      protocol: protocol.text,
      authentication: authenticationOf(raw.authentication),
      encryption: typeof raw.encrypted === 'boolean' ? (raw.encrypted ? ('yes' as const) : ('no' as const)) : undefined,
      bidirectional: raw.bidirectional === true || undefined,
      data: among(carried.ids, 'D'),
      description: textOf(raw.description),
      provenance,
      foreign,
    })
  }
}

function keyOf(item: Item): string {
  return objectKey(item.raw) ?? item.id
}

function endOf(links: Links, flow: Thing, key: 'source' | 'destination'): string | undefined {
  const found = linkTo(links, flow, { key, kinds: ['E'] })
  if (found) return found.id
  const word = key === 'source' ? 'source' : 'target'
  flow.place.report.problems.push({
    code: 'import.looseEnd',
    severity: 'warning',
    at: flow.id,
    message: `The ${word} of this data flow is no element of the file.`,
    cure: 'Connect it to an element, or delete the flow.',
  })
  return undefined
}

const DRAFTED = `${MODEL}dataflow:data`

/** Data objects named on the spot; a second object of one name says nothing new only when it says nothing else. */
function carriedBy({ raw }: Thing, objects: ReadonlyMap<string, Thing>, links: Links) {
  const list = listOf(raw.dataObjects)
  const found = list.map(value => {
    const own = recordOf(value)
    return own ? objects.get(marksIn(own).get('id') ?? objectKey(own) ?? '') : dataOf(links, value)
  })
  const isPlain = list.every((value, i) => {
    return typeof value === 'string' || found[i]?.raw === value || Object.keys(recordOf(value) ?? {}).every(key => key === 'name')
  })
  const drafts = listOf(typeof raw[DRAFTED] === 'string' ? [raw[DRAFTED]] : raw[DRAFTED])
  const meant = drafts.map(value => dataOf(links, value))
  return {
    ids: [...found, ...meant].flatMap(item => (item ? [item.id] : [])),
    keys: [
      ...(Array.isArray(raw.dataObjects) && isPlain && found.every(item => item) ? ['dataObjects'] : []),
      ...(drafts.length > 0 && meant.every(item => item) ? [DRAFTED] : []),
    ],
  }
}

/** Drafts name data, or say in words what moves. */
function dataOf(links: Links, value: unknown): Item | undefined {
  const item = links.item(value)
  return item?.id.startsWith('D-') ? item : undefined
}

/** All protocols as one text, in which rules find each of them. */
function protocolOf({ protocols }: Raw): { readonly text: string | undefined; readonly keys: readonly string[] } {
  const words = listOf(protocols).map(wordOf)
  const text = words.filter(word => word !== undefined).join(', ')
  const isWhole = Array.isArray(protocols) && words.every((word, i) => word !== undefined && word === protocols[i])
  if (text === '' || text.length > 400) return { text: undefined, keys: [] }
  return { text, keys: isWhole ? ['protocols'] : [] }
}

/** Methods that the flow requires; "none" among others leaves it open. The methods are kept. */
function authenticationOf(value: unknown): Ternary | undefined {
  const methods = listOf(value).map(wordOf)
  if (methods.length === 0 || methods.some(method => method === undefined)) return undefined
  if (methods.every(method => method === 'none')) return 'no'
  return methods.includes('none') ? undefined : 'yes'
}

function tellKept({ place }: Thing): void {
  tally(place.report, place.at, {
    what: count => `Details of ${many(count, 'data flow')}`,
    why: 'Methods, timing, volume and order have no field of their own; kept under foreign.',
  })
}
