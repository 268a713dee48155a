import { calledItem, nameOf, originOf } from '../reading/items.ts'
import { defined } from '../reading/json-fields.ts'
import { endOf, type Shapes } from './elements.ts'
import { type Entry, finderOf, follow, idMap, partsOf, type Reading } from './entries.ts'
import type { Lists } from './read.ts'

/** Data flows between what they name, with the assets they carry; the same flow in two environments is two. */
export function addFlows(reading: Reading, lists: Lists, shapes: Shapes): void {
  const { building } = reading
  const find = finderOf(lists.assets)
  for (const flow of lists.flows) {
    const source = joined(flow, 'from', shapes)
    const target = joined(flow, 'to', shapes)
    const parts = partsOf(flow.node, 'dataflow_asset')
    const carried = parts.flatMap(node => follow(reading, { from: flow, node, find })?.id ?? [])
    const isPlain = carried.length === parts.length && parts.every(isOnlyName)
    const keys = [...(source ? ['from_name', 'from_type'] : []), ...(target ? ['to_name', 'to_type'] : [])]
    if (isPlain) keys.push('dataflow_asset')
    const { provenance, foreign } = originOf(building, flow, { keys, texts: {}, name: 'name' })
    building.flows[flow.id] = defined({
      id: flow.id,
      name: nameOf(flow, 'name'),
      source,
      target,
      data: idMap(carried),
      provenance,
      foreign,
    })
  }
}

function isOnlyName({ attributes, children }: Entry['node']): boolean {
  return children.length === 0 && Object.keys(attributes).every(key => key === 'name')
}

function joined(flow: Entry, end: 'from' | 'to', { shapeOf }: Shapes): string | undefined {
  const mention = endOf(flow.node, end)
  const shape = shapeOf(mention)
  if (shape) return shape.id
  const word = end === 'from' ? 'source' : 'target'
  if (mention.name !== undefined)
    flow.place.report.losses.push({
      at: flow.place.at,
      what: `The ${word} of ${calledItem(flow, 'name')}`,
      why: `The file does not say what "${mention.name.slice(0, 80)}" is (process, entity or data store); kept under foreign.`,
    })
  flow.place.report.problems.push({
    code: 'import.looseEnd',
    severity: 'warning',
    at: flow.id,
    message: `The ${word} of this data flow is no element of the file.`,
    cure: 'Connect it to an element, or delete the flow.',
  })
  return undefined
}
