import type { DataAsset } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { nameOf, originOf } from '../reading/items.ts'
import { defined, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Lists } from './read.ts'

/** Assets become data; their harm in per cent is low up to a third, medium up to two. */
export function addAssets(building: Building, lists: Lists): void {
  for (const asset of lists.assets) {
    const { raw, place, id } = asset
    const risk = recordOf(raw.risk)
    const { provenance, foreign } = originOf(building, asset, { texts: { description: 100_000 }, name: 'name' })
    tally(place.report, place.at, {
      what: count => `Class of ${many(count, 'asset')}`,
      why: 'Per cent of harm are no class: they became low, medium or high and are kept under foreign; choose a class.',
    })
    building.data[id] = defined({
      id,
      name: nameOf(asset, 'name'),
      confidentiality: levelOf(risk?.confidentiality),
      integrity: levelOf(risk?.integrity),
      availability: levelOf(risk?.availability),
      description: textOf(raw.description),
      provenance,
      foreign,
    })
  }
}

function levelOf(value: unknown): DataAsset['integrity'] {
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) return undefined
  return value * 3 <= 100 ? 'low' : value * 3 <= 200 ? 'medium' : 'high'
}
