import type { DataAsset } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { nameOf, originOf } from '../reading/items.ts'
import { defined, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { isUnknown, withOurs } from './ours.ts'
import type { Lists } from './read.ts'

/** Assets become data; their harm in per cent is low up to a third, medium up to two. */
export function addAssets(building: Building, lists: Lists): void {
  for (const asset of lists.assets) {
    const { raw, place, id } = asset
    const risk = recordOf(raw.risk)
    const { provenance, foreign } = originOf(building, asset, { texts: { description: 100_000 }, name: 'name' })
    const ours = lists.oursOf(asset)
    const level = (need: string) => (isUnknown(ours, need) ? undefined : levelOf(risk?.[need]))
    if (!ours.has('id'))
      tally(place.report, place.at, {
        what: count => `Class of ${many(count, 'asset')}`,
        why: 'Per cent of harm are no class: they became low, medium or high and are kept under foreign; choose a class.',
      })
    const row: DataAsset = defined({
      id,
      name: nameOf(asset, 'name'),
      confidentiality: level('confidentiality'),
      integrity: level('integrity'),
      availability: level('availability'),
      description: textOf(raw.description),
      provenance,
      foreign,
    })
    building.data[id] = withOurs('data', row, ours)
  }
}

/** Per cent of harm as a level; the same for whoever writes it back. */
export function levelOf(value: unknown): DataAsset['integrity'] {
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) return undefined
  return value * 3 <= 100 ? 'low' : value * 3 <= 200 ? 'medium' : 'high'
}
