import type { Building } from '../reading/building.ts'
import { NO_REASON } from '../reading/drawing.ts'
import { calledItem, type Item, nameOf, originOf } from '../reading/items.ts'
import { defined, fitting, lineOf, listOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { dataIn } from './data.ts'
import type { Model } from './read.ts'
import { answerTo, type Find, finderOf, memberOf, nameIn, toldOf, withoutControls } from './values.ts'

/** Data flows between the elements, with the data that either side says they carry. */
export function addFlows(building: Building, model: Model): void {
  const find = finderOf(model.elements)
  const findData = finderOf(model.data)
  const carried = carriedOn(model)
  for (const flow of model.flows) addFlow(building, model, { flow, find, findData, carried: carried.get(flow.id) ?? {} })
}

/** Data may name the flows that carry it, instead of being named there. */
function carriedOn(model: Model): ReadonlyMap<string, Record<string, true>> {
  const find = finderOf(model.flows)
  const carried = new Map<string, Record<string, true>>()
  for (const data of model.data)
    for (const [i, name] of listOf(data.raw.carriedBy).entries()) {
      const flow = find(name)
      if (flow) {
        const links = carried.get(flow.id) ?? {}
        links[data.id] = true
        carried.set(flow.id, links)
      } else
        data.place.report.losses.push({
          at: `${data.place.at}/carriedBy/${i}`,
          what: `A flow that carries ${calledItem(data, 'name')}`,
          why: `It is called "${(nameIn(name) ?? '').slice(0, 80)}", which is no data flow of the file.`,
        })
    }
  return carried
}

const AUTHENTICATED = ['implementsAuthenticationScheme', 'authenticatesSource']

type Around = { readonly flow: Item; readonly find: Find; readonly findData: Find; readonly carried: Record<string, true> }

function addFlow(building: Building, model: Model, { flow, find, findData, carried }: Around): void {
  const { item: told, facts } = toldOf(flow, model.isDump)
  const authentication = answerTo(facts, AUTHENTICATED)
  const tls = memberOf(facts.tlsVersion)
  const encryption = tls !== undefined && /^TLSV\d+$/.test(tls) ? 'yes' : answerTo(facts, ['isEncrypted'])
  const names = [...(authentication ? AUTHENTICATED : []), ...(typeof facts.isEncrypted === 'boolean' ? ['isEncrypted'] : [])]
  const item = withoutControls(told, names)
  const { raw, id, place } = item
  const ends = [endOf(building, item, { key: 'source', find }), endOf(building, item, { key: 'sink', find })] as const
  const named = dataIn(item, findData)
  const data = { ...named.links, ...carried }
  const keys = [
    ...names,
    'findings',
    'maxClassification',
    ...ends.filter(end => end.isWhole).map(({ key }) => key),
    ...(named.isWhole ? ['data'] : []),
    ...(raw.inScope === true || raw.inScope === false ? ['inScope'] : []),
    ...fitting(raw, { protocol: 400, note: 100_000 }),
  ]
  const { provenance, foreign } = originOf(building, item, { keys, texts: { description: 100_000 }, name: 'name' })
  building.flows[id] = defined({
    id,
    name: nameOf(item, 'name'),
    source: ends[0].id,
    target: ends[1].id,
    protocol: lineOf(raw.protocol, 400),
    authentication,
    encryption,
    data: Object.keys(data).length > 0 ? data : undefined,
    outOfScope: flow.raw.inScope === false ? NO_REASON : undefined,
    description: textOf([textOf(raw.description), textOf(raw.note)].filter(text => text !== undefined).join('\n\n')),
    provenance,
    foreign,
  })
  const tell = (what: string, why: string) =>
    tally(place.report, place.at, { what: count => `${what} of ${many(count, 'data flow')}`, why })
  if (raw.controls !== undefined) tell('Other controls', 'No field of a data flow means exactly these: kept under foreign.')
  if (raw.order !== undefined) tell('Order', 'A design here says nothing of when something moves: kept under foreign.')
  if (raw.isResponse === true || raw.response !== undefined || raw.responseTo !== undefined)
    tell('What it answers', 'A request and its response are two data flows here that do not name each other: kept under foreign.')
}

type Ending = { readonly key: 'source' | 'sink'; readonly id: string | undefined; readonly isWhole: boolean }

function endOf({ report }: Building, flow: Item, { key, find }: { readonly key: Ending['key']; readonly find: Find }): Ending {
  const value = flow.raw[key]
  const found = find(value)
  if (found) return { key, id: found.id, isWhole: typeof value === 'string' }
  const word = key === 'source' ? 'Source' : 'Target'
  const name = nameIn(value)
  if (name !== undefined)
    report.losses.push({
      at: `${flow.place.at}/${key}`,
      what: `${word} of ${calledItem(flow, 'name')}`,
      why: `It names "${name.slice(0, 80)}", which is no element of this file; kept under foreign.`,
    })
  report.problems.push({
    code: 'import.looseEnd',
    severity: 'warning',
    at: flow.id,
    message: `The ${word.toLowerCase()} of this data flow is no element of the file.`,
    cure: 'Connect it to an element, or delete the flow.',
  })
  return { key, id: undefined, isWhole: false }
}
