import type { DataAsset } from '../../model/types.ts'
import { nameOf, originOf } from '../reading/items.ts'
import { defined, idOf, lineOf, listOf, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { type Entry, finderOf, partsOf, type Reading } from './entries.ts'
import type { Lists } from './read.ts'

/** Assets that are data: information, and whatever a data flow carries. */
export function dataAmong(lists: Lists): ReadonlySet<Entry> {
  const find = finderOf(lists.assets)
  const carried = lists.flows.flatMap(({ node }) =>
    partsOf(node, 'dataflow_asset').flatMap(part => find(idOf(part.attributes.name)) ?? []),
  )
  return new Set([...lists.assets.filter(({ raw }) => /^information$/i.test(String(raw.type))), ...carried])
}

/** Data with the harm its security properties state; what they say of each environment stays beside it. */
export function addData({ building }: Reading, data: ReadonlySet<Entry>): void {
  for (const asset of data) {
    const { id, raw, place } = asset
    const { provenance, foreign } = originOf(building, asset, { texts: { description: 100_000 }, name: 'name' })
    tally(place.report, place.at, {
      what: count => `Class of ${many(count, 'data asset')}`,
      why: 'Security properties say how bad harm would be, and are no class: choose one.',
    })
    if (raw.security_property !== undefined) tellProperties(asset)
    building.data[id] = defined({
      id,
      name: nameOf(asset, 'name'),
      confidentiality: levelOf(asset, 'confidentiality'),
      integrity: levelOf(asset, 'integrity'),
      availability: levelOf(asset, 'availability'),
      description: textOf(raw.description),
      provenance,
      foreign,
    })
  }
}

const LEVELS: readonly DataAsset['integrity'][] = ['low', 'medium', 'high']

/** The highest value in any environment; a value None is no harm, and none of the three. */
function levelOf({ raw }: Entry, property: string): DataAsset['integrity'] {
  const steps = listOf(raw.security_property).map(value => {
    const stated = recordOf(value)
    const isAsked = lineOf(stated?.property, 40)?.toLowerCase() === property
    return isAsked ? LEVELS.indexOf(lineOf(stated?.value, 40)?.toLowerCase() as DataAsset['integrity']) : -1
  })
  return LEVELS[steps.reduce((most, step) => Math.max(most, step), -1)]
}

function tellProperties({ place }: Entry): void {
  tally(place.report, place.at, {
    what: count => `Security properties and significance of ${many(count, 'data asset')}`,
    why: 'The highest value of all environments was taken for confidentiality, integrity and availability; all of it is kept under foreign with its reasons.',
  })
}
