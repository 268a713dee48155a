import type { Flow } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { byName, calledItem, type Item, linksTo, nameOf, originOf } from '../reading/items.ts'
import { defined, idOf, textOf } from '../reading/json-fields.ts'
import { withOurs } from './ours.ts'
import type { Lists } from './read.ts'
import { wholeUses } from './uses.ts'

/** Data flows between components, with the assets they carry. */
export function addDataflows(building: Building, lists: Lists): void {
  const components = byName(lists.components)
  const assets = byName(lists.assets)
  const isUseWhole = wholeUses(lists)
  for (const flow of lists.flows) {
    const source = endOf(flow, 'source', components)
    const target = endOf(flow, 'destination', components)
    const carried = linksTo(flow, 'assets', name => assets.get(name))
    const ends = [...(source ? ['source'] : []), ...(target ? ['destination'] : [])]
    const isBoth = flow.raw.bidirectional === true
    const keys = [...ends, ...(carried.isWhole ? ['assets'] : []), ...(isUseWhole(flow) ? ['threats'] : [])]
    if (isBoth || flow.raw.bidirectional === false) keys.push('bidirectional')
    const { provenance, foreign } = originOf(building, flow, { keys, texts: { description: 100_000 }, name: 'name' })
    const row: Flow = defined({
      id: flow.id,
      name: nameOf(flow, 'name'),
      source,
      target,
      bidirectional: isBoth || undefined,
      data: Object.keys(carried.links).length > 0 ? carried.links : undefined,
      description: textOf(flow.raw.description),
      provenance,
      foreign,
    })
    building.flows[flow.id] = withOurs('flows', row, lists.oursOf(flow))
  }
}

function endOf(flow: Item, key: 'source' | 'destination', components: ReadonlyMap<string, Item>): string | undefined {
  const { raw, place, id } = flow
  const name = idOf(raw[key])
  const found = name === undefined ? undefined : components.get(name)
  if (found) return found.id
  const word = key === 'source' ? 'source' : 'target'
  if (name !== undefined)
    place.report.losses.push({
      at: `${place.at}/${key}`,
      what: `The ${word} of ${calledItem(flow, 'name')}`,
      why: `It names "${name.slice(0, 80)}", which is no component of this file; kept under foreign.`,
    })
  place.report.problems.push({
    code: 'import.looseEnd',
    severity: 'warning',
    at: id,
    message: `The ${word} of this data flow is no component of the file.`,
    cure: 'Connect it to an element, or delete the flow.',
  })
  return undefined
}
